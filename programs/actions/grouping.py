"""Consultations of the log become an activity of the report, and may leave it again."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from actors.models import Actor
from litvinov import czech
from programs.actions.activity import save_activity
from programs.models import Activity, Consultation, Goal, Program, Source

Versions = Mapping[int, int]
"""Keys of consultations, each with the version the person saw."""


class NotLoose(ValidationError):
    """Some of the consultations changed since they were ticked; none of them was grouped."""


@transaction.atomic
def group_consultations(
    *,
    activity: Activity,
    opened_version: int,
    goals: Collection[Goal],
    actors: Collection[Actor],
    consultations: Versions,
    by: User,
    sources: Collection[Source] | None = None,
) -> Activity:
    """Save an activity and put loose consultations of its program into it, all or none.

    Raises what `save_activity` does, and NotLoose when somebody has grouped, changed or
    deleted one of the consultations meanwhile.
    """
    save_activity(
        activity=activity,
        opened_version=opened_version,
        goals=goals,
        actors=actors,
        sources=sources,
        by=by,
    )
    attach_consultations(activity=activity, consultations=consultations, by=by)
    return activity


@transaction.atomic
def attach_consultations(*, activity: Activity, consultations: Versions, by: User) -> None:
    """Put loose consultations into an activity that is there, all or none; raises NotLoose."""
    for consultation in _claimed(activity.phase.program, consultations, within=None):
        consultation.activity = activity
        audit.save_record(consultation, by=by)


@transaction.atomic
def release_consultations(*, activity: Activity, consultations: Versions, by: User) -> None:
    """Take consultations out of an activity; its text stays. Raises NotLoose."""
    for consultation in _claimed(activity.phase.program, consultations, within=activity):
        consultation.activity = None
        audit.save_record(consultation, by=by)


def _claimed(
    program: Program, versions: Versions, *, within: Activity | None
) -> list[Consultation]:
    """The consultations, locked, as the person saw them; raises NotLoose otherwise."""
    found = {
        consultation.pk: consultation
        for consultation in Consultation.objects.select_for_update()
        .filter(program=program, pk__in=list(versions))
        .order_by("pk")
    }
    reasons = []
    if len(found) < len(versions):
        reasons.append(_("One of the consultations was deleted meanwhile."))
    for key, consultation in found.items():
        named = {
            "date": czech.short_date(consultation.held_on),
            "kind": consultation.get_kind_display(),
        }
        if consultation.activity_id != (within.pk if within else None):
            reasons.append(_("Somebody has put %(date)s – %(kind)s elsewhere meanwhile.") % named)
        elif consultation.version != versions[key]:
            reasons.append(
                _("Somebody has changed %(date)s – %(kind)s meanwhile; check what it says now.")
                % named
            )
    if reasons:
        raise NotLoose(reasons)
    return list(found.values())
