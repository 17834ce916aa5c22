"""Footnotes, which python-docx does not write: a part of the package and references to it."""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

# Two notes that every file must have: the line above the notes and its continuation.
_EMPTY = f"""<w:footnotes {nsdecls("w")} {nsdecls("r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0">
<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """Numbers notes in the order in which they are called."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.count = 0
        self.part: XmlPart | None = None

    def add(self, paragraph: Paragraph) -> Paragraph:
        """Call a note at the end of the paragraph; returns the paragraph to write it into."""
        self.count += 1
        call = paragraph.add_run(style="Footnote Reference")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self.count))
        call._r.append(reference)
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self.count))
        text = OxmlElement("w:p")
        note.append(text)
        part = self._part()
        part.element.append(note)
        written = Paragraph(text, part)
        written.style = self.document.styles["Footnote Text"]
        mark = written.add_run()
        mark.style = self.document.styles["Footnote Reference"]
        mark._r.append(OxmlElement("w:footnoteRef"))
        written.add_run(" ")
        return written

    def _part(self) -> XmlPart:
        if self.part is None:
            main = self.document.part
            self.part = FootnotesPart(
                PackURI("/word/footnotes.xml"),
                CONTENT_TYPE.WML_FOOTNOTES,
                parse_xml(_EMPTY),
                main.package,
            )
            self.part.main = main
            main.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        return self.part


class FootnotesPart(XmlPart):
    """Its paragraphs use the styles of the main document."""

    main: Any

    def get_style(self, *asked: Any) -> Any:
        return self.main.get_style(*asked)

    def get_style_id(self, *asked: Any) -> Any:
        return self.main.get_style_id(*asked)
