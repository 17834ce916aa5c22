"""Founding a program: from nothing to a frame that people can begin to fill in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from actors.models import Locality, Municipality
from indicators.actions.adopted_criterion import adopt_criteria
from indicators.models import Criterion
from litvinov.czech import months_later
from programs import actions
from programs.models import Goal, NarrativeSection, Phase, Program, ProgramSection, ScheduleStep
from programs.skeleton import schedule_of


@dataclass(frozen=True)
class Founding:
    """What was decided; records without a key are created.

    With a `pattern` the frame is that of an earlier program: its sections, phases, schedule,
    goals and criteria, months moved to the new period. Nothing that was written in it comes
    along but the wording of the goals and of the steps.
    """

    program: Program
    municipality: Municipality | None = None
    locality: Locality | None = None
    criteria: Collection[Criterion] = field(default_factory=list)
    pattern: Program | None = None
    copy_goals: bool = False


@transaction.atomic
def found_program(*, founding: Founding, by: User) -> Program:
    """Found a program with its frame; the founder becomes its consultant.

    Raises NotAdoptable when the criteria do not go together.
    """
    program = founding.program
    if founding.municipality is not None and founding.municipality._state.adding:
        audit.save_record(founding.municipality, by=by)
    if founding.locality is not None:
        if founding.municipality is not None:
            founding.locality.municipality = founding.municipality
        audit.save_record(founding.locality, by=by)
        program.locality = founding.locality
    actions.begin_program(program=program, by=by)
    if founding.pattern is None:
        _lay_skeleton(program, by)
    else:
        _copy_frame(founding.pattern, program, founding, by)
    adopt_criteria(program=program, criteria=founding.criteria, by=by)
    return program


def _lay_skeleton(program: Program, by: User) -> None:
    sections = list(NarrativeSection.objects.all())
    actions.take_sections(program=program, sections=sections, by=by)
    actions.lay_quarterly_phases(program=program, by=by)
    for position, step in enumerate(schedule_of(program), start=1):
        first, last = step.months or (None, None)
        record = ScheduleStep(
            program=program,
            position=position,
            description=step.description,
            responsible=step.responsible,
            timing=step.timing,
            first_month=first,
            last_month=last,
        )
        audit.save_record(record, by=by)


def _copy_frame(pattern: Program, program: Program, founding: Founding, by: User) -> None:
    months = _months_between(pattern.first_month, program.first_month)
    for plan in ProgramSection.objects.filter(program=pattern).select_related("section"):
        copied = ProgramSection(program=program, section=plan.section, position=plan.position)
        audit.save_record(copied, by=by)
    phases = Phase.objects.filter(program=pattern)
    if not phases.exists():
        actions.lay_quarterly_phases(program=program, by=by)
    for phase in phases:
        copied_phase = Phase(program=program, position=phase.position)
        _move_months(phase, copied_phase, months)
        audit.save_record(copied_phase, by=by)
    for step in ScheduleStep.objects.filter(program=pattern):
        copied_step = ScheduleStep(
            program=program,
            position=step.position,
            description=step.description,
            responsible=step.responsible,
            timing=step.timing,
        )
        _move_months(step, copied_step, months)
        audit.save_record(copied_step, by=by)
    if founding.copy_goals:
        _copy_goals(pattern, program, by)
    if pattern.locality.municipality_id == program.locality.municipality_id:
        # Actors belong to a town; another one has its own.
        links = {
            name: getattr(pattern, name).all()
            for name in ("actors", "working_groups", "target_groups")
        }
        audit.save_record(program, by=by, links=links)


def _copy_goals(pattern: Program, program: Program, by: User) -> None:
    copies: dict[int, Goal] = {}
    # Superior goals come before those below them.
    for goal in Goal.objects.filter(program=pattern).order_by("sort_key", "pk"):
        copied = Goal(
            program=program,
            parent=copies.get(goal.parent_id) if goal.parent_id else None,
            code=goal.code,
            short_title=goal.short_title,
            wording=goal.wording,
        )
        audit.save_record(copied, by=by)
        copies[goal.pk] = copied


def _move_months(original: Any, copied: Any, months: int) -> None:
    for name in ("first_month", "last_month"):
        month = getattr(original, name)
        setattr(copied, name, None if month is None else months_later(month, months))


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
