"""Reports made up from the types of the structure, so that a new field is never left out."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies
from hypothesis.strategies import SearchStrategy

from litvinov import narrative
from litvinov.narrative import Block, Inline


def _few(items: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    return strategies.lists(items, max_size=2).map(tuple)


# What the database holds: any text but halves of characters.
TEXTS = strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=12)
_INLINES: SearchStrategy[Inline] = strategies.recursive(
    strategies.builds(narrative.Text, TEXTS) | strategies.just(narrative.LineBreak()),
    lambda inner: strategies.one_of(
        strategies.builds(narrative.Strong, _few(inner)),
        strategies.builds(narrative.Emphasis, _few(inner)),
        strategies.builds(narrative.Footnote, _few(inner)),
        strategies.builds(narrative.Link, TEXTS, _few(inner)),
    ),
    max_leaves=4,
)
_BLOCKS: SearchStrategy[Block] = strategies.recursive(
    strategies.builds(narrative.Paragraph, _few(_INLINES)),
    lambda inner: strategies.one_of(
        strategies.builds(narrative.BulletList, _few(_few(inner))),
        strategies.builds(narrative.NumberedList, strategies.integers(0, 999), _few(_few(inner))),
    ),
    max_leaves=3,
)
_SIMPLE: dict[Any, SearchStrategy[Any]] = {
    str: TEXTS,
    int: strategies.integers(-(10**9), 10**9),
    bool: strategies.booleans(),
    date: strategies.dates(),
    Decimal: strategies.decimals(-(10**14), 10**14, places=4),
    NoneType: strategies.none(),
}


@cache
def any_of(kind: Any) -> SearchStrategy[Any]:
    """Any value of a type of the structure."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _few(_BLOCKS if arguments[0] == Block else any_of(arguments[0]))
    if origin in (Union, UnionType):
        return strategies.one_of(*map(any_of, arguments))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return strategies.builds(
            kind, **{field.name: any_of(hints[field.name]) for field in fields(kind)}
        )
    return strategies.sampled_from(list(kind)) if issubclass(kind, StrEnum) else _SIMPLE[kind]
