"""Every change leaves who, when and what; nobody overwrites what they have not seen."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts import search
from accounts.models import Deletion, User
from accounts.roles import Permission

BOOKKEEPING = frozenset({"id", "version", "created_at", "updated_at", "sort_key"})
"""Fields that say nothing of the record itself: no change to tell, nothing to restore."""

_records = HistoricalRecords(inherit=True)


class Audited(models.Model):
    """A record with a history and a version.

    The version grows with each save; a form sends back the one it was opened with.
    `program_lookup` leads to the program the record belongs to, as in a filter; it is empty
    for what belongs to none. `read_with` is the permission it takes to read its history,
    `edited_with` the one to change the record and so to restore it; None means that nobody
    restores it. `part_of` names the record that says how visible this one is, where it has
    no visibility of its own. Restoring leaves the fields in `not_restored` as they are.
    People find the record by its title and by what stands in `search_fields`, the team also
    by `search_team_fields`; what says nothing there is not found. None means that records
    of the kind are never searched.
    """

    program_lookup: ClassVar[str] = ""
    read_with: ClassVar[Permission] = Permission.VIEW_PROGRAM
    edited_with: ClassVar[Permission | None] = None
    part_of: ClassVar[str] = ""
    not_restored: ClassVar[Collection[str]] = ()
    title_related: ClassVar[Collection[str]] = ()
    search_fields: ClassVar[Collection[str] | None] = None
    search_team_fields: ClassVar[Collection[str]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    history = _records

    class Meta:
        abstract = True

    def linked_as(self, model: type[models.Model]) -> models.Model:
        """What others link to where they link to this record; itself, unless a model says so."""
        return self

    def edit_permission(self) -> Permission | None:
        return self.edited_with

    def title_in_history(self) -> str:
        """What the record is called among changes of others; may use `title_related`."""
        return str(self)

    def more_to_search(self) -> Iterable[str]:
        """Texts that stand in no field of the record and that it shall be found by."""
        return ()


class EditConflict(Exception):
    """Somebody saved the record after it was opened; `current` is what they saved."""

    def __init__(self, current: Audited | None) -> None:
        super().__init__("The record was changed by somebody else in the meantime.")
        self.current = current


def claim(record: Audited, *, version: int) -> None:
    """Lock a record that is about to be saved until the transaction ends.

    `version` is the one that was opened, 0 for a new record. Raises EditConflict when
    somebody saved or deleted the record since.
    """
    if record._state.adding:
        if version:
            raise EditConflict(None)
        return
    saved = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if saved is None or saved.version != version:
        raise EditConflict(saved)


@contextmanager
def change(record: Audited, *, by: User | None) -> Iterator[None]:
    """Whatever is saved inside, the record and its links, is one change in its history."""
    created = record._state.adding
    if not created:
        record.version += 1
        record.updated_at = timezone.now()
    with transaction.atomic():
        record.skip_history_when_saving = True  # type: ignore[attr-defined]
        try:
            yield
        finally:
            del record.skip_history_when_saving  # type: ignore[attr-defined]
        search.note(record)
        _write_history(record, "+" if created else "~", by)


def save_record(
    record: Audited,
    *,
    by: User | None,
    links: Mapping[str, Iterable[models.Model]] | None = None,
) -> None:
    """Save a record and set its many-to-many links as one change in its history."""
    with change(record, by=by):
        record.save()
        for name, linked in (links or {}).items():
            getattr(record, name).set(linked)


@transaction.atomic
def delete_record(
    record: Audited,
    *,
    by: User,
    along: Iterable[Audited] = (),
    cut: Mapping[str, Iterable[int]] | None = None,
) -> None:
    """Delete a record so that it can come back with everything that was linked to it.

    Links that lead to it are cut with a trace in the histories of those records, and
    `Deletion` remembers them; the record's own links stay in its last history row but one.
    What would go with the record is deleted the same way before it, and so are the records
    `along`, which hold it; they all come back with it. `cut` has keys of records whose links
    the caller has cut, by "application.model.field"; see `Audited.linked_as`. Raises
    django.db.models.ProtectedError when something else holds the record.
    """
    links = {path: list(keys) for path, keys in (cut or {}).items()}
    parts: list[list[Any]] = []
    for part in along:
        parts.append([part._meta.label_lower, part.pk])
        delete_record(part, by=by)
    for relation in record._meta.related_objects:
        model: Any = relation.related_model
        if not issubclass(model, Audited):
            continue
        name = relation.field.name
        linked = list(model._default_manager.filter(**{name: record}).order_by("pk"))
        if relation.many_to_many or relation.on_delete is models.SET_NULL:
            if linked:
                links[f"{model._meta.label_lower}.{name}"] = [other.pk for other in linked]
            for other in linked:
                _cut(other, name, record, by=by)
        elif relation.on_delete is models.CASCADE:
            for part in linked:
                parts.append([model._meta.label_lower, part.pk])
                delete_record(part, by=by)
    Deletion.objects.create(
        model=record._meta.label_lower, object_id=record.pk, links=links, parts=parts
    )
    _write_history(record, "~", by)
    record._history_user = by  # type: ignore[attr-defined]
    search.forget(record)
    record.delete()


def _cut(other: Audited, name: str, record: Audited, *, by: User) -> None:
    with change(other, by=by):
        if other._meta.get_field(name).many_to_many:
            getattr(other, name).remove(record)
        else:
            setattr(other, name, None)
        other.save()


def _write_history(record: Any, kind: str, by: User | None) -> None:
    record._history_user = by
    _records.create_historical_record(record, kind)
