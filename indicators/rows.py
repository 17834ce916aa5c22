"""A program's indicators as people compare them: the baseline beside the final state."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from accounts.roles import Visibility
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    Indicator,
    Moment,
    Rater,
    Rating,
)
from indicators.shift import WORSENINGS, Shift, shift_between
from programs.models import Program


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of a program with what may be read about it."""

    indicator: Indicator
    adopted: AdoptedCriterion
    baseline: Assessment | None = None
    final: Assessment | None = None
    interims: list[Assessment] = field(default_factory=list)

    def rating(self, moment: str, rater: str) -> Rating | None:
        assessment = self.baseline if moment == Moment.BASELINE else self.final
        return assessment.rating_by(rater) if assessment else None

    def shift_by(self, rater: str) -> Shift | None:
        """Final minus baseline of one rater; None while either of them is not rated."""
        baseline, final = self.rating(Moment.BASELINE, rater), self.rating(Moment.FINAL, rater)
        if baseline is None or final is None or not (baseline.is_rated and final.is_rated):
            return None
        if baseline.level is None or final.level is None:
            return Shift.UNDETERMINED
        return shift_between(baseline.level, final.level)

    @property
    def expert_shift(self) -> Shift | None:
        return self.shift_by(Rater.EXPERT)

    @property
    def town_shift(self) -> Shift | None:
        return self.shift_by(Rater.TOWN)

    @property
    def lacks_justification(self) -> bool:
        """A worsening must be explained, or said to refine the baseline."""
        final = self.final
        if final is None or final.justification or final.is_refinement:
            return False
        return self.expert_shift in WORSENINGS


def rows_of(
    program: Program,
    visibilities: Collection[Visibility],
    indicators: Iterable[Indicator],
) -> list[IndicatorRow]:
    """Rows for the given indicators, in the order they came; three queries, however many."""
    indicators = list(indicators)
    adopted = {
        adoption.criterion_id: adoption
        for adoption in AdoptedCriterion.objects.filter(program=program).select_related("criterion")
    }
    assessments = (
        Assessment.objects.visible_in(visibilities)
        .filter(adopted__program=program, indicator__in=indicators)
        .prefetch_related(Prefetch("ratings"), "sources")
        .order_by("as_of", "pk")
    )
    by_indicator: dict[int, dict[str, list[Assessment]]] = {}
    for assessment in assessments:
        moments = by_indicator.setdefault(assessment.indicator_id, {})
        moments.setdefault(assessment.moment, []).append(assessment)
    rows = []
    for indicator in indicators:
        moments = by_indicator.get(indicator.pk, {})
        rows.append(
            IndicatorRow(
                indicator,
                adopted[indicator.criterion_id],
                baseline=next(iter(moments.get(Moment.BASELINE, [])), None),
                final=next(iter(moments.get(Moment.FINAL, [])), None),
                interims=moments.get(Moment.INTERIM, []),
            )
        )
    return rows
