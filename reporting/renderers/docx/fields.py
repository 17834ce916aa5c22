"""What Word computes or follows: fields, bookmarks and links."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_LONGEST_NAME = 40
_FOLLOWED = frozenset({"http", "https", "mailto"})
# Whatever else stands in an address is written in per cents; a bad target spoils the whole file.
_OF_ADDRESSES = "%/:?#@!$&'()*+,;=~"


def add_field(
    paragraph: Any, instruction: str, result: str, *, style: str = "", dirty: bool = False
) -> None:
    """A field with what it shows until Word computes it; `style` is the identifier of one."""
    before = len(paragraph.runs)
    begin_field(paragraph, instruction, dirty=dirty)
    paragraph.add_run(result)
    end_field(paragraph)
    if style:
        for run in paragraph.runs[before:]:
            run._r.get_or_add_rPr().style = style


def begin_field(paragraph: Any, instruction: str, *, dirty: bool = False) -> None:
    begin = _mark("begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(begin)
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(_mark("separate"))


def end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(_mark("end"))


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


class Bookmarks:
    """Names of places: letters, digits and low lines, at most forty, upper case is no difference.

    "cil-1.1.5" and "cil-1-1-5" are two places, and so are two anchors of the same long beginning.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._placed: set[str] = set()

    def name(self, anchor: str) -> str:
        """The same name whenever it is asked for the same anchor."""
        if anchor not in self._names:
            plain = "_" + re.sub(r"\W", "_", anchor)
            name, number = plain[:_LONGEST_NAME], 1
            while name.lower() in self._taken:
                number += 1
                suffix = f"_{number}"
                name = plain[: _LONGEST_NAME - len(suffix)] + suffix
            self._taken.add(name.lower())
            self._names[anchor] = name
        return self._names[anchor]

    def place(self, paragraph: Any, anchor: str) -> None:
        """The second place of the same anchor is left out, as browsers do."""
        if anchor in self._placed:
            return
        self._placed.add(anchor)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(len(self._placed)))
        start.set(qn("w:name"), self.name(anchor))
        paragraph._p.append(start)
        paragraph._p.append(end)

    def placed_names(self) -> set[str]:
        return {self._names[anchor] for anchor in self._placed}


def link_to(paragraph: Any, address: str, bookmarks: Bookmarks) -> Any:
    """The element runs of a link are put into, or None where the address leads nowhere."""
    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), bookmarks.name(address[1:]))
    elif _leads_outside(address):
        target = quote(address, safe=_OF_ADDRESSES)
        relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
    else:
        return None
    paragraph._p.append(link)
    return link


def _leads_outside(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in _FOLLOWED and bool(parts.hostname or parts.path)
    except ValueError:
        return False


def unlink_lost(root: Any, bookmarks: Bookmarks) -> None:
    """Links within the document whose place was never written stay as plain text."""
    placed = bookmarks.placed_names()
    for link in list(root.iter(qn("w:hyperlink"))):
        anchor = link.get(qn("w:anchor"))
        if anchor is not None and anchor not in placed:
            for run in list(link):
                link.addprevious(run)
            link.getparent().remove(link)
