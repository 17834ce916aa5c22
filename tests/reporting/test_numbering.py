"""Every edition counts its sources, annexes and recommendations itself, and so do its texts."""

from dataclasses import replace
from datetime import date

import pytest

from litvinov import narrative
from litvinov.narrative import parse
from programs.models import Program
from reporting.citations import Kind, citations
from reporting.numbering import renumbered
from reporting.reading import read_as_stored, read_report
from reporting.structure import Audience, Evidence, Place, ProgramReport
from tests.builders import (
    make_activity,
    make_evidence,
    make_goal,
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
    make_source,
)
from tests.reporting.checks.reports import (
    clean_report,
    figure,
    goal,
    recommendation,
    section,
    source,
)
from tests.reporting.filled import filled_report


def said(text: str, *numbers: int) -> str:
    """The overall evaluation of a report that has sources of these numbers."""
    report = clean_report(
        sources=tuple(source(number) for number in numbers),
        figures=(),
        criteria=(),
        overall_evaluation=section("overall_evaluation", text),
    )
    return narrative.plain_text(renumbered(report).overall_evaluation.passages[0].text)


def test_numbers_have_no_gap_and_what_cites_them_follows() -> None:
    annex = Evidence(7, "Zápis", "pdf", "", None, (Place("Doporučení", "5", None, "Bydlení"),))
    report = clean_report(
        sources=(source(2), source(5, "Jiný zdroj")),
        evidence=(annex,),
        recommendations=(recommendation(5, evidence=(7,)),),
        figures=(figure(source=5),),
        goals=(goal("1.1", sources=(2, 5), recommendations=(5,)),),
        criteria=(),
        overall_evaluation=section(
            "overall_evaluation", "Podle zdroje 5 i zdroje č. 2, viz přílohu 7 a doporučení č. 5."
        ),
    )

    own = renumbered(report)

    assert [one.number for one in own.sources] == [1, 2]
    assert own.figures[0].source == 2
    assert (own.goals[0].sources, own.goals[0].recommendations) == ((1, 2), (1,))
    assert (own.evidence[0].number, own.evidence[0].places[0].code) == (1, "1")
    assert (own.recommendations[0].number, own.recommendations[0].evidence) == (1, (1,))
    text = narrative.plain_text(own.overall_evaluation.passages[0].text)
    assert text == "Podle zdroje 2 i zdroje č. 1, viz přílohu 1 a doporučení č. 1."


def test_numbers_without_a_gap_are_left_as_they_are() -> None:
    report = filled_report()
    report = replace(
        report,
        sources=tuple(replace(one, number=at) for at, one in enumerate(report.sources, 1)),
        evidence=tuple(replace(one, number=at) for at, one in enumerate(report.evidence, 1)),
        recommendations=tuple(
            replace(one, number=at) for at, one in enumerate(report.recommendations, 1)
        ),
    )

    assert renumbered(report) is report


@pytest.mark.parametrize(
    "text",
    [
        "Uvádí to zdroje 2 a 4.",
        "Uvádí to zdroje 2, 4 a další.",
        "Uvádí to zdroje 2–4.",
        "Uvádí to zdroj 3.",
        "Uvádí to zdroj **4**.",
    ],
)
def test_numbers_stay_where_a_text_could_cite_something_else(text: str) -> None:
    plain = narrative.plain_text(parse(text))

    assert said(text, 2, 4) == plain


def test_one_kind_that_stays_keeps_no_other_back() -> None:
    report = clean_report(
        sources=(source(2),),
        figures=(figure(source=2),),
        criteria=(),
        recommendations=(recommendation(3),),
        overall_evaluation=section("overall_evaluation", "Uvádí to zdroj 1."),
    )

    own = renumbered(report)

    assert own.sources[0].number == 2
    assert own.recommendations[0].number == 1


def test_names_of_documents_cite_nothing() -> None:
    report = clean_report(
        sources=(source(2, "Analýza, zdroj 2"),), figures=(figure(source=2),), criteria=()
    )

    assert renumbered(report).sources[0].name == "Analýza, zdroj 2"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("podle zdroje 4", [(Kind.SOURCE, 4, True)]),
        ("v příloze č. 12 a v příloze 3", [(Kind.ANNEX, 12, True), (Kind.ANNEX, 3, True)]),
        ("zdroje 1 a 3 rodiny", [(Kind.SOURCE, 1, False)]),
        (
            "Doporučení 3 a doporučení č. 4",
            [(Kind.RECOMMENDATION, 3, True), (Kind.RECOMMENDATION, 4, True)],
        ),
        ("podle doporučení 3 odborníků, zdroje 20 %, příloha 1 vyhlášky, zdroj 1.2", []),
    ],
)
def test_citations_of_texts(text: str, found: list[tuple[Kind, int, bool]]) -> None:
    assert [(one.kind, one.number, one.is_alone) for one in citations(text)] == found


def hidden_before(program: Program) -> None:
    """The public ones of each kind come after one for the team and one for partners."""
    for place, visibility in enumerate(("team", "partners", "public"), start=1):
        reach = {"visibility": visibility}
        cited = make_source(program, place, **reach)
        goal = make_goal(program, f"1.{place}")
        goal.sources.add(cited)
        annex = make_evidence(program, place, **reach)
        phase = make_phase(program, place)
        make_activity(phase, evidence=[annex], sources=[cited])
        chosen = make_recommendation(program, place, goals=[goal], **reach)
        make_output(program, place, goals=[goal], recommendations=[chosen])
    text = "Viz zdroj 3, přílohu č. 3 a doporučení č. 3."
    make_narrative(program, make_section("locality", 1), text=text)


def read(program: Program, audience: Audience) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(("audience", "last"), [(Audience.PUBLIC, 1), (Audience.PARTNERS, 2)])
def test_edition_shows_no_gap_where_something_is_hidden(audience: Audience, last: int) -> None:
    program = make_program()
    hidden_before(program)

    report = read(program, audience)

    everything = (report.sources, report.evidence, report.recommendations)
    numbers = [[one.number for one in records] for records in everything]
    assert numbers == [list(range(1, last + 1))] * 3
    assert report.goals[-1].sources == report.goals[-1].recommendations == (last,)
    assert report.phases[-1].activities[0].evidence == (last,)
    assert report.outputs[-1].recommendations == (last,)
    (passage,) = report.locality.passages
    said = f"Viz zdroj {last}, přílohu č. {last} a doporučení č. {last}."
    assert narrative.plain_text(passage.text) == said


@pytest.mark.django_db
def test_what_points_to_records_has_the_numbers_of_the_program() -> None:
    program = make_program()
    hidden_before(program)

    stored = read_as_stored(program, audience=Audience.PUBLIC, today=date(2024, 7, 1))

    assert [one.number for one in stored.sources] == [3]
