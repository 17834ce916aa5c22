"""A published catalogue never changes, and it is the database that says so."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from indicators.models import CatalogueArea, CriteriaCatalogue, Criterion, Indicator
from tests.builders import make_criterion, publish

# ruff: noqa: S608  names of tables come from the models

CATALOGUE = CriteriaCatalogue._meta.db_table
AREA = CatalogueArea._meta.db_table
CRITERION = Criterion._meta.db_table
INDICATOR = Indicator._meta.db_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    return make_criterion().indicators.get()


def run(statement: str, *parameters: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def insert_like(table: str, key: int, **changes: Any) -> None:
    """Copy a row of a table under a new key, with some columns changed."""
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
        columns = [column.name for column in description]
        values: dict[str, Any] = {"id": 999_999, **changes}
        shown = [f"%({name})s" if name in values else f'"{name}"' for name in columns]
        names = ", ".join(f'"{name}"' for name in columns)
        with transaction.atomic():
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) SELECT {", ".join(shown)}'
                f' FROM "{table}" WHERE id = %(source)s',
                {**values, "source": key},
            )


def catalogue_of(indicator: Indicator) -> CriteriaCatalogue:
    return indicator.criterion.area.catalogue


WRITES: dict[str, Callable[[Indicator], None]] = {
    "catalogue renamed": lambda one: run(
        f"UPDATE {CATALOGUE} SET title = 'Jiný' WHERE id = %s", catalogue_of(one).pk
    ),
    "catalogue made a draft": lambda one: run(
        f"UPDATE {CATALOGUE} SET published_on = NULL WHERE id = %s", catalogue_of(one).pk
    ),
    "area renamed": lambda one: run(
        f"UPDATE {AREA} SET name = 'Jiná' WHERE id = %s", one.criterion.area_id
    ),
    "area added": lambda one: insert_like(AREA, one.criterion.area_id, code="77"),
    "criterion reworded": lambda one: run(
        f"UPDATE {CRITERION} SET name = 'Jiné' WHERE id = %s", one.criterion_id
    ),
    "criterion added": lambda one: insert_like(
        CRITERION, one.criterion_id, code="7.7", position=77
    ),
    "indicator reworded": lambda one: run(
        f"UPDATE {INDICATOR} SET name = 'Jiný' WHERE id = %s", one.pk
    ),
    "indicator added": lambda one: insert_like(INDICATOR, one.pk, position=77),
    "indicator deleted": lambda one: run(f"DELETE FROM {INDICATOR} WHERE id = %s", one.pk),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_published_catalogue_resists_sql(
    indicator: Indicator, write: Callable[[Indicator], None]
) -> None:
    publish(catalogue_of(indicator))

    with pytest.raises(IntegrityError, match="A published catalogue never changes"):
        write(indicator)


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_draft_takes_the_same_sql(indicator: Indicator, write: Callable[[Indicator], None]) -> None:
    write(indicator)


@pytest.mark.parametrize("table", [CATALOGUE, AREA, CRITERION, INDICATOR])
def test_no_row_of_a_published_catalogue_deleted(indicator: Indicator, table: str) -> None:
    """Not even from above, where foreign keys would be checked only later."""
    publish(catalogue_of(indicator))

    with pytest.raises(IntegrityError, match="A published catalogue never changes"):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("direction", ["in", "out"])
@pytest.mark.parametrize(
    ("table", "parent"),
    [(AREA, "catalogue_id"), (CRITERION, "area_id"), (INDICATOR, "criterion_id")],
)
def test_nothing_moved_into_or_out_of_a_published_catalogue(
    table: str, parent: str, direction: str
) -> None:
    keys = {}
    for place in ("published", "draft"):
        one = make_criterion().indicators.get()
        keys[place] = {
            AREA: (one.criterion.area_id, catalogue_of(one).pk),
            CRITERION: (one.criterion_id, one.criterion.area_id),
            INDICATOR: (one.pk, one.criterion_id),
        }[table]
        if place == "published":
            publish(catalogue_of(one))
    source, target = ("draft", "published") if direction == "in" else ("published", "draft")

    with pytest.raises(IntegrityError, match="A published catalogue never changes"):
        run(
            f"UPDATE {table} SET {parent} = %s, code = '99' WHERE id = %s"
            if table != INDICATOR
            else f"UPDATE {table} SET {parent} = %s, position = 99 WHERE id = %s",
            keys[target][1],
            keys[source][0],
        )


def test_queryset_that_passes_by_the_models_resisted(indicator: Indicator) -> None:
    publish(catalogue_of(indicator))

    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(name="Jiný")
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator(criterion=indicator.criterion, position=9, name="Přidaný").save_base(raw=True)


def test_publishing_itself_goes_through(indicator: Indicator) -> None:
    run(
        f"UPDATE {CATALOGUE} SET published_on = %s WHERE id = %s",
        date(2024, 1, 1),
        catalogue_of(indicator).pk,
    )

    assert CriteriaCatalogue.objects.get().published_on == date(2024, 1, 1)


def test_replacing_a_row_is_no_way_around(indicator: Indicator) -> None:
    """SQLite's REPLACE deletes the old row; PostgreSQL's ON CONFLICT updates it."""
    publish(catalogue_of(indicator))
    columns = "id, version, created_at, updated_at, version_name, title"
    replace = (
        "INSERT OR REPLACE INTO {0} ({1}) SELECT {1} FROM {0} WHERE id = %s"
        if connection.vendor == "sqlite"
        else "INSERT INTO {0} ({1}) SELECT {1} FROM {0} WHERE id = %s"
        " ON CONFLICT (id) DO UPDATE SET published_on = NULL"
    )

    with pytest.raises(IntegrityError, match="A published catalogue never changes"):
        run(replace.format(CATALOGUE, columns), catalogue_of(indicator).pk)


@pytest.mark.django_db(transaction=True)
def test_whole_database_can_still_be_emptied(indicator: Indicator) -> None:
    publish(catalogue_of(indicator))

    call_command("flush", interactive=False, verbosity=0)

    assert not CriteriaCatalogue.objects.exists()
    # And the guard stands again at once.
    kept = make_criterion().indicators.get()
    publish(catalogue_of(kept))
    with pytest.raises(IntegrityError):
        run(f"DELETE FROM {INDICATOR}")


@pytest.mark.django_db(transaction=True)
def test_guard_outlives_a_change_of_its_table(indicator: Indicator) -> None:
    """SQLite rebuilds a table to change it, and would lose the triggers with the old one."""
    publish(catalogue_of(indicator))
    field = models.CharField(max_length=9, default="")
    field.set_attributes_from_name("colour")
    # As a migration knows it: without its history.
    area = MigrationLoader(connection).project_state().apps.get_model("indicators.CatalogueArea")

    with connection.schema_editor() as editor:
        editor.add_field(area, field)
    try:
        with pytest.raises(IntegrityError, match="A published catalogue never changes"):
            run(f"UPDATE {AREA} SET name = 'Jiná'")
        with pytest.raises(IntegrityError, match="A published catalogue never changes"):
            run(f"DELETE FROM {INDICATOR}")
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(area, field)
