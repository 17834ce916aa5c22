"""The tree of tags of a PDF, from what the renderer makes of boxes to what PDF/UA-1 asks for.

WeasyPrint begins every page with new elements, knows no descriptions and no notes, and gives
table heads no scope. The functions here mend one thing each and leave the marked content alone.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_POINTS_PER_PIXEL = Decimal("0.75")
# The number that calls a note is the only text of this size: 7 pt in report.css, in pixels here.
_CALL_SIZE = 9.333
_SIZE_OF_MARK = re.compile(rb"<</MCID (\d+)>>\s*BDC((?:(?!\bEMC\b).)*?)/\w+ ([\d.]+) Tf", re.DOTALL)


class Element:
    """An element of the tree, read once: asking the file again and again is what costs time.

    `kind` is the type of structure without its slash. `kids` are elements, numbers of marks, and
    references to objects such as links.
    """

    __slots__ = ("kids", "kind", "object", "parent")

    def __init__(self, it: Any, kind: str, parent: "Element | None") -> None:
        self.object = it
        self.kind = kind
        self.parent = parent
        self.kids: list[Any] = []

    @property
    def parts(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def marks(self) -> list[int]:
        return [kid for kid in self.kids if isinstance(kid, int)]

    @property
    def page(self) -> Any:
        return self.object.Pg

    def below(self) -> Iterator["Element"]:
        """Every element in it, parents before their parts."""
        waiting = self.kids[::-1]
        while waiting:
            element = waiting.pop()
            if isinstance(element, Element):
                yield element
                waiting += element.kids[::-1]

    def begins_with(self, kind: str) -> bool:
        first = next(iter(self.parts), None)
        return first is not None and first.kind == kind

    def give(self, kids: list[Any]) -> None:
        """Make these, and nothing else, its kids."""
        for kid in kids:
            if isinstance(kid, Element) and kid.parent is not self:
                kid.parent = self
                kid.object.P = self.object
        self.kids = kids
        self.object.K = Array([kid.object if isinstance(kid, Element) else kid for kid in kids])

    def become(self, kind: str) -> None:
        self.kind = kind
        self.object.S = Name(f"/{kind}")


def read_tree(root: Any) -> Element:
    """The whole tree below the root of the structure, which is an element of no kind here."""
    tree = Element(root, "", None)
    waiting = [tree]
    while waiting:
        parent = waiting.pop()
        kids = parent.object.get("/K", [])
        for kid in kids if isinstance(kids, Array) else [kids]:
            kind = kid.get("/S") if isinstance(kid, Dictionary) else None
            if kind is None:
                parent.kids.append(kid)
                continue
            element = Element(kid, str(kind).removeprefix("/"), parent)
            parent.kids.append(element)
            waiting.append(element)
    return tree


def _new(document: Any, kind: str, parent: Element, kids: list[Any]) -> Element:
    it = Dictionary(
        Type=Name.StructElem, S=Name(f"/{kind}"), P=parent.object, Pg=parent.page, K=Array([])
    )
    element = Element(document.make_indirect(it), kind, parent)
    element.give(kids)
    return element


def join_pages(tree: Element) -> None:
    """The report and its chapters, which began anew on every page, become one again."""
    for document in tree.parts:
        _join(document, "Art", lambda _later: True)
        for report in document.parts:
            # A chapter begins with its heading; what begins otherwise goes on.
            _join(report, "Sect", lambda later: not later.begins_with("H2"))


def _join(parent: Element, kind: str, goes_on: Callable[[Element], bool]) -> None:
    kept: list[Any] = []
    whole: Element | None = None
    for kid in parent.kids:
        if not isinstance(kid, Element) or kid.kind != kind:
            kept.append(kid)
        elif whole is not None and goes_on(kid):
            whole.give([*whole.kids, *kid.kids])
        else:
            whole = kid
            kept.append(kid)
    parent.give(kept)


def join_tables(tree: Element) -> None:
    """A piece of a table on a further page has no caption; its rows move into the first piece."""
    whole: Element | None = None
    for element in list(tree.below()):
        if element.kind != "Table":
            continue
        bodies = _bodies(element)
        if any(part.kind == "Caption" for part in element.parts) or whole is None or not bodies:
            whole = element
            continue
        target = _bodies(whole)
        if not target:
            # Only the caption had room on the page before.
            whole.give([*whole.kids, *element.parts])
            element.give([])
            continue
        rows = [row for body in bodies for row in body.kids]
        last = next(reversed(target[-1].parts), None)
        if rows and last is not None and (_lacks_its_name(rows[0]) or _lacks_its_name(last)):
            _join_rows(last, rows.pop(0))
        target[-1].give([*target[-1].kids, *rows])
        # The repeated head is no content any more; its marks become artifacts.
        element.give([])


def _bodies(table: Element) -> list[Element]:
    return [part for part in table.parts if part.kind == "TBody"]


def _lacks_its_name(row: Element) -> bool:
    """Every row begins with what it is about; one that does not is a piece of a torn one."""
    return bool(row.parts) and not _has_content(row.parts[0])


def _has_content(element: Element) -> bool:
    return any(not isinstance(kid, Element) or _has_content(kid) for kid in element.kids)


def _join_rows(row: Element, rest: Element) -> None:
    for cell, more in zip(row.parts, rest.parts, strict=False):
        cell.give([*cell.kids, *more.kids])


def keep_heads_few(table: Element) -> None:
    """Where heads would outnumber what they head, those of rows are plain cells."""
    cells = [one for one in table.below() if one.kind in ("TH", "TD")]
    heads = [one for one in cells if one.kind == "TH"]
    if len(heads) * 2 > len(cells):
        for head in heads:
            if not _is_in_head(head):
                head.become("TD")
                if "/A" in head.object:
                    del head.object["/A"]


def _is_in_head(cell: Element) -> bool:
    row = cell.parent
    return row is not None and row.parent is not None and row.parent.kind == "THead"


def finish_cell(cell: Element) -> None:
    it = cell.object
    if cell.kind == "TH":
        it.A = Dictionary(O=Name.Table, Scope=Name.Column if _is_in_head(cell) else Name.Row)
        # No tree of identifiers exists that these could lead to.
        for key in ("/Headers", "/ID"):
            if key in it:
                del it[key]
    elif "/A" in it and isinstance(it.A, Dictionary):
        if "/Headers" in it.A:
            del it.A["/Headers"]
        if len(it.A.keys()) == 1:
            del it["/A"]


def place_figure(figure: Element, pages: dict[Any, Any]) -> None:
    """From pixels below the top of the page to points above its bottom."""
    attributes = figure.object.get("/A")
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return
    height = Decimal(str(pages[figure.page.objgen].mediabox[3]))
    left, top, right, bottom = (Decimal(str(value)) for value in attributes.BBox)
    attributes.BBox = Array(
        [
            left * _POINTS_PER_PIXEL,
            height - max(top, bottom) * _POINTS_PER_PIXEL,
            right * _POINTS_PER_PIXEL,
            height - min(top, bottom) * _POINTS_PER_PIXEL,
        ]
    )


def make_lists(document: Any, tree: Element) -> None:
    """An item is its label and its body; a term is the label of what describes it."""
    for element in list(tree.below()):
        if element.kind != "L":
            continue
        for group in element.parts:
            if group.kind in ("Div", "NonStruct"):
                _make_item_of_description(document, group)
        for item in element.parts:
            if item.kind == "LI":
                _make_body(document, item)


def _make_item_of_description(document: Any, group: Element) -> None:
    inner = [kid for item in group.parts for kid in item.parts]
    has_term = len(group.parts) > 1
    group.become("LI")
    group.give(list(inner))
    if has_term:
        inner[0].become("Lbl")
        body = [kid for part in inner[1:] for kid in part.kids]
        group.give([inner[0], _new(document, "LBody", group, body)])


def _make_body(document: Any, item: Element) -> None:
    if any(part.kind == "LBody" for part in item.parts):
        _take_label(item, item.parts[0])
        return
    labels = [part for part in item.parts if part.kind == "Lbl"]
    body = [kid for kid in item.kids if kid not in labels]
    item.give([*labels, _new(document, "LBody", item, body)])


def _take_label(item: Element, body: Element) -> None:
    """The mark of an item is drawn at the beginning of its first paragraph."""
    paragraph = next(iter(body.parts), None)
    if paragraph is None or paragraph.kind != "P" or not paragraph.begins_with("NonStruct"):
        return
    label, *rest = paragraph.kids
    label.become("Lbl")
    paragraph.give(rest)
    item.give([label, *item.kids])


def make_contents(tree: Element) -> None:
    """The list under the heading of the contents is a table of contents with references."""
    for element in tree.below():
        if element.kind != "NonStruct" or not element.begins_with("H2"):
            continue
        for contents in element.parts:
            if contents.kind == "L":
                contents.become("TOC")
                for item in contents.parts:
                    _make_entry(item)
        return


def _make_entry(item: Element) -> None:
    item.become("TOCI")
    parts = [part for kid in item.parts for part in kid.parts]
    item.give(list(parts))
    for place, part in enumerate(parts):
        is_link = any(kid.kind == "Link" for kid in part.parts)
        part.become("Reference" if is_link else "Lbl" if place == 0 else "NonStruct")


def mark_notes(document: Any, tree: Element) -> None:
    """Each note begins with its number and stands behind the number that calls it."""
    notes = _take_notes(tree)
    if not notes:
        return
    for number, note in enumerate(notes, 1):
        note.become("Note")
        note.object.ID = String(f"note-{number}")
        if note.begins_with("NonStruct"):
            note.parts[0].become("Lbl")
    for call, note in zip(list(_calls(document, tree)), notes, strict=True):
        call.become("Reference")
        parent = call.parent
        if parent is not None:
            place = parent.kids.index(call) + 1
            parent.give([*parent.kids[:place], note, *parent.kids[place:]])


def _take_notes(tree: Element) -> list[Element]:
    """The notes, out of the areas at the foot of the pages, which are no content themselves."""
    taken: list[Element] = []
    for document in tree.parts:
        for area in document.parts:
            if area.kind == "NonStruct":
                taken += area.parts
                area.give([])
    return taken


def _calls(document: Any, tree: Element) -> Iterator[Element]:
    sizes = {
        page.obj.objgen: {
            int(number): float(size)
            for number, _before, size in _SIZE_OF_MARK.findall(page.Contents.read_bytes())
        }
        for page in document.pages
    }
    for element in tree.below():
        if element.kind == "NonStruct":
            marks = [
                sizes[part.page.objgen].get(mark, 0.0)
                for part in element.parts
                for mark in part.marks
            ]
            if len(marks) == 1 and abs(marks[0] - _CALL_SIZE) < 0.01:
                yield element


def drop_empty(tree: Element) -> None:
    """Wrappers without content say nothing; the deepest go first. A cell keeps its place."""
    for element in reversed(list(tree.below())):
        kept = [
            kid
            for kid in element.kids
            if not isinstance(kid, Element) or kid.kids or kid.kind in ("TD", "TH")
        ]
        if len(kept) != len(element.kids):
            element.give(kept)


def pages_of(document: pikepdf.Pdf) -> dict[Any, Any]:
    return {page.obj.objgen: page for page in document.pages}
