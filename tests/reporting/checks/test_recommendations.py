"""Recommendations: to whom, by when, and what the town says."""

from typing import Any

import pytest

from reporting.structure import ProgramReport, Term
from tests.reporting.checks.reports import clean_report, found, recommendation, target


def one(**fields: Any) -> ProgramReport:
    return clean_report(recommendations=(recommendation(**fields),))


def test_report_that_recommends_nothing() -> None:
    assert len(found("no_recommendations", clean_report(recommendations=()))) == 1


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ("incomplete_recommendation", "addressees"),
        ("incomplete_recommendation", "text"),
        ("vague_recommendation", "finding"),
        ("vague_recommendation", "priority"),
        ("vague_recommendation", "due_on"),
    ],
)
def test_recommendation_lacks_something(rule: str, field: str) -> None:
    nothing = None if field in ("priority", "due_on") else ()

    assert target(rule, one(**{field: nothing})).field == field


@pytest.mark.parametrize(("state", "count"), [("planned", 1), ("in_progress", 1), ("prepared", 0)])
def test_recommendation_that_is_not_ready(state: str, count: int) -> None:
    assert len(found("unfinished_recommendation", one(state=Term(state, state)))) == count


def test_answer_of_the_town() -> None:
    rejected = Term("rejected", "nepřijato")

    assert target("unanswered_recommendation", one(response=None)).kind == "response"
    assert len(found("unanswered_recommendation", one(response=rejected))) == 1
    explained = one(response=rejected, response_reason="Nejsou peníze.")
    assert found("unanswered_recommendation", explained) == []
