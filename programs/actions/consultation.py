"""Logging consultations."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from accounts import audit
from accounts.models import User
from actors.models import Actor, ActorKind, TargetGroup
from programs.actions.actor import add_actor
from programs.actions.guards import ForeignRecord, require_own, require_own_goals
from programs.models import Attendance, Consultation, Goal


@transaction.atomic
def save_consultation(
    *,
    consultation: Consultation,
    opened_version: int,
    goals: Collection[Goal],
    actors: Collection[Actor],
    attendances: Mapping[TargetGroup, int | None],
    by: User,
    new_actors: Iterable[str] = (),
    new_actor_kind: str = ActorKind.ORGANISATION,
) -> Consultation:
    """Log a consultation, or change one; its phase follows from its date.

    `opened_version` is the version the person saw, 0 for a new entry. Actors named in
    `new_actors` are taken from the town's register, or added to it when it has none of
    that name. Raises accounts.audit.EditConflict when somebody saved the entry since, and
    ForeignRecord when a goal, actor, group or activity belongs to another program.
    """
    program = consultation.program
    require_own_goals(program, goals)
    require_own(program.actors.all(), actors)
    require_own(program.target_groups.all(), attendances)
    if consultation.activity and consultation.activity.phase.program_id != program.pk:
        raise ForeignRecord(str(consultation.activity))
    audit.claim(consultation, version=opened_version)
    consultation.phase = program.phase_on(consultation.held_on)
    added = [
        add_actor(program=program, name=name, kind=new_actor_kind, by=by) for name in new_actors
    ]
    with audit.change(consultation, by=by):
        consultation.save()
        consultation.goals.set(goals)
        consultation.actors.set({*actors, *added})
        consultation.attendances.all().delete()
        Attendance.objects.bulk_create(
            Attendance(consultation=consultation, target_group=group, count=count)
            for group, count in attendances.items()
        )
    return consultation


def delete_consultation(*, consultation: Consultation, by: User) -> None:
    audit.delete_record(consultation, by=by)
