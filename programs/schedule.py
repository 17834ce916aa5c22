"""The plan of a program beside what really happened, read for one person.

No step knows which activities carried it out, so nothing here pretends to: the two stand side
by side, and what they have in common are the months.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.roles import Visibility
from programs import gantt
from programs.models import Activity, Consultation, Phase, Program, ScheduleStep
from programs.models.schedule import StepTiming


@dataclass
class Month:
    """A month of the table: which steps were planned for it, and what happened in it."""

    first_day: date
    steps: list[int] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    consultations: int = 0


@dataclass
class Stretch:
    """The months of a phase, or some outside of all of them; `undated` knows no days."""

    phase: Phase | None
    months: list[Month] = field(default_factory=list)
    undated: list[Activity] = field(default_factory=list)


@dataclass(frozen=True)
class Schedule:
    """Steps are numbered as in the report, activities in the order they are listed here."""

    steps: list[ScheduleStep]
    continuous: list[int]
    activities: list[Activity]
    stretches: list[Stretch]
    chart: gantt.Gantt
    consultation_count: int

    @property
    def is_empty(self) -> bool:
        return not (self.steps or self.activities or self.consultation_count)


def read_schedule(
    program: Program, visibilities: Collection[Visibility], *, today: date
) -> Schedule:
    """Everything the schedule shows, in a fixed number of queries.

    Activities come with the attribute `number`, steps as well.
    """
    steps = _numbered(ScheduleStep.objects.filter(program=program))
    phases = list(Phase.objects.filter(program=program))
    visible = Activity.objects.visible_in(visibilities).filter(phase__program=program)
    activities = _numbered(visible.select_related("phase"))
    held = list(Consultation.objects.filter(program=program).values_list("held_on", flat=True))
    dated = [activity for activity in activities if activity.held_from]
    undated = Counter(activity.phase_id for activity in activities if not activity.held_from)
    periods = {
        phase.pk: gantt.Period(str(phase), phase.first_month, phase.last_month) for phase in phases
    }
    chart = gantt.draw(
        gantt.Facts(
            program=gantt.Period(program.title, program.first_month, program.last_month),
            phases=list(periods.values()),
            steps=[
                gantt.PlannedStep(
                    number=step.number,
                    text=step.description,
                    timing=gantt.Timing(step.timing),
                    first=step.first_month,
                    last=step.last_month,
                )
                for step in steps
            ],
            activities=[
                gantt.Happening(activity.number, activity.held_from, last_day(activity))
                for activity in dated
            ],
            undated=[(periods[phase.pk], undated[phase.pk]) for phase in phases],
            consultations=held,
            today=today,
        )
    )
    return Schedule(
        steps=steps,
        continuous=[step.number for step in steps if step.timing == StepTiming.CONTINUOUS],
        activities=activities,
        stretches=_stretches(chart, steps, phases, activities, held),
        chart=chart,
        consultation_count=len(held),
    )


def last_day(activity: Activity) -> date:
    """The last day of an activity whose first one is known."""
    last: date | None = activity.held_to or activity.held_from
    if last is None:
        raise ValueError("The activity has no days.")
    return last


def _numbered(records: Iterable[Any]) -> list[Any]:
    numbered = list(records)
    for number, record in enumerate(numbered, start=1):
        record.number = number
    return numbered


def _stretches(
    chart: gantt.Gantt,
    steps: list[Any],
    phases: list[Phase],
    activities: list[Activity],
    held: list[date],
) -> list[Stretch]:
    """The months shown in the chart, and any others in which something happened."""
    months = {day: Month(day) for day in gantt.months_between(chart.first, chart.last)}
    for day in held:
        _month(months, day).consultations += 1
    for activity in activities:
        if activity.held_from:
            for first_day in gantt.months_between(activity.held_from, last_day(activity)):
                _month(months, first_day).activities.append(activity)
    for step in steps:
        if step.first_month:
            last = step.last_month or chart.last
            for first_day in gantt.months_between(step.first_month, last):
                if first_day in months:
                    months[first_day].steps.append(step.number)
    stretches: list[Stretch] = []
    for day in sorted(months):
        phase = next((one for one in phases if one.first_month <= day <= one.last_month), None)
        if not stretches or stretches[-1].phase != phase:
            stretches.append(Stretch(phase))
        stretches[-1].months.append(months[day])
    for stretch in stretches:
        if stretch.phase:
            stretch.undated = [
                activity
                for activity in activities
                if not activity.held_from and activity.phase_id == stretch.phase.pk
            ]
    return stretches


def _month(months: dict[date, Month], day: date) -> Month:
    first_day = gantt.month_of(day)
    return months.setdefault(first_day, Month(first_day))
