"""Activities of a phase."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from actors.models import Actor
from programs.actions.guards import require_own, require_own_goals
from programs.models import Activity, Goal, Phase


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
    require_own_goals(program, goals)
    require_own(program.actors.all(), actors)
    audit.claim(activity, version=opened_version)
    if activity._state.adding:
        # Two people adding at once take turns, so that each gets a place of their own.
        Phase.objects.select_for_update().get(pk=activity.phase_id)
        last = activity.phase.activities.aggregate(last=Max("position"))["last"]
        activity.position = (last or 0) + 1
    audit.save_record(activity, by=by, links={"goals": goals, "actors": actors})
    return activity


def delete_activity(*, activity: Activity, by: User) -> None:
    """Delete an activity; consultations and recommendations that belonged to it stay."""
    audit.delete_record(activity, by=by)
