"""A report counted, and how its counts are said."""

from datetime import date
from typing import Any

import pytest

from indicators.models import Moment
from litvinov import czech
from reporting import plan, wording
from reporting.models import Report
from reporting.reading import read_report
from reporting.renderers import html
from reporting.renderers import pdf as pdf_renderer
from reporting.structure import Audience, Part, ProgramReport
from tests import pdf
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_goal,
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_recommendation,
    make_report,
    make_section,
    make_step,
    make_target_group,
)

pytestmark = pytest.mark.django_db


def read(program: Any, audience: Audience = Audience.PUBLIC) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


def lines(program: Any) -> dict[str, str]:
    said = wording.summary_lines(read(program))
    return {topic: sentence.replace(czech.NBSP, " ") for topic, sentence in said}


def rated(program: Any, *levels: tuple[Any, Any, Any], place: int = 1) -> None:
    """A criterion with an indicator for each (baseline, final, final by the town)."""
    criterion = make_criterion(f"{place}.1", len(levels))
    adopted = adopt(program, criterion, place)
    for indicator, (first, last, town) in zip(criterion.indicators.all(), levels, strict=True):
        assess(adopted, indicator, Moment.BASELINE, expert=first)
        assess(adopted, indicator, Moment.FINAL, expert=last, town=town)


def test_empty_program_has_nothing_to_count() -> None:
    assert lines(make_program()) == {}


def test_what_a_program_lacks_is_said_beside_what_it_has() -> None:
    program = make_program()
    make_phase(program)
    make_activity(program.phase_set.get())

    assert lines(program) == {
        "Cíle": "zatím nejsou stanoveny.",
        "Ukazatele": "program zatím nepřevzal žádná kritéria.",
        "Průběh": "1 aktivita, 0 konzultací, 1 fáze.",
    }


def test_one_of_each() -> None:
    program = make_program()
    goal = make_goal(program, fulfilment="partly")
    rated(program, (1, 2, 3))
    phase = make_phase(program)
    make_activity(phase)
    make_consultation(program, goals=[goal])
    make_output(program, delivered="yes")
    make_recommendation(program)

    assert lines(program) == {
        "Cíle": "1 hodnocený cíl: 1× částečně splněn.",
        "Ukazatele": "1 ukazatel v 1 kritériu: 1× zlepšení. "
        "Hodnocení obce a experta se liší u 1 z nich.",
        "Výstupy": "1 plánovaný výstup: 1× dodán.",
        "Doporučení": "1 doporučení. Bez vyjádření obce: 1.",
        "Průběh": "1 aktivita, 1 konzultace, 1 fáze.",
    }


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 ukazatel v 1 kritériu"),
        (2, "2 ukazatele ve 2 kritériích"),
        (4, "4 ukazatele ve 4 kritériích"),
        (5, "5 ukazatelů v 5 kritériích"),
        (12, "12 ukazatelů ve 12 kritériích"),
        (15, "15 ukazatelů v 15 kritériích"),
    ],
)
def test_indicators_and_criteria_agree_with_their_numbers(count: int, said: str) -> None:
    program = make_program()
    for place in range(1, count + 1):
        rated(program, (1, 1, None), place=place)

    assert lines(program)["Ukazatele"] == f"{said}: {count}× beze změny."


def test_what_cannot_be_judged_is_not_what_was_not_rated() -> None:
    program = make_program()
    rated(program, (1, "?", None), (1, None, None), (3, 1, 1))

    said = lines(program)["Ukazatele"]

    assert said == (
        "3 ukazatele v 1 kritériu: 1× výrazné zhoršení, 1× nelze určit. "
        "Bez posunu, protože chybí hodnocení: 1."
    )


def test_goal_that_only_gathers_its_sub_goals_is_not_counted() -> None:
    program = make_program()
    make_goal(program, "")
    make_goal(program, "1.1")
    make_goal(program, "1.1.1", implementation_state="closed", fulfilment="fulfilled")
    make_goal(program, "1.2")

    summary = read(program).summary

    assert summary is not None
    assert summary.goal_count == 2
    assert [cell.goals for cell in summary.goals] == [("1.1.1",), ("1.2",)]
    matrix = wording.goal_matrix(summary)
    assert [(state.label if state else None, cells) for state, cells in matrix] == [
        ("Ukončen", (("1.1.1",), ())),
        (None, ((), ("1.2",))),
    ]


def test_small_counts_reach_no_public_statistics() -> None:
    program = make_program()
    small, large = make_target_group(program, "děti"), make_target_group(program, "rodiče")
    make_consultation(program, counts={small: 3, large: 20})
    make_consultation(program, counts={small: 40, large: None})

    public, partners = (read(program, audience).statistics for audience in reversed(Audience))

    assert public is not None
    assert partners is not None
    told = {one.target_group: (one.people, one.few, one.uncounted) for one in public.people}
    assert told == {"děti": (None, True, 0), "rodiče": (20, False, 1)}
    assert {one.target_group: one.people for one in partners.people} == {"děti": 43, "rodiče": 20}


