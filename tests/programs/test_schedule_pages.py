from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.restoring import restore_deleted
from accounts.roles import Visibility
from programs.models import ScheduleStep
from programs.schedule import Schedule, read_schedule
from tests.builders import make_activity, make_consultation, make_phase, make_step
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

PAGE = "/programy/nas/harmonogram/"
ADD = "/programy/nas/harmonogram/novy-krok/"
TYPED = {
    "description": "Pečlivě napsaný krok.",
    "timing": "range",
    "first_month": "2023-08",
    "last_month": "2023-10",
}
BEGIN = "Zadejte měsíc, kdy krok začíná."
END = "Zadejte měsíc, kdy krok končí."
NO_MONTHS = "Krok, který probíhá průběžně, nemá měsíce."


def address(action: str, step: ScheduleStep) -> str:
    return reverse(f"programs:step_{action}", args=["nas", step.pk])


# --- steps ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "months"),
    [
        ({}, (date(2023, 8, 1), date(2023, 10, 1))),
        ({"first_month": "8/2023", "last_month": "08/2023"}, (date(2023, 8, 1), date(2023, 8, 1))),
        ({"timing": "open_ended", "last_month": ""}, (date(2023, 8, 1), None)),
        ({"timing": "continuous", "first_month": "", "last_month": ""}, (None, None)),
    ],
)
def test_step_added(
    cast: Cast, expert_client: Client, changes: dict[str, str], months: tuple[Any, Any]
) -> None:
    make_step(cast.program, 4)

    response = send(expert_client, ADD, **{**TYPED, **changes})

    step = ScheduleStep.objects.get(description="Pečlivě napsaný krok.")
    assert response.url == f"{PAGE}#plan"
    assert (step.first_month, step.last_month, step.position) == (*months, 5)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"description": ""}, {"description": ["Napište, co se má udělat."]}),
        ({"first_month": ""}, {"first_month": [BEGIN]}),
        ({"first_month": "", "last_month": ""}, {"first_month": [BEGIN], "last_month": [END]}),
        ({"last_month": "2023-07"}, {"last_month": ["Krok nemůže skončit dřív, než začne."]}),
        ({"last_month": "13/2023"}, {"last_month": ["Zadejte měsíc, například 7/2023."]}),
        (
            {"timing": "open_ended"},
            {"last_month": ["Krok s otevřeným koncem nemá poslední měsíc."]},
        ),
        (
            {"timing": "open_ended", "first_month": "", "last_month": ""},
            {"first_month": [BEGIN]},
        ),
        ({"timing": "continuous"}, {"first_month": [NO_MONTHS], "last_month": [NO_MONTHS]}),
        (
            {"timing": "někdy"},
            {"timing": ['Vyberte platnou možnost, "někdy" není k dispozici.']},
        ),
        (
            {"responsible": "x" * 201},
            {"responsible": ["Tato hodnota má mít nejvýše 200 znaků (nyní má 201)."]},
        ),
    ],
)
def test_bad_step_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    response = send(expert_client, ADD, **{**TYPED, **changes})

    assert response.status_code == 422
    assert errors_of(response) == errors
    assert "Pečlivě napsaný krok." in response.content.decode() or "description" in errors
    assert not ScheduleStep.objects.exists()


def test_second_save_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    step = make_step(cast.program)
    opened = form_of(expert_client, address("edit", step))
    step.description = "Konzultantův."
    save_record(step, by=cast.consultant)

    response = expert_client.post(address("edit", step), sent(opened, **TYPED))

    assert response.status_code == 409
    assert "Konzultantův." in response.content.decode()
    assert "Pečlivě" in response.content.decode()


def test_step_deleted_with_a_question_and_brought_back(cast: Cast, expert_client: Client) -> None:
    step = make_step(cast.program)

    assert "Smazat krok?" in expert_client.get(address("delete", step)).content.decode()
    response = expert_client.post(address("delete", step), follow=True)

    assert "Krok je smazán." in response.content.decode()
    assert not ScheduleStep.objects.exists()
    restore_deleted(model=ScheduleStep, object_id=step.pk, by=cast.expert)
    assert ScheduleStep.objects.get() == step


def test_steps_moved(cast: Cast, expert_client: Client) -> None:
    make_step(cast.program, 1)
    second = make_step(cast.program, 2)

    expert_client.post(address("move", second), {"rank": 1})

    assert ScheduleStep.objects.filter(program=cast.program).first() == second


def test_rights(cast: Cast) -> None:
    step = make_step(cast.program)
    foreign = make_step(cast.strange_program)
    names = ("edit", "delete", "move")
    writes = [ADD, *(address(name, step) for name in names)]

    town = [client_of(cast.town).post(path).status_code for path in writes]
    stranger = [client_of(cast.stranger).post(path).status_code for path in writes]
    forged = [client_of(cast.expert).post(address(name, foreign)).status_code for name in names]

    assert (town, stranger, forged) == ([403] * 4, [404] * 4, [404] * 3)
    assert client_of(cast.stranger).get(PAGE).status_code == 404
    assert ScheduleStep.objects.count() == 2


