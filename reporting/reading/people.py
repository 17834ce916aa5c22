"""Who takes part: actors, working groups and target groups, as functions."""

from typing import Any

from reporting import structure
from reporting.reading.scope import Scope
from reporting.structure import Term


def actors(scope: Scope) -> tuple[structure.Actor, ...]:
    return tuple(
        structure.Actor(
            name=actor.name,
            abbreviation=actor.abbreviation,
            aliases=tuple(actor.aliases),
            kind=_kind(actor),
            parent=actor.parent.name if actor.parent else "",
            functions=tuple(actor.functions),
            description=actor.description,
            key=actor.pk,
        )
        for actor in scope.program.actors.select_related("parent")
    )


def working_groups(scope: Scope) -> tuple[structure.WorkingGroup, ...]:
    groups = scope.program.working_groups.select_related("initiator")
    return tuple(
        structure.WorkingGroup(
            name=group.name,
            state=Term(group.state, str(group.get_state_display())),
            purpose=group.purpose,
            initiator=group.initiator.name if group.initiator else "",
            seats=tuple(
                structure.Seat(seat.function, seat.actor.name if seat.actor else "", _kind(seat))
                for seat in group.members.all()
            ),
            seats_complete=group.members_complete,
            key=group.pk,
        )
        for group in groups.prefetch_related("members__actor")
    )


def target_groups(scope: Scope) -> tuple[structure.TargetGroup, ...]:
    return tuple(
        structure.TargetGroup(
            group.name, tuple(group.aliases), _kind(group), group.description, key=group.pk
        )
        for group in scope.program.target_groups.all()
    )


def _kind(record: Any) -> Term:
    return Term(record.kind, str(record.get_kind_display()))
