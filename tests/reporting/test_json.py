"""The report as JSON: the structure and nothing else, there and back."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from jsonschema import Draft202012Validator, FormatChecker

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import json_file
from reporting.renderers.json_file import UnknownFormat
from reporting.structure import Audience, Figure, ProgramReport
from tests.builders import make_program
from tests.pages import furnish
from tests.reporting.structures import any_of

FEW_LARGE = hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def check(content: Any) -> None:
    Draft202012Validator(json_file.schema(), format_checker=FormatChecker()).validate(content)


def there_and_back(report: ProgramReport) -> ProgramReport:
    file = json_file.render(report)
    check(json.loads(file))
    return json_file.read(file)


def read(program: Program, audience: Audience = Audience.PARTNERS) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


@FEW_LARGE
@given(report=any_of(ProgramReport))
def test_any_structure_comes_back_equal_and_is_valid(report: ProgramReport) -> None:
    assert there_and_back(report) == report


@pytest.mark.django_db
@pytest.mark.parametrize("audience", list(Audience))
def test_program_with_everything_comes_back_equal(audience: Audience) -> None:
    program = make_program()
    furnish(program)
    report = read(program, audience)

    assert there_and_back(report) == report


@pytest.mark.django_db
def test_empty_program_comes_back_equal() -> None:
    report = read(make_program())

    assert there_and_back(report) == report


@pytest.mark.django_db
def test_litvinov_comes_back_equal() -> None:
    call_command("load_demo", stdout=StringIO())
    report = read(Program.objects.get(slug="litvinov-janov"))

    assert there_and_back(report) == report


@pytest.mark.django_db
def test_file_says_what_it_is_and_nothing_of_our_database() -> None:
    program = make_program()
    furnish(program)

    content = json.loads(json_file.render(read(program)))

    assert (content["format"], content["version"]) == ("program-report", 1)
    assert not list(values_of("key", content))
    assert list(values_of("title", content))


def values_of(name: str, content: Any) -> Any:
    if isinstance(content, dict):
        if name in content:
            yield content[name]
        for inner in content.values():
            yield from values_of(name, inner)
    elif isinstance(content, list):
        for inner in content:
            yield from values_of(name, inner)


def changed(file: bytes, **changes: Any) -> bytes:
    return json.dumps({**json.loads(file), **changes}).encode()


@pytest.mark.django_db
def test_other_files_are_refused() -> None:
    file = json_file.render(read(make_program()))
    report = json.loads(file)["report"]
    without = {name: value for name, value in report.items() if name != "goals"}
    known = report["identification"]
    others = [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        changed(file, format="program"),
        changed(file, version=2),
        changed(file, version="1"),
        changed(file, report=None),
        changed(file, report=without),
        changed(file, report={**report, "goals": "cíle"}),
        changed(file, report={**report, "goals": [{}]}),
        changed(file, report={**report, "audience": "team"}),
        changed(file, report={**report, "identification": {**known, "month_count": "12"}}),
        changed(file, report={**report, "identification": {**known, "month_count": True}}),
        changed(file, report={**report, "identification": {**known, "dated_on": "1. 1. 2024"}}),
        changed(file, report={**report, "identification": {**known, "dated_on": "2024-02-30"}}),
    ]

    for other in others:
        with pytest.raises(UnknownFormat):
            json_file.read(other)


@pytest.mark.parametrize("number", ["dvě", "NaN", "1e3", "Infinity", "", "1,5", None, 1.5])
def test_exact_numbers_are_exact(number: Any) -> None:
    figure = {
        "name": "Údaj",
        "area": "",
        "value": number,
        "value_text": "",
        "unit": "",
        "date_from": None,
        "date_to": None,
        "date_precision": "",
        "source": None,
        "derivation": "",
    }
    if number is None:
        figure["source"] = "1"

    with pytest.raises((TypeError, ValueError)):
        json_file.decode(Figure, figure)


def test_published_schema_is_the_one_of_the_code() -> None:
    published = Path(settings.BASE_DIR, "docs", "report.schema.json").read_text()

    assert published == json_file.published_schema()
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.django_db
def test_schema_refuses_what_is_no_report() -> None:
    validator = Draft202012Validator(json_file.schema(), format_checker=FormatChecker())

    assert not validator.is_valid({})
    report = json.loads(json_file.render(read(make_program())))
    assert validator.is_valid(report)
    for field, value in (("audience", "everybody"), ("parts", ["chapters"]), ("audience", None)):
        assert not validator.is_valid({**report, "report": {**report["report"], field: value}})
    assert not validator.is_valid({"format": "program-report", "version": 1, "report": {}})
