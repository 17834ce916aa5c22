"""Every text somebody wrote into a report, with its place and the field it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from litvinov import czech, narrative
from litvinov.narrative import Blocks
from reporting.checks.target import Kind, Target
from reporting.structure import (
    Activity,
    Consultation,
    Figure,
    Goal,
    Indicator,
    ProgramReport,
    Recommendation,
)


@dataclass(frozen=True, slots=True)
class Written:
    """`place` names where the text stands, as the beginning of a sentence."""

    place: str
    text: str
    target: Target


def written(report: ProgramReport) -> Iterator[Written]:
    """In the order of reading; empty texts are left out."""
    for found in _all(report):
        if found.text.strip():
            yield found


def sentences(text: str) -> list[str]:
    """What ends with a stop before a capital letter, or with its paragraph; "č. 1.1" ends none."""
    return re.split(rf"(?<=[.!?])\s+(?=[{czech.CAPITAL}])|\n+", text)


def goal_place(goal: Goal) -> str:
    if not goal.code:
        return _("Long-term goal")
    return _("Goal %(code)s") % {"code": goal.code}


def figure_place(figure: Figure) -> str:
    return _("Figure %(name)s") % {"name": f"„{figure.name}“"}


def consultation_place(consultation: Consultation) -> str:
    day = czech.short_date(consultation.held_on)
    return _("Consultation of %(day)s") % {"day": day}


def _all(report: ProgramReport) -> Iterator[Written]:
    for field in ("provider", "team"):
        text = getattr(report.identification, field)
        yield Written(_("Title page"), text, Target(Kind.PROGRAM, field=field))
    prepared_by = report.identification.prepared_by
    yield Written(_("Title page"), prepared_by, Target(Kind.REPORT, field="prepared_by"))
    if report.summary:
        for passage in report.summary.passages:
            target = Target(Kind.NARRATIVE, passage.key, "text")
            yield _blocks(_("Executive summary"), passage.text, target)
    for section in report.sections:
        for passage in section.passages:
            place = f"{section.title}, {passage.topic}" if passage.topic else section.title
            yield _blocks(place, passage.text, Target(Kind.NARRATIVE, passage.key, "text"))
    for figure in report.figures:
        place = figure_place(figure)
        for field in ("value_text", "derivation"):
            yield Written(place, getattr(figure, field), Target(Kind.FIGURE, figure.key, field))
    for goal in report.goals:
        yield from _goal(goal)
    for step in report.steps:
        place = _("Schedule, step %(number)s") % {"number": step.number}
        for field in ("description", "time_text", "responsible"):
            yield Written(place, getattr(step, field), Target(Kind.STEP, step.key, field))
    for output in report.outputs:
        place = _("Output %(number)s") % {"number": output.number}
        yield Written(place, output.text, Target(Kind.OUTPUT, output.key, "text"))
    for criterion in report.criteria:
        for indicator in criterion.indicators:
            yield from _indicator(criterion.code, indicator)
    for phase in report.phases:
        place = _("Phase %(number)s") % {"number": phase.number}
        for activity in phase.activities:
            yield from _activity(place, activity)
        for consultation in phase.consultations:
            yield _consultation(consultation)
        comment = _("%(place)s, expert's comment") % {"place": place}
        yield _blocks(
            comment, phase.expert_comment, Target(Kind.COMMENT, phase.number, "expert_comment")
        )
    for consultation in report.other_consultations:
        yield _consultation(consultation)
    for recommendation in report.recommendations:
        yield from _recommendation(recommendation)
    for piece in report.evidence:
        place = _("Annex %(number)s") % {"number": piece.number}
        yield Written(place, piece.title, Target(Kind.EVIDENCE, piece.key, "title"))
    for actor in report.actors:
        target = Target(Kind.ACTOR, actor.key, "description")
        yield Written(actor.name, actor.description, target)
        yield Written(actor.name, ", ".join(actor.functions), Target(Kind.ACTOR, actor.key))
    for group in report.working_groups:
        yield Written(group.name, group.purpose, Target(Kind.WORKING_GROUP, group.key, "purpose"))
        seats = ", ".join(seat.function for seat in group.seats)
        yield Written(group.name, seats, Target(Kind.WORKING_GROUP, group.key))
    for audience in report.target_groups:
        target = Target(Kind.TARGET_GROUP, audience.key, "description")
        yield Written(audience.name, audience.description, target)


def _blocks(place: str, text: Blocks, target: Target) -> Written:
    return Written(place, narrative.plain_text(text), target)


def _goal(goal: Goal) -> Iterator[Written]:
    place = goal_place(goal)
    yield Written(place, goal.wording, Target(Kind.GOAL, goal.key, "wording"))
    evaluation = _("%(place)s, evaluation") % {"place": place}
    yield _blocks(evaluation, goal.evaluation, Target(Kind.EVALUATION, goal.key, "evaluation"))
    reason = _("%(place)s, reason of its state") % {"place": place}
    yield Written(reason, goal.reason, Target(Kind.EVALUATION, goal.key, "state_reason"))


def indicator_place(code: str, indicator: Indicator) -> str:
    name = indicator.short_name or indicator.name
    return _("Criterion %(code)s, indicator %(name)s") % {"code": code, "name": f"„{name}“"}


def _indicator(code: str, indicator: Indicator) -> Iterator[Written]:
    place = indicator_place(code, indicator)
    moments = [("baseline", indicator.baseline), ("final", indicator.final)]
    moments += [(f"interim-{interim.key}", interim) for interim in indicator.interims]
    for moment, assessment in moments:
        target = Target(Kind.INDICATOR, indicator.key, f"{moment}-statement")
        yield _blocks(place, assessment.statement, target)
        target = Target(Kind.INDICATOR, indicator.key, f"{moment}-justification")
        yield Written(place, assessment.justification, target)
        for rater, rating in (("expert", assessment.expert), ("town", assessment.town)):
            target = Target(Kind.INDICATOR, indicator.key, f"{moment}-{rater}-note")
            yield Written(place, rating.note if rating else "", target)


def _activity(phase: str, activity: Activity) -> Iterator[Written]:
    place = f"{phase}, {activity.title}"
    yield Written(place, activity.title, Target(Kind.ACTIVITY, activity.key, "title"))
    yield _blocks(place, activity.text, Target(Kind.ACTIVITY, activity.key, "text"))
    for field in ("method", "place"):
        yield Written(place, getattr(activity, field), Target(Kind.ACTIVITY, activity.key, field))


def _consultation(consultation: Consultation) -> Written:
    target = Target(Kind.CONSULTATION, consultation.key, "outcome")
    return _blocks(consultation_place(consultation), consultation.outcome, target)


def _recommendation(recommendation: Recommendation) -> Iterator[Written]:
    place = _("Recommendation %(number)s") % {"number": recommendation.number}
    key = recommendation.key
    yield Written(place, recommendation.title, Target(Kind.RECOMMENDATION, key, "title"))
    for field in ("finding", "conclusion", "text"):
        target = Target(Kind.RECOMMENDATION, key, field)
        yield _blocks(place, getattr(recommendation, field), target)
    for field in ("response_reason", "next_step"):
        target = Target(Kind.RESPONSE, key, field)
        yield Written(place, getattr(recommendation, field), target)
    target = Target(Kind.FOLLOW_UP, key, "follow_up_note")
    yield Written(place, recommendation.follow_up_note, target)
