"""The last pass over a PDF: what the renderer leaves undone for PDF/UA-1 (ISO 14289-1).

WeasyPrint writes a tagged PDF/A-2a. Here its tags are put in order (`tags.py`), running heads and
page numbers become artifacts, links say where they lead, and the file declares that it is PDF/UA.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Name, String

from reporting.renderers import tags

_MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
_PAGINATION = b"/Artifact <</Type /Pagination>> BDC"
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


def finish(file: BinaryIO, *, names: dict[str, str]) -> bytes:
    """The same pages with a structure that PDF/UA-1 asks for; the same input, the same bytes.

    The file is a real one and is mapped into memory. `names` says in words where an anchor of the
    document leads, such as "Zdroj 4".
    """
    with pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap) as document:
        tree = tags.read_tree(document.Root.StructTreeRoot)
        _finish_tags(document, tree)
        _make_artifacts(document, tree)
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


def _finish_tags(document: Any, tree: tags.Element) -> None:
    pages = tags.pages_of(document)
    tags.join_pages(tree)
    tags.join_tables(tree)
    for element in tree.below():
        if element.kind == "Table":
            tags.keep_heads_few(element)
        elif element.kind in ("TH", "TD"):
            tags.finish_cell(element)
        elif element.kind == "Figure":
            tags.place_figure(element, pages)
    tags.mark_notes(document, tree)
    tags.make_lists(document, tree)
    tags.make_contents(tree)
    tags.drop_empty(tree)


def _make_artifacts(document: Any, tree: tags.Element) -> None:
    """What the tree does not reach any more is decoration of the page."""
    root = tree.object
    reached = _reached(tree)
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


def _reached(tree: tags.Element) -> dict[Any, set[int]]:
    """The marks of each page that belong to some element of the tree."""
    found: dict[Any, set[int]] = defaultdict(set)
    for element in tree.below():
        if element.marks:
            found[element.page.objgen].update(element.marks)
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
