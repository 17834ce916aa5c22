"""What it would mean for a program to move to another version of the catalogue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
)
from indicators.versions import Comparison, CriterionChange, compare_versions
from programs.models import Program


@dataclass(frozen=True)
class LeftBehind:
    """A criterion or an indicator that nothing in the other version stands for.

    What the program says of it leaves its pages and the report and stays in the history.
    """

    part: Criterion | Indicator
    assessment_count: int
    link_count: int

    @property
    def key(self) -> str:
        return f"{self.part._meta.model_name}-{self.part.pk}"

    @property
    def is_criterion(self) -> bool:
        return isinstance(self.part, Criterion)


@dataclass(frozen=True)
class AdoptedChange:
    adopted: AdoptedCriterion
    change: CriterionChange


@dataclass(frozen=True)
class MovePlan:
    """`adopted` is what becomes of the criteria the program has taken, `added` are criteria
    that only the other version has, and `left` what a person has to agree to leave behind."""

    old: CriteriaCatalogue
    new: CriteriaCatalogue
    adopted: tuple[AdoptedChange, ...]
    added: tuple[Criterion, ...]
    left: tuple[LeftBehind, ...]

    @property
    def comparison(self) -> Comparison:
        return Comparison(tuple(one.change for one in self.adopted))


def plan_move(program: Program, old: CriteriaCatalogue, new: CriteriaCatalogue) -> MovePlan:
    """Read what would change; the number of queries is fixed."""
    comparison = compare_versions(old, new)
    taken = AdoptedCriterion.objects.filter(program=program).select_related("criterion")
    changes = {change.old.pk: change for change in comparison.criteria if change.old}
    adopted = tuple(AdoptedChange(one, changes[one.criterion_id]) for one in taken)
    assessments = Counter(
        Assessment.objects.filter(adopted__program=program).values_list("indicator_id", flat=True)
    )
    links = Counter(
        IndicatorRecommendation.objects.filter(recommendation__program=program).values_list(
            "indicator_id", flat=True
        )
    )
    left: list[LeftBehind] = []
    for one in adopted:
        gone = [pair.old for pair in one.change.indicators if pair.old and not pair.new]
        if one.change.new is None:
            said = sum(assessments[indicator.pk] for indicator in gone)
            linked = sum(links[indicator.pk] for indicator in gone)
            left.append(LeftBehind(one.adopted.criterion, said, linked))
            continue
        left += [
            LeftBehind(indicator, assessments[indicator.pk], links[indicator.pk])
            for indicator in gone
            if assessments[indicator.pk] or links[indicator.pk]
        ]
    added = tuple(change.new for change in comparison.criteria if change.new and not change.old)
    return MovePlan(old, new, adopted, added, tuple(left))
