"""Phases: their months, their numbers, and the consultations that follow them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.audit import EditConflict
from programs import actions
from programs.models import Consultation, Phase, Program
from tests.builders import (
    make_activity,
    make_consultation,
    make_phase,
    make_program,
    make_user,
)

pytestmark = pytest.mark.django_db


def months(program: Program) -> list[tuple[int, date, date]]:
    phases = Phase.objects.filter(program=program)
    return [(phase.position, phase.first_month, phase.last_month) for phase in phases]


def add(program: Program, first: date, last: date) -> Phase:
    phase = Phase(program=program, first_month=first, last_month=last)
    return actions.save_phase(phase=phase, opened_version=0, by=make_user())


def test_year_is_laid_out_by_quarters() -> None:
    program = make_program(first_month=date(2023, 7, 1), last_month=date(2024, 6, 1))

    actions.lay_quarterly_phases(program=program, by=make_user())

    assert months(program) == [
        (1, date(2023, 7, 1), date(2023, 9, 1)),
        (2, date(2023, 10, 1), date(2023, 12, 1)),
        (3, date(2024, 1, 1), date(2024, 3, 1)),
        (4, date(2024, 4, 1), date(2024, 6, 1)),
    ]


def test_months_left_over_make_a_shorter_last_phase() -> None:
    program = make_program(first_month=date(2023, 11, 1), last_month=date(2024, 2, 1))

    actions.lay_quarterly_phases(program=program, by=make_user())

    assert months(program) == [
        (1, date(2023, 11, 1), date(2024, 1, 1)),
        (2, date(2024, 2, 1), date(2024, 2, 1)),
    ]


def test_phases_are_laid_out_once() -> None:
    program = make_program()
    make_phase(program)

    with pytest.raises(ValidationError):
        actions.lay_quarterly_phases(program=program, by=make_user())

    assert len(months(program)) == 1


def test_consultations_logged_before_follow_the_new_phases_with_a_trace() -> None:
    program, user = make_program(), make_user()
    inside = make_consultation(program, held_on=date(2024, 2, 1))
    outside = make_consultation(program, held_on=date(2022, 2, 1))

    actions.lay_quarterly_phases(program=program, by=user)

    inside.refresh_from_db()
    assert inside.phase
    assert inside.phase.position == 3
    assert inside.history.first().history_user == user
    assert outside.history.count() == 1


def test_phase_added_in_between_is_numbered_by_its_months() -> None:
    program = make_program()
    make_phase(program, 1, first_month=date(2024, 1, 1), last_month=date(2024, 1, 1))
    last = make_phase(program, 2, first_month=date(2024, 3, 1), last_month=date(2024, 3, 1))

    added = add(program, date(2024, 2, 1), date(2024, 2, 1))

    last.refresh_from_db()
    assert (added.position, last.position) == (2, 3)
    assert last.history.count() == 2


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 3, 1), date(2024, 4, 1)),
        (date(2023, 12, 1), date(2024, 1, 1)),
        (date(2024, 2, 1), date(2024, 2, 1)),
        (date(2023, 1, 1), date(2025, 1, 1)),
    ],
)
def test_phases_never_overlap(first: date, last: date) -> None:
    program = make_program()
    make_phase(program)

    with pytest.raises(ValidationError) as refused:
        add(program, first, last)

    assert "first_month" in refused.value.message_dict
    assert len(months(program)) == 1


def test_another_program_may_have_the_same_months() -> None:
    make_phase(make_program())

    assert add(make_program(), date(2024, 1, 1), date(2024, 3, 1)).position == 1


def test_consultations_follow_changed_months() -> None:
    program, user = make_program(), make_user()
    phase = make_phase(program)
    leaving = make_consultation(program, held_on=date(2024, 3, 15))
    staying = make_consultation(program, held_on=date(2024, 2, 15))
    coming = make_consultation(program, held_on=date(2023, 12, 15))

    phase.first_month, phase.last_month = date(2023, 12, 1), date(2024, 2, 1)
    actions.save_phase(phase=phase, opened_version=1, by=user)

    found = Consultation.objects.filter(phase=phase)
    assert set(found) == {staying, coming}
    histories = [record.history.count() for record in (leaving, staying, coming)]
    assert histories == [2, 1, 2]


def test_old_version_of_a_phase_is_refused() -> None:
    phase = make_phase(make_program())

    with pytest.raises(EditConflict):
        actions.save_phase(phase=phase, opened_version=7, by=make_user())


def test_deleted_phase_leaves_its_consultations_and_its_number() -> None:
    program, user = make_program(), make_user()
    first, second = make_phase(program, 1), make_phase(program, 2)
    consultation = make_consultation(program, held_on=date(2024, 2, 1))

    actions.delete_phase(phase=first, by=user)

    consultation.refresh_from_db()
    second.refresh_from_db()
    assert consultation.phase is None
    assert second.position == 1
    assert consultation.history.first().history_user == user


def test_phase_with_activities_is_not_deleted() -> None:
    phase = make_phase(make_program())
    make_activity(phase)

    with pytest.raises(ValidationError):
        actions.delete_phase(phase=phase, by=make_user())

    assert Phase.objects.exists()
