"""What a tagged PDF holds: each piece of marked content with its text and place, and its tree.

Read with nothing but the content streams and the maps of the fonts, as a screen reader does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from tests import pdf

A4_HEIGHT = 841.89
TOP, BOTTOM = 27 / 25.4 * 72, A4_HEIGHT - 23 / 25.4 * 72
"""The body of a page, in points from its upper edge."""


@dataclass
class Mark:
    """`lines` are base lines in points below the upper edge of the page, `lowest` the last of
    what is drawn at all.
    """

    page: int
    text: str = ""
    lines: set[float] = field(default_factory=set)
    sizes: set[float] = field(default_factory=set)
    drawn: list[float] = field(default_factory=list)

    @property
    def lowest(self) -> float:
        return max([*self.lines, *self.drawn], default=0.0)


@dataclass
class Node:
    kind: str
    parent: "Node | None"
    element: Any
    kids: "list[Node | Mark]" = field(default_factory=list)

    def marks(self, without: tuple[str, ...] = ()) -> Iterator[Mark]:
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif kid.kind not in without:
                yield from kid.marks(without)

    def text(self, without: tuple[str, ...] = ()) -> str:
        return "".join(mark.text for mark in self.marks(without))

    def all(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all()

    def parts(self) -> "list[Node]":
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def within(self) -> set[str]:
        """The kinds of everything this is a part of, itself included."""
        return {self.kind} | (self.parent.within() if self.parent else set())


class Tagged:
    def __init__(self, content: bytes) -> None:
        self.file = pdf.open_pdf(content)
        self.pages = [_Page(page.obj, number) for number, page in enumerate(self.file.pages)]

    @cached_property
    def root(self) -> Node:
        places = {page.page.objgen: page for page in self.pages}

        def read(element: Any, parent: Node | None) -> Node:
            node = Node(str(element.get("/S", "/Root"))[1:], parent, element)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, Array) else [kids]:
                if isinstance(kid, int):
                    node.kids.append(places[element.Pg.objgen].marks[kid])
                elif isinstance(kid, Dictionary) and "/S" in kid:
                    node.kids.append(read(kid, node))
            return node

        return read(self.file.Root.StructTreeRoot, None)

    def nodes(self, kind: str) -> list[Node]:
        return [node for node in self.root.all() if node.kind == kind]

    def body_of(self, page: int) -> list[tuple[Node, Mark]]:
        """What stands on a page from top to bottom, notes and decoration left out."""
        found = [
            (node, mark)
            for node in self.root.all()
            if "Note" not in node.within()
            for mark in node.kids
            if isinstance(mark, Mark) and mark.page == page and (mark.lines or mark.drawn)
        ]
        return sorted(found, key=lambda one: one[1].lowest)


class _Page:
    """The marks of a page by their numbers, and the text of what is decoration."""

    def __init__(self, page: Any, number: int) -> None:
        self.page = page
        self.number = number
        self.marks: dict[int, Mark] = {}
        self.decoration = Mark(number)
        self.unmarked: list[str] = []
        self._fonts: dict[Any, dict[int, str]] = {}
        self._read(page, page.Resources, Matrix(), None)

    def _read(self, stream: Any, resources: Any, base: Matrix, current: Mark | None) -> None:
        matrix, text_matrix, size = base, Matrix(), 0.0
        font: dict[int, str] = {}
        stack: list[Any] = []
        instructions: Any = pikepdf.parse_content_stream(stream)
        for operands, operator in instructions:
            match str(operator):
                case "q":
                    stack.append((matrix, font, size))
                case "Q":
                    matrix, font, size = stack.pop()
                case "cm":
                    matrix = Matrix(*map(float, operands)) @ matrix
                case "BDC" | "BMC":
                    current = self._opened(operands)
                case "EMC":
                    current = None
                case "Tm":
                    text_matrix = Matrix(*map(float, operands))
                case "Tf":
                    font, size = self._map(resources.Font[str(operands[0])]), float(operands[1])
                case "TJ" | "Tj" | "S" | "s" | "f" | "F" | "f*" | "B" | "b" | "sh" if (
                    current is None
                ):
                    self.unmarked.append(str(operator))
                case "TJ" | "Tj" if current is not None:
                    pieces = operands[0] if isinstance(operands[0], Array) else operands
                    codes = [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]
                    text = "".join(_decoded(piece, font) for piece in codes)
                    place = text_matrix @ matrix
                    current.text += text
                    if text.strip():
                        current.lines.add(round(A4_HEIGHT - place.f, 1))
                        current.sizes.add(round(size * abs(place.d), 2))
                case "re" | "m" | "l" if current is not None:
                    x, y = (float(value) for value in operands[:2])
                    drawn = matrix.b * x + matrix.d * y + matrix.f
                    current.drawn.append(round(A4_HEIGHT - drawn, 1))
                case "Do":
                    inner = resources.XObject[str(operands[0])]
                    if inner.Subtype == "/Form":
                        own = Matrix(*map(float, inner.get("/Matrix", [1, 0, 0, 1, 0, 0])))
                        self._read(inner, inner.Resources, own @ matrix, current)
                    elif current is not None:
                        current.drawn.append(round(A4_HEIGHT - matrix.f, 1))
                case _:
                    pass

    def _opened(self, operands: Any) -> Mark:
        if operands[0] == Name.Artifact:
            return self.decoration
        return self.marks.setdefault(int(operands[1].MCID), Mark(self.number))

    def _map(self, font: Any) -> dict[int, str]:
        key = font.objgen
        if key not in self._fonts:
            self._fonts[key] = unicode_map(font)
        return self._fonts[key]


def _decoded(codes: bytes, font: dict[int, str]) -> str:
    return "".join(
        font.get(int.from_bytes(codes[at : at + 2]), "\ufffd") for at in range(0, len(codes), 2)
    )


def unicode_map(font: Any) -> dict[int, str]:
    """What each code of a font stands for, as its file says."""
    text = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>\s*(?=<|endbfchar)", text)
    return {
        int(code, 16): bytes.fromhex(value).decode("utf-16-be", "surrogatepass")
        for code, value in pairs
    }
