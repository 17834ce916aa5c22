"""The whole report, and every text in it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from litvinov import narrative
from reporting.structure.annexes import (
    Abbreviation,
    Actor,
    Evidence,
    Source,
    TargetGroup,
    WorkingGroup,
)
from reporting.structure.basic import Audience, Part, Section, Term
from reporting.structure.course import Consultation, Phase
from reporting.structure.criteria import Criterion
from reporting.structure.goals import Goal, Output, Recommendation
from reporting.structure.program import Figure, Identification, Step
from reporting.structure.summary import Statistics, Summary


@dataclass(frozen=True, slots=True)
class ProgramReport:
    """`parts` are the optional parts it has; what they would hold is not here without them."""

    audience: Audience
    parts: tuple[Part, ...]
    identification: Identification
    scale: tuple[Term, ...]
    shifts: tuple[Term, ...]
    summary: Summary | None
    methodology: Section | None
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
    statistics: Statistics | None
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

    def has(self, part: str) -> bool:
        """Whether the optional part belongs to this report. Raises ValueError for no part."""
        return Part(part) in self.parts

    @property
    def sections(self) -> tuple[Section, ...]:
        """Everything that is written as a section, in the order of its chapters."""
        before = (self.methodology,) if self.methodology else ()
        return (
            *before,
            self.locality,
            self.annotation,
            self.expert_support,
            self.starting_points,
            self.outputs_introduction,
            self.course,
            self.overall_evaluation,
            self.cooperation,
            *self.further_sections,
        )

    @property
    def with_levels(self) -> bool:
        return Part.LEVELS in self.parts

    @property
    def with_charts(self) -> bool:
        return Part.CHARTS in self.parts


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
