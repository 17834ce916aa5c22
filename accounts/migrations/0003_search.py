"""The search index: a table of entries, and beside it what each database searches words with.

PostgreSQL gets a full-text configuration that leaves diacritics out, by its extension unaccent, and
an index of the words. SQLite gets a table of FTS5 that leaves them out too and that triggers keep
in step with the entries; a later migration that makes the table of entries anew has to make
the triggers anew as well.
"""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

POSTGRESQL = (
    """
    CREATE TEXT SEARCH CONFIGURATION czech_plain (COPY = simple)
    """,
    """
    ALTER TEXT SEARCH CONFIGURATION czech_plain
        ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
            hword_asciipart, hword_part, hword_numpart
        WITH unaccent, simple
    """,
    # Between the title and the text stands a mark that nobody can type, so that words of
    # one are never next to words of the other.
    """
    CREATE FUNCTION search_words(title text, content text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN setweight(to_tsvector('czech_plain'::regconfig, title), 'A')
            || '''|'':1'::tsvector
            || setweight(to_tsvector('czech_plain'::regconfig, content), 'B')
    """,
    """
    CREATE INDEX search_entry_words ON accounts_searchentry
        USING gin (search_words(title_words, text_words))
    """,
)
POSTGRESQL_BACK = (
    "DROP INDEX search_entry_words",
    "DROP FUNCTION search_words(text, text)",
    "DROP TEXT SEARCH CONFIGURATION czech_plain",
)

SQLITE = (
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        title_words, text_words,
        content='accounts_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER search_words_added AFTER INSERT ON accounts_searchentry BEGIN
        INSERT INTO search_words (rowid, title_words, text_words)
        VALUES (new.id, new.title_words, new.text_words);
    END
    """,
    """
    CREATE TRIGGER search_words_deleted AFTER DELETE ON accounts_searchentry BEGIN
        INSERT INTO search_words (search_words, rowid, title_words, text_words)
        VALUES ('delete', old.id, old.title_words, old.text_words);
    END
    """,
    """
    CREATE TRIGGER search_words_changed AFTER UPDATE ON accounts_searchentry BEGIN
        INSERT INTO search_words (search_words, rowid, title_words, text_words)
        VALUES ('delete', old.id, old.title_words, old.text_words);
        INSERT INTO search_words (rowid, title_words, text_words)
        VALUES (new.id, new.title_words, new.text_words);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER search_words_changed",
    "DROP TRIGGER search_words_deleted",
    "DROP TRIGGER search_words_added",
    "DROP TABLE search_words",
)


def add_words(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_words(apps, schema_editor):
    back = {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}
    for statement in back[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_writing"),
    ]

    operations = [
        UnaccentExtension(),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("object_id", models.BigIntegerField()),
                ("is_team_part", models.BooleanField(default=False)),
                ("program", models.BigIntegerField(null=True)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("team", "team"), ("partners", "partners"), ("public", "public")],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("title_words", models.TextField(blank=True)),
                ("text_words", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "entry of the search index",
                "verbose_name_plural": "entries of the search index",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["program", "visibility"], name="search_of_program")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "object_id", "is_team_part"),
                        name="search_entry_once_for_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["team", "partners", "public"])),
                        name="search_entry_visibility_is_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_words, remove_words),
    ]
