"""What every action refuses: records of another program."""

from collections.abc import Iterable

from django.db.models import Model

from programs.models import Goal, Program


class ForeignRecord(Exception):
    """A record of one program was about to be linked to another program."""


def require_own_goals(program: Program, goals: Iterable[Goal]) -> None:
    """Raises ForeignRecord for a goal of another program."""
    for goal in goals:
        if goal.program_id != program.pk:
            raise ForeignRecord(str(goal))


def require_own(own: Iterable[Model], records: Iterable[Model]) -> None:
    """Actors and target groups must be among those the program has taken, else ForeignRecord."""
    known = set(own)
    for record in records:
        if record not in known:
            raise ForeignRecord(str(record))
