"""Walks the HTML of the report and writes it with Word's paragraphs, tables and fields."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reporting.renderers.docx.fields import (
    add_bookmark,
    add_field,
    begin_field,
    bookmark_name,
    end_field,
    link_to,
)
from reporting.renderers.docx.footnotes import Footnotes
from reporting.renderers.docx.page import TEXT_WIDTH
from reporting.renderers.docx.pictures import picture_of
from reporting.renderers.docx.styles import TABLE

HEADINGS = {"h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
BLOCKS = frozenset(
    {
        *("article", "aside", "body", "div", "dl", "figure", "header", "li", "main", "nav", "ol"),
        *("p", "section", "svg", "table", "ul", "h1", *HEADINGS, "dt", "dd", "figcaption"),
    }
)
# What the stylesheet of the report puts on a line of its own.
OWN_LINE = frozenset({"detail", "annexes__place"})
PARAGRAPH_STYLES = {
    "title-page__kind": "Subtitle",
    "missing": "Missing",
    "justification": "Table Note",
    "cited": "Table Note",
    "level__words": "Table Note",
    "goal__note": "Fact",
    "goal__wording": "Fact",
    "activity__facts": "Fact",
    "activity__note": "Table Note",
    "criterion__counts": "Fact",
}
CONTAINER_STYLES = {"title-page": "Title Page", "comment": "Expert Comment", "goal__side": "Fact"}


@dataclass(frozen=True)
class Look:
    """How text is written where the walk is now."""

    style: str = "Normal"
    in_table: bool = False
    depth: int = 0
    bold: bool = False
    italic: bool = False
    character: str = ""


class Writer:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.footnotes = Footnotes(document)
        self.anchors: list[str] = []
        self.bookmarks = 0
        self.tables = 0
        self.pictures = 0
        self.page_break = False

    def write(self, element: Any) -> None:
        self._blocks(element, self.document, Look())

    def finish(self) -> None:
        """Every table is followed by a paragraph, as Word asks of the end of a document."""
        body = self.document.element.body
        if body[-2].tag == qn("w:tbl"):
            self.document.add_paragraph()

    # Blocks

    def _blocks(self, element: Any, container: Any, look: Look) -> None:
        """The children of an element; texts and inline elements between blocks are a paragraph."""
        running: list[Any] = [element.text]
        for child in element:
            if not isinstance(child.tag, str):
                running.append(child.tail)
            elif child.tag in BLOCKS:
                self._running(running, container, look)
                self._block(child, container, look)
                running = [child.tail]
            else:
                running += [child, child.tail]
        self._running(running, container, look)

    def _running(self, pieces: list[Any], container: Any, look: Look) -> None:
        if any(_has_text(piece) for piece in pieces):
            paragraph = self._paragraph(container, look)
            inline = Inline(self, paragraph)
            for piece in pieces:
                inline.write(piece, look)

    def _block(self, element: Any, container: Any, look: Look) -> None:
        classes = _classes(element)
        if anchor := element.get("id"):
            self.anchors.append(anchor)
        if "chapter--opens-page" in classes or "contents" in classes:
            self.page_break = True
        style = next((CONTAINER_STYLES[name] for name in classes if name in CONTAINER_STYLES), "")
        look = replace(look, style=style or look.style)
        match element.tag:
            case "nav" if "contents" in classes:
                self._contents(element)
            case "h1" | "h2" | "h3" | "h4":
                self._heading(element, container, look)
            case "ul" | "ol":
                self._list(element, container, look)
            case "table":
                self._table(element, container)
            case "svg":
                self._picture(element, container, look)
            case "dl":
                self._facts(element, container, look)
            case "p" | "dd" | "dt" | "figcaption":
                own = next(
                    (PARAGRAPH_STYLES[one] for one in classes if one in PARAGRAPH_STYLES), ""
                )
                if own and not (look.in_table and own in ("Fact", "Missing")):
                    look = replace(look, style=own)
                self._blocks(element, container, look)
            case _:
                self._blocks(element, container, look)

    def _paragraph(self, container: Any, look: Look, style: str = "") -> Paragraph:
        """A new paragraph, or the empty one a cell begins with."""
        first = container.paragraphs[-1] if look.in_table and container.paragraphs else None
        is_free = first is not None and len(container._element.findall(qn("w:p"))) == 1
        if (
            is_free
            and first is not None
            and not first.text
            and not len(first._p.findall(qn("w:r")))
        ):
            paragraph: Paragraph = first
        else:
            paragraph = container.add_paragraph()
        paragraph.style = self.document.styles[style or look.style]
        if self.page_break and not look.in_table:
            paragraph.paragraph_format.page_break_before = True
            self.page_break = False
        for anchor in self.anchors:
            self.bookmarks += 1
            add_bookmark(paragraph, anchor, self.bookmarks)
        self.anchors = []
        return paragraph

    def _heading(self, element: Any, container: Any, look: Look) -> None:
        style = "Title" if element.tag == "h1" else HEADINGS[element.tag]
        if "chapter__title" not in _classes(element) and element.tag == "h2":
            style = "Heading 2"
        inline = Inline(self, self._paragraph(container, look, style))
        inline.write(element, replace(look, style=style), whole=False)

    def _contents(self, element: Any) -> None:
        """A field of contents with the chapters in it; Word adds the pages."""
        title = self._paragraph(self.document, Look(), "Contents Heading")
        title.add_run(element.find("h2").text_content())
        links = [link for link in element.iter("a") if link.text_content().strip()]
        for number, link in enumerate(links):
            paragraph = self._paragraph(self.document, Look(), "TOC 1")
            if number == 0:
                begin_field(paragraph, r'TOC \o "1-2" \h \z \u', dirty=True)
            self._contents_line(paragraph, link)
            if number == len(links) - 1:
                end_field(paragraph)

    def _contents_line(self, paragraph: Paragraph, link: Any) -> None:
        line = link.getparent().getparent()
        number = line.find("span[@class='contents__number']").text_content()
        target = link_to(paragraph, link.get("href"))
        run = Run(OxmlElement("w:r"), paragraph)
        run.text = f"{number}  {link.text_content()}"
        target.append(run._r)
        paragraph.add_run("\t")
        add_field(paragraph, f"PAGEREF {bookmark_name(link.get('href')[1:])} \\h", "")

    def _list(self, element: Any, container: Any, look: Look) -> None:
        depth = min(look.depth, 2)
        number = int(element.get("start", "1"))
        for item in element.iterchildren("li"):
            suffix = f" {depth + 1}" if depth else ""
            inner = replace(look, style=f"List Bullet{suffix}", depth=look.depth + 1)
            if element.tag == "ol":
                inner = replace(inner, style=look.style)
                mark = "" if "sources" in _classes(element) else f"{number}. "
                self._numbered(item, container, inner, mark, depth)
                number += 1
            else:
                if anchor := item.get("id"):
                    self.anchors.append(anchor)
                self._blocks(item, container, inner)

    def _numbered(self, item: Any, container: Any, look: Look, mark: str, depth: int) -> None:
        """The number is written out: a list in a statement keeps its numbers wherever it goes."""
        if anchor := item.get("id"):
            self.anchors.append(anchor)
        before = len(container.paragraphs)
        self._blocks(item, container, look)
        added = container.paragraphs[before:] or container.paragraphs[-1:]
        for place, paragraph in enumerate(added):
            paragraph.paragraph_format.left_indent = Mm(6 * (depth + 1))
            if place == 0 and mark:
                paragraph.paragraph_format.first_line_indent = Mm(-6)
                run = Run(OxmlElement("w:r"), paragraph)
                run.text = f"{mark}\t"
                properties = paragraph._p.pPr
                properties.addnext(run._r)

    def _facts(self, element: Any, container: Any, look: Look) -> None:
        """Each term and what it says in one paragraph, further blocks below it."""
        look = replace(look, style="Table Text" if look.in_table else "Fact")
        for term in element.iter("dt"):
            paragraph = self._paragraph(container, look)
            Inline(self, paragraph).write(term, replace(look, bold=True), whole=False)
            paragraph.add_run(": ")
            said = term.getnext()
            inline = Inline(self, paragraph)
            blocks = [child for child in said if child.tag in BLOCKS]
            if not blocks:
                inline.write(said, look, whole=False)
                continue
            if blocks[0].tag == "p":
                inline.write(blocks[0], look, whole=False)
                blocks = blocks[1:]
            for block in blocks:
                self._block(block, container, look)

    # Tables and pictures

    def _table(self, element: Any, container: Any) -> None:
        if (caption := element.find("caption")) is not None:
            paragraph = self._paragraph(container, Look(), "Caption")
            Inline(self, paragraph).write(caption, Look(style="Caption"), whole=False)
        rows = list(element.iter("tr"))
        columns = max(len(_cells(row)) for row in rows)
        table = container.add_table(rows=0, cols=columns)
        table.style = self.document.styles[TABLE]
        table.autofit = False
        widths = _widths(element, columns)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in rows:
            self._row(row, table, widths)

    def _row(self, element: Any, table: Any, widths: list[float]) -> None:
        is_head = element.getparent().tag == "thead"
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        if anchor := element.get("id"):
            self.anchors.append(anchor)
        for cell, source, width in zip(row.cells, _cells(element), widths, strict=False):
            cell.width = Mm(width)
            style = "Table Heading" if source.tag == "th" else "Table Text"
            self._blocks(source, cell, Look(style=style, in_table=True))

    def _picture(self, element: Any, container: Any, look: Look) -> None:
        """A drawing as a picture with its text alternative."""
        width, file, alternative = picture_of(element)
        run = self._paragraph(container, look).add_run()
        shape = run.add_picture(file, width=Mm(min(width, TEXT_WIDTH)))
        self.pictures += 1
        described = shape._inline.docPr
        described.set("descr", alternative)
        described.set("name", f"Graf {self.pictures}")


class Inline:
    """Writes running text into one paragraph; spaces are as a browser would show them."""

    def __init__(self, writer: Writer, paragraph: Paragraph) -> None:
        self.writer = writer
        self.paragraph = paragraph
        self.target: Any = None
        self.ends_with_space = True

    def write(self, piece: Any, look: Look, *, whole: bool = True) -> None:
        """A text or an element; not `whole` leaves out what the element itself would do."""
        if piece is None:
            return
        if isinstance(piece, str):
            self._text(piece, look)
            return
        if whole:
            self._element(piece, look)
        else:
            self._children(piece, look)

    def _children(self, element: Any, look: Look) -> None:
        self.write(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, look)
            self.write(child.tail, look)

    def _element(self, element: Any, look: Look) -> None:
        classes = _classes(element)
        match element.tag:
            case "br":
                self.paragraph.add_run().add_break()
                self.ends_with_space = True
            case "strong" | "b":
                self._children(element, replace(look, bold=True))
            case "em" | "i":
                self._children(element, replace(look, italic=True))
            case "a":
                self._link(element, look)
            case "span" if "footnote" in classes:
                note = Inline(self.writer, self.writer.footnotes.add(self.paragraph))
                note._children(element, Look())
            case "span" if "table-number" in classes:
                self.writer.tables += 1
                self._text("Tabulka\u00a0", look)
                add_field(self.paragraph, "SEQ Tabulka \\* ARABIC", str(self.writer.tables))
                self.ends_with_space = False
                self._text(" ", look)
            case _:
                if OWN_LINE & set(classes) and self.paragraph.text:
                    self.paragraph.add_run().add_break()
                    self.ends_with_space = True
                if "detail" in classes:
                    look = replace(look, character="Note")
                self._children(element, look)

    def _link(self, element: Any, look: Look) -> None:
        address = element.get("href") or ""
        if not element.text_content().strip():
            return
        outer, self.target = self.target, link_to(self.paragraph, address)
        is_inner = address.startswith("#")
        self._children(element, look if is_inner else replace(look, character="Hyperlink"))
        self.target = outer

    def _text(self, text: str, look: Look) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", text)
        if self.ends_with_space:
            text = text.removeprefix(" ")
        if not text:
            return
        self.ends_with_space = text.endswith(" ")
        run = self.paragraph.add_run(text)
        run.bold, run.italic = look.bold or None, look.italic or None
        if look.character:
            run.style = self.writer.document.styles[look.character]
        if self.target is not None:
            self.target.append(run._r)


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _has_text(piece: Any) -> bool:
    if piece is None:
        return False
    return bool((piece if isinstance(piece, str) else piece.text_content()).strip(" \t\r\n"))


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _widths(table: Any, columns: int) -> list[float]:
    """In millimetres, as the stylesheet of the report has them; the rest share what is left."""
    known = [_column_width(column.get("class") or "") for column in table.iter("col")]
    known += [None] * (columns - len(known))
    left = TEXT_WIDTH - sum(width for width in known if width)
    share = left / (known.count(None) or 1)
    return [width or share for width in known[:columns]]


def _column_width(name: str) -> float | None:
    return _stylesheet_widths().get(name)


@cache
def _stylesheet_widths() -> dict[str, float]:
    with staticfiles_storage.open("report.css") as file:
        text = file.read().decode()
    return {
        name: float(width)
        for name, width in re.findall(r"\.(\w+__\w+)\s*\{\s*width:\s*([\d.]+)mm", text)
    }
