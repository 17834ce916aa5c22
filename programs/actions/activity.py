"""Activities of a phase."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from accounts.ordering import put_at
from actors.models import Actor
from programs.actions.guards import ForeignRecord, require_own, require_own_goals
from programs.models import Activity, Goal, Phase, Source


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    opened_version: int,
    goals: Collection[Goal],
    actors: Collection[Actor],
    by: User,
    sources: Collection[Source] | None = None,
) -> Activity:
    """Add an activity to the end of its phase, change one, or move it to the end of another.

    Sources that are not given stay as they are. Raises accounts.audit.EditConflict and
    ForeignRecord as `save_consultation` does.
    """
    program = activity.phase.program
    require_own_goals(program, goals)
    require_own(program.actors.all(), actors)
    links = {"goals": goals, "actors": actors}
    if sources is not None:
        require_own(program.source_set.all(), sources)
        links["sources"] = sources
    audit.claim(activity, version=opened_version)
    before = Activity.objects.filter(pk=activity.pk).select_related("phase").first()
    if before is not None and before.phase.program_id != program.pk:
        raise ForeignRecord(str(activity.phase))
    if before is None or before.phase_id != activity.phase_id:
        # Two people adding at once take turns, so that each gets a place of their own.
        phase = Phase.objects.select_for_update().get(pk=activity.phase_id)
        last = phase.activities.aggregate(last=Max("position"))["last"]
        activity.position = (last or 0) + 1
    audit.save_record(activity, by=by, links=links)
    return activity


@transaction.atomic
def move_activity(*, activity: Activity, rank: int, by: User) -> None:
    """Put an activity at a rank among those of its phase; see `accounts.ordering.put_at`."""
    Phase.objects.select_for_update().get(pk=activity.phase_id)
    row = Activity.objects.filter(phase_id=activity.phase_id)
    put_at(record=activity, row=row, rank=rank, by=by)


def delete_activity(*, activity: Activity, by: User) -> None:
    """Delete an activity; consultations and recommendations that belonged to it stay."""
    audit.delete_record(activity, by=by)
