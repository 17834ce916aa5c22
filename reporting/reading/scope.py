"""What one reading may see, and the small translations every part of it needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from accounts.roles import Visibility
from indicators.evidence_places import with_places
from programs import models as programs
from programs.models import Program
from reporting.models import Report
from reporting.structure import Audience, Term

VISIBLE = {
    Audience.PARTNERS: frozenset({Visibility.PUBLIC, Visibility.PARTNERS}),
    Audience.PUBLIC: frozenset({Visibility.PUBLIC}),
}


@dataclass(frozen=True)
class Scope:
    """A program with the sources, evidence and recommendations that its audience may see.

    Many parts cite these by their numbers, so they are read once.
    """

    program: Program
    report: Report
    audience: Audience
    visibilities: Collection[Visibility]
    sources: dict[int, programs.Source]
    evidence: dict[int, programs.Evidence]
    recommendations: list[programs.Recommendation]

    @classmethod
    def of(cls, report: Report, audience: Audience) -> Self:
        program = report.program
        visibilities = VISIBLE[audience]
        sources = programs.Source.objects.filter(program=program).visible_in(visibilities)
        evidence = with_places(
            programs.Evidence.objects.filter(program=program).visible_in(visibilities),
            program,
            visibilities,
        )
        recommendations = (
            programs.Recommendation.objects.filter(program=program)
            .visible_in(visibilities)
            .select_related("activity")
            .prefetch_related(
                "goals",
                "addressees",
                "target_groups",
                "indicator_links__indicator",
                "evidence",
            )
        )
        return cls(
            program,
            report,
            audience,
            visibilities,
            {source.pk: source for source in sources},
            {piece.pk: piece for piece in evidence},
            list(recommendations),
        )

    def numbers(self, cited: Iterable[programs.Source]) -> tuple[int, ...]:
        """Numbers of those cited sources that the audience may see."""
        return tuple(sorted(source.position for source in cited if source.pk in self.sources))

    def annexes(self, attached: Iterable[programs.Evidence]) -> tuple[int, ...]:
        """Numbers of those attached pieces of evidence that the audience may see."""
        return tuple(sorted(piece.position for piece in attached if piece.pk in self.evidence))


def term(choice: Any) -> Term:
    """A member of a Django code list."""
    return Term(str(choice.value), str(choice.label))


def choice(choices: Any, value: str) -> Term | None:
    """An empty value is "not given", which is nothing; an unknown one is an error."""
    return term(choices(value)) if value else None


def codes(goals: Iterable[programs.Goal]) -> tuple[str, ...]:
    return tuple(goal.code for goal in goals)


def names(records: Iterable[Any]) -> tuple[str, ...]:
    return tuple(record.name for record in records)
