"""The history of a record, read for one person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from accounts.audit import BOOKKEEPING, Audited
from accounts.roles import Visibility
from litvinov import czech
from litvinov.fields import MonthField
from litvinov.words import Kind, Piece, compare

KINDS_OF_CHANGE = {
    "+": gettext_lazy("created"),
    "~": gettext_lazy("changed"),
    "-": gettext_lazy("deleted"),
}
"""What happened to a record, by the sign in its history."""


@dataclass(frozen=True)
class FieldChange:
    """`is_text` tells a written text from a value chosen whole, such as a level."""

    label: str
    old: str
    new: str
    is_text: bool = True

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What was taken out and put in: a text by words, a value as a whole."""
        if self.is_text:
            return compare(self.old, self.new)
        old, new = Piece(Kind.REMOVED, self.old), Piece(Kind.ADDED, self.new)
        if self.old and self.new:
            return (old, Piece(Kind.SAME, " "), new)
        return (new,) if self.new else (old,)


@dataclass(frozen=True)
class Change:
    """`row` is the key of the history row that tells of it; `version` the one it made."""

    when: datetime
    who: str
    kind: str
    what: str
    fields: tuple[FieldChange, ...]
    row: int
    version: int


def history_of(
    record: Audited,
    *,
    visibilities: Collection[Visibility],
    hidden: Collection[str] = (),
    part_of: Audited | None = None,
) -> list[Change]:
    """Every change of a record, newest first, as somebody with these visibilities may read it.

    Versions of a visibility the person may not read are left out whole, `hidden` fields
    everywhere. A record without a visibility of its own is as visible as the one it is
    `part_of` was at the time. A linked record the person may not read now is not named,
    and linking it is no change to them. The number of queries depends on the kind of the record,
    not on how often it was changed.
    """
    (changes,) = histories_of([(record, part_of)], visibilities=visibilities, hidden=hidden)
    return changes


def histories_of(
    records: Collection[tuple[Audited, Audited | None]],
    *,
    visibilities: Collection[Visibility],
    hidden: Collection[str] = (),
) -> list[list[Change]]:
    """As history_of for several records, each with the one it is part of.

    The number of queries depends on how many kinds of records there are.
    """
    rows = _rows_of([record for record, _whole in records])
    wholes = [whole for _record, whole in records if whole is not None]
    rows |= _rows_of([whole for whole in wholes if (type(whole), whole.pk) not in rows])
    readable = []
    for record, whole in records:
        versions = rows[type(whole), whole.pk] if whole is not None else []
        readable.append(
            [
                row
                for row in rows[type(record), record.pk]
                if _visibility_of(row, versions) in {None, *visibilities}
            ]
        )
    by_kind: dict[type[Audited], list[Any]] = {}
    for (record, _whole), own in zip(records, readable, strict=True):
        by_kind.setdefault(type(record), []).extend(own)
    readers = {
        model: _Reader(model, every, visibilities, hidden) for model, every in by_kind.items()
    }
    told = []
    for (record, _whole), own in zip(records, readable, strict=True):
        reader = readers[type(record)]
        pairs = zip(own, [None, *own], strict=False)
        changes = [reader.change(row, before) for row, before in pairs]
        told.append([change for change in reversed(changes) if change.fields or change.kind != "~"])
    return told


def _rows_of(records: Collection[Audited]) -> dict[tuple[type[Audited], int], list[Any]]:
    """The histories of some records, oldest first."""
    by_kind: dict[type[Audited], set[int]] = {}
    for record in records:
        by_kind.setdefault(type(record), set()).add(record.pk)
    found: dict[tuple[type[Audited], int], list[Any]] = {
        (model, key): [] for model, keys in by_kind.items() for key in keys
    }
    for model, keys in by_kind.items():
        rows = model.history.filter(id__in=keys).select_related("history_user")
        for row in rows.order_by("history_id"):
            found[model, row.id].append(row)
    return found


def changes_in(
    model: type[Audited],
    rows: list[Any],
    *,
    visibilities: Collection[Visibility],
    hidden: Collection[str] = (),
) -> dict[int, Change]:
    """What some rows of the histories of one kind of record tell, by the keys of the rows.

    Each is compared with the row before it, as far as the person may read that one.
    """
    objects = {row.id for row in rows}
    before: dict[int, Any] = {}
    last: dict[int, Any] = {}
    for row in model.history.filter(id__in=objects).order_by("history_id"):
        if row.id in last:
            before[row.history_id] = last[row.id]
        if _visibility_of(row, []) in {None, *visibilities}:
            last[row.id] = row
    reader = _Reader(model, [*rows, *before.values()], visibilities, hidden)
    return {row.history_id: reader.change(row, before.get(row.history_id)) for row in rows}


