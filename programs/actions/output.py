"""Planned outputs."""

from collections.abc import Collection

from django.db import transaction

from accounts import audit
from accounts.models import User
from programs.actions.guards import ForeignRecord, require_own_goals
from programs.actions.positioned import save_positioned
from programs.models import Goal, Output, Recommendation


@transaction.atomic
def save_output(
    *,
    output: Output,
    opened_version: int,
    goals: Collection[Goal],
    recommendations: Collection[Recommendation],
    by: User,
) -> Output:
    """Add an output to the end of the row, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since, ForeignRecord for a goal
    or a recommendation of another program.
    """
    require_own_goals(output.program, goals)
    for recommendation in recommendations:
        if recommendation.program_id != output.program_id:
            raise ForeignRecord(str(recommendation))
    links = {"goals": goals, "recommendations": recommendations}
    saved: Output = save_positioned(
        record=output, opened_version=opened_version, links=links, by=by
    )
    return saved


def delete_output(*, output: Output, by: User) -> None:
    """Delete an output; goals and recommendations it was linked to stay."""
    audit.delete_record(output, by=by)
