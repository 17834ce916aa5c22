from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reporting import wording
from reporting.structure import Assessment, Attendance, Figure, Rating, Step, Term


def rating(level: int | None, *, to_verify: bool = False) -> Rating:
    return Rating(level, "popis", to_verify, "")


@pytest.mark.parametrize(
    ("given", "number", "word"),
    [
        (rating(0), "0", "nenaplněno"),
        (rating(4), "4", "plně"),
        (rating(1, to_verify=True), "1", "formálně (k ověření)"),
        (rating(None), "–", "nelze posoudit"),
        (None, "–", "nehodnoceno"),
    ],
)
def test_level_said_as_number_and_word(given: Rating | None, number: str, word: str) -> None:
    assert (wording.level_number(given), wording.level_word(given)) == (number, word)


def test_equal_levels_said_once() -> None:
    assert wording.level_words(rating(2), rating(2)) == "částečně"
    assert wording.level_words(rating(1), rating(2)) == "formálně → částečně"
    assert wording.level_words(rating(1), None) == "formálně → nehodnoceno"


def test_refinement_has_hollow_mark() -> None:
    refined = Assessment(None, (), "", None, True, None, None, ())
    plain = Assessment(None, (), "", None, False, None, None, ())

    assert wording.shift_mark("worse", refined) == "▽"
    assert wording.shift_mark("worse", plain) == "▼"
    assert wording.shift_mark("much_better") == "▲▲"


@pytest.mark.parametrize(
    ("months", "text", "said"),
    [
        ((date(2023, 4, 1), date(2023, 5, 1)), "04–05/2023", "04–05/2023"),
        ((date(2023, 4, 1), date(2023, 5, 1)), "", "duben–\u2060květen 2023"),
        ((date(2023, 9, 1),), "", "od září 2023"),
        ((), "", "průběžně"),
    ],
)
def test_step_time_keeps_original_wording(months: tuple[date, ...], text: str, said: str) -> None:
    step = Step(1, "Krok", Term("range", "od–do"), months, text, "")

    assert wording.step_time(step) == said


def figure(**fields: Any) -> Figure:
    values = {
        "name": "Údaj",
        "area": "",
        "value": None,
        "value_text": "",
        "unit": "",
        "date_from": None,
        "date_to": None,
        "date_precision": "",
        "source": None,
        "derivation": "",
        **fields,
    }
    return Figure(**values)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": Decimal("22695.0000")}, "22\u00a0695"),
        ({"value": Decimal("158.7000")}, "158,7"),
        ({"value": Decimal(0)}, "0"),
        ({"value_text": "rok 2012"}, "rok 2012"),
    ],
)
def test_figure_value_said(fields: dict[str, Any], said: str) -> None:
    assert wording.figure_value(figure(**fields)) == said


@pytest.mark.parametrize(
    ("first", "last", "precision", "said"),
    [
        (None, None, "", "–"),
        (date(2023, 1, 1), date(2023, 1, 1), "day", "1.\u00a01.\u00a02023"),
        (date(2020, 1, 1), date(2020, 12, 31), "year", "2020"),
        (date(2012, 1, 1), None, "year", "2012"),
        (date(2024, 6, 1), date(2024, 6, 30), "month", "6/2024"),
        (date(2024, 1, 1), date(2024, 3, 31), "month", "1/2024 – 3/2024"),
    ],
)
def test_figure_date_as_precise_as_known(
    first: date | None, last: date | None, precision: str, said: str
) -> None:
    given = figure(date_from=first, date_to=last, date_precision=precision)

    assert wording.figure_date(given) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Attendance("Děti", 12, False), "Děti (12)"),
        (Attendance("Děti", None, False), "Děti"),
        (Attendance("Děti", None, True), "Děti (méně než 5)"),
    ],
)
def test_attendance_said(row: Attendance, said: str) -> None:
    assert wording.attendance(row) == said
