"""Records that stand in a row in their program: sources, steps, recommendations."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from accounts import audit
from accounts.models import User
from accounts.ordering import put_at
from programs.models import Program
from programs.models.base import PositionedRecord


@transaction.atomic
def save_positioned(
    *,
    record: PositionedRecord,
    opened_version: int,
    by: User,
    links: Mapping[str, Iterable[Model]] | None = None,
) -> Any:
    """Add a record to the end of its row, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened.
    """
    audit.claim(record, version=opened_version)
    if record._state.adding:
        # Two people adding at once take turns, so that each gets a place of their own.
        Program.objects.select_for_update().get(pk=record.program_id)
        row = type(record)._default_manager.filter(program_id=record.program_id)
        record.position = (row.aggregate(last=Max("position"))["last"] or 0) + 1
    audit.save_record(record, by=by, links=links)
    return record


@transaction.atomic
def move_positioned(*, record: PositionedRecord, rank: int, by: User) -> None:
    """Put a record at a rank among those of its program; see `accounts.ordering.put_at`."""
    Program.objects.select_for_update().get(pk=record.program_id)
    row = type(record)._default_manager.filter(program_id=record.program_id)
    put_at(record=record, row=row, rank=rank, by=by)
