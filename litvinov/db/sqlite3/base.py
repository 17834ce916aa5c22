"""SQLite that knows Czech, searches full texts and keeps its triggers.

It has a collation, and text folded for searching: PostgreSQL brings what both need; with
them here the same queries give the same answers on the embedded database. Triggers that
protect rows see every deletion, survive a table being rebuilt by a migration, and let the
whole database be emptied, as PostgreSQL's TRUNCATE does.
"""

import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base, operations, schema

from litvinov import czech


class DatabaseOperations(operations.DatabaseOperations):
    def execute_sql_flush(self, sql_list: Any) -> None:
        """Empty tables. PostgreSQL truncates them, which fires no trigger for a row; SQLite
        has only DELETE, so triggers are told that this is no deletion of records."""
        wrapper: Any = self.connection
        wrapper.is_being_emptied = True
        try:
            super().execute_sql_flush(sql_list)
        finally:
            wrapper.is_being_emptied = False


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        """SQLite drops a table's triggers with it, and renames no table that one mentions."""
        triggers = self._triggers()
        for name in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}", params=None)
        super()._remake_table(*args, **kwargs)  # type: ignore[misc]  # unknown to the stubs
        for statement in triggers.values():
            self.execute(statement, params=None)

    def _triggers(self) -> dict[str, str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    is_being_emptied = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        require_full_text(_opened_by_python)
        connection.create_collation(czech.COLLATION, czech.compare)
        connection.create_function("czech_fold", 1, _fold, deterministic=True)
        connection.create_function("code_order", 1, _code_order, deterministic=True)
        connection.create_function("is_being_emptied", 0, lambda: self.is_being_emptied)
        # Otherwise a row could be replaced without its triggers noticing.
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection


@cache
def require_full_text(connect: Callable[[], Any]) -> None:
    """Searching needs FTS5, which a SQLite may be built without; raises ImproperlyConfigured."""
    connection = connect()
    try:
        connection.execute("CREATE VIRTUAL TABLE tried USING fts5(words)")
    except sqlite3.OperationalError as error:
        raise ImproperlyConfigured(
            "Searching needs FTS5, and the SQLite of this Python was built without it: install"
            " another one, or set DATABASE_URL to a PostgreSQL database."
        ) from error
    finally:
        connection.close()


def _opened_by_python() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def _fold(text: str | None) -> str | None:
    return None if text is None else czech.fold(text)


def _code_order(code: str | None) -> str | None:
    return None if code is None else ".".join(part.zfill(9) for part in code.split("."))
