"""References to goals and criteria in Czech texts; pure functions, no Django.

"cíl 1.1.5", "dílčích cílů 1.1.1–1.1.3", "Kritéria č. 1.1 a 1.2": a word in any case and number,
then one or more codes. What else looks like a code is left alone: dates, sums, "bod 1.1".
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

Span = tuple[int, int]


class Kind(StrEnum):
    GOAL = "goal"
    CRITERION = "criterion"


@dataclass(frozen=True, slots=True)
class Reference:
    """What follows one word: the codes as they are written, and where each of them stands.

    `ranges` holds the places in `codes` that stand for everything up to the next code:
    "cílů 1.1, 1.3–1.5" has the codes 1.1, 1.3 and 1.5, and the range begins at 1.
    """

    kind: Kind
    codes: tuple[str, ...]
    spans: tuple[Span, ...]
    ranges: tuple[int, ...] = ()


# A space of any kind, but never the gap between two paragraphs.
_SPACE = r"(?:[^\S\r\n]|\r?\n(?![^\S\r\n]{0,8}\r?\n)|\u2060)"
# As many as people type; without a bound a long row of spaces would take minutes.
_GAP, _SPACES = rf"{_SPACE}{{0,8}}", rf"{_SPACE}{{1,8}}"
_EMPHASIS = r"[*_]{0,3}"
# Letters with marks of their own, whole or in two characters as some systems write them.
_I, _U, _E = r"(?:í|i\u0301)", r"(?:ů|u\u030a)", r"(?:é|e\u0301|e)"
_GOAL = rf"(?:pod|sub)?c{_I}l(?:em|ech|e|i|{_U}m|{_U})?"
_CRITERION = rf"krit{_E}ri(?:um|em|a|u|{_I}ch|{_I}m|{_I}|i)"
_NUMBER_WORD = rf"(?P<number>č\.|č{_I}s(?:\.|l(?:o|a|em|u|y|ech)){_SPACE})"
_HEAD = re.compile(
    rf"(?<!\w)(?:(?P<goal>{_GOAL})|(?P<criterion>{_CRITERION}))(?!\w){_EMPHASIS}"
    rf"(?:{_SPACES}|{_GAP}[:(])(?:{_GAP}\()?{_GAP}"
    rf"(?:{_NUMBER_WORD}{_GAP})?{_EMPHASIS}(?=\d)",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_UNIT = r"(?:kč|korun|mil\.|mili[oó]n|miliard|mld|tis\.|tisíc|%|€|eur|procent)"
_NO_AMOUNT = rf"(?!\d|[.,]\d|\.?{_GAP}{_UNIT}|\.{_GAP}{_YEAR}(?!\d))"
_NO_DATE = rf"(?!(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.{_YEAR}(?![.\d]))"
_CODE = re.compile(rf"{_NO_DATE}\d{{1,4}}(?:\.\d{{1,4}})+{_NO_AMOUNT}", re.IGNORECASE)
# A code without a dot is a number like any other; it needs "č." or the end of what is said.
_SHORT = re.compile(rf"\d{{1,4}}{_NO_AMOUNT}(?!\.{_GAP}(?-i:[^\W\d_A-ZÁ-Ž]))", re.IGNORECASE)
_CLOSED = re.compile(rf"{_EMPHASIS}(?:[)\];]|\.?{_GAP}(?:\r?\n|$))")
_RANGE = re.compile(
    rf"{_EMPHASIS}(?:\.?{_GAP}[-‐‑–—]{_GAP}|\.?{_SPACES}až{_SPACES}){_EMPHASIS}(?=\d)",
    re.IGNORECASE,
)
_AND = r"(?:a|i|nebo|či|ani|resp\.|popř\.|případně)"
_NEXT = re.compile(
    rf"{_EMPHASIS}\.?(?:{_GAP}[,;/]{_GAP}(?:{_AND}{_SPACES})?"
    rf"|{_SPACES}{_AND}{_SPACES}(?:(?:také|dále){_SPACES})?){_EMPHASIS}(?=\d)",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Reference, ...]:
    """Every reference of a text, in the order of reading."""
    return tuple(_references(text))


def _references(text: str) -> Iterator[Reference]:
    for head in _HEAD.finditer(text):
        kind = Kind.GOAL if head["goal"] else Kind.CRITERION
        code = _CODE
        first = code.match(text, head.end())
        if first is None:
            code = _SHORT
            first = code.match(text, head.end())
            if first is None or not (head["number"] or _CLOSED.match(text, first.end())):
                continue
        found, ranges = [first], []
        while following := _following(text, found[-1].end(), code):
            item, is_range = following
            # 1.1–1.3–1.5 is no range anybody would write; the second dash only divides.
            if is_range and len(found) - 2 not in ranges:
                ranges.append(len(found) - 1)
            found.append(item)
        yield Reference(
            kind,
            tuple(item[0] for item in found),
            tuple(item.span() for item in found),
            tuple(ranges),
        )


def _following(text: str, place: int, code: re.Pattern[str]) -> tuple[re.Match[str], bool] | None:
    """The next code of a list, and whether everything up to it is meant."""
    for joint in (_RANGE, _NEXT):
        joined = joint.match(text, place)
        if joined and (item := code.match(text, joined.end())):
            return item, joint is _RANGE
    return None


def members(reference: Reference, known: Collection[str]) -> tuple[str, ...]:
    """The codes a reference stands for: those it names and, of the known ones, those between."""
    named: dict[str, None] = {}
    for place, code in enumerate(reference.codes):
        named[code] = None
        if place in reference.ranges:
            named |= dict.fromkeys(_between(code, reference.codes[place + 1], known))
    return tuple(named)


def renamed(text: str, mapping: Mapping[str, str], kind: Kind = Kind.GOAL) -> str:
    """The text with the codes of one kind rewritten, nothing else being touched.

    `mapping` leads from every code there is to the one it gets, often the same; with all of
    them, a range still means what it meant: it becomes a list where its members part.
    Codes that nobody has stay as they are.
    """
    changes: list[tuple[Span, str]] = []
    for reference in find(text):
        if reference.kind == kind:
            changes += _changes(reference, mapping)
    for (start, end), new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def _changes(reference: Reference, mapping: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    codes, spans = reference.codes, reference.spans
    done = set()
    for place in reference.ranges:
        first, last = codes[place], codes[place + 1]
        inside = _between(first, last, mapping)
        if {first, last} <= set(inside):
            done |= {place, place + 1}
            new = {mapping[code] for code in inside}
            if new != set(inside):
                yield (spans[place][0], spans[place + 1][1]), _listed(new, mapping.values())
    for place, code in enumerate(codes):
        if place not in done and mapping.get(code, code) != code:
            yield spans[place], mapping[code]


def _between(first: str, last: str, known: Collection[str]) -> list[str]:
    """Known codes of the level of both ends, from one to the other."""
    level, _dot, begin = first.rpartition(".")
    other, _dot, end = last.rpartition(".")
    if level != other:
        return []
    return [code for code in _level(level, known) if int(begin) <= _last(code) <= int(end)]


def _level(level: str, known: Collection[str]) -> list[str]:
    """The known codes right below another one, in their order."""
    return sorted((code for code in known if code.rpartition(".")[0] == level), key=_last)


def _last(code: str) -> int:
    return int(code.rpartition(".")[2])


def _listed(codes: Collection[str], known: Collection[str]) -> str:
    """1.1–1.3, 1.5 a 1.6: whole stretches as ranges, the rest one by one."""
    parts: list[str] = []
    for level in sorted({code.rpartition(".")[0] for code in codes}):
        everything = _level(level, known)
        places = [place for place, code in enumerate(everything) if code in codes]
        stretches = [[places[0]]]
        for before, place in pairwise(places):
            if place == before + 1:
                stretches[-1].append(place)
            else:
                stretches.append([place])
        for stretch in stretches:
            first, last = everything[stretch[0]], everything[stretch[-1]]
            if len(stretch) > 2 or (len(stretch) == 2 and len(stretches) == 1):
                parts.append(f"{first}–{last}")
            else:
                parts += [everything[place] for place in stretch]
    *others, final = parts
    return f"{', '.join(others)} a {final}" if others else final
