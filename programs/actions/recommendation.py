"""What a program recommends, what the town says to it and what becomes of it."""

from collections.abc import Collection

from django.db import transaction

from accounts import audit
from accounts.models import User
from actors.models import Actor, TargetGroup
from programs.actions.guards import ForeignRecord, require_own, require_own_goals
from programs.actions.positioned import save_positioned
from programs.models import Goal, Recommendation


@transaction.atomic
def save_recommendation(
    *,
    recommendation: Recommendation,
    opened_version: int,
    goals: Collection[Goal],
    addressees: Collection[Actor],
    target_groups: Collection[TargetGroup],
    by: User,
) -> Recommendation:
    """Add a recommendation to the end of the row, or change what it says.

    Raises accounts.audit.EditConflict and ForeignRecord as `save_consultation` does.
    """
    program = recommendation.program
    require_own_goals(program, goals)
    require_own(program.actors.all(), addressees)
    require_own(program.target_groups.all(), target_groups)
    if recommendation.activity and recommendation.activity.phase.program_id != program.pk:
        raise ForeignRecord(str(recommendation.activity))
    links = {"goals": goals, "addressees": addressees, "target_groups": target_groups}
    saved: Recommendation = save_positioned(
        record=recommendation, opened_version=opened_version, by=by, links=links
    )
    return saved


@transaction.atomic
def respond_to_recommendation(
    *, recommendation: Recommendation, opened_version: int, by: User
) -> Recommendation:
    """Save what the town says; raises accounts.audit.EditConflict."""
    audit.claim(recommendation, version=opened_version)
    audit.save_record(recommendation, by=by)
    return recommendation


@transaction.atomic
def follow_up_recommendation(
    *, recommendation: Recommendation, opened_version: int, by: User
) -> Recommendation:
    """Save what became of it after the program; raises accounts.audit.EditConflict."""
    audit.claim(recommendation, version=opened_version)
    audit.save_record(recommendation, by=by)
    return recommendation


def delete_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """Delete a recommendation; outputs and evidence it was linked to stay."""
    audit.delete_record(recommendation, by=by)
