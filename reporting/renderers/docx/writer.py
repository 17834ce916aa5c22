"""Walks the HTML of the report and writes it with Word's paragraphs, tables and fields."""

from collections import Counter
from dataclasses import replace
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reporting.renderers.docx.contents import write_contents
from reporting.renderers.docx.fields import Bookmarks, unlink_lost
from reporting.renderers.docx.footnotes import Footnotes
from reporting.renderers.docx.inline import Inline, Look, classes, has_text
from reporting.renderers.docx.lists import Numbering, number_as
from reporting.renderers.docx.pictures import picture_of
from reporting.renderers.docx.styles import LIST_FAMILIES, TEXT_WIDTH
from reporting.renderers.docx.tables import write_table

_HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_BLOCKS = frozenset(
    {
        *("article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "header", "li", "main", "nav", "ol", "p", "section"),
        *("summary", "svg", "table", "ul", *_HEADINGS),
    }
)
_PARAGRAPHS = {
    "title-page__publisher": "Publisher",
    "title-page__kind": "Subtitle",
    "missing": "Missing",
    "justification": "Table Note",
    "cited": "Note Line",
    "level__words": "Table Note",
    "goal__title": "Goal Title",
    "goal__note": "Fact",
    "goal__wording": "Fact",
    "activity__facts": "Fact",
    "activity__note": "Table Note",
    "criterion__counts": "Fact",
    "chart__title": "Chart Title",
    "charts__caption": "Caption",
    "notice": "Fact",
}
# Styles that in a table give way to those of the table.
_IN_TABLE = {"Fact": "", "Missing": "Table Note", "Note Line": "Table Note"}
_CONTAINERS = {"title-page": "Title Page", "comment": "Expert Comment", "goal__side": "Fact"}
_BOLD = frozenset({"interim__title", "activity__title"})
_KEPT_WITH_NEXT = frozenset(
    {"criterion__counts", "goal__side", "goal__title", "goal__wording", "interim__title"}
)
_DEEPEST = 2
_GAP_AFTER_TABLE = 8


class Writer:
    """`anchors` wait for the next paragraph, so does the mark of an item of a list."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.footnotes = Footnotes(document)
        self.bookmarks = Bookmarks()
        self.numbering = Numbering(document)
        self.anchors: list[str] = []
        self._counts: Counter[str] = Counter()
        self._styles = {style.name: style for style in document.styles}
        self._opening: tuple[str, tuple[int, int] | None] | None = None
        self._page_break = False
        self._after_table = False
        self._keep = False

    def write(self, element: Any) -> None:
        self._blocks(element, self.document, Look())

    def finish(self) -> None:
        """No link leads nowhere, and a paragraph follows the last table, as Word asks."""
        body = self.document.element.body
        if self.anchors or body[-2].tag == qn("w:tbl"):
            self._after_table = False
            self.paragraph(self.document, Look(style="Table Note"))
        unlink_lost(body, self.bookmarks)
        if self.footnotes.part is not None:
            unlink_lost(self.footnotes.part.element, self.bookmarks)

    def style_id(self, name: str) -> str:
        return str(self._styles[name].style_id)

    def counted(self, series: str) -> int:
        """The next number of a table, a chart or a picture."""
        self._counts[series] += 1
        return self._counts[series]

    def paragraph(self, container: Any, look: Look, style: str = "") -> Paragraph:
        """A new paragraph, or the empty one a cell begins with."""
        paragraph = _empty_beginning(container) if look.in_table else None
        if paragraph is None:
            paragraph = container.add_paragraph()
        name = style or look.style
        number = None
        if self._opening is not None:
            (name, number), self._opening = self._opening, None
        self._dress(paragraph, name, look)
        if number is not None:
            number_as(paragraph, *number)
            # A number of its own would push the indents of the style aside.
            indents = self._styles[name].paragraph_format
            paragraph.paragraph_format.left_indent = indents.left_indent
            paragraph.paragraph_format.first_line_indent = indents.first_line_indent
        for anchor in self.anchors:
            self.bookmarks.place(paragraph, anchor)
        self.anchors = []
        return paragraph

    def _dress(self, paragraph: Paragraph, name: str, look: Look) -> None:
        if name != "Normal":
            paragraph._p.get_or_add_pPr().style = self.style_id(name)
        if look.is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if self._keep:
            paragraph.paragraph_format.keep_with_next = True
        if look.in_table:
            return
        if self._page_break:
            paragraph.paragraph_format.page_break_before = True
        elif self._after_table and not _stands_apart(self._styles[name]):
            paragraph.paragraph_format.space_before = Pt(_GAP_AFTER_TABLE)
        self._page_break = self._after_table = False

    def part_tables(self, container: Any) -> None:
        """Word joins tables with nothing between them."""
        last = [child for child in container._element if child.tag != qn("w:sectPr")][-1:]
        if container is self.document:
            last = [self.document.element.body[-2]] if len(self.document.element.body) > 1 else []
        if last and last[0].tag == qn("w:tbl"):
            self.paragraph(container, Look())

    def write_cell(self, element: Any, cell: Any, look: Look) -> None:
        self._keep = look.style == "Table Heading"
        look = replace(look, bold=bool(_BOLD & set(classes(element))))
        self._blocks(element, cell, look)
        if _empty_beginning(cell) is not None:
            self.paragraph(cell, look)
        self._keep = False

    def _blocks(self, element: Any, container: Any, look: Look) -> None:
        """The children of an element; texts and inline elements between blocks are a paragraph."""
        running: list[Any] = [element.text]
        for child in element:
            if not isinstance(child.tag, str):
                running.append(child.tail)
            elif child.tag in _BLOCKS:
                self._running(running, container, look)
                self._block(child, container, look)
                running = [child.tail]
            else:
                running += [child, child.tail]
        self._running(running, container, look)

    def _running(self, pieces: list[Any], container: Any, look: Look) -> None:
        if any(has_text(piece) for piece in pieces):
            inline = Inline(self, self.paragraph(container, look))
            for piece in pieces:
                inline.write(piece, look)

    def _block(self, element: Any, container: Any, look: Look) -> None:
        names = classes(element)
        if anchor := element.get("id"):
            self.anchors.append(anchor)
        if "chapter--opens-page" in names or "contents" in names:
            self._page_break = True
        style = next((_CONTAINERS[name] for name in names if name in _CONTAINERS), look.style)
        look = replace(look, style=style, bold=look.bold or bool(_BOLD & set(names)))
        outer, self._keep = self._keep, self._keep or bool(_KEPT_WITH_NEXT & set(names))
        match element.tag:
            case "nav" if "contents" in names:
                write_contents(self, element)
            case "h1" | "h2" | "h3" | "h4":
                self._heading(element, container, look)
            case "ul" | "ol":
                self._list(element, container, look)
            case "table":
                write_table(self, element, container)
                self._after_table = not look.in_table
            case "svg":
                self._picture(element, container, look)
            case "dl":
                self._facts(element, container, look)
            case "p" | "dd" | "dt" | "div" | "figcaption":
                self._blocks(element, container, _with_own_style(look, names))
            case _:
                self._blocks(element, container, look)
        self._keep = outer

    def _heading(self, element: Any, container: Any, look: Look) -> None:
        style = _HEADINGS[element.tag]
        if element.tag == "h2" and "chapter__title" not in classes(element):
            style = "Heading 2"
        inline = Inline(self, self.paragraph(container, look, style))
        inline.write(element, replace(look, style=style, bold=False), whole=False)

    def _list(self, element: Any, container: Any, look: Look) -> None:
        """Items in the style of a list that belongs to the text around."""
        depth = min(look.depth, _DEEPEST)
        suffix = f" {depth + 1}" if depth else ""
        family = "Table" if look.in_table else LIST_FAMILIES.get(look.style, "List")
        number = None
        if is_source := "sources" in classes(element):
            inner = replace(look, style="Source")
        else:
            inner = replace(look, style=f"{family} Continue{suffix}", depth=look.depth + 1)
        if element.tag == "ol" and not is_source:
            start = int(element.get("start", "1"))
            number = (self.numbering.begin(start, depth), depth)
        kind = "Bullet" if number is None else "Number"
        for item in element.iterchildren("li"):
            if anchor := item.get("id"):
                self.anchors.append(anchor)
            if not is_source:
                self._opening = (f"{family} {kind}{suffix}", number)
            self._blocks(item, container, inner)
            self._opening = None

    def _facts(self, element: Any, container: Any, look: Look) -> None:
        """Each term and what it says in one paragraph, further blocks below it."""
        look = replace(look, style="Table Text" if look.in_table else "Fact")
        for place, term in enumerate(element.iter("dt")):
            paragraph = self.paragraph(container, look)
            if place == 0 and not look.in_table:
                paragraph.paragraph_format.space_before = Pt(_GAP_AFTER_TABLE)
            inline = Inline(self, paragraph)
            inline.write(term, replace(look, bold=True), whole=False)
            inline.write(": ", replace(look, bold=True))
            said = term.getnext()
            blocks = [child for child in said if child.tag in _BLOCKS]
            if not blocks:
                inline.write(said, look, whole=False)
                continue
            if blocks[0].tag == "p":
                inline.write(blocks[0], look, whole=False)
                blocks = blocks[1:]
            paragraph.paragraph_format.keep_with_next = bool(blocks) or None
            for block in blocks:
                self._block(block, container, look)

    def _picture(self, element: Any, container: Any, look: Look) -> None:
        """A drawing as a picture with its text alternative."""
        width, file, alternative = picture_of(element)
        run = self.paragraph(container, look, "Picture").add_run()
        shape = run.add_picture(file, width=Mm(min(width, TEXT_WIDTH)))
        described = shape._inline.docPr
        described.set("descr", alternative)
        described.set("name", f"Graf {self.counted('picture')}")


def _with_own_style(look: Look, names: list[str]) -> Look:
    own = next((_PARAGRAPHS[name] for name in names if name in _PARAGRAPHS), "")
    if look.in_table:
        own = _IN_TABLE.get(own, own)
    return replace(look, style=own) if own else look


def _stands_apart(style: Any) -> bool:
    space = style.paragraph_format.space_before
    return space is not None and space >= Pt(_GAP_AFTER_TABLE)


def _empty_beginning(cell: Any) -> Paragraph | None:
    paragraphs = cell._element.findall(qn("w:p"))
    if len(paragraphs) != 1 or paragraphs[0].find(qn("w:pPr")) is not None:
        return None
    is_empty = all(child.tag == qn("w:pPr") for child in paragraphs[0])
    return Paragraph(paragraphs[0], cell) if is_empty else None
