"""Records that stand in a row in their program: sources, steps, recommendations."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from accounts import audit
from accounts.models import User
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
    """Put a record at a rank among the others, 1 being the first; a rank too far is the last.

    The positions of the row are dealt out again among its records, so that numbers people
    cite keep their gaps. A record that changes its place gets an entry in its history.
    """
    Program.objects.select_for_update().get(pk=record.program_id)
    row = list(
        type(record)
        ._default_manager.filter(program_id=record.program_id)
        .order_by("position", "pk")
    )
    positions = [other.position for other in row]
    moved = next(other for other in row if other.pk == record.pk)
    row.remove(moved)
    row.insert(max(rank, 1) - 1, moved)
    changed = [
        (other, position)
        for other, position in zip(row, positions, strict=True)
        if other.position != position
    ]
    # Places are unique: first out of the way, then to where they belong.
    free = max(positions) + 1
    for number, (other, _position) in enumerate(changed):
        type(record)._default_manager.filter(pk=other.pk).update(position=free + number)
    for other, position in changed:
        other.position = position
        audit.save_record(other, by=by)
