"""A program as its report says it: one immutable reading, shared by every renderer.

Only dataclasses, tuples, enums, dates and scalars; no Django. Values, not formatted
texts: typography and wording of dates and numbers belong to the renderers. What an
audience may not see is not here at all.

Goals (with phases and consultations) and criteria (with indicators) are two axes,
mirrored as two tuples; nothing joins them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from litvinov import narrative
from litvinov.narrative import Blocks


class Audience(StrEnum):
    """Who a report is read for; the team's own texts reach no report."""

    PARTNERS = "partners"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a code list: its code for machines, its Czech label for people."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months, each given by its first day; both ends belong to the range."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Identification:
    title: str
    kind: str
    municipality: str
    district: str
    region: str
    locality: str
    locality_description: str
    theme: str
    period: Months
    month_count: int
    state: Term
    provider: str
    team: str
    demo_notice: str
    printed_on: date


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a section, with its topic and the numbers of the sources it cites."""

    topic: str
    text: Blocks
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A written part; without passages it was not written."""

    code: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or, where there is none, a text; `source` is the number of the source."""

    name: str
    area: str
    value: Decimal | None
    value_text: str
    unit: str
    date_from: date | None
    date_to: date | None
    date_precision: str
    source: int | None
    derivation: str


@dataclass(frozen=True, slots=True)
class Goal:
    """`code` is empty for the long-term goal; `depth` 0 is a specific goal, 1 its sub-goal."""

    code: str
    depth: int
    short_title: str
    wording: str
    state: Term | None
    fulfilment: Term | None
    reason: str
    position: Term | None
    addressed_by_recommendation: bool
    recommendations: tuple[int, ...]
    evaluation: Blocks
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    description: str
    timing: Term
    months: tuple[date, ...]
    time_text: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Output:
    number: int
    text: str
    goals: tuple[str, ...]
    recommendations: tuple[int, ...]
    delivered: Term | None


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


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    name: str
    mandatory: bool
    indicators: tuple[Indicator, ...]

    @property
    def shift_counts(self) -> tuple[tuple[Term, int], ...]:
        """How many indicators shifted how, by the expert's rating; zero counts left out."""
        counts: dict[Term, int] = {}
        for indicator in self.indicators:
            if indicator.expert_shift:
                counts[indicator.expert_shift] = counts.get(indicator.expert_shift, 0) + 1
        return tuple(counts.items())


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


@dataclass(frozen=True, slots=True)
class Phase:
    number: int
    months: Months
    activities: tuple[Activity, ...]
    consultations: tuple[Consultation, ...]
    expert_comment: Blocks


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`finding` and `conclusion` are what it follows from, `response` is the town's."""

    number: int
    finding: Blocks
    conclusion: Blocks
    title: str
    text: Blocks
    goals: tuple[str, ...]
    indicators: tuple[str, ...]
    addressees: tuple[str, ...]
    target_groups: tuple[str, ...]
    state: Term
    activity: str
    priority: Term | None
    due_on: date | None
    response: Term | None
    responded_on: date | None
    response_reason: str
    next_step: str
    follow_up: Term | None
    followed_up_on: date | None
    follow_up_note: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An empty expansion: a proper name that is never spelled out."""

    forms: tuple[str, ...]
    expansion: str


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    name: str
    kind: str
    author: str
    year: int | None
    data_date: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a piece of evidence is attached to: Kritérium 1.1, Konzultace of a day."""

    word: str
    code: str
    held_on: date | None
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An annex: a file, told by its extension, or a link."""

    number: int
    title: str
    file_type: str
    url: str
    dated_on: date | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    abbreviation: str
    aliases: tuple[str, ...]
    kind: Term
    parent: str
    functions: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Seat:
    function: str
    actor: str
    kind: Term


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    name: str
    state: Term
    purpose: str
    initiator: str
    seats: tuple[Seat, ...]
    seats_complete: bool


@dataclass(frozen=True, slots=True)
class TargetGroup:
    name: str
    aliases: tuple[str, ...]
    kind: Term
    description: str


@dataclass(frozen=True, slots=True)
class ProgramReport:
    audience: Audience
    identification: Identification
    scale: tuple[Term, ...]
    shifts: tuple[Term, ...]
    locality: Section
    annotation: Section
    expert_support: Section
    starting_points: Section
    figures: tuple[Figure, ...]
    goals: tuple[Goal, ...]
    steps: tuple[Step, ...]
    outputs_introduction: Section
    outputs: tuple[Output, ...]
    criteria: tuple[Criterion, ...]
    course: Section
    phases: tuple[Phase, ...]
    other_consultations: tuple[Consultation, ...]
    recommendations: tuple[Recommendation, ...]
    overall_evaluation: Section
    cooperation: Section
    further_sections: tuple[Section, ...]
    abbreviations: tuple[Abbreviation, ...]
    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    actors: tuple[Actor, ...]
    working_groups: tuple[WorkingGroup, ...]
    target_groups: tuple[TargetGroup, ...]


def texts(part: Any) -> Iterator[str]:
    """Every text of a report or of a part of it, in the order of reading."""
    match part:
        case str():
            yield part
        case tuple() if part and isinstance(part[0], narrative.Block):
            yield narrative.plain_text(part)
        case tuple():
            for item in part:
                yield from texts(item)
        case _ if is_dataclass(part):
            for field in fields(part):
                yield from texts(getattr(part, field.name))
