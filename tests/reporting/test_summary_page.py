"""The summary is one page of the PDF, whatever the program has."""

from datetime import date

import pytest

from indicators.models import Moment
from reporting.models import Report
from reporting.reading import read_report
from reporting.renderers import pdf as pdf_renderer
from reporting.structure import Audience
from reporting.summary_page import arrange
from tests import pdf
from tests.builders import (
    adopt,
    assess,
    make_criterion,
    make_goal,
    make_narrative,
    make_program,
    make_report,
    make_section,
)

STATES = ("in_progress", "closed", "suspended", "postponed")
DEGREES = ("fulfilled", "mostly", "partly", "not_realised", "not_assessed", "")


def program_of(criteria: int, goals: int, words: int) -> Report:
    program = make_program()
    for place in range(1, criteria + 1):
        criterion = make_criterion(f"{place}.1", 5, position=1)
        adopted = adopt(program, criterion, place)
        for indicator in criterion.indicators.all():
            assess(adopted, indicator, Moment.BASELINE, expert=1)
            assess(adopted, indicator, Moment.FINAL, expert=place % 5)
    for place in range(goals):
        make_goal(
            program,
            f"1.{place + 1}",
            implementation_state=STATES[place % 4],
            state_reason="Důvod.",
            fulfilment=DEGREES[place % 6],
        )
    if words:
        section = make_section("summary", 1, "Manažerské shrnutí")
        paragraphs = [" ".join(["spolupráce"] * 60) + "." for _ in range(words // 60)]
        make_narrative(program, section, text="\n\n".join(paragraphs))
    return make_report(program)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("criteria", "goals", "words"),
    [(0, 0, 0), (2, 5, 0), (3, 8, 120), (12, 30, 0), (12, 30, 240), (4, 40, 300)],
)
def test_summary_is_exactly_one_page(criteria: int, goals: int, words: int) -> None:
    report = program_of(criteria, goals, words)
    read = read_report(
        report.program, audience=Audience.PUBLIC, today=date(2024, 7, 1), report=report
    )

    printed = pdf_renderer.render(read)

    pages = pdf.body_pages(printed)
    assert pages[2].startswith("1 Manažerské shrnutí")
    assert pages[3].startswith("2 Metodologie a omezení")


@pytest.mark.django_db
def test_charts_when_they_fit_else_the_table_by_criteria() -> None:
    few, many = (
        arrange(
            read_report(one.program, audience=Audience.PUBLIC, today=date(2024, 7, 1), report=one)
        )
        for one in (program_of(2, 3, 0), program_of(12, 3, 0))
    )

    assert few is not None
    assert (few.with_charts, few.with_table) == (True, False)
    assert many is not None
    assert (many.with_charts, many.with_table) == (False, True)