def _visibility_of(row: Any, whole: list[Any]) -> Visibility | None:
    """The visibility a version had; None when nothing ever restricted it."""
    if hasattr(row, "visibility"):
        return Visibility(row.visibility)
    before = [version for version in whole if version.history_date <= row.history_date]
    governing = before[-1:] or whole[:1]
    return Visibility(governing[0].visibility) if governing else None


def _is_written(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


class _Reader:
    """Turns history rows into words, having looked up all the names they mention."""

    def __init__(
        self,
        model: type[Audited],
        rows: list[Any],
        visibilities: Collection[Visibility],
        hidden: Collection[str],
    ) -> None:
        self.visibilities = visibilities
        left_out = BOOKKEEPING | set(hidden)
        self.fields = [field for field in model._meta.fields if field.name not in left_out]
        self.links = [
            model._meta.get_field(name)
            for name in getattr(model, "_history_m2m_fields", ())
            if name not in left_out
        ]
        self.names = {
            field.name: self._names(field, {getattr(row, field.attname) for row in rows})
            for field in self.fields
            if isinstance(field, models.ForeignKey)
        }
        self.linked = {field.name: self._linked(field, rows) for field in self.links}

    def change(self, row: Any, before: Any) -> Change:
        changed: list[FieldChange] = []
        if row.history_type != "-":
            changed += self._changes(self.fields, row, before, self._value)
            changed += self._changes(self.links, row, before, self._links)
        return Change(
            when=row.history_date,
            who=str(row.history_user) if row.history_user else _("the application"),
            kind=row.history_type,
            what=str(KINDS_OF_CHANGE[row.history_type]),
            fields=tuple(changed),
            row=row.history_id,
            version=row.version,
        )

    def _changes(self, fields: Iterable[Any], row: Any, before: Any, read: Any) -> Any:
        for field in fields:
            old, new = read(field, before) if before else "", read(field, row)
            if old != new:
                yield FieldChange(str(field.verbose_name), old, new, _is_written(field))

    def _value(self, field: Any, row: Any) -> str:
        value = getattr(row, field.attname)
        if value is None or value == "":
            return ""
        if isinstance(field, models.ForeignKey):
            return self.names[field.name].get(value, _("deleted record"))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(field, MonthField):
            return date_format(value, "YEAR_MONTH_FORMAT")
        if isinstance(field, models.DateField):
            return date_format(value, "SHORT_DATE_FORMAT")
        if isinstance(value, Decimal):
            return czech.number(value)
        if isinstance(value, list):
            return ", ".join(value)
        return str(value)

    def _links(self, field: Any, row: Any) -> str:
        return ", ".join(self.linked[field.name].get(row.history_id, []))

    def _names(self, field: Any, keys: set[Any]) -> dict[Any, str]:
        """Names of linked records by their keys, empty where the person may not read them."""
        model = field.related_model
        named = model._default_manager.all()
        if related := getattr(model, "title_related", ()):
            named = named.select_related(*related)
        found = named.in_bulk(keys - {None})
        return {key: str(record) if self._may_read(record) else "" for key, record in found.items()}

    def _may_read(self, record: Any) -> bool:
        return getattr(record, "visibility", None) in {None, *self.visibilities}

    def _linked(self, field: Any, rows: list[Any]) -> dict[int, list[str]]:
        target = field.m2m_reverse_field_name()
        history = HistoricalRecords.m2m_models[field].objects.filter(history__in=rows)
        links = list(history.order_by("pk"))
        names = self._names(field, {getattr(link, f"{target}_id") for link in links})
        found: dict[int, list[str]] = {}
        for link in links:
            name = names.get(getattr(link, f"{target}_id"), _("deleted record"))
            if not name:
                continue
            count = getattr(link, "count", None)
            found.setdefault(link.history_id, []).append(f"{name} ({count})" if count else name)
        return found


def recall(records: Collection[Any], paths: Iterable[str]) -> None:
    """Give records out of a history the records along `paths`, as in select_related.

    What was deleted meanwhile is given as it last was. The number of queries depends on
    the paths, not on how many records there are.
    """
    for path in paths:
        name, _sign, rest = path.partition("__")
        by_model: dict[Any, list[Any]] = {}
        for record in records:
            by_model.setdefault(type(record), []).append(record)
        for model, alike in by_model.items():
            field = model._meta.get_field(name)
            found = _as_they_last_were(
                field.related_model, {getattr(record, field.attname) for record in alike} - {None}
            )
            for record in alike:
                target = found.get(getattr(record, field.attname))
                if target is not None:
                    setattr(record, name, target)
            if rest:
                recall(list(found.values()), [rest])


def _as_they_last_were(model: Any, keys: set[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = model._default_manager.in_bulk(keys)
    missing = keys - found.keys()
    if missing and issubclass(model, Audited):
        rows = model.history.filter(id__in=missing).order_by("history_id")
        found |= {row.id: row.instance for row in rows}
    return found
