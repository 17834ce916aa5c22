"""What somebody typed to search for, and where a text holds it; pure functions, no Django.

A text is cut into runs of letters and runs of digits, in lower case; everything else, operators
of a search engine among it, only divides them. Letters are compared without diacritics.
Both databases get words cut like that, so they find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORD = 100
ELLIPSIS = "…"

_MARKS = "[\u0300-\u036f\u00ad]"
# Letters with the marks written after them, and soft hyphens that a word processor left inside.
_WORD = re.compile(rf"(?:[^\W\d_]{_MARKS}*)+|\d+")
_DROPPED = re.compile(_MARKS)
_QUOTED = re.compile(r'"([^"]*)"|„([^“”"]*)[“”"]|(\S+)')
# Letters that are no accented variants of others; the databases would not agree on them.
_SPELLED_OUT = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"},
        **{"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ŧ": "t"},
    }
)
_LAST_CZECH_LETTER = "ž"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; the last may go on where `is_beginning`."""

    words: tuple[str, ...]
    is_beginning: bool = False


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `is_hit` where it is what somebody looks for."""

    text: str
    is_hit: bool


def words(text: str) -> list[str]:
    """The words of a text as the databases get them; Czech letters keep their diacritics."""
    composed = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).lower()
    return [_spelled(word)[:LONGEST_WORD] for word in _WORD.findall(composed)]


def plain(word: str) -> str:
    """A word as it is compared: in lower case, without diacritics."""
    composed = unicodedata.normalize("NFKC", word).lower()
    return _DROPPED.sub("", unicodedata.normalize("NFD", composed)).translate(_SPELLED_OUT)


def _spelled(word: str) -> str:
    """The databases leave out Czech diacritics; what they treat differently is settled here."""
    if all(char <= _LAST_CZECH_LETTER for char in word):
        return word.translate(_SPELLED_OUT)
    return plain(word)


def parse(typed: str) -> Terms:
    """What was typed, as terms all of which must be found.

    Words written together (1.1.5, Litvínov-Hamr) or within quotation marks stand together.
    A word of three letters and more also finds longer ones, for Czech bends the ends of
    words; the last word does so in any case, for it may not be whole yet. Numbers and
    what is in quotation marks are taken as they are.
    """
    found: list[tuple[tuple[str, ...], bool]] = []
    for straight, czech, bare in _QUOTED.findall(typed):
        cut = tuple(words(straight or czech or bare))
        if cut:
            found.append((cut, bool(bare)))
    last = len(found) - 1
    return tuple(
        Term(cut, may_go_on and _goes_on(cut[-1], is_last=number == last))
        for number, (cut, may_go_on) in enumerate(found)
    )


def _goes_on(word: str, *, is_last: bool) -> bool:
    return not word.isdigit() and (is_last or len(word) >= 3)


def mark(text: str, terms: Terms) -> tuple[Piece, ...]:
    """The text in pieces, those that somebody looks for apart; together they are the text."""
    return tuple(_pieces(text, _hits(text, terms)))


def snippet(text: str, terms: Terms, *, length: int = 240) -> tuple[Piece, ...]:
    """The part of a text around the first hit, cut between words, in pieces.

    A text without a hit is shown from its beginning.
    """
    text = " ".join(text.split())
    hits = _hits(text, terms)
    start = _start(text, hits[0][0] if hits else 0, length)
    end = _end(text, start + length)
    shown = [(max(first, start), min(last, end)) for first, last in hits if first < end]
    pieces = list(
        _pieces(text[start:end], [(first - start, last - start) for first, last in shown])
    )
    if start:
        pieces.insert(0, Piece(f"{ELLIPSIS} ", is_hit=False))
    if end < len(text):
        pieces.append(Piece(f" {ELLIPSIS}", is_hit=False))
    return tuple(pieces)


def _start(text: str, hit: int, length: int) -> int:
    earliest = max(min(hit - length // 3, len(text) - length), 0)
    space = text.rfind(" ", 0, earliest + 1)
    return space + 1 if earliest else 0


def _end(text: str, latest: int) -> int:
    space = text.find(" ", latest)
    end = len(text) if space < 0 else space
    # A text without spaces, such as an address, is cut wherever it comes to.
    return end if end < latest + LONGEST_WORD else latest


def _hits(text: str, terms: Terms) -> list[tuple[int, int]]:
    """Where terms stand in a text, in order and never overlapping."""
    places = [(found.start(), found.end(), plain(found[0])) for found in _WORD.finditer(text)]
    terms = tuple(Term(tuple(map(plain, term.words)), term.is_beginning) for term in terms)
    hits: list[tuple[int, int]] = []
    for index, (start, _end, _word) in enumerate(places):
        ends = [_end_of(term, places, index) for term in terms]
        end = max(ends, default=0)
        if not end:
            continue
        if hits and start < hits[-1][1]:
            hits[-1] = (hits[-1][0], max(end, hits[-1][1]))
        else:
            hits.append((start, end))
    return hits


def _end_of(term: Term, places: list[tuple[int, int, str]], index: int) -> int:
    """Where a term ends that begins with the given word of the text; 0 when it does not."""
    stretch = places[index : index + len(term.words)]
    if len(stretch) < len(term.words):
        return 0
    for number, ((_start, _end, word), wanted) in enumerate(zip(stretch, term.words, strict=True)):
        goes_on = term.is_beginning and number == len(term.words) - 1
        if not (word.startswith(wanted) if goes_on else word == wanted):
            return 0
    return stretch[-1][1]


def _pieces(text: str, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    place = 0
    for start, end in hits:
        if start > place:
            yield Piece(text[place:start], is_hit=False)
        yield Piece(text[start:end], is_hit=True)
        place = end
    if place < len(text):
        yield Piece(text[place:], is_hit=False)
