"""The second axis: criteria, their indicators, and how they were rated."""

from dataclasses import dataclass, field
from datetime import date

from litvinov.narrative import Blocks
from reporting.structure.basic import Term


@dataclass(frozen=True, slots=True)
class Rating:
    """`level` is None when the rater could not judge; a missing rating is no Rating."""

    level: int | None
    label: str
    to_verify: bool
    note: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a baseline said before it was corrected: its statement, or the level of `rater`.

    `level` is None when the earlier statement was corrected.
    """

    corrected_on: date
    statement: Blocks
    rater: Term | None
    level: Rating | None
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    as_of: date | None
    statement: Blocks
    justification: str
    contribution: Term | None
    is_refinement: bool
    expert: Rating | None
    town: Rating | None
    sources: tuple[int, ...]
    corrections: tuple[Correction, ...] = ()
    evidence: tuple[int, ...] = ()
    key: int = field(default=0, compare=False)


NOT_ASSESSED = Assessment(None, (), "", None, False, None, None, ())
"""What is known where nobody has assessed anything yet."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Shifts are final minus baseline of one rater, None while either is missing."""

    name: str
    short_name: str
    baseline: Assessment
    interims: tuple[Assessment, ...]
    final: Assessment
    expert_shift: Term | None
    town_shift: Term | None
    recommendations: tuple[int, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    name: str
    mandatory: bool
    indicators: tuple[Indicator, ...]
    key: int = field(default=0, compare=False)
