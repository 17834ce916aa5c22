"""The summary is one page of the PDF, whatever the program has."""

from datetime import date

import pytest

from indicators.models import Moment
from programs.models.narrative import SUMMARY_LETTERS
from reporting.models import Report
from reporting.reading import read_report
from reporting.renderers import html
from reporting.renderers import pdf as pdf_renderer
from reporting.structure import Audience, ProgramReport
from reporting.summary_page import arrange, letters_too_many
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
    [(1, 0, 0), (2, 5, 0), (3, 8, 120), (12, 30, 0), (12, 30, 240), (4, 40, 300)],
)
def test_summary_is_exactly_one_page(criteria: int, goals: int, words: int) -> None:
    report = program_of(criteria, goals, words)
    printed = pdf_renderer.render(read(report))

    pages = pdf.body_pages(printed)
    assert pages[2].startswith("1 Manažerské shrnutí")
    assert pages[3].startswith("2 Metodologie a omezení")


def read(report: Report) -> ProgramReport:
    return read_report(
        report.program, audience=Audience.PUBLIC, today=date(2024, 7, 1), report=report
    )


@pytest.mark.django_db
def test_as_many_letters_as_the_form_says_fit_on_the_page() -> None:
    report = program_of(12, 30, 0)
    text = " ".join(["spolupráce"] * (SUMMARY_LETTERS // 11))
    narrative = make_narrative(
        report.program, make_section("summary", 1), text=f"{text[:1700]}\n\n{text[1700:]}"
    )

    full = pdf.body_pages(pdf_renderer.render(read(report)))

    assert full[3].startswith("2 Metodologie a omezení")
    assert letters_too_many(read(report)) == 0
    narrative.text = f"{text} {text}"
    narrative.save()
    assert letters_too_many(read(report)) in range(3000, 3900)


@pytest.mark.django_db
def test_summary_of_nothing_says_so_and_takes_no_page() -> None:
    pages = pdf.body_pages(pdf_renderer.render(read(program_of(0, 0, 0))))

    assert pages[2].startswith("1 Manažerské shrnutí Shrnutí vznikne, až bude mít program")
    assert "2 Metodologie a omezení" in pages[2]
    assert "0 " not in pages[2].split("2 Metodologie")[0]


@pytest.mark.django_db
def test_what_is_missing_is_said_and_not_counted_as_none() -> None:
    with_goals, with_criteria = (
        html.body(read(program_of(0, 2, 0))),
        html.body(read(program_of(1, 0, 0))),
    )

    assert "program zatím nepřevzal žádná kritéria" in with_goals.replace("\u00a0", " ")
    assert "zatím nejsou stanoveny." in with_criteria


@pytest.mark.django_db
def test_charts_when_they_fit_else_the_table_by_criteria() -> None:
    few, many = (arrange(read(one)) for one in (program_of(2, 3, 0), program_of(12, 3, 0)))

    assert few is not None
    assert (few.with_charts, few.with_table) == (True, False)
    assert many is not None
    assert (many.with_charts, many.with_table) == (False, True)
