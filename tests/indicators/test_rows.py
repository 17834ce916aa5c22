from datetime import date
from typing import Any

import pytest

from accounts.roles import Visibility
from indicators.models import AdoptedCriterion, Indicator, Moment, Rater
from indicators.rows import IndicatorRow, rows_of
from indicators.shift import Shift
from tests.builders import adopt, assess, make_criterion, make_program

pytestmark = pytest.mark.django_db

ALL = frozenset(Visibility)
PUBLIC = frozenset({Visibility.PUBLIC})


@pytest.fixture
def adopted() -> AdoptedCriterion:
    return adopt(make_program(), make_criterion())


def row_of(adopted: AdoptedCriterion, visibilities: Any = ALL) -> IndicatorRow:
    return rows_of(adopted.program, visibilities, Indicator.objects.of_program(adopted.program))[0]


@pytest.mark.parametrize(
    ("baseline", "final", "shift"),
    [
        (1, 2, Shift.BETTER),
        (0, 0, Shift.SAME),
        ("?", 2, Shift.UNDETERMINED),
        (2, "?", Shift.UNDETERMINED),
        ("?", "?", Shift.UNDETERMINED),
        (None, 2, None),
        (2, None, None),
        (None, "?", None),
        (None, None, None),
    ],
)
def test_shift_tells_zero_unknown_and_missing_apart(
    adopted: AdoptedCriterion, baseline: Any, final: Any, shift: Shift | None
) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=baseline)
    assess(adopted, indicator, Moment.FINAL, expert=final)

    assert row_of(adopted).expert_shift == shift


def test_raters_are_never_mixed(adopted: AdoptedCriterion) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=1)
    assess(adopted, indicator, Moment.FINAL, town=4)

    row = row_of(adopted)

    assert (row.expert_shift, row.town_shift) == (None, None)
    assert row.rating(Moment.FINAL, Rater.TOWN).level == 4  # type: ignore[union-attr]


def test_nothing_assessed_is_an_empty_row(adopted: AdoptedCriterion) -> None:
    row = row_of(adopted)

    assert (row.baseline, row.final, row.expert_shift, row.lacks_justification) == (
        None,
        None,
        None,
        False,
    )


def test_interim_moments_come_in_order(adopted: AdoptedCriterion) -> None:
    indicator = adopted.criterion.indicators.get()
    for month in (3, 1, 2):
        assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, month, 1))

    months = [interim.as_of.month for interim in row_of(adopted).interims]  # type: ignore[union-attr]

    assert months == [1, 2, 3]


def test_hidden_assessment_hides_its_shift(adopted: AdoptedCriterion) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=1)
    assess(adopted, indicator, Moment.FINAL, expert=2, visibility=Visibility.TEAM)

    row = row_of(adopted, PUBLIC)

    assert (row.final, row.expert_shift) == (None, None)


@pytest.mark.parametrize(
    ("final", "fields", "lacks"),
    [
        (1, {}, True),
        (0, {}, True),
        (1, {"justification": "Skončil projekt."}, False),
        (1, {"is_refinement": True}, False),
        (2, {}, False),
        (3, {}, False),
        ("?", {}, False),
    ],
)
def test_worsening_wants_justification(
    adopted: AdoptedCriterion, final: Any, fields: dict[str, Any], lacks: bool
) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=2)
    assess(adopted, indicator, Moment.FINAL, expert=final, **fields)

    assert row_of(adopted).lacks_justification == lacks


def test_assessments_of_another_program_stay_there() -> None:
    criterion = make_criterion()
    ours, theirs = adopt(make_program(), criterion), adopt(make_program(), criterion)
    assess(theirs, criterion.indicators.get(), Moment.FINAL, expert=4, statement="Cizí.")

    assert row_of(ours).final is None


def test_rows_follow_order_of_adoption() -> None:
    program = make_program()
    second, first = make_criterion("2.1", 2), make_criterion("1.1", 2)
    adopt(program, second, 1)
    adopt(program, first, 2)

    rows = rows_of(program, ALL, Indicator.objects.of_program(program))

    assert [row.indicator.name for row in rows] == [
        "Ukazatel 2.1 číslo 1.",
        "Ukazatel 2.1 číslo 2.",
        "Ukazatel 1.1 číslo 1.",
        "Ukazatel 1.1 číslo 2.",
    ]
