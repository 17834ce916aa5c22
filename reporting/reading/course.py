"""How the program went: phases, their activities and the log of consultations."""

from django.db.models import Prefetch

from litvinov import narrative
from programs import models as programs
from programs.models.consultation import SMALLEST_TOLD_COUNT
from reporting import structure
from reporting.reading.scope import Scope, codes, names, term
from reporting.structure import Audience


def phases(
    scope: Scope,
) -> tuple[tuple[structure.Phase, ...], tuple[structure.Consultation, ...]]:
    """The phases with their consultations, and the consultations outside all phases."""
    by_phase: dict[int | None, list[structure.Consultation]] = {}
    log = programs.Consultation.objects.filter(program=scope.program).with_links(scope.visibilities)
    for consultation in log.prefetch_related("evidence").order_by("held_on", "pk"):
        read = _consultation(scope, consultation)
        by_phase.setdefault(consultation.phase_id, []).append(read)
    activities = programs.Activity.objects.visible_in(scope.visibilities).prefetch_related(
        "goals", "actors", "sources", "evidence"
    )
    found = programs.Phase.objects.filter(program=scope.program).prefetch_related(
        Prefetch("activities", activities)
    )
    read_phases = tuple(
        structure.Phase(
            number=phase.position,
            months=structure.Months(phase.first_month, phase.last_month),
            activities=tuple(_activity(scope, activity) for activity in phase.activities.all()),
            consultations=tuple(by_phase.get(phase.pk, [])),
            expert_comment=narrative.parse(phase.expert_comment),
            key=phase.pk,
        )
        for phase in found
    )
    return read_phases, tuple(by_phase.get(None, []))


def _activity(scope: Scope, activity: programs.Activity) -> structure.Activity:
    return structure.Activity(
        title=activity.title,
        goals=codes(activity.goals.all()),
        actors=names(activity.actors.all()),
        text=narrative.parse(activity.text),
        method=activity.method,
        place=activity.place,
        held_from=activity.held_from,
        held_to=activity.held_to,
        sources=scope.numbers(activity.sources.all()),
        evidence=scope.annexes(activity.evidence.all()),
        key=activity.pk,
    )


def _consultation(scope: Scope, consultation: programs.Consultation) -> structure.Consultation:
    return structure.Consultation(
        held_on=consultation.held_on,
        kind=term(programs.ConsultationKind(consultation.kind)),
        goals=codes(consultation.goals.all()),
        actors=names(consultation.actors.all()),
        attendances=tuple(_attendance(scope, row) for row in consultation.attendances.all()),
        outcome=narrative.parse(consultation.outcome),
        evidence=scope.annexes(consultation.evidence.all()),
        key=consultation.pk,
    )


def _attendance(scope: Scope, row: programs.Attendance) -> structure.Attendance:
    few = (
        scope.audience == Audience.PUBLIC
        and row.count is not None
        and row.count < SMALLEST_TOLD_COUNT
    )
    return structure.Attendance(row.target_group.name, None if few else row.count, few)
