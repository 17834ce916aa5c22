"""Database functions that both databases answer alike."""

from typing import Any

from django.db.models import CharField, Func

from litvinov import czech


class Fold(Func):
    """A text without diacritics and in lower case, to be compared with `czech.fold(typed)`.

    PostgreSQL's own unaccent would also rewrite dashes, quotation marks and "×", and is
    an extension that somebody with more rights has to install.
    """

    function = "czech_fold"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The collation says how to lower a letter; a database created in "C" knows ASCII only.
        lowered = f'lower(%(expressions)s COLLATE "{czech.COLLATION}")'
        template = rf"regexp_replace(normalize({lowered}, NFD), '[\u0300-\u036f]', '', 'g')"
        return super().as_sql(compiler, connection, template=template, **context)


class CodeOrder(Func):
    """What codes of numbers divided by dots are sorted by, each part as a number: 2, 2.2, 10."""

    function = "code_order"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "string_to_array(%(expressions)s, '.')::int[]"
        return super().as_sql(compiler, connection, template=template, **context)
