"""Two versions of a text compared by words; pure functions, no Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\n|[^\S\n]+|[^\s]+")
# Longer texts are compared by lines first; word by word they would take seconds.
_MOST_WORDS = 4000


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have, or only one of them."""

    kind: Kind
    text: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that turn `old` into `new`, in the order of reading.

    Without the added pieces they give `old`, without the removed ones `new`. What was
    removed comes before what took its place.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(before[start:end]))
            continue
        if end > start:
            yield Piece(Kind.REMOVED, "".join(before[start:end]))
        if new_end > new_start:
            yield Piece(Kind.ADDED, "".join(after[new_start:new_end]))
