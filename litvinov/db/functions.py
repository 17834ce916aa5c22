"""Database functions that both databases answer alike."""

from typing import Any

from django.db.models import CharField, Func


class Fold(Func):
    """A text without diacritics and in lower case, to be compared with `czech.fold(typed)`."""

    function = "czech_fold"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="lower(unaccent(%(expressions)s))", **context
        )
