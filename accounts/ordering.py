"""Records in an order that people choose."""

from typing import Any

from django.db.models import QuerySet

from accounts import audit
from accounts.models import User


def put_at(*, record: Any, row: QuerySet[Any], rank: int, by: User) -> None:
    """Put a record at a rank in its row, 1 being the first; a rank too far is the last.

    `row` is every record the positions are unique among. Call it inside a transaction that
    has locked what the row belongs to. The positions are dealt out again among the records,
    so that numbers people cite keep their gaps. A record that changes its place gets an
    entry in its history.
    """
    records = list(row.order_by("position", "pk"))
    positions = [other.position for other in records]
    moved = next(other for other in records if other.pk == record.pk)
    records.remove(moved)
    records.insert(max(rank, 1) - 1, moved)
    changed = [
        (other, position)
        for other, position in zip(records, positions, strict=True)
        if other.position != position
    ]
    # Places are unique: first out of the way, then to where they belong.
    free = max(positions) + 1
    for number, (other, _position) in enumerate(changed):
        row.filter(pk=other.pk).update(position=free + number)
    for other, position in changed:
        other.position = position
        audit.save_record(other, by=by)
