"""Every change leaves who, when and what; nobody overwrites what they have not seen."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User

_records = HistoricalRecords(inherit=True)


class Audited(models.Model):
    """A record with a history and a version.

    The version grows with each save; a form sends back the one it was opened with.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    history = _records

    class Meta:
        abstract = True


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
def delete_record(record: Audited, *, by: User) -> None:
    """Delete a record; its last history row but one keeps the links the deletion removes."""
    _write_history(record, "~", by)
    record._history_user = by  # type: ignore[attr-defined]
    record.delete()


def _write_history(record: Any, kind: str, by: User | None) -> None:
    record._history_user = by
    _records.create_historical_record(record, kind)
