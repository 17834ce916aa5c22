"""SQLite that knows Czech: a collation, and text folded for searching.

PostgreSQL brings what both need; with them here the same queries give the same answers
on the embedded database.
"""

from typing import Any

from django.db.backends.sqlite3 import base

from litvinov import czech


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_collation(czech.COLLATION, czech.compare)
        connection.create_function("czech_fold", 1, _fold, deterministic=True)
        return connection


def _fold(text: str | None) -> str | None:
    return None if text is None else czech.fold(text)
