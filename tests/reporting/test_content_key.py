"""A key is another one whenever anything has changed that a report is made of."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from programs.models import Program, Recommendation
from reporting import content_key as module
from reporting.content_key import content_key, drawing_version, rows_of
from reporting.models import Report
from reporting.reading import read_report
from reporting.structure import Audience
from tests.builders import link, make_criterion, make_goal, make_member, make_program, make_report
from tests.growth import grow
from tests.pages import furnish
from tests.test_queries import undone

pytestmark = pytest.mark.django_db

TODAY = date(2024, 7, 20)
NEVER_ALONE = {
    "Activity.held_to",
    "Assessment.is_refinement",
    "Assessment.moment",
    "ContextFigure.date_from",
    "ContextFigure.date_precision",
    "ContextFigure.date_to",
    "ContextFigure.value_text",
    "Criterion.code",
    "Evidence.stored_as",
    "Rating.cannot_judge",
    "Rating.rater",
    "ScheduleStep.timing",
}
"""Columns which the database lets change only together with another one, which is seen."""


@pytest.fixture
def program(db: None) -> Program:
    """Everything is there once, and every kind of link."""
    program = make_program(slug="nas")
    furnish(program)
    # A published catalogue never changes; one that is being written may.
    draft = make_criterion("9.9")
    program.adopted_criteria.update(criterion=draft)
    link(Recommendation.objects.get(program=program), draft.indicators.get())
    for rows in list(rows_of(program)):
        for field in rows.model._meta.local_many_to_many:
            record, other = rows.first(), field.related_model._default_manager.first()
            if not getattr(record, field.name).exists():
                getattr(record, field.name).add(other)
    return program


def key_of(program: Program, **other: Any) -> str:
    """As a request finds it: everything loaded anew."""
    loaded = Program.objects.select_related("locality").filter(pk=program.pk).first()
    if loaded is None:
        return "nothing to be read"
    report = other.pop("report", None) or Report.objects.newest_of(loaded)
    report.program = loaded
    asked: dict[str, Any] = {"audience": Audience.PUBLIC, "form": "pdf", "today": TODAY}
    return content_key(report, **{**asked, **other})


def covered(program: Program) -> dict[type[models.Model], Any]:
    """A row of every model that the key covers."""
    found: dict[type[models.Model], Any] = {}
    for rows in rows_of(program):
        found.setdefault(rows.model, rows.order_by("pk").first())
    return found


def test_key_is_the_same_for_the_same_content(program: Program) -> None:
    assert key_of(program) == key_of(program)


def test_key_covers_every_table_a_report_is_read_from(program: Program) -> None:
    report = Report.objects.newest_of(program)
    report.with_publicity = True
    with CaptureQueriesContext(connection) as asked:
        for audience in Audience:
            Program.objects.select_related("locality__municipality", "theme").get(pk=program.pk)
            read_report(program, audience=audience, today=TODAY, report=report)

    read = {
        table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    tables = {model._meta.db_table for model in covered(program)}
    assert len(read) > 40
    # Who is responsible comes along in a join; reports name no person.
    assert read - tables == {"accounts_user"}


def test_report_names_no_person(program: Program) -> None:
    person = make_member(program, "expert")  # type: ignore[arg-type]
    for model in covered(program):
        for field in model._meta.fields:
            if field.related_model is User:
                model._default_manager.update(**{field.name: person})
    told = read_report(program, audience=Audience.PARTNERS, today=TODAY)

    User.objects.update(name="Někdo Jiný")

    assert read_report(program, audience=Audience.PARTNERS, today=TODAY) == told
    assert "Někdo Jiný" not in repr(told)


def test_key_changes_with_every_column(program: Program) -> None:
    """Also by `update`, which leaves no trace and no new version."""
    before = key_of(program)
    unseen, refused = set(), set()
    for model, row in covered(program).items():
        assert row is not None, f"furnish() makes no {model.__name__}"
        for field in model._meta.concrete_fields:
            if field.primary_key:
                continue
            name = f"{model.__name__}.{field.name}"
            keys = [
                key_with(program, row, field, value)
                for value in others(row, field)
                if value != getattr(row, field.attname)
            ]
            if before in keys:
                unseen.add(name)
            if not any(keys):
                refused.add(name)

    assert unseen == set()
    assert refused == NEVER_ALONE


def test_key_changes_with_every_row_that_goes(program: Program) -> None:
    before = key_of(program)
    unseen = set()
    for model, row in covered(program).items():
        assert row is not None, f"furnish() makes no {model.__name__}"
        # Whatever else it is linked to stays as it is.
        with undone():
            rows = model._default_manager.filter(pk=row.pk)
            rows._raw_delete(rows.db)
            if key_of(program) == before:
                unseen.add(model.__name__)

    assert unseen == set()


@pytest.mark.parametrize(
    "other",
    [
        {"audience": Audience.PARTNERS},
        {"form": "docx"},
        {"today": TODAY + timedelta(days=1)},
    ],
)
def test_key_tells_apart_who_asks_for_what_and_when(program: Program, other: Any) -> None:
    assert key_of(program, **other) != key_of(program)


def test_key_tells_reports_apart(program: Program) -> None:
    other = make_report(program, kind="interim")

    assert key_of(program, report=other) != key_of(program, report=program.reports.last())


def test_key_of_a_program_is_its_own(program: Program) -> None:
    other = make_program(slug="jiny")
    before = key_of(program)

    make_goal(other, "1.1")

    assert key_of(program) == before


def test_key_follows_logos_where_they_are_printed(
    program: Program, tmp_path: Path, settings: Any
) -> None:
    settings.PUBLICITY_DIR = tmp_path
    plain = Report.objects.newest_of(program)
    with_logos = make_report(program, with_publicity=True)
    before = [key_of(program, report=report) for report in (plain, with_logos)]

    # No picture: the report cannot be drawn with it, and not with what was there before either.
    (tmp_path / "eu.png").write_bytes(b"nic")
    (tmp_path / "eu.txt").write_text("Evropská unie")

    after = [key_of(program, report=report) for report in (plain, with_logos)]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


@pytest.mark.parametrize(
    "changed",
    [
        "reporting/reading/course.py",
        "litvinov/settings.py",
        "templates/reporting/_report.html",
        "locale/cs/LC_MESSAGES/django.mo",
        "build/collected/staticfiles.json",
    ],
)
def test_key_follows_what_draws(tmp_path: Path, settings: Any, changed: str) -> None:
    settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "build/collected"
    (tmp_path / "requirements.txt").write_text("")
    path = tmp_path / changed
    path.parent.mkdir(parents=True)
    path.write_text("dřív")
    before = drawing_version.__wrapped__()

    path.write_text("teď")

    assert drawing_version.__wrapped__() != before


def test_key_follows_what_is_edited_while_the_process_runs(
    program: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    before = key_of(program)

    monkeypatch.setattr(module, "_packages", lambda root: iter(["weasyprint==0"]))

    assert key_of(program) != before
    drawing_version.cache_clear()


@pytest.mark.parametrize("package", ["weasyprint", "pikepdf", "django", "fonttools", "pillow"])
def test_key_follows_packages_that_draw(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    before, installed = drawing_version.__wrapped__(), module.version
    assert before == drawing_version()

    monkeypatch.setattr(module, "version", lambda name: "0" if name == package else installed(name))

    assert drawing_version.__wrapped__() != before


def test_key_asks_a_fixed_number_of_questions() -> None:
    counts = []
    for size in (1, 3):
        with undone():
            grown = grow(size).program
            with CaptureQueriesContext(connection) as asked:
                key_of(grown)
            counts.append(len(asked))

    assert counts[0] == counts[1]


def key_with(program: Program, row: models.Model, field: models.Field, value: Any) -> str:
    """The key when a column has another value; nothing when the database refuses it."""
    with undone():
        try:
            with transaction.atomic():
                rows = type(row)._default_manager.filter(pk=row.pk)
                rows.update(**{field.attname: value})
        except (IntegrityError, DataError):
            return ""
        return key_of(program)


def others(row: Any, field: models.Field) -> Iterator[Any]:
    """Values the field might have instead."""
    now = getattr(row, field.attname)
    if field.choices:
        yield from (value for value, _label in field.flatchoices if value != now)
    if isinstance(field, models.ForeignKey):
        keys = field.related_model._default_manager.exclude(pk=now).values_list("pk", flat=True)
        yield from keys[:20]
        yield 10**6
    match now:
        case bool():
            yield not now
        case int() | Decimal():
            yield from (now + 1, now + 40)
        case datetime():
            yield now + timedelta(seconds=1)
        case date():
            yield from (now.replace(day=1) + timedelta(days=days) for days in (31, -1, 1))
            yield now.replace(year=now.year + 1)
        case list():
            yield [*now, "jiné"]
        case str() if field.name == "code":
            yield from ("999999", "9.9")
        case str():
            yield from (f"{now} jinak", f"{now}x", "jinak", "abc", "1234", "12345678", "")
    if field.null and now is not None:
        yield None
    if now is None:
        is_day = isinstance(field, models.DateField)
        yield from (date(2024, 1, 1), date(2024, 2, 1)) if is_day else (1, 2)


def test_every_application_with_records_is_covered(program: Program) -> None:
    """A new model is either covered or named here with a reason."""
    left_out = {
        "Membership": "who works on a program; a report names nobody",
        "Invitation": "the same",
        "Rendering": "what came of it",
    }
    ours = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ("actors", "programs", "indicators", "reporting")
        and not model.__name__.startswith("Historical")
    }

    missing = {model.__name__ for model in ours - set(covered(program))}

    assert missing == set(left_out)
