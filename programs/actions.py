"""Every change of a program's records, each leaving who, when and what."""

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from actors.models import Actor, TargetGroup
from programs.models import (
    Abbreviation,
    Activity,
    Attendance,
    Consultation,
    Goal,
    Phase,
    Program,
    Recommendation,
    Theme,
)


class ForeignRecord(Exception):
    """A record of one program was about to be linked to another program."""


class CodeTaken(ValidationError):
    """Another goal of the program has the code, or the program has a long-term goal already."""

    def __init__(self, code: str) -> None:
        message = (
            _("The code %(code)s is already used by another goal.")
            if code
            else _("The program already has its long-term goal; give this one a code.")
        )
        super().__init__({"code": ValidationError(message, code="taken", params={"code": code})})


@transaction.atomic
def save_consultation(
    *,
    consultation: Consultation,
    opened_version: int,
    goals: Collection[Goal],
    actors: Collection[Actor],
    attendances: Mapping[TargetGroup, int | None],
    by: User,
) -> Consultation:
    """Log a consultation, or change one; its phase follows from its date.

    `opened_version` is the version the person saw, 0 for a new entry. Raises
    accounts.audit.EditConflict when somebody saved the entry since, and ForeignRecord
    when a goal, actor, group or activity belongs to another program.
    """
    program = consultation.program
    _require_own_goals(program, goals)
    _require_own(program.actors.all(), actors)
    _require_own(program.target_groups.all(), attendances)
    if consultation.activity and consultation.activity.phase.program_id != program.pk:
        raise ForeignRecord(str(consultation.activity))
    audit.claim(consultation, version=opened_version)
    consultation.phase = program.phase_on(consultation.held_on)
    with audit.change(consultation, by=by):
        consultation.save()
        consultation.goals.set(goals)
        consultation.actors.set(actors)
        consultation.attendances.all().delete()
        Attendance.objects.bulk_create(
            Attendance(consultation=consultation, target_group=group, count=count)
            for group, count in attendances.items()
        )
    return consultation


def delete_consultation(*, consultation: Consultation, by: User) -> None:
    audit.delete_record(consultation, by=by)


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    opened_version: int,
    goals: Collection[Goal],
    actors: Collection[Actor],
    by: User,
) -> Activity:
    """Add an activity to the end of its phase, or change one.

    Raises accounts.audit.EditConflict and ForeignRecord as `save_consultation` does.
    """
    program = activity.phase.program
    _require_own_goals(program, goals)
    _require_own(program.actors.all(), actors)
    audit.claim(activity, version=opened_version)
    if activity._state.adding:
        # Two people adding at once take turns, so that each gets a place of their own.
        Phase.objects.select_for_update().get(pk=activity.phase_id)
        last = activity.phase.activities.aggregate(last=Max("position"))["last"]
        activity.position = (last or 0) + 1
    audit.save_record(activity, by=by, links={"goals": goals, "actors": actors})
    return activity


@transaction.atomic
def delete_activity(*, activity: Activity, by: User) -> None:
    """Delete an activity; consultations and recommendations that belonged to it stay."""
    # The database would cut these links, too, but without a trace in their histories.
    linked: list[Consultation | Recommendation] = [
        *activity.consultations.all(),
        *activity.recommendations.all(),
    ]
    for record in linked:
        record.activity = None
        audit.save_record(record, by=by)
    audit.delete_record(activity, by=by)


@transaction.atomic
def comment_phase(*, phase: Phase, opened_version: int, by: User) -> None:
    """Save the expert's comment on a phase; raises accounts.audit.EditConflict."""
    audit.claim(phase, version=opened_version)
    audit.save_record(phase, by=by)


@transaction.atomic
def save_goal(*, goal: Goal, opened_version: int, by: User) -> Goal:
    """Add or change a goal, its wording or its evaluation.

    Raises accounts.audit.EditConflict when somebody saved it since, CodeTaken when its
    code is taken, ForeignRecord when its superior goal belongs to another program.
    """
    if goal.parent and goal.parent.program_id != goal.program_id:
        raise ForeignRecord(str(goal.parent))
    # People who change the tree at once take turns, so that no code is given twice.
    Program.objects.select_for_update().get(pk=goal.program_id)
    audit.claim(goal, version=opened_version)
    namesakes = Goal.objects.filter(program_id=goal.program_id, code=goal.code)
    if namesakes.exclude(pk=goal.pk).exists():
        raise CodeTaken(goal.code)
    audit.save_record(goal, by=by)
    return goal


@transaction.atomic
def save_theme(*, theme: Theme, opened_version: int, by: User) -> Theme:
    """Add or rename a theme; raises accounts.audit.EditConflict."""
    audit.claim(theme, version=opened_version)
    audit.save_record(theme, by=by)
    return theme


@transaction.atomic
def save_abbreviation(*, abbreviation: Abbreviation, opened_version: int, by: User) -> Abbreviation:
    """Add or change an abbreviation; raises accounts.audit.EditConflict."""
    audit.claim(abbreviation, version=opened_version)
    audit.save_record(abbreviation, by=by)
    return abbreviation


def _require_own_goals(program: Program, goals: Iterable[Goal]) -> None:
    for goal in goals:
        if goal.program_id != program.pk:
            raise ForeignRecord(str(goal))


def _require_own(own: Iterable[Model], records: Iterable[Model]) -> None:
    """Actors and target groups must be among those the program has taken."""
    known = set(own)
    for record in records:
        if record not in known:
            raise ForeignRecord(str(record))
