"""The index people search: kept by every audited write, asked in words.

What may be found follows from the records themselves: see `Audited.search_fields`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection, models, transaction
from django.db.models import F, Func, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import translation

from accounts.models import SearchEntry
from accounts.roles import Visibility
from litvinov import czech, highlight, narrative

# PostgreSQL keeps a megabyte of words of one text; nothing that is written comes near.
LONGEST_TEXT = 200_000

# --- keeping -------------------------------------------------------------------------------


def note(record: Any) -> None:
    """Let the record be found by what it says now, and by nothing it said before."""
    model = type(record)
    if is_searched(model):
        entries = list(_entries(record))
        gone = {False, True} - {entry.is_team_part for entry in entries}
        if not model.search_team_fields:
            gone.discard(True)
        if gone:
            of_record(record).filter(is_team_part__in=gone).delete()
        SearchEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["model", "object_id", "is_team_part"],
            update_fields=["program", "visibility", "title", "text", "title_words", "text_words"],
        )
    if hasattr(record, "visibility"):
        for part, name in _parts(model):
            keys = part._default_manager.filter(**{name: record}).values("pk")
            SearchEntry.objects.filter(model=part._meta.label_lower, object_id__in=keys).update(
                visibility=record.visibility
            )


def forget(record: Any) -> None:
    """Let the record, which is about to be deleted, be found no more."""
    if is_searched(type(record)):
        of_record(record).delete()


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; returns how many entries it has."""
    SearchEntry.objects.all().delete()
    for model in searched_models():
        for record in model._default_manager.select_related(*model.title_related).iterator():
            note(record)
    return SearchEntry.objects.count()


def is_searched(model: Any) -> bool:
    return getattr(model, "search_fields", None) is not None


def searched_models() -> list[Any]:
    """Every kind of record that can be found."""
    return [model for model in apps.get_models() if is_searched(model)]


def of_record(record: Any) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(model=record._meta.label_lower, object_id=record.pk)


def _entries(record: Any) -> Iterator[SearchEntry]:
    program = _program_of(record)
    if program is None and record.program_lookup:
        # Shared by all programs, such as an abbreviation everybody knows.
        return
    # Words of the application that titles are made of are searched in the first language.
    with translation.override(settings.LANGUAGE_CODE):
        title = record.title_in_history()
    texts = [*_texts(record, record.search_fields), *filter(None, record.more_to_search())]
    if texts:
        yield _entry(record, program, title, texts, _visibility_of(record))
    if team_texts := _texts(record, record.search_team_fields):
        yield _entry(record, program, title, team_texts, Visibility.TEAM, is_team_part=True)


def _entry(
    record: Any,
    program: int | None,
    title: str,
    texts: Iterable[str],
    visibility: Visibility,
    *,
    is_team_part: bool = False,
) -> SearchEntry:
    # What the title says is found by it; a hit shall not say it twice.
    text = "\n".join(text for text in texts if text not in title)[:LONGEST_TEXT]
    return SearchEntry(
        model=record._meta.label_lower,
        object_id=record.pk,
        is_team_part=is_team_part,
        program=program,
        visibility=visibility,
        title=title,
        text=text,
        title_words=" ".join(highlight.words(title)),
        text_words=" ".join(highlight.words(text)),
    )


def _program_of(record: Any) -> int | None:
    """The key of the program a record belongs to."""
    head, _sign, rest = record.program_lookup.partition("__")
    owner = record
    while rest:
        owner = getattr(owner, head)
        head, _sign, rest = rest.partition("__")
    if not head:
        return None
    return owner.pk if head == "pk" else getattr(owner, f"{head}_id")


def _visibility_of(record: Any) -> Visibility:
    whole = getattr(record, record.part_of) if record.part_of else record
    return Visibility(getattr(whole, "visibility", Visibility.PUBLIC))


def _texts(record: Any, fields: Iterable[str]) -> list[str]:
    """What stands in the fields, without Markdown."""
    return [text for name in fields if (text := _plain(record, name))]


def _plain(record: Any, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(record._meta.get_field(name), models.TextField):
        return narrative.plain_text(narrative.parse(value[:LONGEST_TEXT]))
    return str(value)


def _parts(model: Any) -> Iterator[tuple[Any, str]]:
    """Kinds of records that are as visible as those of the model, and how they name them."""
    for part in searched_models():
        if part.part_of and part._meta.get_field(part.part_of).related_model is model:
            yield part, part.part_of


# --- asking --------------------------------------------------------------------------------


def find(terms: highlight.Terms, readable: Q) -> QuerySet[SearchEntry]:
    """The entries among the readable ones that hold all the terms, in any order."""
    if not terms:
        return SearchEntry.objects.none()
    return _ENGINES[connection.vendor][0](SearchEntry.objects.filter(readable), terms)


def best_first(found: QuerySet[SearchEntry], terms: highlight.Terms) -> QuerySet[SearchEntry]:
    """The entries found by the terms: those first that hold them in their titles and often."""
    if not terms:
        return found
    return _ENGINES[connection.vendor][1](found, terms)


def _vector() -> Func:
    return Func(
        F("title_words"), F("text_words"), function="search_words", output_field=SearchVectorField()
    )


def _tsquery(terms: highlight.Terms) -> SearchQuery:
    """Words hold letters and digits only, so nothing in them is an operator."""
    written = [
        " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.is_beginning else "")
        for term in terms
    ]
    joined = " & ".join(f"({term})" for term in written)
    return SearchQuery(joined, config=czech.SEARCH_CONFIGURATION, search_type="raw")


def _find_in_postgresql(
    entries: QuerySet[SearchEntry], terms: highlight.Terms
) -> QuerySet[SearchEntry]:
    return entries.alias(vector=_vector()).filter(vector=_tsquery(terms))


def _rank_in_postgresql(
    found: QuerySet[SearchEntry], terms: highlight.Terms
) -> QuerySet[SearchEntry]:
    # A longer text is not the better for holding a word more often.
    rank = SearchRank(_vector(), _tsquery(terms), normalization=1)
    return found.annotate(rank=rank).order_by("-rank", "pk")


def _match(terms: highlight.Terms) -> str:
    """The same in the language of FTS5."""
    written = [f'"{" ".join(term.words)}"' + (" *" if term.is_beginning else "") for term in terms]
    return " AND ".join(written)


def _find_in_sqlite(
    entries: QuerySet[SearchEntry], terms: highlight.Terms
) -> QuerySet[SearchEntry]:
    held = RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [_match(terms)])
    return entries.filter(pk__in=held)


def _rank_in_sqlite(found: QuerySet[SearchEntry], terms: highlight.Terms) -> QuerySet[SearchEntry]:
    # bm25 is the smaller the better; a word in a title weighs as in PostgreSQL.
    rank = RawSQL(
        "(SELECT -bm25(search_words, 10.0, 1.0) FROM search_words"
        " WHERE search_words MATCH %s AND search_words.rowid = accounts_searchentry.id)",
        [_match(terms)],
        models.FloatField(),
    )
    return found.annotate(rank=rank).order_by("-rank", "pk")


_Step = Callable[[QuerySet[SearchEntry], highlight.Terms], QuerySet[SearchEntry]]
_ENGINES: dict[str, tuple[_Step, _Step]] = {
    "postgresql": (_find_in_postgresql, _rank_in_postgresql),
    "sqlite": (_find_in_sqlite, _rank_in_sqlite),
}
