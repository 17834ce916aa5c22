"""How the program went: phases, activities and the log of consultations."""

from dataclasses import dataclass, field
from datetime import date

from litvinov.narrative import Blocks
from reporting.structure.basic import Months, Term


@dataclass(frozen=True, slots=True)
class Attendance:
    """`count` is None when unknown; `few` says that a small count is withheld."""

    target_group: str
    count: int | None
    few: bool


@dataclass(frozen=True, slots=True)
class Consultation:
    held_on: date
    kind: Term
    goals: tuple[str, ...]
    actors: tuple[str, ...]
    attendances: tuple[Attendance, ...]
    outcome: Blocks
    evidence: tuple[int, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Activity:
    title: str
    goals: tuple[str, ...]
    actors: tuple[str, ...]
    text: Blocks
    method: str
    place: str
    held_from: date | None
    held_to: date | None
    sources: tuple[int, ...]
    evidence: tuple[int, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phase:
    number: int
    months: Months
    activities: tuple[Activity, ...]
    consultations: tuple[Consultation, ...]
    expert_comment: Blocks
    key: int = field(default=0, compare=False)
