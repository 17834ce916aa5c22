"""Phases of a program, and the comment on each."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from programs.models import Consultation, Phase, Program

QUARTER = 3  # months


@transaction.atomic
def save_phase(*, phase: Phase, opened_version: int, by: User) -> Phase:
    """Add a phase, or change its months; phases are numbered in the order of their months.

    Consultations follow: each belongs to the phase of its date. Raises
    accounts.audit.EditConflict when somebody saved the phase since it was opened, and
    ValidationError when its months overlap with those of another one.
    """
    program = _locked(phase.program_id)
    audit.claim(phase, version=opened_version)
    phase.require_own_months()
    if phase._state.adding:
        phase.position = _free_position(program)
    audit.save_record(phase, by=by)
    settle_phases(program=program, by=by)
    phase.refresh_from_db()
    return phase


@transaction.atomic
def delete_phase(*, phase: Phase, by: User) -> None:
    """Delete a phase without activities; those after it are numbered anew.

    Its consultations stay and belong to no phase. Raises ValidationError when it has
    activities.
    """
    program = _locked(phase.program_id)
    if phase.activities.exists():
        raise ValidationError(
            _("The phase has activities. Move them to another phase or delete them first."),
            code="has_activities",
        )
    audit.delete_record(phase, by=by)
    settle_phases(program=program, by=by)


@transaction.atomic
def lay_quarterly_phases(*, program: Program, by: User | None) -> list[Phase]:
    """Divide the period of a program without phases into quarters from its first month.

    The last phase is shorter when the months do not divide. Raises ValidationError when
    the program has phases already.
    """
    _locked(program.pk)
    if program.phase_set.exists():
        raise ValidationError(_("The program has its phases already."), code="has_phases")
    months = list(program.months())
    phases = []
    for number, start in enumerate(range(0, len(months), QUARTER), start=1):
        quarter = months[start : start + QUARTER]
        phase = Phase(
            program=program, position=number, first_month=quarter[0], last_month=quarter[-1]
        )
        audit.save_record(phase, by=by)
        phases.append(phase)
    _follow_phases(program, phases, by=by)
    return phases


@transaction.atomic
def settle_phases(*, program: Program, by: User | None) -> None:
    """Number the phases in the order of their months and let consultations follow them.

    Only what changes gets an entry in its history. Raises ValidationError when phases overlap.
    """
    phases = list(program.phase_set.order_by("first_month", "position"))
    for phase in phases:
        phase.require_own_months()
    changed = [
        (phase, number) for number, phase in enumerate(phases, start=1) if phase.position != number
    ]
    # Places are unique: first out of the way, then to where they belong.
    free = max((phase.position for phase in phases), default=0) + len(phases) + 1
    for place, (phase, _number) in enumerate(changed, start=free):
        Phase.objects.filter(pk=phase.pk).update(position=place)
    for phase, number in changed:
        phase.position = number
        audit.save_record(phase, by=by)
    _follow_phases(program, phases, by=by)


@transaction.atomic
def comment_phase(*, phase: Phase, opened_version: int, by: User) -> None:
    """Save the expert's comment on a phase; raises accounts.audit.EditConflict.

    A phase that was deleted while the comment was being written comes back with it.
    """
    if phase._state.adding:
        save_phase(phase=phase, opened_version=opened_version, by=by)
        return
    audit.claim(phase, version=opened_version)
    audit.save_record(phase, by=by)


def _locked(program_id: int) -> Program:
    """The program; people who change its phases at once take turns."""
    return Program.objects.select_for_update().get(pk=program_id)


def _free_position(program: Program) -> int:
    return max(program.phase_set.values_list("position", flat=True), default=0) + 1


def _follow_phases(program: Program, phases: Iterable[Phase], *, by: User | None) -> None:
    for consultation in Consultation.objects.select_for_update().filter(program=program):
        phase = _phase_of(consultation.held_on, phases)
        if consultation.phase_id != (phase.pk if phase else None):
            consultation.phase = phase
            audit.save_record(consultation, by=by)


def _phase_of(day: date, phases: Iterable[Phase]) -> Phase | None:
    month = day.replace(day=1)
    return next((one for one in phases if one.first_month <= month <= one.last_month), None)
