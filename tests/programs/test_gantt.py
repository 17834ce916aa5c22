"""Where the bars, lines and labels of the schedule stand."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.gantt import (
    WIDTH,
    Facts,
    Gantt,
    Happening,
    Period,
    PlannedStep,
    Timing,
    draw,
    months_between,
    shortened,
)

PROGRAM = Period("Program", date(2023, 7, 1), date(2024, 6, 1))
PHASE = Period("Fáze 1", date(2023, 7, 1), date(2023, 9, 1))


def step(timing: Timing, first: date | None = None, last: date | None = None) -> PlannedStep:
    return PlannedStep(1, "Krok", timing, first, last)


def drawn(*steps: PlannedStep, **facts: object) -> Gantt:
    return draw(Facts(PROGRAM, steps=steps, **facts))  # type: ignore[arg-type]


def column_of(chart: Gantt, year: int, month: int) -> int:
    number = (year - chart.first.year) * 12 + month - chart.first.month
    return chart.months[number].x


def test_months_of_the_program_stand_below_their_years() -> None:
    chart = drawn()

    assert [month.label for month in chart.months] == [
        *("7", "8", "9", "10", "11", "12"),
        *("1", "2", "3", "4", "5", "6"),
    ]
    assert [(year.label, year.x, year.right) for year in chart.years] == [
        ("2023", 0, chart.months[5].right),
        ("2024", chart.months[6].x, chart.width),
    ]
    assert (chart.period.x, chart.period.right) == (0, chart.width)
    assert not chart.reaches_beyond


def test_range_covers_its_months() -> None:
    chart = drawn(step(Timing.RANGE, date(2023, 8, 1), date(2023, 10, 1)))

    bar = chart.steps[0].bar
    assert bar
    assert bar.x == column_of(chart, 2023, 8) + 2
    assert bar.right == column_of(chart, 2023, 11) - 2
    assert chart.steps[0].arrows == ()


def test_open_end_reaches_the_end_of_the_program_with_an_arrow() -> None:
    chart = drawn(step(Timing.OPEN_ENDED, date(2023, 9, 1)))

    (row,) = chart.steps
    assert row.bar
    assert row.bar.right == chart.width - 2
    assert len(row.arrows) == 1


def test_open_end_after_the_program_is_still_drawn() -> None:
    chart = drawn(step(Timing.OPEN_ENDED, date(2024, 8, 1)))

    assert chart.last == date(2024, 8, 1)
    assert chart.steps[0].bar


def test_continuous_step_is_a_dashed_outline_over_the_program() -> None:
    chart = drawn(step(Timing.CONTINUOUS))

    (row,) = chart.steps
    assert row.bar
    assert row.is_dashed
    assert (row.bar.x, row.bar.right, row.arrows) == (2, chart.width - 2, ())


def test_months_of_steps_outside_the_program_are_shown() -> None:
    chart = drawn(step(Timing.RANGE, date(2023, 4, 1), date(2023, 5, 1)))

    assert chart.first == date(2023, 4, 1)
    assert chart.reaches_beyond
    assert chart.period.x == column_of(chart, 2023, 7)
    assert chart.period.right == chart.width


def test_month_mistyped_by_decades_makes_no_chart_of_decades() -> None:
    chart = drawn(
        step(Timing.RANGE, date(2003, 4, 1), date(2003, 5, 1)),
        step(Timing.RANGE, date(2003, 4, 1), date(2023, 8, 1)),
        step(Timing.RANGE, date(2023, 8, 1), date(2093, 8, 1)),
        consultations=[date(2003, 1, 1), date(2023, 8, 1)],
        activities=[Happening(1, date(2093, 1, 1), date(2093, 1, 2))],
    )

    assert (chart.first, chart.last) == (PROGRAM.first, PROGRAM.last)
    gone, begun_before, goes_on = chart.steps
    assert gone.bar is None
    assert len(begun_before.arrows) == len(goes_on.arrows) == 1
    assert chart.outside == 2


def test_phases_are_bands_of_their_months() -> None:
    chart = drawn(phases=[PHASE])

    assert [(box.label, box.x, box.right) for box in chart.phases] == [
        ("Fáze 1", 0, chart.months[2].right)
    ]


def test_consultations_are_counted_by_months_and_drawn_to_scale() -> None:
    held = [date(2023, 8, 1)] * 2 + [date(2023, 10, 31)] * 4
    chart = drawn(consultations=held)

    assert [(box.label, box.middle) for box in chart.consultations] == [
        ("2", chart.months[1].middle),
        ("4", chart.months[3].middle),
    ]
    few, many = chart.consultations
    assert many.height == 2 * few.height
    assert many.bottom == few.bottom


def test_activity_stands_at_its_days_and_is_never_too_thin_to_see() -> None:
    chart = drawn(activities=[Happening(1, date(2023, 8, 16), date(2023, 8, 16))])

    (mark,) = chart.activities
    august = chart.months[1]
    assert august.x < mark.bar.x < mark.bar.right < august.right
    assert mark.bar.width >= 8


def test_number_of_an_activity_stands_before_it_at_the_right_edge() -> None:
    chart = drawn(activities=[Happening(1, date(2024, 6, 29), date(2024, 6, 30))])

    (mark,) = chart.activities
    assert (mark.anchor, mark.label_x) == ("end", mark.bar.x - 4)


def test_number_of_an_activity_as_long_as_the_chart_stands_inside() -> None:
    chart = drawn(activities=[Happening(1, PROGRAM.first, date(2024, 6, 30))])

    (mark,) = chart.activities
    assert mark.is_inside
    assert mark.bar.x < mark.label_x < mark.bar.right


def test_activities_without_days_are_counted_in_their_phase() -> None:
    empty = Period("Fáze 2", date(2023, 10, 1), date(2023, 12, 1))
    chart = drawn(phases=[PHASE, empty], undated=[(PHASE, 4), (empty, 0)])

    assert [box.label for box in chart.undated] == ["4"]
    assert chart.undated[0].right < chart.months[3].x


@pytest.mark.parametrize(
    ("today", "anchor"),
    [
        (date(2023, 7, 1), "start"),
        (date(2024, 1, 15), "middle"),
        (date(2024, 6, 30), "end"),
    ],
)
def test_today_is_a_line_while_its_month_is_shown(today: date, anchor: str) -> None:
    chart = drawn(today=today)

    assert chart.today
    assert chart.today.anchor == anchor
    assert 0 <= chart.today.x <= chart.width


@pytest.mark.parametrize("today", [None, date(2023, 6, 30), date(2024, 7, 1)])
def test_no_line_for_a_day_that_is_not_shown(today: date | None) -> None:
    assert drawn(today=today).today is None


def test_nothing_at_all_is_an_empty_calendar() -> None:
    chart = drawn()

    drawn_there = (chart.steps, chart.activities, chart.undated, chart.consultations)
    assert drawn_there == ((), (), (), ())
    assert chart.captions == ()


def test_rows_of_many_steps_follow_one_another() -> None:
    chart = drawn(*[step(Timing.CONTINUOUS)] * 40)

    tops = [row.y for row in chart.steps]
    assert len({lower - upper for upper, lower in zip(tops, tops[1:], strict=False)}) == 1
    assert tops[-1] < chart.reality_y < chart.height


def test_text_longer_than_the_chart_ends_in_dots() -> None:
    assert shortened("Krátký\n text", 40) == "Krátký text"
    assert shortened("Definování priorit, projednání", 20) == "Definování priorit…"
    assert shortened("a" * 50, 20) == "a" * 19 + "…"


def test_months_go_over_the_new_year() -> None:
    assert months_between(date(2023, 11, 5), date(2024, 1, 31)) == [
        date(2023, 11, 1),
        date(2023, 12, 1),
        date(2024, 1, 1),
    ]


DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
STEPS = st.lists(
    st.one_of(
        SPANS.map(lambda days: step(Timing.RANGE, *days)),
        DAYS.map(lambda day: step(Timing.OPEN_ENDED, day)),
        st.just(step(Timing.CONTINUOUS)),
    ),
    max_size=8,
)
HAPPENINGS = st.lists(SPANS, max_size=20).map(
    lambda spans: [Happening(number, *days) for number, days in enumerate(spans)]
)


@given(STEPS, HAPPENINGS, st.lists(DAYS, max_size=20), DAYS)
def test_everything_stays_inside_and_apart(
    steps: list[PlannedStep], activities: list[Happening], held: list[date], today: date
) -> None:
    chart = draw(Facts(PROGRAM, [PHASE], steps, activities, [(PHASE, 2)], held, today))
    bars = [row.bar for row in chart.steps if row.bar]
    marks = [mark.bar for mark in chart.activities]

    for box in [*bars, *marks, *chart.undated, *chart.consultations, *chart.phases, chart.period]:
        assert box.x >= 0
        assert box.width > 0
        assert box.right <= chart.width
        assert box.bottom <= chart.height
    assert chart.width >= WIDTH * 0.9
    for one, other in combinations(marks, 2):
        assert one.y != other.y or one.right <= other.x or other.right <= one.x
    drawn_count = sum(int(box.label) for box in chart.consultations) + len(marks)
    assert drawn_count + chart.outside == len(held) + len(activities)
