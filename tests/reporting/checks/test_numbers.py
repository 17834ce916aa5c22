"""Figures and sources."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.structure import Abbreviation
from tests.reporting.checks.reports import (
    clean_report,
    figure,
    found,
    section,
    source,
    target,
)

APK = Abbreviation(("APK",), "asistent prevence kriminality")
NNO = Abbreviation(("NNO",), "nestátní nezisková organizace")


def test_figure_without_its_area() -> None:
    assert target("figure_without_area", clean_report(figures=(figure(area=""),))).field == "area"
    told = figure(value=None, value_text="od roku 2012", area="")
    assert found("figure_without_area", clean_report(figures=(told,))) == []


def test_figure_without_source_or_date() -> None:
    report = clean_report(figures=(figure(source=None, date_from=None),))

    assert target("figure_without_source", report).field == "source"
    assert target("figure_without_date", report).field == "date_from"


@pytest.mark.parametrize(
    ("day", "count"), [(date(2020, 12, 31), 1), (date(2021, 7, 1), 0), (date(2023, 1, 1), 0)]
)
def test_figure_older_than_two_years_before_the_program(day: date, count: int) -> None:
    assert len(found("outdated_figure", clean_report(figures=(figure(date_from=day),)))) == count


def test_beginning_of_something_does_not_grow_old() -> None:
    began = figure("Zahájení", value=None, value_text="rok 2012", date_from=date(2012, 1, 1))

    assert found("outdated_figure", clean_report(figures=(began,))) == []


def test_one_figure_with_two_values() -> None:
    other = figure(value=Decimal(22000), key=31)

    assert len(found("conflicting_figures", clean_report(figures=(figure(), other)))) == 1
    for fields in ({"area": "kraj"}, {"date_from": date(2022, 1, 1)}, {"unit": "rodin"}):
        apart = figure(value=Decimal(22000), key=31, **fields)
        assert found("conflicting_figures", clean_report(figures=(figure(), apart))) == []


def test_positions_counted_differently() -> None:
    text = "V Janově působí čtyři APK, od roku 2012 APK chodí do škol. Město má 10 pozic APK."
    report = clean_report(
        abbreviations=(APK,), starting_points=section("starting_points", text, key=2)
    )

    (sentence,) = found("conflicting_counts", report)
    assert "4, 10" in sentence
    assert "2012" not in sentence


def test_same_count_and_counts_of_organisations() -> None:
    text = "Působí zde 10 APK, tedy deset pozic APK. Přišly 3 NNO, jindy 5 NNO."
    report = clean_report(
        abbreviations=(APK, NNO), starting_points=section("starting_points", text, key=2)
    )

    assert found("conflicting_counts", report) == []


def test_sources() -> None:
    report = clean_report(
        sources=(
            source(),
            source(2, "Bezpečnostní analýza města 2020", year=None),
            source(3, "Bezpečnostní analýza města 2021"),
        )
    )

    assert len(found("uncited_source", report)) == 2
    assert target("undated_source", report).field == "year"
    (similar,) = found("similar_sources", report)
    assert "2 a 3" in similar
    dated = clean_report(sources=(source(year=None, data_date="2020"),))
    assert found("undated_source", dated) == []
