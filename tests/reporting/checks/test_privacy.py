"""What no public report may say."""

from decimal import Decimal

import pytest

from reporting.structure import Abbreviation
from tests.reporting.checks.reports import (
    activity,
    actor,
    clean_report,
    evidence,
    figure,
    found,
    identified,
    phase,
    saying,
    section,
    target,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jednali jsme s panem Novákem.", "panem Novákem"),
        ("Podle paní Novákové-Malé je klid.", "paní Novákové-Malé"),
        ("Pan Horváth souhlasil.", "Pan Horváth"),
        ("Přišel Mgr. Dvořák.", "Mgr. Dvořák"),
        ("Projekt vede doc. Ing. Jana Malá.", "doc. Ing. Jana"),
        ("Vede ji Jana Malá, Ph.D.", "Malá, Ph.D."),
        ("U p. Nováka.", "p. Nováka"),
        ("Se slečnou Horváthovou.", "slečnou Horváthovou"),
        ("Manželé Novákovi odešli.", "Manželé Novákovi"),
        ("s panem Ing. Malým", "panem Ing. Malým"),
    ],
)
def test_name_of_a_person(text: str, words: str) -> None:
    (sentence,) = found("named_person", saying(text))

    assert words in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Pan starosta a paní ředitelka souhlasili.",
        "Otevřená společnost, o. p. s. Praha.",
        "Podnik, s. p. Lesy.",
        "Plánuje Město Litvínov.",
        "Panelový dům, panem se stal.",
        "Studuje se Bc. obor.",
        "Manželé Rómové",
    ],
)
def test_what_is_no_name_of_a_person(text: str) -> None:
    assert found("named_person", saying(text)) == []


def test_names_outside_of_long_texts() -> None:
    reports = {
        "evidence": clean_report(evidence=(evidence(title="Zápis s panem Novákem"),)),
        "actor": clean_report(actors=(actor(functions=("koordinátorka paní Nová",)),)),
        "activity": clean_report(phases=(phase(activities=(activity("Jednání s paní Novou"),)),)),
        "report": identified(prepared_by="Mgr. Nová"),
        "program": identified(team="Ing. Malý, metodik"),
    }
    for kind, report in reports.items():
        assert target("named_person", report).kind == kind


def test_name_for_partners_only_does_no_harm() -> None:
    assert found("named_person", saying("S panem Novákem."), public=clean_report()) == []
    assert len(found("named_person", clean_report(), public=saying("S panem Novákem."))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Napište na jana.nova@litvinov.cz.",
        "Volejte +420 603 123 456.",
        "Tel. 476 123 456",
        "mobil: 603123456",
        "Číslo 603 123 456 platí.",
        "Rodné číslo 800101/0105.",
        "narozen 1. 5. 2001",
        "trvale bytem tamtéž",
        "bytem Luční 305",
    ],
)
def test_contact(text: str) -> None:
    assert len(found("contact", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Částka 650 000 000 Kč.",
        "Celkem 612 345 678 korun.",
        "Č. j. MULI/123456/2024.",
        "Spis 991399/2024.",
        "Disponuje bytem v Janově.",
        "Zavináč @ nic.",
        "Dne 1. 5. 2001.",
        "Telefonovali 476 lidem.",
    ],
)
def test_what_is_no_contact(text: str) -> None:
    assert found("contact", saying(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Přišly tři děti.",
        "Pomoc ve 3 domácnostech.",
        "se dvěma rodinami",
        "Jedna romská rodina odešla.",
        "čtyři mladiství",
        "U 1 klienta.",
        "Dvě ohrožené matky.",
    ],
)
def test_few_people(text: str) -> None:
    assert len(found("few_people", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Žije zde 3 900 obyvatel.",
        "Přišlo 13 dětí.",
        "Pět rodin.",
        "Proběhla dvě osobní setkání.",
        "Stojí zde dva rodinné domy.",
        "Jedno setkání dětí a rodičů.",
        "Zaměstnány jsou dvě osoby na pozicích APK.",
        "Podíl 2,4 osoby na byt.",
        "V letech 2022–3 děti.",
        "Jednotlivé rodiny.",
    ],
)
def test_what_is_no_small_count(text: str) -> None:
    assert found("few_people", saying(text)) == []


def test_figures_of_few_people() -> None:
    few = figure("Děti bez předškolního vzdělání", value=Decimal(3), unit="dětí")
    staff = figure("APK v Janově", value=Decimal(4), unit="osoby")
    none = figure("Děti bez předškolního vzdělání", value=Decimal(0), unit="dětí")
    apk = Abbreviation(("APK",), "asistent prevence kriminality")

    assert target("few_people", clean_report(figures=(few,))).field == "value"
    assert found("few_people", clean_report(figures=(none,))) == []
    assert found("few_people", clean_report(figures=(staff,), abbreviations=(apk,))) == []


def test_sections_of_both_editions_are_looked_at() -> None:
    hidden = clean_report(course=section("course", "Přišly tři děti."))

    assert found("few_people", hidden, public=clean_report()) == []
