"""The plan and how it went."""

from datetime import date

from reporting.structure import Months
from tests.reporting.checks.reports import (
    FIRST,
    LAST,
    activity,
    clean_report,
    consultation,
    found,
    phase,
    step,
    target,
)

SEPTEMBER, OCTOBER, JANUARY = date(2023, 9, 1), date(2023, 10, 1), date(2024, 1, 1)


def test_program_without_phases() -> None:
    report = clean_report(phases=())

    assert len(found("no_phases", report)) == 1
    assert found("phases_with_gaps", report) == []


def test_phases_that_leave_a_gap() -> None:
    report = clean_report(
        phases=(
            phase(1, months=Months(FIRST, SEPTEMBER)),
            phase(2, months=Months(JANUARY, LAST)),
        )
    )

    assert len(found("phases_with_gaps", report)) == 1
    assert target("phases_with_gaps", report).field == "first_month"


def test_phases_that_do_not_reach_the_ends_of_the_program() -> None:
    report = clean_report(phases=(phase(months=Months(SEPTEMBER, JANUARY)),))

    assert len(found("phases_with_gaps", report)) == 2


def test_phases_that_follow_each_other() -> None:
    report = clean_report(
        phases=(phase(1, months=Months(FIRST, SEPTEMBER)), phase(2, months=Months(OCTOBER, LAST)))
    )

    assert found("phases_with_gaps", report) == []


def test_phase_without_comment_and_without_activity() -> None:
    report = clean_report(phases=(phase(expert_comment=(), activities=()),))

    assert target("uncommented_phase", report).field == "expert_comment"
    assert target("uncommented_phase", report).key == 1
    assert len(found("inactive_phase", report)) == 1


def test_activity_without_goal() -> None:
    report = clean_report(phases=(phase(activities=(activity(goals=()),)),))

    assert target("activity_without_goal", report).field == "goals"


def test_activity_outside_its_phase() -> None:
    def report(day: date) -> list[str]:
        phases = (phase(activities=(activity(held_from=day),)),)
        return found("misplaced_activity", clean_report(phases=phases))

    assert len(report(date(2024, 7, 1))) == 1
    assert report(date(2024, 6, 30)) == []


def test_consultation_outside_the_program() -> None:
    outside = clean_report(other_consultations=(consultation(held_on=date(2024, 7, 1)),))
    inside = clean_report(other_consultations=(consultation(),))

    assert len(found("misplaced_consultation", outside)) == 1
    assert found("misplaced_consultation", inside) == []


def test_schedule() -> None:
    assert len(found("empty_schedule", clean_report(steps=()))) == 1
    nobody = clean_report(steps=(step(responsible=""),))
    assert target("empty_schedule", nobody).field == "responsible"
    early = clean_report(steps=(step(months=(date(2023, 4, 1),)),))
    assert len(found("misplaced_step", early)) == 1
    throughout = clean_report(steps=(step(months=()),))
    assert found("misplaced_step", throughout) == []
