"""A report in which every field has a value of its own, made from the types of the structure.

A new field is filled by itself; only what belongs together is told here.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count, cycle, product
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from litvinov import narrative
from litvinov.narrative import Block, Blocks
from reporting import structure
from reporting.structure import Audience, Part, ProgramReport, Term
from reporting.wording import LEVEL_MEANINGS, SHIFT_MARKS

Path = tuple[str | int, ...]


def filled_report() -> ProgramReport:
    """Two of everything, for partners, with all optional parts."""
    report: ProgramReport = _Filling().value(ProgramReport)
    return report


class _Filling:
    def __init__(self) -> None:
        self.numbers = count(1)
        # Days and months of two digits cannot be found inside one another.
        self.days = (
            date(y, m, d) for y, m, d in product((2024, 2025), (10, 11, 12), range(10, 31))
        )
        self.months = cycle(date(2024, month, 1) for month in range(1, 9))
        self.shifts, self.levels, self.turn = cycle(SHIFT_MARKS), cycle(range(5)), cycle((0, 1))
        self.moment = "final"

    def word(self) -> str:
        return f"x{next(self.numbers):04}q"

    def number(self) -> int:
        return 70_000 + next(self.numbers)

    def value(self, kind: Any) -> Any:
        origin, arguments = get_origin(kind), get_args(kind)
        if kind == Blocks:
            return self.narrative()
        if origin is tuple:
            return tuple(self.value(arguments[0]) for _ in range(2))
        if NoneType in arguments:
            return self.value(next(one for one in arguments if one is not NoneType))
        if is_dataclass(kind):
            return self.whole(kind)
        simple: dict[Any, Callable[[], Any]] = {
            str: self.word,
            int: self.number,
            bool: lambda: True,
            date: lambda: next(self.days),
            Decimal: lambda: Decimal(self.number()) + Decimal("0.25"),
            Audience: lambda: Audience.PARTNERS,
        }
        return simple[kind]()

    def whole(self, kind: Any) -> Any:
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind) if field.compare]
        made = self.special(kind)
        made = {name: made[name] if name in made else self.value(hints[name]) for name in names}
        return kind(**made)

    def narrative(self) -> Blocks:
        """Every kind of piece that a narrative knows."""

        def text() -> narrative.Text:
            return narrative.Text(f"{self.word()} ")

        address = f"https://www.example.cz/{self.word()}"
        return (
            narrative.Paragraph(
                (
                    text(),
                    narrative.Strong((text(), narrative.Emphasis((text(),)))),
                    narrative.LineBreak(),
                    narrative.Link(address, (text(),)),
                    narrative.Footnote((text(), narrative.Strong((text(),)))),
                )
            ),
            narrative.BulletList(((narrative.Paragraph((text(),)),),) * 1),
            narrative.NumberedList(
                self.number(),
                (
                    (narrative.Paragraph((text(),)), narrative.BulletList((self.item(),))),
                    self.item(),
                ),
            ),
        )

    def item(self) -> tuple[Block, ...]:
        return (narrative.Paragraph((narrative.Text(self.word()),)),)

    def special(self, kind: Any) -> dict[str, Any]:
        """What may not be just anything, or only goes together with something else."""
        turn = next(self.turn)
        match kind.__name__:
            case "ProgramReport":
                return {
                    "parts": tuple(Part),
                    "scale": tuple(Term(code, self.word()) for code in LEVEL_MEANINGS),
                    "shifts": tuple(Term(code, self.word()) for code in SHIFT_MARKS),
                }
            case "Months":
                return {"first": date(2023, 10, 1), "last": next(self.months)}
            case "Step":
                return {"months": (next(self.months), date(2024, 11, 1))}
            case "MonthCount":
                return {"month": next(self.months)}
            case "Rating":
                return {"level": next(self.levels)}
            case "Indicator":
                return {
                    "baseline": self.assessment("baseline"),
                    "interims": (self.assessment("interim"), self.assessment("interim")),
                    "expert_shift": Term(next(self.shifts), self.word()),
                    "town_shift": Term(next(self.shifts), self.word()),
                    "final": self.assessment("final"),
                }
            case "Correction":
                # What is kept of an earlier rating is its level.
                earlier = replace(self.value(structure.Rating), note="", to_verify=False)
                return {"level": earlier}
            case "Summary":
                shifts = (Term(code, self.word()) for code in SHIFT_MARKS)
                return {"shifts": tuple(structure.Count(one, self.number()) for one in shifts)}
            case "Attendance":
                return {"few": bool(turn), "count": None if turn else self.number()}
            case "Participation":
                return {"few": bool(turn), "people": None if turn else self.number()}
            case "Figure":
                one = {"value": None} if turn else {"value_text": ""}
                return {**one, "date_precision": "day"}
            case "Evidence":
                return {"url": ""} if turn else {"file_type": ""}
            case "Goal":
                return {"depth": turn}
        return {}

    def assessment(self, moment: str) -> structure.Assessment:
        """Only a baseline is corrected, and all but a baseline may refine it."""
        made: structure.Assessment = self.value(structure.Assessment)
        if moment == "baseline":
            return replace(made, is_refinement=False)
        return replace(made, corrections=())


def leaves(part: Any, owner: str = "", path: Path = ()) -> Iterator[tuple[str, Path, Any]]:
    """Every single value of a report: where it belongs, how to get there, and what it is."""
    if is_dataclass(part):
        for field in fields(part):
            if field.compare:
                inner = getattr(part, field.name)
                yield from leaves(inner, f"{type(part).__name__}.{field.name}", (*path, field.name))
    elif isinstance(part, tuple):
        for place, item in enumerate(part):
            yield from leaves(item, owner, (*path, place))
    else:
        yield owner, path, part


def changed(part: Any, path: Path, value: Any) -> Any:
    """The report with another value in that place."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return (*part[:step], changed(part[step], tuple(rest), value), *part[step + 1 :])
    return replace(part, **{step: changed(getattr(part, step), tuple(rest), value)})
