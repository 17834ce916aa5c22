"""The plan and how it went: schedule, phases, activities and consultations."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import czech
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.written import consultation_place
from reporting.structure import Months, Phase


def no_phases(checked: Checked) -> Iterator[Problem]:
    if not checked.report.phases:
        yield Problem(_("The program has no phase."), Target(Kind.PHASE))


def phases_with_gaps(checked: Checked) -> Iterator[Problem]:
    """Phases follow each other and cover the whole period of the program."""
    period, phases = checked.report.identification.period, checked.report.phases
    if not phases:
        return
    if phases[0].months.first != period.first:
        yield _at(_("Phase %(number)s does not begin with the program."), phases[0])
    for before, phase in pairwise(phases):
        if phase.months.first != czech.months_later(before.months.last, 1):
            yield _at(_("Phase %(number)s does not follow the one before it."), phase)
    if phases[-1].months.last != period.last:
        yield _at(_("Phase %(number)s does not end with the program."), phases[-1])


def _at(sentence: str, phase: Phase) -> Problem:
    target = Target(Kind.PHASE, phase.key, "first_month")
    return Problem(sentence % {"number": phase.number}, target)


def uncommented(checked: Checked) -> Iterator[Problem]:
    for phase in checked.report.phases:
        if not phase.expert_comment:
            sentence = _("Phase %(number)s has no comment of the expert.")
            yield Problem(
                sentence % {"number": phase.number},
                Target(Kind.COMMENT, phase.number, "expert_comment"),
            )


def inactive(checked: Checked) -> Iterator[Problem]:
    for phase in checked.report.phases:
        if not phase.activities:
            sentence = _("Phase %(number)s has no activity.")
            yield Problem(sentence % {"number": phase.number}, Target(Kind.ACTIVITY))


def activities_without_goal(checked: Checked) -> Iterator[Problem]:
    for phase in checked.report.phases:
        for activity in phase.activities:
            if not activity.goals:
                sentence = _("The activity %(title)s belongs to no goal.")
                target = Target(Kind.ACTIVITY, activity.key, "goals")
                yield Problem(sentence % {"title": f"„{activity.title}“"}, target)


def misplaced_activities(checked: Checked) -> Iterator[Problem]:
    for phase in checked.report.phases:
        for activity in phase.activities:
            days = [day for day in (activity.held_from, activity.held_to) if day]
            if any(not _within(day.replace(day=1), phase.months) for day in days):
                sentence = _("The activity %(title)s has dates outside phase %(number)s.")
                values = {"title": f"„{activity.title}“", "number": phase.number}
                yield Problem(sentence % values, Target(Kind.ACTIVITY, activity.key, "held_from"))


def misplaced_consultations(checked: Checked) -> Iterator[Problem]:
    period = checked.report.identification.period
    for consultation in checked.report.other_consultations:
        if not _within(consultation.held_on.replace(day=1), period):
            sentence = _("%(place)s was held outside the period of the program.")
            target = Target(Kind.CONSULTATION, consultation.key, "held_on")
            yield Problem(sentence % {"place": consultation_place(consultation)}, target)


def empty_schedule(checked: Checked) -> Iterator[Problem]:
    if not checked.report.steps:
        yield Problem(_("The schedule has no step."), Target(Kind.STEP))
    for step in checked.report.steps:
        if not step.responsible:
            sentence = _("Step %(number)s of the schedule names nobody responsible.")
            target = Target(Kind.STEP, step.key, "responsible")
            yield Problem(sentence % {"number": step.number}, target)


def misplaced_steps(checked: Checked) -> Iterator[Problem]:
    """Preparatory steps before the program are allowed, so this is only pointed out."""
    period = checked.report.identification.period
    for step in checked.report.steps:
        if any(not _within(month, period) for month in step.months):
            sentence = _("Step %(number)s of the schedule lies outside the period of the program.")
            target = Target(Kind.STEP, step.key, "first_month")
            yield Problem(sentence % {"number": step.number}, target)


def _within(month: date, months: Months) -> bool:
    return months.first <= month <= months.last


RULES = (
    Rule("no_phases", gettext_lazy("The program has phases"), Severity.BLOCKS, no_phases),
    Rule(
        "phases_with_gaps",
        gettext_lazy("Phases cover the whole program"),
        Severity.BLOCKS,
        phases_with_gaps,
    ),
    Rule(
        "uncommented_phase",
        gettext_lazy("Every phase has the expert's comment"),
        Severity.BLOCKS,
        uncommented,
        final_only=True,
    ),
    Rule(
        "inactive_phase",
        gettext_lazy("Every phase has an activity"),
        Severity.ADVICE,
        inactive,
    ),
    Rule(
        "activity_without_goal",
        gettext_lazy("Every activity belongs to a goal"),
        Severity.ADVICE,
        activities_without_goal,
    ),
    Rule(
        "misplaced_activity",
        gettext_lazy("Activities lie within their phases"),
        Severity.BLOCKS,
        misplaced_activities,
    ),
    Rule(
        "misplaced_consultation",
        gettext_lazy("Consultations lie within the program"),
        Severity.ADVICE,
        misplaced_consultations,
    ),
    Rule(
        "empty_schedule",
        gettext_lazy("The schedule has steps and each of them somebody responsible"),
        Severity.ADVICE,
        empty_schedule,
    ),
    Rule(
        "misplaced_step",
        gettext_lazy("Steps of the schedule lie within the program"),
        Severity.ADVICE,
        misplaced_steps,
    ),
)
