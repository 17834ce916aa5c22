from datetime import date

import pytest

from programs.models import Goal, Program
from programs.models.goal import sort_key
from tests.builders import make_goal, make_phase, make_program

pytestmark = pytest.mark.django_db


def test_goals_sort_by_numbers() -> None:
    program = make_program()
    for code in ("2.10.3", "2.2", "1.1", "2.10", "", "10.1", "1.1.5", "1.1.10"):
        make_goal(program, code)

    codes = list(Goal.objects.filter(program=program).values_list("code", flat=True))

    assert codes == ["", "1.1", "1.1.5", "1.1.10", "2.2", "2.10", "2.10.3", "10.1"]


def test_sort_key_follows_changed_code() -> None:
    goal = make_goal(make_program(), "1.9")

    goal.code = "1.10"
    goal.save()

    assert Goal.objects.get(pk=goal.pk).sort_key == sort_key("1.10") == "0001.0010"


@pytest.mark.parametrize(("code", "depth"), [("", 0), ("1.1", 0), ("1.1.5", 1), ("2.10.3.1", 2)])
def test_depth_counts_from_specific_goals(code: str, depth: int) -> None:
    assert Goal(code=code).depth == depth


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2023, 7, 1), date(2024, 6, 1), 12),
        (date(2024, 1, 1), date(2024, 1, 1), 1),
        (date(2023, 12, 1), date(2024, 1, 1), 2),
    ],
)
def test_months_counted_with_both_ends(first: date, last: date, count: int) -> None:
    program = Program(first_month=first, last_month=last)

    months = list(program.months())

    assert (program.month_count, months[0], months[-1]) == (count, first, last)
    assert len(months) == count


@pytest.mark.parametrize(
    ("day", "position"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), 1),
        (date(2024, 3, 31), 1),
        (date(2024, 4, 1), 2),
        (date(2024, 6, 30), 2),
        (date(2024, 7, 1), None),
    ],
)
def test_phase_found_from_day(day: date, position: int | None) -> None:
    program = make_program()
    make_phase(program, 1)
    make_phase(program, 2)

    phase = program.phase_on(day)

    assert (phase and phase.position) == position
