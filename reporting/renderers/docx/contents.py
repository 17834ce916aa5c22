"""The contents: a field that Word fills, with the chapters already in it."""

from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from litvinov import czech
from reporting.renderers.docx.fields import add_field, begin_field, end_field, link_to
from reporting.renderers.docx.inline import Look, classes

if TYPE_CHECKING:
    from reporting.renderers.docx.writer import Writer

# The frame by which Word knows its own contents and offers to bring them up to date.
_FRAME = f"""<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj>
<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>
</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"""
_PAGE_UNKNOWN = "–"


def write_contents(writer: "Writer", element: Any) -> None:
    """Chapters only, as in the other forms; what Word makes anew looks the same."""
    title = writer.paragraph(writer.document, Look(), "TOC Heading")
    title.add_run(element.find("h2").text_content())
    lines = [title]
    links = [link for link in element.iter("a") if link.text_content().strip()]
    for number, link in enumerate(links):
        line = writer.paragraph(writer.document, Look(), "TOC 1")
        lines.append(line)
        if number == 0:
            begin_field(line, r'TOC \o "1-1" \h \z \u', dirty=True)
        _write_line(writer, line, link)
        if number == len(links) - 1:
            end_field(line)
    frame = parse_xml(_FRAME)
    title._p.addprevious(frame)
    frame.find(qn("w:sdtContent")).extend([line._p for line in lines])


def _write_line(writer: "Writer", paragraph: Paragraph, link: Any) -> None:
    item = link.getparent().getparent()
    number = next(one for one in item.iter("span") if "contents__number" in classes(one))
    target = link_to(paragraph, link.get("href"), writer.bookmarks)
    run: Run = paragraph.add_run(f"{number.text_content()}{czech.NBSP}{link.text_content()}")
    target.append(run._r)
    paragraph.add_run("\t")
    name = writer.bookmarks.name(link.get("href")[1:])
    add_field(paragraph, f"PAGEREF {name} \\h", _PAGE_UNKNOWN, dirty=True)
