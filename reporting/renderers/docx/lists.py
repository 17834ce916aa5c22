"""Numbered lists, each counted from its own beginning."""

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_KIND = 40
"""Far from the numbers of the kinds of lists the empty document of the library has."""
_LEVELS = 3


class Numbering:
    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:lvlText w:val="%{depth + 1}."/><w:lvlJc w:val="left"/></w:lvl>'
            for depth in range(_LEVELS)
        )
        kind = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_KIND}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self._root.find(qn("w:num")).addprevious(kind)
        self._next = 1 + max(int(num.get(qn("w:numId"))) for num in self._root.iter(qn("w:num")))

    def begin(self, start: int, depth: int) -> int:
        """The identifier of a new list that begins with the number, so deep in other lists."""
        number, self._next = self._next, self._next + 1
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{_KIND}"/>'
                f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/>'
                "</w:lvlOverride>"
                "</w:num>"
            )
        )
        return number


def number_as(paragraph: Any, number: int, depth: int) -> None:
    """Make the paragraph an item of the list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = number


def bullet_of(number: int) -> Any:
    """What a style says to have the bullets of the empty document."""
    properties = OxmlElement("w:numPr")
    identifier = OxmlElement("w:numId")
    identifier.set(qn("w:val"), str(number))
    properties.append(identifier)
    return properties
