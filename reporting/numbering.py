"""The numbers a report gives its sources, annexes and recommendations: 1, 2, 3 without gaps.

The program numbers all it has. With those of its records, an edition that leaves some out would
show by a gap how many; so every edition counts its own, and what its texts cite follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from litvinov import narrative
from reporting.citations import Citation, Kind, citations
from reporting.structure import (
    Abbreviation,
    Actor,
    Evidence,
    Identification,
    Place,
    ProgramReport,
    Recommendation,
    Source,
    Term,
)

Numbers = Mapping[Kind, Mapping[int, int]]

_NUMBERED = {
    Source: Kind.SOURCE,
    Evidence: Kind.ANNEX,
    Recommendation: Kind.RECOMMENDATION,
}
_CITING = {
    "source": Kind.SOURCE,
    "sources": Kind.SOURCE,
    "evidence": Kind.ANNEX,
    "recommendations": Kind.RECOMMENDATION,
}
# What documents and people are called is quoted; it cites nothing.
_QUOTED = (Source, Evidence, Identification, Abbreviation, Actor, Term)
_PLACE_OF_RECOMMENDATION = "Doporučení"


def renumbered(report: ProgramReport) -> ProgramReport:
    """The report with numbers of its own.

    Where a text cites what the report does not have, or cites in a way that cannot be rewritten
    for certain, that kind keeps the numbers of the program: a gap is better than a citation that
    leads to something else.
    """
    listed = {
        Kind.SOURCE: report.sources,
        Kind.ANNEX: report.evidence,
        Kind.RECOMMENDATION: report.recommendations,
    }
    numbers: dict[Kind, dict[int, int]] = {}
    for kind, records in listed.items():
        own = {record.number: place for place, record in enumerate(records, start=1)}  # type: ignore[attr-defined]
        if any(number != place for number, place in own.items()):
            numbers[kind] = own
    if not numbers:
        return report
    for one in _cited(report):
        if one is None:
            return report
        if one.kind in numbers and not (one.is_alone and one.number in numbers[one.kind]):
            del numbers[one.kind]
    changed: ProgramReport = _renumbered(report, numbers)
    return changed


def _cited(part: Any) -> Iterator[Citation | None]:
    """What the texts of a report cite; None for a citation that is partly emphasised."""
    match part:
        case str():
            yield from citations(part)
        case tuple() if part and isinstance(part[0], narrative.Block):
            found = list(citations(narrative.plain_text(part)))
            inside = sum(len(list(citations(text.text))) for text in _texts(part))
            yield from found if len(found) == inside else (None,)
        case tuple():
            for item in part:
                yield from _cited(item)
        case _ if is_dataclass(part) and not isinstance(part, _QUOTED):
            for field in fields(part):
                yield from _cited(getattr(part, field.name))


def _texts(part: Any) -> Iterator[narrative.Text]:
    if isinstance(part, narrative.Text):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def _renumbered(part: Any, numbers: Numbers) -> Any:
    match part:
        case str():
            return _rewritten(part, numbers)
        case tuple():
            return tuple(_renumbered(item, numbers) for item in part)
        case Place() if part.word == _PLACE_OF_RECOMMENDATION:
            number = _number(int(part.code), Kind.RECOMMENDATION, numbers)
            return replace(part, code=str(number))
        case Source() | Evidence():
            changes: dict[str, Any] = {
                "number": _number(part.number, _NUMBERED[type(part)], numbers)
            }
            if isinstance(part, Evidence):
                changes["places"] = _renumbered(part.places, numbers)
            return replace(part, **changes)
        case _ if is_dataclass(part) and not isinstance(part, (type, *_QUOTED)):
            return replace(part, **_changes(part, numbers))
    return part


def _changes(part: Any, numbers: Numbers) -> dict[str, Any]:
    """The fields of a record that are numbers themselves, or hold what may have them inside."""
    changes: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        kind = _CITING.get(field.name)
        if field.name == "number" and type(part) in _NUMBERED:
            new: Any = _number(value, _NUMBERED[type(part)], numbers)
        elif kind and isinstance(value, int):
            new = _number(value, kind, numbers)
        elif kind and value and isinstance(value, tuple) and isinstance(value[0], int):
            new = tuple(_number(number, kind, numbers) for number in value)
        else:
            new = _renumbered(value, numbers)
        if new is not value:
            changes[field.name] = new
    return changes


def _number(number: int, kind: Kind, numbers: Numbers) -> int:
    return numbers[kind][number] if kind in numbers else number


def _rewritten(text: str, numbers: Numbers) -> str:
    for one in reversed(list(citations(text))):
        if one.kind in numbers:
            start, end = one.place
            text = f"{text[:start]}{numbers[one.kind][one.number]}{text[end:]}"
    return text
