"""Figures: Czech numbers, a number or words, dates as precise as they are known."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Visibility
from programs import actions
from programs.models import ContextFigure
from tests.builders import make_figure, make_source
from tests.conftest import Cast
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/podklady/udaje/"
ADD = "/programy/nas/podklady/udaje/novy/"


def page_of(figure: ContextFigure, page: str) -> str:
    return reverse(f"programs:figure_{page}", args=["nas", figure.pk])


@pytest.mark.parametrize(
    ("typed", "saved", "shown"),
    [
        ("12,5", "12.5", "12,5"),
        ("12.5", "12.5", "12,5"),
        ("22 695", "22695", "22\u00a0695"),
        ("22\u00a0695,50", "22695.5", "22\u00a0695,5"),
        ("0", "0", "0"),
        ("0,0001", "0.0001", "0,0001"),
        ("−3", "-3", "−3"),
    ],
)
def test_number_written_as_czechs_do(
    cast: Cast, expert_client: Client, typed: str, saved: str, shown: str
) -> None:
    send(expert_client, ADD, name="Index", value=typed)

    figure = ContextFigure.objects.get()
    again = form_of(expert_client, page_of(figure, "edit"))
    assert figure.value == Decimal(saved)
    assert shown in expert_client.get(LIST).content.decode()
    assert again["value"].value() == shown


def test_untouched_number_is_no_change(cast: Cast, expert_client: Client) -> None:
    figure = make_figure(cast.program, value=Decimal("22695.5"))
    form = form_of(expert_client, page_of(figure, "edit"))
    figure.unit = "obyvatel"
    save_record(figure, by=cast.consultant)

    response = expert_client.post(page_of(figure, "edit"), sent(form, name="Jiný název"))

    assert response.status_code == 409
    assert response.context["conflict"].differences == []


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Pojmenujte údaj."),
        ({"value": ""}, "value", "Zadejte číslo, nebo hodnotu slovy."),
        ({"value": "asi 5"}, "value", "Zadejte číslo, například 12,5 nebo 22\xa0695."),
        ({"value": "1.234,5"}, "value", "Zadejte číslo, například 12,5 nebo 22\xa0695."),
        ({"value": "NaN"}, "value", "Zadejte číslo, například 12,5 nebo 22\xa0695."),
        (
            {"value": "0", "value_text": "nesleduje se"},
            "value_text",
            "Buď číslo, nebo slova: jedno z nich nechte prázdné.",
        ),
        (
            {"date_to": "2023-01-01"},
            "date_from",
            "Zadejte i datum od, nebo nechte ostatní údaje o datu prázdné.",
        ),
        (
            {"date_precision": "year"},
            "date_from",
            "Zadejte i datum od, nebo nechte ostatní údaje o datu prázdné.",
        ),
        (
            {"date_from": "2023-01-01"},
            "date_precision",
            "Vyberte, zda je znám den, měsíc, nebo jen rok.",
        ),
        (
            {"date_from": "2023-02-01", "date_to": "2023-01-01", "date_precision": "day"},
            "date_to",
            "Období nemůže skončit dřív, než začne.",
        ),
    ],
)
def test_bad_figure_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, object], field: str, message: str
) -> None:
    typed = {"name": "Index", "value": "5", "derivation": "Pečlivý výpočet.", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivý výpočet." in response.content.decode()
    assert not ContextFigure.objects.exists()


def test_words_where_there_is_no_number(cast: Cast, expert_client: Client) -> None:
    send(expert_client, ADD, name="Index", value="", value_text="nesleduje se")

    assert ContextFigure.objects.get().value is None
    assert "nesleduje se" in expert_client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("first", "last", "precision", "shown"),
    [
        (date(2023, 1, 5), None, "day", "5.\u00a01.\u00a02023"),
        (date(2023, 7, 1), date(2023, 9, 30), "month", "7/2023 – 9/2023"),
        (date(2021, 1, 1), date(2021, 12, 31), "year", "2021"),
        (None, None, "", "–"),
    ],
)
def test_period_shown_as_precise_as_it_is(
    cast: Cast,
    reader_client: Client,
    first: date | None,
    last: date | None,
    precision: str,
    shown: str,
) -> None:
    make_figure(cast.program, date_from=first, date_to=last, date_precision=precision)

    page = reader_client.get(LIST).content.decode()

    assert f'data-label="Období">{shown}</td>' in page


def test_hidden_figures_and_sources_not_named(cast: Cast, reader_client: Client) -> None:
    secret = make_source(cast.program, 7, name="TAJNÝ zdroj", visibility=Visibility.TEAM)
    make_figure(cast.program, 1, name="Veřejný údaj", source=secret)
    make_figure(cast.program, 2, name="TAJNÝ údaj", visibility=Visibility.TEAM)

    page = reader_client.get(LIST).content.decode()

    assert "Veřejný údaj" in page
    assert "TAJN" not in page
    assert "Zdroj 7" not in page


def test_source_of_another_program_refused(cast: Cast, expert_client: Client) -> None:
    foreign = make_source(cast.strange_program)

    response = send(expert_client, ADD, name="Index", value="1", source=foreign.pk)
    figure = ContextFigure(program=cast.program, name="Index", value=1, source=foreign)

    assert list(errors_of(response)) == ["source"]
    with pytest.raises(actions.ForeignRecord):
        actions.save_figure(figure=figure, opened_version=0, by=cast.expert)


def test_figure_moved(cast: Cast, expert_client: Client) -> None:
    first, second = make_figure(cast.program, 1), make_figure(cast.program, 2)

    expert_client.post(page_of(second, "move"), {"rank": "1"})

    assert list(ContextFigure.objects.filter(program=cast.program)) == [second, first]


def test_figure_deleted_after_a_question_and_restored(cast: Cast, expert_client: Client) -> None:
    figure = make_figure(cast.program, source=make_source(cast.program))
    shown = expert_client.get(page_of(figure, "delete")).content.decode()

    expert_client.post(page_of(figure, "delete"))
    gone = not ContextFigure.objects.exists()
    row = ContextFigure.history.filter(history_type="-").get().history_id
    expert_client.post(reverse("programs:record_undelete", args=["nas", "contextfigure", row]))

    assert "Smazat údaj?" in shown
    assert gone
    assert ContextFigure.objects.get().source is not None


@pytest.mark.parametrize("page", ["edit", "delete", "history"])
def test_figure_of_another_program_not_found(cast: Cast, expert_client: Client, page: str) -> None:
    foreign = make_figure(cast.strange_program)

    assert expert_client.get(page_of(foreign, page)).status_code == 404


def test_history_tells_numbers_in_czech(cast: Cast, expert_client: Client) -> None:
    figure = make_figure(cast.program, value=Decimal("12.5"))
    figure.value = Decimal(0)
    save_record(figure, by=cast.expert)

    page = expert_client.get(page_of(figure, "history")).content.decode()

    assert "12,5" in page
    assert "12.5000" not in page


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné údaje." in expert_client.get(LIST).content.decode()
