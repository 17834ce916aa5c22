"""Reopening a Word document: its parts, its texts in the order in which they are read."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import lxml.etree
import lxml.html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TELLING = [f"{W}{name}" for name in ("t", "fldChar", "instrText", "footnoteReference")]
_WHITE = dict.fromkeys(map(ord, " \t\r\n\u00a0\u2060\u202f"))
_HIDDEN_CAPTIONS = "//caption[contains(concat(' ', @class, ' '), ' sr-only ')]"


def part(content: bytes, name: str) -> Any:
    """The root of a part, such as "word/document.xml"."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return lxml.etree.fromstring(package.read(name))


def parts(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {
            name: lxml.etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def val(element: Any, attribute: str = "val") -> str:
    return str(element.get(f"{W}{attribute}"))


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else val(style)


def text_of(element: Any) -> str:
    """What stands in it; page numbers and numbers of tables, which Word computes, included."""
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


def told(content: bytes) -> str:
    """The whole text without spaces: notes where they are called, nothing that Word computes."""
    found = parts(content)
    notes = {}
    if "word/footnotes.xml" in found:
        notes = {val(one, "id"): text_of(one) for one in found["word/footnotes.xml"]}
    body = found["word/document.xml"].find(f"{W}body")
    return "".join(_pieces(body, notes)).translate(_WHITE)


def _pieces(body: Any, notes: dict[str, str]) -> Iterator[str]:
    in_result = False
    series = False
    for paragraph in body.iter(f"{W}p"):
        for piece in paragraph.iter(*_TELLING):
            if piece.tag == f"{W}fldChar" and val(piece, "fldCharType") == "end":
                in_result = series = False
            elif piece.tag == f"{W}instrText":
                series = (piece.text or "").strip().startswith(("SEQ", "PAGEREF"))
            elif piece.tag == f"{W}fldChar" and val(piece, "fldCharType") == "separate":
                in_result = series
            elif piece.tag == f"{W}footnoteReference":
                yield notes[val(piece, "id")]
            elif piece.tag == f"{W}t" and not in_result and not _is_series(piece):
                yield piece.text or ""


def _is_series(piece: Any) -> bool:
    style = piece.getparent().find(f"{W}rPr/{W}rStyle")
    return style is not None and val(style) == "CaptionNumber"


def told_by_html(html: str) -> str:
    """The text of the HTML as Word is to tell it; a colon divides terms from what they say."""
    body = lxml.html.document_fromstring(html).find("body")
    for drawing in list(body.iter("svg")):
        drawing.drop_tree()
    for hidden in body.xpath(_HIDDEN_CAPTIONS):
        hidden.drop_tree()
    for term in body.iter("dt"):
        term.text = f"{term.text or ''}:"
    return str(body.text_content()).translate(_WHITE)