def test_reader_sees_the_plan_without_buttons(cast: Cast, reader_client: Client) -> None:
    make_step(cast.program, 1)
    make_step(cast.program, 2, description="<b>Krok</b> & spol.")

    page = reader_client.get(PAGE).content.decode()

    assert "&lt;b&gt;Krok&lt;/b&gt; &amp; spol." in page
    assert "<b>Krok" not in page
    assert "Upravit" not in page
    assert "/presunout/" not in page


# --- plan and reality -----------------------------------------------------------------------


def read(cast: Cast, *visibilities: Visibility) -> Schedule:
    return read_schedule(cast.program, visibilities or Visibility, today=date(2024, 2, 1))


def told(schedule: Schedule) -> dict[str, tuple[list[int], list[str], int]]:
    """For each month its planned steps, titles of activities, and number of consultations."""
    return {
        f"{month.first_day:%Y-%m}": (
            month.steps,
            [activity.title for activity in month.activities],
            month.consultations,
        )
        for stretch in schedule.stretches
        for month in stretch.months
    }


def test_months_tell_what_was_planned_and_what_happened(cast: Cast) -> None:
    phase = make_phase(cast.program, first_month=date(2023, 7, 1), last_month=date(2023, 8, 1))
    make_step(cast.program, 1, first_month=date(2023, 7, 1), last_month=date(2023, 8, 1))
    make_step(cast.program, 2, timing="open_ended", first_month=date(2024, 5, 1), last_month=None)
    make_step(cast.program, 3, timing="continuous", first_month=None, last_month=None)
    make_activity(phase, 1, title="Přes dva", held_from=date(2023, 8, 30), held_to=date(2023, 9, 2))
    make_activity(phase, 2, title="Beze dnů")
    make_consultation(cast.program, held_on=date(2023, 8, 3))
    make_consultation(cast.program, held_on=date(2023, 8, 31))

    schedule = read(cast)

    months = told(schedule)
    assert list(months)[0] == "2023-07"
    assert list(months)[-1] == "2024-06"
    assert {name: row for name, row in months.items() if row != ([], [], 0)} == {
        "2023-07": ([1], [], 0),
        "2023-08": ([1], ["Přes dva"], 2),
        "2023-09": ([], ["Přes dva"], 0),
        "2024-05": ([2], [], 0),
        "2024-06": ([2], [], 0),
    }
    assert schedule.continuous == [3]
    assert [
        (stretch.phase, [activity.title for activity in stretch.undated])
        for stretch in schedule.stretches
    ] == [(phase, ["Beze dnů"]), (None, [])]


def test_what_lies_far_away_is_in_the_table_though_not_in_the_chart(cast: Cast) -> None:
    make_consultation(cast.program, held_on=date(2010, 3, 1))

    schedule = read(cast)

    assert told(schedule)["2010-03"] == ([], [], 1)
    assert schedule.chart.outside == 1
    assert schedule.chart.first == cast.program.first_month


def test_hidden_activity_is_neither_named_nor_counted(cast: Cast) -> None:
    phase = make_phase(cast.program)
    hidden = {"visibility": Visibility.TEAM}
    make_activity(phase, 1, title="Tajná", **hidden)
    make_activity(phase, 2, title="Tajná 2", held_from=date(2024, 1, 5), **hidden)

    schedule = read(cast, Visibility.PUBLIC)
    page = client_of(cast.reader).get(PAGE).content.decode()

    assert schedule.activities == []
    assert not schedule.chart.undated
    assert not schedule.chart.activities
    assert "Tajná" not in page


def test_chart_says_in_words_what_it_shows(cast: Cast, reader_client: Client) -> None:
    make_step(cast.program, first_month=date(2023, 4, 1), last_month=date(2023, 5, 1))

    page = reader_client.get(PAGE).content.decode()

    chart = page.partition("<svg class=")[2].partition("</svg>")[0]
    assert 'role="img"' in chart
    assert "Harmonogram programu: plán a skutečnost" in chart
    assert "1 plánovaný krok, 0 aktivit, 0 konzultací" in chart
    assert "duben 2023" in chart
    assert "style=" not in chart
    assert "Podbarvené jsou měsíce programu" in page
    assert "od ledna" not in page


def test_numbers_of_the_chart_have_no_decimal_comma(cast: Cast, reader_client: Client) -> None:
    make_step(cast.program, first_month=date(2022, 9, 1), last_month=date(2025, 5, 1))
    make_activity(make_phase(cast.program), held_from=date(2024, 1, 17))

    page = reader_client.get(PAGE).content.decode()

    attributes = page.partition("<svg class=")[2].partition("</svg>")[0].split('"')[1::2]
    numbers = [value for value in attributes if value.replace(",", "").strip().isdigit()]
    assert [value for value in numbers if "," in value and " " not in value] == []
    assert len(numbers) > 50


def test_open_end_is_told_in_the_genitive(cast: Cast, reader_client: Client) -> None:
    make_step(cast.program, timing="open_ended", first_month=date(2023, 9, 1), last_month=None)

    assert "od září 2023" in reader_client.get(PAGE).content.decode()


def test_empty_schedule_teaches(cast: Cast, expert_client: Client) -> None:
    page = expert_client.get(PAGE).content.decode()

    assert "Zatím není nic naplánováno a nic se nestalo." in page
    assert "<svg class=" not in page
    assert "Přidat krok" in page
