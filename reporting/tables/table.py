"""What a table is, and how parts of a report become its cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from litvinov import narrative
from litvinov.narrative import Blocks, Inline
from reporting.structure import Rating, Term

Cell = str | int | Decimal | date | bool | None
"""None is an empty cell: what is not known. Zero and an empty text are something else."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is for file names and machines, `title` and `columns` are for people."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(name: str, title: str, columns: str, rows: Iterable[Row]) -> Table:
    """Columns divided by " | ", so that they are read as they stand in the table.

    Raises ValueError when a row has another number of cells.
    """
    heads = tuple(columns.split(" | "))
    filled = tuple(rows)
    if any(len(row) != len(heads) for row in filled):
        raise ValueError(f"A row of {name} does not have {len(heads)} cells.")
    return Table(name, title, heads, filled)


def label(term: Term | None) -> str | None:
    return term.label if term else None


def listed(items: Iterable[object]) -> str | None:
    """Several values in one cell; nothing at all is an empty one."""
    return "; ".join(str(item) for item in items) or None


def written(text: Blocks) -> str | None:
    """The words of a narrative with its addresses, a line for each paragraph and item."""
    plain = "\n".join(_lines(text))
    missing = [address for address in _addresses(text) if address not in plain]
    return "\n".join([plain, *missing]) if missing else plain or None


def level(rating: Rating | None) -> int | None:
    return rating.level if rating else None


def level_label(rating: Rating | None) -> str | None:
    """Tells "cannot be judged" from "nobody has judged", which both have no level."""
    return rating.label if rating else None


def _lines(text: Blocks) -> Iterator[str]:
    for block in text:
        match block:
            case narrative.BulletList(items):
                for item in items:
                    yield from _marked("–", item)
            case narrative.NumberedList(start, items):
                for number, item in enumerate(items, start):
                    yield from _marked(f"{number}.", item)
            case _:
                yield narrative.plain_text((block,))


def _marked(mark: str, item: Blocks) -> Iterator[str]:
    first, *rest = list(_lines(item)) or [""]
    yield f"{mark} {first}"
    yield from rest


def _addresses(text: Blocks) -> Iterable[str]:
    for block in text:
        match block:
            case narrative.Paragraph(children):
                yield from _inline_addresses(children)
            case narrative.BulletList(items) | narrative.NumberedList(items=items):
                for item in items:
                    yield from _addresses(item)


def _inline_addresses(inlines: tuple[Inline, ...]) -> Iterable[str]:
    for inline in inlines:
        if isinstance(inline, narrative.Link):
            yield inline.address
        if not isinstance(inline, narrative.Text | narrative.LineBreak):
            yield from _inline_addresses(inline.children)