def test_statistics_tell_goals_and_actors_without_a_consultation() -> None:
    program = make_program()
    goal, silent = make_goal(program, "1.1"), make_goal(program, "1.2")
    actor, quiet = make_actor(program, "Obec"), make_actor(program, "Škola")
    make_phase(program)
    make_consultation(program, goals=[goal], actors=[actor])
    make_consultation(program, held_on=date(2030, 1, 1), goals=[goal])

    statistics = read(program).statistics

    assert statistics is not None
    assert (statistics.total, statistics.outside_phases) == (2, 1)
    assert [(one.term.code, one.count) for one in statistics.goals] == [("1.1", 2)]
    assert [(one.term.label, one.count) for one in statistics.actors] == [("Obec", 1)]
    assert statistics.silent_goals == (silent.code,)
    assert statistics.silent_actors == (quiet.name,)


def test_plan_covers_steps_before_the_program_but_no_mistyped_decades() -> None:
    program = make_program(first_month=date(2023, 7, 1), last_month=date(2024, 6, 1))
    make_step(program, 1, first_month=date(2023, 4, 1), last_month=date(2023, 5, 1))
    make_step(program, 2, first_month=date(1923, 4, 1), last_month=date(1923, 5, 1))

    report = read(program)

    months = [line.month for line in plan.month_lines(report)]
    assert (months[0], months[-1], len(months)) == (date(2023, 4, 1), date(2024, 6, 1), 15)
    assert [row.bar is None for row in plan.draw(report).steps] == [False, True]


def test_plan_of_three_years_stays_on_the_page_with_its_labels() -> None:
    program = make_program(first_month=date(2022, 1, 1), last_month=date(2024, 12, 1))
    long = "Definování priorit a cílů poradenského programu a jejich projednání s vedením města"
    make_step(
        program,
        1,
        description=long,
        timing="open_ended",
        first_month=date(2022, 1, 1),
        last_month=None,
    )
    make_step(program, 2, first_month=date(2024, 11, 1), last_month=date(2024, 12, 1))

    drawn = plan.draw(read(program))

    first, second = drawn.steps
    assert first.lines == (
        f"1 Definování priorit a{czech.NBSP}cílů",
        f"poradenského programu a{czech.NBSP}jejich …",
    )
    assert first.is_light
    assert second.words_x < second.bar.x if second.bar else False
    assert not second.is_light
    assert sum(bool(month.label) for month in drawn.months) < 36
    assert all(box.x + box.width <= plan.WIDTH + 0.1 for box in drawn.months)


def furnished() -> Report:
    """A report with something to say in each of its optional parts."""
    program = make_program()
    rated(program, (1, 2, None))
    make_phase(program)
    make_step(program)
    make_actor(program, "Spolek Naproti")
    make_consultation(program, outcome="Domluven klub.")
    section = make_section("methodology", 2, "Metodologie a omezení")
    make_narrative(program, section, text="Mluvilo se s obyvateli.")
    report: Report = make_report(program, with_publicity=True, publicity="Platí Evropská unie.")
    return report


SIGNS = {
    Part.SUMMARY: "Manažerské shrnutí",
    Part.METHODOLOGY: "Mluvilo se s obyvateli.",
    Part.LEVELS: "Úroveň a posun",
    Part.CHARTS: "Graf",
    Part.CONSULTATIONS: "Domluven klub.",
    Part.STATISTICS: "Konzultace v číslech",
    Part.PEOPLE: "jejich role v programu",
    Part.PUBLICITY: "Platí Evropská unie.",
}


@pytest.mark.parametrize("part", Part)
def test_part_that_is_switched_off_is_in_no_preview_and_no_pdf(part: Part) -> None:
    report = furnished()
    sign = SIGNS[part]
    assert sign in shown(report), sign

    setattr(report, f"with_{part.value}", False)

    assert sign not in shown(report)
    assert sign not in pdf.full_text(pdf_renderer.render(read_of(report)))


def read_of(report: Report) -> ProgramReport:
    return read_report(
        report.program, audience=Audience.PUBLIC, today=date(2024, 7, 1), report=report
    )


def shown(report: Report) -> str:
    """The text of the preview; the numbers of charts come from the stylesheet."""
    written = html.body(read_of(report)).replace('class="chart-number"', ">Graf<")
    return pdf.normalised(written)


def test_that_the_expert_evaluates_own_work_is_said_though_nothing_was_written() -> None:
    report = make_report(make_program())

    assert "Hodnotí expert programu (interní hodnocení)" in shown(report)
