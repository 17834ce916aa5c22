"""What Word computes or follows: fields, bookmarks and links."""

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_LONGEST_NAME = 40


def add_field(paragraph: Any, instruction: str, result: str, *, dirty: bool = False) -> None:
    """A field with what it shows until Word computes it."""
    begin_field(paragraph, instruction, dirty=dirty)
    paragraph.add_run(result)
    end_field(paragraph)


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


def bookmark_name(anchor: str) -> str:
    """What Word allows: letters, digits and low lines, at most forty."""
    return "_" + re.sub(r"\W", "_", anchor)[: _LONGEST_NAME - 1]


def add_bookmark(paragraph: Any, anchor: str, number: int) -> None:
    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), bookmark_name(anchor))
    end = OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    paragraph._p.append(end)


def link_to(paragraph: Any, address: str) -> Any:
    """The element runs of a link are put into: within the document, or to the outside."""
    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), bookmark_name(address[1:]))
    else:
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
    paragraph._p.append(link)
    return link
