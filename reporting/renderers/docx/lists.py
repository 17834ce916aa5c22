"""Numbered lists, each counted from its own beginning."""

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_KIND = 40
"""Far from the numbers of the kinds of lists the empty document of the library has."""


class Numbering:
    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        kind = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_KIND}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
            "</w:lvl></w:abstractNum>"
        )
        self._root.find(qn("w:num")).addprevious(kind)
        self._next = 1 + max(int(num.get(qn("w:numId"))) for num in self._root.iter(qn("w:num")))

    def begin(self, start: int) -> int:
        """The identifier of a new list that begins with the number."""
        number, self._next = self._next, self._next + 1
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{_KIND}"/>'
                f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                "</w:num>"
            )
        )
        return number


def number_as(paragraph: Any, number: int) -> None:
    """Make the paragraph an item of the list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def bullet_of(number: int) -> Any:
    """What a style says to have the bullets of the empty document."""
    properties = OxmlElement("w:numPr")
    identifier = OxmlElement("w:numId")
    identifier.set(qn("w:val"), str(number))
    properties.append(identifier)
    return properties
