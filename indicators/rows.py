"""A program's indicators as people compare them: the baseline beside the final state."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from accounts.roles import Visibility
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    BaselineCorrection,
    Indicator,
    Moment,
    Rater,
    Rating,
)
from indicators.shift import WORSENINGS, Shift, shift_between
from programs.models import Evidence, Program


@dataclass(frozen=True)
class Disagreement:
    """The expert and the town rated one moment differently.

    `levels` is by how many levels, None where one of them could not judge.
    """

    levels: int | None


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of a program with what may be read about it.

    `hidden` are moments that somebody has written and this reader may not read.
    """

    indicator: Indicator
    adopted: AdoptedCriterion
    baseline: Assessment | None = None
    final: Assessment | None = None
    interims: list[Assessment] = field(default_factory=list)
    corrections: list[BaselineCorrection] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()

    def assessment(self, moment: str) -> Assessment | None:
        return self.baseline if moment == Moment.BASELINE else self.final

    def rating(self, moment: str, rater: str) -> Rating | None:
        assessment = self.assessment(moment)
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

    def disagreement(self, moment: str) -> Disagreement | None:
        """How far apart the expert and the town are; None where they agree or one is silent."""
        expert, town = self.rating(moment, Rater.EXPERT), self.rating(moment, Rater.TOWN)
        if expert is None or town is None or not (expert.is_rated and town.is_rated):
            return None
        if expert.verdict == town.verdict:
            return None
        if expert.level is None or town.level is None:
            return Disagreement(None)
        return Disagreement(abs(expert.level - town.level))


def rows_of(
    program: Program,
    visibilities: Collection[Visibility],
    indicators: Iterable[Indicator],
) -> list[IndicatorRow]:
    """Rows for the given indicators, in the order they came; a fixed number of queries."""
    indicators = list(indicators)
    adopted = {
        adoption.criterion_id: adoption
        for adoption in AdoptedCriterion.objects.filter(program=program).select_related(
            "criterion", "responsible"
        )
    }
    written = Assessment.objects.filter(adopted__program=program, indicator__in=indicators)
    assessments = list(
        written.visible_in(visibilities)
        .prefetch_related(
            "ratings",
            "sources",
            "corrections",
            Prefetch("evidence", Evidence.objects.visible_in(visibilities)),
        )
        .order_by("as_of", "pk")
    )
    readable = _readable_corrections(assessments, visibilities)
    by_indicator: dict[int, dict[str, list[Assessment]]] = {}
    for assessment in assessments:
        moments = by_indicator.setdefault(assessment.indicator_id, {})
        moments.setdefault(assessment.moment, []).append(assessment)
    hidden: dict[int, set[str]] = {}
    if set(visibilities) != set(Visibility):
        out_of_sight = written.exclude(visibility__in=list(visibilities))
        for indicator_id, moment in out_of_sight.values_list("indicator_id", "moment"):
            hidden.setdefault(indicator_id, set()).add(moment)
    rows = []
    for indicator in indicators:
        moments = by_indicator.get(indicator.pk, {})
        baseline = next(iter(moments.get(Moment.BASELINE, [])), None)
        rows.append(
            IndicatorRow(
                indicator,
                adopted[indicator.criterion_id],
                baseline=baseline,
                final=next(iter(moments.get(Moment.FINAL, [])), None),
                interims=moments.get(Moment.INTERIM, []),
                corrections=readable.get(baseline.pk, []) if baseline else [],
                hidden=frozenset(hidden.get(indicator.pk, ())),
            )
        )
    return rows


def _readable_corrections(
    assessments: Iterable[Assessment], visibilities: Collection[Visibility]
) -> dict[int, list[BaselineCorrection]]:
    """Corrections by the assessment they belong to.

    Without those of something the reader could not read at the time: an earlier text stays
    hidden when only a later one was published.
    """
    corrected = {
        assessment.pk: list(assessment.corrections.all())
        for assessment in assessments
        if assessment.corrections.all()
    }
    if not corrected or set(visibilities) == set(Visibility):
        return corrected
    versions: dict[int, list[tuple[datetime, str]]] = {}
    history: Any = Assessment.history
    told = history.filter(id__in=corrected).order_by("history_id")
    for key, when, visibility in told.values_list("id", "history_date", "visibility"):
        versions.setdefault(key, []).append((when, visibility))
    return {
        key: [
            correction
            for correction in corrections
            if _visibility_before(versions.get(key, []), correction.created_at) in visibilities
        ]
        for key, corrections in corrected.items()
    }


def _visibility_before(versions: list[tuple[datetime, str]], moment: datetime) -> str:
    """What was in force just before a moment; what came first when nothing is that old."""
    before = [visibility for when, visibility in versions if when <= moment]
    if before:
        return before[-1]
    return versions[0][1] if versions else Visibility.TEAM
