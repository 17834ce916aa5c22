"""Sources, annexes and recommendations that texts cite by their numbers; pure functions.

"podle zdroje 4", "viz příloha č. 2", "doporučení č. 3": a word in any case, then a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the words begin with."""

    SOURCE = "zdro"
    ANNEX = "příl"
    RECOMMENDATION = "dopo"


@dataclass(frozen=True, slots=True)
class Citation:
    """`place` is that of the number; more numbers may follow one that is not alone."""

    kind: Kind
    number: int
    words: str
    place: tuple[int, int]
    is_alone: bool


_CITATION = re.compile(
    r"(?<!\w)(?P<word>zdroj(?:e|i|em|ů|ích)?|příloh(?:a|y|u|ou|ách|ám)|příloze|doporučení)"
    r"\s+(?P<sign>č\.\s*)?(?P<number>\d{1,3})(?![\d.]*\d|\w)"
    # An annex of something else, or a sum
    r"(?!\s*(?:%|Kč|korun|mil|tis|(?:k\s+)?(?:tét|vyhláš|zákon|nařízen|směrnic|smlouv|usnesen|výzv"
    r"|metodi|projekt|žádost|dohod|plán|strateg)))",
    re.IGNORECASE,
)
# "zdroje 1 a 3" may cite two of them, or one and three families; only a person can tell.
_MORE = re.compile(r"\s*(?:[,;/‐‑–—-]|(?:a|i|až|nebo|či|ani)(?!\w))\s*(?:č\.\s*)?\d")


def citations(text: str) -> Iterator[Citation]:
    for found in _CITATION.finditer(text):
        kind = Kind(found["word"][:4].lower())
        # "podle doporučení 3 odborníků" cites none; the report says "Doporučení 3".
        if kind == Kind.RECOMMENDATION and not found["sign"] and found["word"].islower():
            continue
        words = re.sub(r"\s+", " ", found[0])
        is_alone = _MORE.match(text, found.end()) is None
        yield Citation(kind, int(found["number"]), words, found.span("number"), is_alone)
