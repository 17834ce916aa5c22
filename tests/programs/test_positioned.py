"""The order of records that stand in a row in their program."""

import pytest

from programs import actions
from programs.models import Program, Source
from tests.builders import make_program, make_source, make_user

pytestmark = pytest.mark.django_db


def row(program: Program) -> list[tuple[int, str]]:
    return [(source.position, source.name) for source in Source.objects.filter(program=program)]


@pytest.mark.parametrize(
    ("rank", "names"),
    [
        (1, ["C", "A", "B"]),
        (2, ["A", "C", "B"]),
        (3, ["A", "B", "C"]),
        (99, ["A", "B", "C"]),
        (-5, ["C", "A", "B"]),
    ],
)
def test_moved_to_rank(rank: int, names: list[str]) -> None:
    program = make_program()
    for position, name in ((1, "A"), (4, "B"), (5, "C")):
        last = make_source(program, position, name=name)

    actions.move_positioned(record=last, rank=rank, by=make_user())

    # The gap stays: the numbers are the same, dealt out anew.
    assert row(program) == list(zip([1, 4, 5], names, strict=True))


def test_move_told_in_histories_of_those_that_moved() -> None:
    program, user = make_program(), make_user()
    first, second, third = (make_source(program, number) for number in (1, 2, 3))

    actions.move_positioned(record=second, rank=1, by=user)

    assert first.history.count() == second.history.count() == 2
    assert third.history.count() == 1
    assert second.history.first().history_user == user


def test_other_programs_stay_as_they_are() -> None:
    mine, other = make_program(), make_program()
    make_source(other, 1, name="Cizí")
    make_source(mine, 1)
    last = make_source(mine, 2)

    actions.move_positioned(record=last, rank=1, by=make_user())

    assert row(other) == [(1, "Cizí")]


def test_new_record_stands_last() -> None:
    program = make_program()
    make_source(program, 7)
    added = Source(program=program, name="Nový dokument")

    actions.save_positioned(record=added, opened_version=0, by=make_user())

    assert added.position == 8
