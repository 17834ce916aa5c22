"""Indicators: what was described and rated, and what contradicts itself."""

from datetime import date
from typing import Any

import pytest

from reporting.structure import NOT_ASSESSED, Criterion, Part
from tests.reporting.checks.reports import (
    BETTER,
    WORSE,
    assessment,
    clean_report,
    found,
    rated,
    target,
    with_indicator,
)


def test_no_criterion_and_a_criterion_without_indicators() -> None:
    assert len(found("no_criteria", clean_report(criteria=()))) == 1
    empty = clean_report(criteria=(Criterion("1.1", "Obec má přehled.", True, ()),))
    assert len(found("no_criteria", empty)) == 1


@pytest.mark.parametrize("moment", ["baseline", "final"])
def test_nothing_assessed(moment: str) -> None:
    report = with_indicator(**{moment: NOT_ASSESSED})

    assert len(found(f"incomplete_{moment}", report)) == 2


def test_what_cannot_be_judged_is_rated() -> None:
    report = with_indicator(final=assessment("Nelze říci.", expert=rated(None)))

    assert found("incomplete_final", report) == []


def test_report_without_levels_needs_no_ratings() -> None:
    report = with_indicator(
        baseline=assessment("Na začátku.", expert=None, as_of=date(2023, 7, 1)),
        final=assessment("Na konci.", expert=None),
    )
    parts = tuple(part for part in Part if part != Part.LEVELS)
    unlevelled = clean_report(criteria=report.criteria, parts=parts)

    assert len(found("incomplete_final", report)) == 1
    assert found("incomplete_final", unlevelled) == found("incomplete_baseline", unlevelled) == []


def test_worsening_needs_a_reason_or_is_a_refinement() -> None:
    def report(**fields: Any) -> Any:
        return with_indicator(expert_shift=WORSE, final=assessment("Ubylo akcí.", **fields))

    assert target("unexplained_worsening", report()).field == "final-justification"
    assert found("unexplained_worsening", report(justification="Skončil projekt.")) == []
    assert found("unexplained_worsening", report(is_refinement=True)) == []
    town = with_indicator(town_shift=WORSE, final=assessment("Ubylo akcí."))
    assert len(found("unexplained_worsening", town)) == 1


def test_dates_of_both_ends() -> None:
    undated = with_indicator(final=assessment("Na konci.", as_of=None))
    reversed_ = with_indicator(final=assessment("Na konci.", as_of=date(2023, 6, 30)))
    early = with_indicator(
        baseline=assessment("Na začátku.", as_of=date(2022, 1, 1)),
        final=assessment("Na konci.", as_of=date(2023, 1, 1)),
    )

    assert target("undated_state", undated).field == "final-as_of"
    assert len(found("misdated_state", reversed_)) == 1
    assert len(found("misdated_state", early)) == 1
    assert found("misdated_state", undated) == []


def test_improvement_without_a_word_on_the_program() -> None:
    report = with_indicator(expert_shift=BETTER)
    told = with_indicator(
        expert_shift=BETTER,
        final=assessment("Na konci.", contribution=WORSE),
    )

    assert target("unattributed_shift", report).field == "final-contribution"
    assert found("unattributed_shift", told) == []


def test_level_that_rests_on_nothing() -> None:
    bare = with_indicator(final=assessment("Na konci.", sources=()))

    assert target("unsupported_level", bare).field == "final-sources"
    without_sources = clean_report(criteria=bare.criteria, sources=())
    assert target("unsupported_level", without_sources).field == "final-justification"
    for support in ({"evidence": (1,)}, {"expert": rated(note="Viděno.")}):
        fields: Any = {"sources": (), **support}
        assert found("unsupported_level", with_indicator(final=assessment("Tak.", **fields))) == []


def test_unmet_indicator_without_recommendation() -> None:
    unmet = assessment("Není.", expert=rated(1))

    assert len(found("indicator_without_recommendation", with_indicator(final=unmet))) == 1
    worse = with_indicator(expert_shift=WORSE, final=assessment("Méně.", justification="Konec."))
    assert len(found("indicator_without_recommendation", worse)) == 1
    answered = with_indicator(final=unmet, recommendations=(1,))
    assert found("indicator_without_recommendation", answered) == []


def test_raters_who_differ() -> None:
    differing = with_indicator(final=assessment("Na konci.", town=rated(1)))
    explained = with_indicator(final=assessment("Na konci.", town=rated(1, note="Vidíme jinak.")))
    agreeing = with_indicator(final=assessment("Na konci.", town=rated(3)))

    assert target("unexplained_difference", differing).field == "final-expert-note"
    assert found("unexplained_difference", explained) == []
    assert found("unexplained_difference", agreeing) == []


def test_level_to_be_verified() -> None:
    report = with_indicator(final=assessment("Na konci.", expert=rated(to_verify=True)))

    assert target("level_to_verify", report).field == "final-expert-to_verify"
