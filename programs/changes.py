"""Every change in a program, newest first, as one person may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.history import KINDS_OF_CHANGE, Change, changes_in, recall
from accounts.models import User
from accounts.roles import Visibility
from programs.access import ProgramAccess
from programs.models import Program


@dataclass(frozen=True)
class Entry:
    """A change with the record it was made to; `title` is how it is called now.

    `is_current` tells that the record still is what this change made of it.
    """

    change: Change
    model: str
    kind: str
    object_id: int
    title: str
    exists: bool
    is_current: bool
    may_restore: bool


@dataclass(frozen=True)
class Choice:
    """Which changes are asked for; None asks for all. `until` belongs to the time."""

    person: User | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    deleted: bool = False


@dataclass(frozen=True)
class Latest:
    """One of the newest changes, told in a line."""

    when: datetime
    who: str
    kind: str
    what: str
    title: str


@dataclass(frozen=True)
class _Told:
    """A row of a history; `record` is the living one, `shown` what the person may see of it."""

    row: Any
    record: Any
    shown: Any
    is_hidden: bool


def kinds() -> dict[str, type[Audited]]:
    """Every kind of record that belongs to a program, by its name in an address."""
    return {
        model._meta.model_name or "": model
        for model in apps.get_models()
        if issubclass(model, Audited) and model.program_lookup
    }


def history_in(model: Any, program: Program, lookup: str = "") -> QuerySet[Any]:
    """All history rows of one kind in a program, of deleted records as well."""
    head, _sign, rest = (lookup or model.program_lookup).partition("__")
    if head == "pk":
        return model.history.filter(id=program.pk)
    if not rest:
        return model.history.filter(**{head: program})
    # Through the history of what it belongs to: that may have been deleted, too.
    parents = history_in(model._meta.get_field(head).related_model, program, rest)
    return model.history.filter(**{f"{head}_id__in": parents.values("id")})


class ProgramChanges:
    """The changes of a program as a list that is read by pages.

    A page takes a number of queries that depends on how many kinds of records it shows,
    not on how many changes there are.
    """

    def __init__(self, access: ProgramAccess, choice: Choice, hidden: Collection[str]) -> None:
        self.access, self.choice, self.hidden = access, choice, hidden

    @cached_property
    def kinds(self) -> dict[str, type[Audited]]:
        return {
            name: model
            for name, model in kinds().items()
            if model.read_with in self.access.permissions
        }

    @cached_property
    def _rows(self) -> Any:
        chosen = [self.choice.kind] if self.choice.kind else list(self.kinds)
        return _newest_first([self._of_kind(name) for name in chosen])

    def _of_kind(self, name: str) -> QuerySet[Any]:
        model = self.kinds[name]
        rows = _visible(model, history_in(model, self.access.program), self.access.visibilities)
        choice = self.choice
        if choice.person is not None:
            rows = rows.filter(history_user=choice.person)
        if choice.since is not None:
            rows = rows.filter(history_date__gte=_midnight(choice.since))
        if choice.until is not None:
            rows = rows.filter(history_date__lt=_midnight(choice.until, days_later=1))
        if choice.deleted:
            rows = rows.filter(history_type="-").exclude(id__in=model._default_manager.values("pk"))
        return rows.order_by().annotate(record_kind=Value(name))

    def latest(self, number: int) -> list[Latest]:
        """The newest changes without what they changed.

        The number of queries depends on how many kinds of records they are of.
        """
        queries = []
        for name in self.kinds:
            rows = self._of_kind(name)
            if any(hasattr(self.kinds[name], field) for field in self.hidden):
                # It may have been a part they do not read.
                rows = rows.exclude(history_type="~")
            queries.append(rows)
        listed = _newest_first(queries, "history_type", "history_user", "id")[: 2 * number]
        newest = _without_last_states(listed)[:number]
        people = User.objects.in_bulk({person for *_rest, person, _key in newest if person})
        rows_of: dict[str, list[int]] = {}
        for _when, row, kind, _change, _person, _key in newest:
            rows_of.setdefault(kind, []).append(row)
        titles = {
            (kind, told.row.history_id): told.shown.title_in_history()
            for kind, rows in rows_of.items()
            for told in self._told(kind, rows)
        }
        return [
            Latest(
                when=when,
                who=str(people[person]) if person in people else str(_("the application")),
                kind=capfirst(str(self.kinds[kind]._meta.verbose_name)),
                what=str(KINDS_OF_CHANGE[change]),
                title=titles[kind, row],
            )
            for when, row, kind, change, person, _key in newest
        ]

    def count(self) -> int:
        return int(self._rows.count())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Entry]:
        rows = list(self._rows[part])
        found: dict[tuple[str, int], Entry] = {}
        for name in {kind for _when, _row, kind in rows}:
            keys = [row for _when, row, kind in rows if kind == name]
            found |= {(name, entry.change.row): entry for entry in self._entries(name, keys)}
        entries = [found[kind, row] for _when, row, kind in rows]
        # What only a part they may not read has changed is no change to them.
        return [entry for entry in entries if entry.change.fields or entry.change.kind != "~"]

    def _told(self, name: str, keys: list[int]) -> list["_Told"]:
        """Rows of the histories of one kind, each with the record as the person may see it."""
        model = self.kinds[name]
        rows = list(model.history.filter(history_id__in=keys).select_related("history_user"))
        living = (
            model._default_manager.filter(pk__in={row.id for row in rows})
            .select_related(*model.title_related)
            .in_bulk()
        )
        # What is hidden from them now is called as it was when they could read it.
        hidden = {
            key
            for key, record in living.items()
            if getattr(record, "visibility", None) not in {None, *self.access.visibilities}
        }
        gone = {row.id: row.instance for row in rows if row.id not in living.keys() - hidden}
        recall(list(gone.values()), model.title_related)
        return [
            _Told(
                row=row,
                record=living.get(row.id),
                shown=gone.get(row.id, living.get(row.id)),
                is_hidden=row.id in hidden,
            )
            for row in rows
        ]

    def _entries(self, name: str, keys: list[int]) -> list[Entry]:
        model, told = self.kinds[name], self._told(name, keys)
        rows = [one.row for one in told]
        changes = changes_in(model, rows, visibilities=self.access.visibilities, hidden=self.hidden)
        return [
            Entry(
                change=changes[one.row.history_id],
                model=name,
                kind=capfirst(str(model._meta.verbose_name)),
                object_id=one.row.id,
                title=one.shown.title_in_history(),
                exists=one.record is not None,
                is_current=one.record is not None and one.record.version == one.row.version,
                may_restore=not one.is_hidden
                and one.shown.edit_permission() in self.access.permissions,
            )
            for one in told
        ]


def _newest_first(kinds_of_rows: list[QuerySet[Any]], *more: str) -> QuerySet[Any]:
    """History rows of several kinds as one list: when, key and kind, and `more` of each."""
    first, *others = [
        rows.values_list("history_date", "history_id", "record_kind", *more)
        for rows in kinds_of_rows
    ]
    return first.union(*others, all=True).order_by("-history_date", "-history_id")


def _without_last_states(rows: Iterable[Any]) -> list[Any]:
    """Rows, newest first, without the state a record is noted with just before it is deleted."""
    kept: list[Any] = []
    deleted: set[tuple[str, int]] = set()
    for row in rows:
        _when, _row, kind, change, _person, key = row
        if change == "-":
            deleted.add((kind, key))
        elif (kind, key) in deleted:
            deleted.remove((kind, key))
            if change == "~":
                continue
        kept.append(row)
    return kept


def _visible(
    model: type[Audited], rows: QuerySet[Any], visibilities: Collection[Visibility]
) -> QuerySet[Any]:
    """Without versions the person may not read.

    A part of another record is left out whole when that one was ever hidden from them.
    """
    seen = list(visibilities)
    if any(field.name == "visibility" for field in model._meta.fields):
        return rows.filter(visibility__in=seen)
    if model.part_of:
        whole: Any = model._meta.get_field(model.part_of).related_model
        hidden = whole.history.exclude(visibility__in=seen).values("id")
        return rows.exclude(**{f"{model.part_of}_id__in": hidden})
    return rows


def _midnight(day: date, *, days_later: int = 0) -> datetime:
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start + timedelta(days=days_later)
