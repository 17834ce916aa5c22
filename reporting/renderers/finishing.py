"""The last pass over a PDF: what the renderer leaves undone for PDF/UA-1 (ISO 14289-1).

WeasyPrint writes a tagged PDF/A-2a. Here tables torn by pages become one again, header cells say
what they head, notes are notes, running heads and page numbers become artifacts, links say where
they lead, and the file declares that it is PDF/UA.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
_PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
_POINTS_PER_PIXEL = Decimal("0.75")
# Declares pdfuaid:part, as PDF/A asks of every property it does not know (ISO 19005-2, 6.6.2.3).
_IDENTIFICATION = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def finish(file: bytes, *, names: dict[str, str]) -> bytes:
    """The same pages with a structure that PDF/UA-1 asks for; the same input, the same bytes.

    `names` says in words where an anchor of the document leads, such as "Zdroj 4".
    """
    with pikepdf.open(BytesIO(file)) as document:
        root = document.Root.StructTreeRoot
        pages = {page.obj.objgen: page for page in document.pages}
        _join_tables(root)
        for element in _elements(root):
            _finish_element(element, pages)
        _mark_notes(root)
        _drop_empty(root)
        _make_artifacts(document, root)
        _name_links(document, names)
        _identify(document)
        finished = BytesIO()
        document.save(
            finished,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return finished.getvalue()


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_element(item: Any) -> bool:
    return isinstance(item, Dictionary) and "/S" in item


def _elements(root: Any) -> Iterator[Any]:
    """Every element of the tree, parents before their parts."""
    waiting = [kid for kid in reversed(_kids(root)) if _is_element(kid)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(_kids(element)) if _is_element(kid)]


def _join_tables(root: Any) -> None:
    """A piece of a table on a further page has no caption; its rows move into the first piece."""
    whole: Any = None
    for element in list(_elements(root)):
        if Name.Table != element.S:
            continue
        parts = [kid for kid in _kids(element) if _is_element(kid)]
        bodies = [part for part in parts if Name.TBody == part.S]
        if any(Name.Caption == part.S for part in parts) or whole is None or not bodies:
            whole = element
            continue
        target = [part for part in _kids(whole) if _is_element(part) and Name.TBody == part.S]
        if not target:
            whole = element
            continue
        for body in bodies:
            for row in _kids(body):
                row.P = target[-1]
                target[-1].K.append(row)
        # The repeated head is no content any more; its marks become artifacts.
        element.K = Array([])


def _finish_element(element: Any, pages: dict[Any, Any]) -> None:
    kind = element.S
    if kind == Name.TH:
        scope = Name.Column if _is_in_head(element) else Name.Row
        element.A = Dictionary(O=Name.Table, Scope=scope)
        # No tree of identifiers exists that these could lead to.
        for key in ("/Headers", "/ID"):
            if key in element:
                del element[key]
    elif kind == Name.TD and "/A" in element:
        _drop_headers(element)
    elif kind == Name.Figure and "/A" in element and "/Pg" in element:
        _place_figure(element, pages[element.Pg.objgen])


def _is_in_head(element: Any) -> bool:
    return bool(Name.THead == element.P.P.S)


def _drop_headers(element: Any) -> None:
    if isinstance(element.A, Dictionary) and "/Headers" in element.A:
        del element.A["/Headers"]


def _place_figure(element: Any, page: Any) -> None:
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


def _mark_notes(root: Any) -> None:
    """Notes stand in an area of their own between the pages; each begins with its number."""
    number = 0
    for document in _kids(root):
        for area in _kids(document):
            if not _is_element(area) or Name.NonStruct != area.S:
                continue
            for note in _kids(area):
                if not _is_element(note):
                    continue
                number += 1
                note.S = Name.Note
                note.ID = String(f"note-{number}")
                first = next((kid for kid in _kids(note) if _is_element(kid)), None)
                if first is not None and Name.NonStruct == first.S:
                    first.S = Name.Lbl


def _drop_empty(root: Any) -> None:
    """Wrappers without content say nothing; the deepest go first."""
    for element in reversed(list(_elements(root))):
        kids = _kids(element)
        kept = [kid for kid in kids if not (_is_element(kid) and not _kids(kid))]
        if len(kept) != len(kids):
            element.K = Array(kept)


def _make_artifacts(document: Any, root: Any) -> None:
    """What the tree does not reach any more is decoration of the page."""
    reached = _reached(root)
    parents = {int(key): value for key, value in _pairs(root.ParentTree.Nums)}
    for page in document.pages:
        known = reached[page.obj.objgen]
        own = parents.get(int(page.obj.get("/StructParents", -1)))
        unreached: set[int] = set()
        content = page.Contents.read_bytes()
        page.Contents.write(_MARKED.sub(_replace(known, unreached), content))
        if own is not None:
            for mark in unreached:
                if mark < len(own):
                    own[mark] = None
    root.ParentTreeNextKey = max(parents, default=-1) + 1


def _replace(known: set[int], unreached: set[int]) -> Callable[[re.Match[bytes]], bytes]:
    def replaced(mark: re.Match[bytes]) -> bytes:
        number = int(mark[1])
        if number in known:
            return mark[0]
        unreached.add(number)
        return _PAGINATION

    return replaced


def _pairs(numbers: Any) -> Iterator[tuple[Any, Any]]:
    items = list(numbers)
    return zip(items[::2], items[1::2], strict=True)


def _reached(root: Any) -> dict[Any, set[int]]:
    """The marks of each page that belong to some element of the tree."""
    found: dict[Any, set[int]] = defaultdict(set)
    for element in _elements(root):
        page = element.Pg.objgen if "/Pg" in element else None
        for kid in _kids(element):
            if isinstance(kid, int | Decimal):
                found[page].add(int(kid))
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                found[kid.Pg.objgen if "/Pg" in kid else page].add(int(kid.MCID))
    return found


def _name_links(document: Any, names: dict[str, str]) -> None:
    for page in document.pages:
        for link in page.obj.get("/Annots", []):
            if link.get("/Subtype") != Name.Link:
                continue
            if "/Dest" in link:
                anchor = str(link.Dest)
                link.Contents = String(names.get(anchor, anchor))


def _identify(document: Any) -> None:
    metadata = document.Root.Metadata
    text = metadata.read_bytes().decode()
    metadata.write(text.replace("</rdf:RDF>", _IDENTIFICATION, 1).encode())
