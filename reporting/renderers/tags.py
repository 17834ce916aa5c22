"""The tree of tags of a PDF, from what the renderer makes of boxes to what PDF/UA-1 asks for.

WeasyPrint begins every page with new elements, knows no descriptions and no notes, and gives
table heads no scope. The functions here mend one thing each and leave the marked content alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_POINTS_PER_PIXEL = Decimal("0.75")
# The number that calls a note is the only text of this size: 7 pt in report.css, in pixels here.
_CALL_SIZE = 9.333
_SIZE_OF_MARK = re.compile(rb"<</MCID (\d+)>>\s*BDC((?:(?!\bEMC\b).)*?)/\w+ ([\d.]+) Tf", re.DOTALL)


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def is_element(item: Any) -> bool:
    return isinstance(item, Dictionary) and "/S" in item


def elements_of(root: Any) -> Iterator[Any]:
    """Every element of the tree, parents before their parts."""
    waiting = [kid for kid in reversed(kids_of(root)) if is_element(kid)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(kids_of(element)) if is_element(kid)]


def _parts(element: Any) -> list[Any]:
    return [kid for kid in kids_of(element) if is_element(kid)]


def _give(parent: Any, kids: list[Any]) -> None:
    """Make these, and nothing else, the kids of an element."""
    for kid in kids:
        if is_element(kid):
            kid.P = parent
    parent.K = Array(kids)


def _new(document: Any, kind: Name, parent: Any, kids: list[Any], page: Any) -> Any:
    element = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=kind, P=parent, Pg=page, K=Array([]))
    )
    _give(element, kids)
    return element


def join_pages(root: Any) -> None:
    """The report and its chapters, which began anew on every page, become one again."""
    for document in _parts(root):
        _join(document, Name.Art, lambda _later: True)
        for report in _parts(document):
            # A chapter begins with its heading; what begins otherwise goes on.
            _join(report, Name.Sect, lambda later: not _begins_with(later, Name.H2))


def _join(parent: Any, kind: Name, goes_on: Any) -> None:
    kept: list[Any] = []
    whole: Any = None
    for kid in kids_of(parent):
        if not is_element(kid) or kind != kid.S:
            kept.append(kid)
        elif whole is not None and goes_on(kid):
            _give(whole, [*kids_of(whole), *kids_of(kid)])
        else:
            whole = kid
            kept.append(kid)
    parent.K = Array(kept)


def _begins_with(element: Any, kind: Name) -> bool:
    parts = _parts(element)
    return bool(parts) and bool(kind == parts[0].S)


def join_tables(root: Any) -> None:
    """A piece of a table on a further page has no caption; its rows move into the first piece."""
    whole: Any = None
    for element in list(elements_of(root)):
        if Name.Table != element.S:
            continue
        parts = _parts(element)
        bodies = [part for part in parts if Name.TBody == part.S]
        if any(Name.Caption == part.S for part in parts) or whole is None or not bodies:
            whole = element
            continue
        target = [part for part in _parts(whole) if Name.TBody == part.S]
        if not target:
            # Only the caption had room on the page before.
            _give(whole, [*kids_of(whole), *parts])
            element.K = Array([])
            continue
        rows = [row for body in bodies for row in kids_of(body)]
        last = next(reversed(_parts(target[-1])), None)
        if rows and last is not None and (_lacks_its_name(rows[0]) or _lacks_its_name(last)):
            _join_rows(last, rows.pop(0))
        _give(target[-1], [*kids_of(target[-1]), *rows])
        # The repeated head is no content any more; its marks become artifacts.
        element.K = Array([])


def _lacks_its_name(row: Any) -> bool:
    """Every row begins with what it is about; one that does not is a piece of a torn one."""
    cells = _parts(row)
    return bool(cells) and not _has_content(cells[0])


def _has_content(element: Any) -> bool:
    return any(not is_element(kid) or _has_content(kid) for kid in kids_of(element))


def _join_rows(row: Any, rest: Any) -> None:
    for cell, more in zip(_parts(row), _parts(rest), strict=False):
        _give(cell, [*kids_of(cell), *kids_of(more)])


def keep_heads_few(table: Any) -> None:
    """Where heads would outnumber what they head, those of rows are plain cells."""
    cells = [one for one in elements_of(table) if one.S in (Name.TH, Name.TD)]
    heads = [one for one in cells if Name.TH == one.S]
    if len(heads) * 2 > len(cells):
        for head in heads:
            if Name.THead != head.P.P.S:
                head.S = Name.TD
                if "/A" in head:
                    del head["/A"]


def finish_cells(element: Any) -> None:
    if element.S == Name.TH:
        scope = Name.Column if Name.THead == element.P.P.S else Name.Row
        element.A = Dictionary(O=Name.Table, Scope=scope)
        # No tree of identifiers exists that these could lead to.
        for key in ("/Headers", "/ID"):
            if key in element:
                del element[key]
    elif element.S == Name.TD and "/A" in element and isinstance(element.A, Dictionary):
        if "/Headers" in element.A:
            del element.A["/Headers"]
        if len(element.A.keys()) == 1:
            del element["/A"]


def place_figure(element: Any, page: Any) -> None:
    """From pixels below the top of the page to points above its bottom."""
    attributes = element.A
    if not isinstance(attributes, Dictionary) or "/BBox" not in attributes:
        return
    height = Decimal(str(page.mediabox[3]))
    left, top, right, bottom = (Decimal(str(value)) for value in attributes.BBox)
    attributes.BBox = Array(
        [
            left * _POINTS_PER_PIXEL,
            height - max(top, bottom) * _POINTS_PER_PIXEL,
            right * _POINTS_PER_PIXEL,
            height - min(top, bottom) * _POINTS_PER_PIXEL,
        ]
    )


def make_lists(document: Any, root: Any) -> None:
    """An item is its label and its body; a term is the label of what describes it."""
    for element in list(elements_of(root)):
        if element.S != Name.L:
            continue
        for group in _parts(element):
            if group.S in (Name.Div, Name.NonStruct):
                _make_item_of_description(document, group)
        for item in _parts(element):
            if item.S == Name.LI:
                _make_body(document, item)


def _make_item_of_description(document: Any, group: Any) -> None:
    inner = [kid for item in _parts(group) for kid in _parts(item)]
    has_term = len(_parts(group)) > 1
    group.S = Name.LI
    _give(group, inner)
    if has_term:
        inner[0].S = Name.Lbl
        body = [kid for part in inner[1:] for kid in kids_of(part)]
        _give(group, [inner[0], _new(document, Name.LBody, group, body, group.Pg)])


def _make_body(document: Any, item: Any) -> None:
    parts = _parts(item)
    if any(Name.LBody == part.S for part in parts):
        _take_label(item, parts[0])
        return
    labels = [part for part in parts if Name.Lbl == part.S]
    body = [kid for kid in kids_of(item) if not (is_element(kid) and Name.Lbl == kid.S)]
    _give(item, [*labels, _new(document, Name.LBody, item, body, item.Pg)])


def _take_label(item: Any, body: Any) -> None:
    """The mark of an item is drawn at the beginning of its first paragraph."""
    paragraph = next(iter(_parts(body)), None)
    if paragraph is None or paragraph.S != Name.P or not _begins_with(paragraph, Name.NonStruct):
        return
    label, *rest = kids_of(paragraph)
    label.S = Name.Lbl
    _give(paragraph, rest)
    _give(item, [label, *kids_of(item)])


def make_contents(root: Any) -> None:
    """The list under the heading of the contents is a table of contents with references."""
    for element in elements_of(root):
        if Name.NonStruct != element.S or not _begins_with(element, Name.H2):
            continue
        for contents in _parts(element):
            if contents.S == Name.L:
                contents.S = Name.TOC
                for item in _parts(contents):
                    _make_entry(item)
        return


def _make_entry(item: Any) -> None:
    item.S = Name.TOCI
    parts = [part for kid in _parts(item) for part in _parts(kid)]
    _give(item, parts)
    for place, part in enumerate(parts):
        is_link = any(Name.Link == kid.S for kid in _parts(part))
        part.S = Name.Reference if is_link else Name.Lbl if place == 0 else Name.NonStruct


def mark_notes(document: Any, root: Any) -> None:
    """Each note begins with its number and stands behind the number that calls it."""
    notes = list(_take_notes(root))
    if not notes:
        return
    calls = list(_calls(document, root))
    for number, note in enumerate(notes, 1):
        note.S = Name.Note
        note.ID = String(f"note-{number}")
        first = next(iter(_parts(note)), None)
        if first is not None and Name.NonStruct == first.S:
            first.S = Name.Lbl
    for call, note in zip(calls, notes, strict=True):
        call.S = Name.Reference
        parent = call.P
        place = next(
            index
            for index, kid in enumerate(kids_of(parent))
            if is_element(kid) and kid.objgen == call.objgen
        )
        kids = kids_of(parent)
        _give(parent, [*kids[: place + 1], note, *kids[place + 1 :]])


def _take_notes(root: Any) -> Iterator[Any]:
    """The notes, out of the areas at the foot of the pages, which are no content themselves."""
    for document in _parts(root):
        for area in _parts(document):
            if Name.NonStruct != area.S:
                continue
            notes = _parts(area)
            _give(area, [])
            yield from notes


def _calls(document: Any, root: Any) -> Iterator[Any]:
    sizes = {
        page.obj.objgen: {
            int(number): float(size)
            for number, _before, size in _SIZE_OF_MARK.findall(page.Contents.read_bytes())
        }
        for page in document.pages
    }
    for element in elements_of(root):
        if Name.NonStruct != element.S:
            continue
        marks = [
            sizes[kid.Pg.objgen].get(int(mark), 0.0)
            for kid in _parts(element)
            for mark in kids_of(kid)
            if isinstance(mark, int | Decimal)
        ]
        if len(marks) == 1 and abs(marks[0] - _CALL_SIZE) < 0.01:
            yield element


def drop_empty(root: Any) -> None:
    """Wrappers without content say nothing; the deepest go first. A cell keeps its place."""
    for element in reversed(list(elements_of(root))):
        kids = kids_of(element)
        kept = [
            kid
            for kid in kids
            if not is_element(kid) or kids_of(kid) or kid.S in (Name.TD, Name.TH)
        ]
        if len(kept) != len(kids):
            element.K = Array(kept)


def pages_of(document: pikepdf.Pdf) -> dict[Any, Any]:
    return {page.obj.objgen: page for page in document.pages}
