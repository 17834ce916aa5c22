"""Nothing changes a published catalogue or its parts, whoever asks the database.

The triggers stand below every way to write: actions, the admin, loading of fixtures,
`update()` and plain SQL. They are explained in docs/decisions/0010.
"""

from django.db import migrations

CATALOGUE = "indicators_criteriacatalogue"
# For each table of parts: the key of the catalogue that a row belongs to.
PARTS = {
    "indicators_cataloguearea": "{row}.catalogue_id",
    "indicators_criterion": (
        "(SELECT catalogue_id FROM indicators_cataloguearea WHERE id = {row}.area_id)"
    ),
    "indicators_indicator": (
        "(SELECT area.catalogue_id FROM indicators_criterion criterion"
        " JOIN indicators_cataloguearea area ON area.id = criterion.area_id"
        " WHERE criterion.id = {row}.criterion_id)"
    ),
}
# The row as it was, as it shall be, or both.
SIDES = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}
MESSAGE = "A published catalogue never changes."


def is_published(key: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {CATALOGUE} catalogue"  # noqa: S608  nothing comes from outside
        f" WHERE catalogue.id = {key} AND catalogue.published_on IS NOT NULL)"
    )


def rules():
    """Each forbidden change: a name, a table, an event and the condition that forbids it."""
    for event in ("update", "delete"):
        yield f"catalogue_{event}", CATALOGUE, event, "OLD.published_on IS NOT NULL"
    for table, key in PARTS.items():
        for event, sides in SIDES.items():
            name = f"{table.removeprefix('indicators_')}_{event}"
            condition = " OR ".join(is_published(key.format(row=side)) for side in sides)
            yield name, table, event, condition


def protect(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, condition in rules():
        trigger = f"CREATE TRIGGER published_{name} BEFORE {event.upper()} ON {table} FOR EACH ROW"
        if postgresql:
            # PostgreSQL takes no subquery in WHEN; the function asks instead.
            schema_editor.execute(trigger_function(name, event, condition), params=None)
            statement = f"{trigger} EXECUTE FUNCTION published_{name}()"
        else:
            statement = (
                f"{trigger} WHEN NOT is_being_emptied() AND ({condition})"
                f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        schema_editor.execute(statement, params=None)


def trigger_function(name: str, event: str, condition: str) -> str:
    row = "OLD" if event == "delete" else "NEW"
    return (
        f"CREATE FUNCTION published_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{MESSAGE}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )


def unprotect(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _event, _condition in rules():
        if postgresql:
            schema_editor.execute(f"DROP TRIGGER published_{name} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION published_{name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER published_{name}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_evidence_and_versions"),
    ]
    operations = [
        migrations.RunPython(protect, unprotect),
    ]
