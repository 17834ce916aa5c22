"""What a person wrote lately in a program, offered to them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from programs.models import Consultation, Program

LOOKED_AT = 5
MOST_OFFERED = 5


@dataclass(frozen=True)
class LastUsed:
    """Keys of what was used, the latest first; `kind` is empty when there was nothing."""

    kind: str = ""
    goals: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()


def last_used(program: Program, user: User) -> LastUsed:
    """From the entries of the log that the person wrote last."""
    logged = list(
        Consultation.objects.filter(program=program)
        .logged_by(user)
        .prefetch_related("goals", "actors")
        .order_by("-pk")[:LOOKED_AT]
    )
    if not logged:
        return LastUsed()
    return LastUsed(
        kind=logged[0].kind,
        goals=_latest(entry.goals.all() for entry in logged),
        actors=_latest(entry.actors.all() for entry in logged),
    )


def _latest(linked: Iterable[Iterable[Any]]) -> tuple[int, ...]:
    keys = dict.fromkeys(record.pk for records in linked for record in records)
    return tuple(keys)[:MOST_OFFERED]
