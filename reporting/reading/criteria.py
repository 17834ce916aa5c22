"""The second axis: criteria, their indicators, and how they were assessed and rated."""

from collections.abc import Iterable

from indicators import models as indicators
from indicators.rows import IndicatorRow, rows_of
from indicators.shift import Level
from litvinov import narrative
from reporting import structure
from reporting.reading.scope import Scope, choice, term
from reporting.structure import Part

CANNOT_JUDGE = "Nelze posoudit"


def criteria(scope: Scope) -> tuple[structure.Criterion, ...]:
    recommended: dict[int, list[int]] = {}
    for recommendation in scope.recommendations:
        for link in recommendation.indicator_links.all():
            recommended.setdefault(link.indicator_id, []).append(recommendation.position)
    of_program = indicators.Indicator.objects.of_program(scope.program)
    by_criterion: dict[int, list[structure.Indicator]] = {}
    for row in rows_of(scope.program, scope.visibilities, of_program):
        numbers = tuple(recommended.get(row.indicator.pk, []))
        by_criterion.setdefault(row.adopted.pk, []).append(_indicator(scope, row, numbers))
    adopted = indicators.AdoptedCriterion.objects.filter(program=scope.program)
    return tuple(
        structure.Criterion(
            code=adoption.criterion.code,
            name=adoption.criterion.name,
            mandatory=adoption.criterion.mandatory,
            indicators=tuple(by_criterion.get(adoption.pk, [])),
            key=adoption.pk,
        )
        for adoption in adopted.select_related("criterion")
    )


def _indicator(
    scope: Scope, row: IndicatorRow, recommendations: tuple[int, ...]
) -> structure.Indicator:
    with_levels = Part.LEVELS in scope.report.parts
    return structure.Indicator(
        name=row.indicator.name,
        short_name=row.indicator.short_name,
        baseline=_assessment(scope, row.baseline, row.corrections),
        interims=tuple(_assessment(scope, interim) for interim in row.interims),
        final=_assessment(scope, row.final),
        expert_shift=term(row.expert_shift) if with_levels and row.expert_shift else None,
        town_shift=term(row.town_shift) if with_levels and row.town_shift else None,
        recommendations=recommendations,
        key=row.indicator.pk,
    )


def _assessment(
    scope: Scope,
    assessment: indicators.Assessment | None,
    corrections: Iterable[indicators.BaselineCorrection] = (),
) -> structure.Assessment:
    if assessment is None:
        return structure.NOT_ASSESSED
    with_levels = Part.LEVELS in scope.report.parts
    return structure.Assessment(
        as_of=assessment.as_of,
        statement=narrative.parse(assessment.statement),
        justification=assessment.justification,
        contribution=choice(indicators.Contribution, assessment.contribution),
        is_refinement=assessment.is_refinement,
        expert=_rating(assessment.rating_by(indicators.Rater.EXPERT)) if with_levels else None,
        town=_rating(assessment.rating_by(indicators.Rater.TOWN)) if with_levels else None,
        sources=scope.numbers(assessment.sources.all()),
        corrections=tuple(
            _correction(correction)
            for correction in corrections
            if with_levels or not correction.rater
        ),
        evidence=scope.annexes(assessment.evidence.all()),
        key=assessment.pk,
    )


def _correction(correction: indicators.BaselineCorrection) -> structure.Correction:
    level = None
    if correction.rater:
        earlier = indicators.Rating(
            level=correction.old_level, cannot_judge=correction.old_cannot_judge
        )
        level = _rating(earlier)
    return structure.Correction(
        corrected_on=correction.corrected_on,
        statement=narrative.parse(correction.old_statement),
        rater=choice(indicators.Rater, correction.rater),
        level=level,
        reason=correction.reason,
    )


def _rating(rating: indicators.Rating | None) -> structure.Rating | None:
    if rating is None or not rating.is_rated:
        return None
    label = CANNOT_JUDGE if rating.level is None else str(Level(rating.level).label)
    return structure.Rating(rating.level, label, rating.to_verify, rating.note)
