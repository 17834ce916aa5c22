"""Tables of the second axis: indicators, their states and corrections of the baseline."""

from collections.abc import Iterator

from reporting.structure import Assessment, Criterion, Indicator, ProgramReport, Rating
from reporting.tables.table import Cell, Row, Table, label, level, level_label, listed, table
from reporting.tables.table import written as words

INDICATORS = (
    "Kritérium | Název kritéria | Povinná aktivita | Ukazatel | Krátký název"
    " | Výchozí úroveň (expert) | Závěrečná úroveň (expert) | Posun (expert)"
    " | Výchozí úroveň (obec) | Závěrečná úroveň (obec) | Posun (obec) | Doporučení"
)
STATES = (
    "Kritérium | Ukazatel | Okamžik | Ke dni | Popis | Zdůvodnění | Příspěvek programu"
    " | Zpřesnění výchozího stavu | Úroveň (expert) | Označení (expert) | K ověření (expert)"
    " | Poznámka experta | Úroveň (obec) | Označení (obec) | K ověření (obec) | Poznámka obce"
    " | Zdroje | Přílohy"
)
CORRECTIONS = (
    "Kritérium | Ukazatel | Zpřesněno dne | Hodnotitel | Původní úroveň | Původní označení"
    " | Původní popis | Důvod"
)


def tables(report: ProgramReport) -> Iterator[Table]:
    placed = [
        (criterion, indicator)
        for criterion in report.criteria
        for indicator in criterion.indicators
    ]
    yield table(
        "kriteria",
        "Kritéria",
        "Kritérium | Název | Povinná aktivita | Počet ukazatelů",
        ((one.code, one.name, one.mandatory, len(one.indicators)) for one in report.criteria),
    )
    yield table("ukazatele", "Ukazatele", INDICATORS, (_indicator(*one) for one in placed))
    yield table(
        "stavy-ukazatelu",
        "Stavy ukazatelů",
        STATES,
        (row for criterion, indicator in placed for row in _states(criterion, indicator)),
    )
    yield table(
        "zpresneni",
        "Zpřesnění",
        CORRECTIONS,
        (row for criterion, indicator in placed for row in _corrections(criterion, indicator)),
    )


def _indicator(criterion: Criterion, indicator: Indicator) -> Row:
    baseline, final = indicator.baseline, indicator.final
    return (
        criterion.code,
        criterion.name,
        criterion.mandatory,
        indicator.name,
        indicator.short_name or None,
        level(baseline.expert),
        level(final.expert),
        label(indicator.expert_shift),
        level(baseline.town),
        level(final.town),
        label(indicator.town_shift),
        listed(indicator.recommendations),
    )


def _states(criterion: Criterion, indicator: Indicator) -> Iterator[Row]:
    moments = [
        ("výchozí", indicator.baseline),
        *(("průběžný", interim) for interim in indicator.interims),
        ("závěrečný", indicator.final),
    ]
    for moment, assessment in moments:
        yield (criterion.code, indicator.name, moment, *_assessment(assessment))


def _assessment(one: Assessment) -> Row:
    return (
        one.as_of,
        words(one.statement),
        one.justification or None,
        label(one.contribution),
        one.is_refinement,
        *_rating(one.expert),
        *_rating(one.town),
        listed(one.sources),
        listed(one.evidence),
    )


def _rating(rating: Rating | None) -> tuple[Cell, ...]:
    if rating is None:
        return None, None, None, None
    return rating.level, rating.label, rating.to_verify, rating.note or None


def _corrections(criterion: Criterion, indicator: Indicator) -> Iterator[Row]:
    for one in indicator.baseline.corrections:
        yield (
            criterion.code,
            indicator.name,
            one.corrected_on,
            label(one.rater),
            level(one.level),
            level_label(one.level),
            words(one.statement),
            one.reason,
        )
