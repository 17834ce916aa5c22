"""Running text within one paragraph of Word."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from litvinov import czech
from reporting.renderers.docx.fields import add_field, link_to
from reporting.renderers.docx.pictures import add_logo

if TYPE_CHECKING:
    from reporting.renderers.docx.writer import Writer

# What the stylesheet of the report puts on a line of its own.
_OWN_LINE = frozenset({"detail", "annexes__place"})
_CHARACTERS = {
    "detail": "Note",
    "code": "Code",
    "badge": "Badge",
    "level__number": "Strong",
    "summary__topic": "Strong",
    "activity__label": "Strong",
    "goal__value": "Strong",
    "goal__note-title": "Strong",
    "guide__marks-title": "Strong",
    "sources__name": "Strong",
    "chart__code": "Strong",
}
# The class of an empty element that counts tables or charts, and what the number is called.
_SERIES = {"table-number": "Tabulka", "chart-number": "Graf"}


@dataclass(frozen=True)
class Look:
    """How text is written where the walk is now."""

    style: str = "Normal"
    in_table: bool = False
    is_number: bool = False
    depth: int = 0
    bold: bool = False
    italic: bool = False
    character: str = ""


class Inline:
    """Writes running text into one paragraph; spaces are as a browser would show them."""

    def __init__(self, writer: "Writer", paragraph: Paragraph) -> None:
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
        elif whole:
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
        names = classes(element)
        if anchor := element.get("id"):
            self.writer.bookmarks.place(self.paragraph, anchor)
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
            case "img":
                add_logo(self.paragraph, element)
            case "span" if "footnote" in names:
                note = Inline(self.writer, self.writer.footnotes.add(self.paragraph))
                note._children(element, Look())
                self.ends_with_space = False
            case "span" if _SERIES.keys() & set(names):
                self._number(next(_SERIES[name] for name in names if name in _SERIES))
            case _:
                if _OWN_LINE & set(names) and self.paragraph.text:
                    self.paragraph.add_run().add_break()
                    self.ends_with_space = True
                style = next((_CHARACTERS[name] for name in names if name in _CHARACTERS), "")
                self._children(element, replace(look, character=style or look.character))

    def _number(self, series: str) -> None:
        """A number Word counts itself when somebody adds a table before this one."""
        number = self.writer.counted(series)
        style = self.writer.style_id("Caption Number")
        self._run(f"{series}{czech.NBSP}", Look(character="Caption Number"))
        add_field(self.paragraph, f"SEQ {series} \\* ARABIC", str(number), style=style)
        self._run("  ", Look())
        self.ends_with_space = True

    def _link(self, element: Any, look: Look) -> None:
        if not element.text_content().strip():
            return
        address = (element.get("href") or "").strip()
        outer, self.target = self.target, link_to(self.paragraph, address, self.writer.bookmarks)
        is_outer = self.target is not None and not address.startswith("#")
        self._children(element, replace(look, character="Hyperlink") if is_outer else look)
        self.target = outer

    def _text(self, text: str, look: Look) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", text)
        if self.ends_with_space:
            # Codes are told apart by a comma and a space, and by the space of their chip.
            text = text.lstrip(f" {czech.NBSP}")
        if text:
            self._run(text, look)

    def _run(self, text: str, look: Look) -> None:
        self.ends_with_space = text.endswith((" ", czech.NBSP))
        run = self.paragraph.add_run(text)
        run.bold, run.italic = look.bold or None, look.italic or None
        if look.character:
            run._r.get_or_add_rPr().style = self.writer.style_id(look.character)
        if self.target is not None:
            self.target.append(run._r)
        for piece in run._r.iterchildren(qn("w:t")):
            piece.set(qn("xml:space"), "preserve")


def classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def has_text(piece: Any) -> bool:
    if piece is None:
        return False
    if isinstance(piece, str):
        return bool(piece.strip(" \t\r\n"))
    return bool(piece.text_content().strip(" \t\r\n")) or any(True for _ in piece.iter("img"))
