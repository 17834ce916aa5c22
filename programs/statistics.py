"""The log of consultations in numbers: how many, with whom, about what, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from accounts.roles import Permission
from actors.models import Actor, TargetGroup
from litvinov.templatetags.czech_text import month_range
from programs.access import ProgramAccess
from programs.filters import NO_PHASE
from programs.models import Attendance, Consultation, ConsultationKind, Goal, Phase
from programs.models.consultation import SMALLEST_TOLD_COUNT


@dataclass(frozen=True)
class Bar:
    """A line of a chart; `query` finds its consultations in the log.

    `share` is its length in hundredths of the longest one.
    """

    label: str
    count: int
    query: str
    share: float = 0.0


@dataclass(frozen=True)
class People:
    """How many people of a target group took part; None is a number too small to be told.

    `unknown` says at how many consultations nobody counted them.
    """

    group: TargetGroup
    consultations: int
    people: int | None
    unknown: int


@dataclass(frozen=True)
class Statistics:
    total: int
    loose: int
    phases: list[Bar]
    months: list[Bar]
    kinds: list[Bar]
    goals: list[Bar]
    actors: list[Bar]
    people: list[People]
    silent_goals: list[Goal]
    silent_actors: list[Actor]


def statistics(access: ProgramAccess) -> Statistics:
    """In a fixed number of queries, however long the log is."""
    program = access.program
    log = Consultation.objects.filter(program=program)
    goals = list(Goal.objects.filter(program=program).coded())
    actors = list(program.actors.all())
    by_goal = _counts(log, "goals")
    by_actor = _counts(log, "actors")
    by_kind = _counts(log, "kind")
    return Statistics(
        total=sum(by_kind.values()),
        loose=log.loose().count(),
        phases=_scaled(_phases(_counts(log, "phase"), program.phase_set.all())),
        months=_scaled(_months(log)),
        kinds=_scaled(
            [
                Bar(str(kind.label), by_kind[kind.value], f"kind={kind.value}")
                for kind in sorted(ConsultationKind, key=lambda kind: -by_kind[kind.value])
                if by_kind[kind.value]
            ]
        ),
        goals=_scaled(
            [
                Bar(str(goal), by_goal[goal.pk], f"goal={goal.pk}")
                for goal in goals
                if by_goal[goal.pk]
            ]
        ),
        actors=_scaled(
            [
                Bar(actor.name, by_actor[actor.pk], f"actor={actor.pk}")
                for actor in sorted(actors, key=lambda actor: -by_actor[actor.pk])
                if by_actor[actor.pk]
            ]
        ),
        people=_people(access),
        silent_goals=[goal for goal in goals if not by_goal[goal.pk]],
        silent_actors=[actor for actor in actors if not by_actor[actor.pk]],
    )


def tells_small_counts(access: ProgramAccess) -> bool:
    """Whether the person may read how many people there were even where they were few."""
    return Permission.VIEW_TEAM_CONTENT in access.permissions


def _counts(log: Any, field: str) -> Counter[Any]:
    found = log.order_by().values_list(field).annotate(count=Count("pk"))
    return Counter({key: count for key, count in found if key is not None or field == "phase"})


def _scaled(bars: list[Bar]) -> list[Bar]:
    longest = max((bar.count for bar in bars), default=0) or 1
    return [replace(bar, share=round(100 * bar.count / longest, 1)) for bar in bars]


def _phases(counts: Mapping[Any, int], phases: Iterable[Phase]) -> list[Bar]:
    bars = [
        Bar(
            f"{phase}: {month_range(phase.first_month, phase.last_month)}",
            counts[phase.pk],
            f"phase={phase.position}",
        )
        for phase in phases
    ]
    if counts[None]:
        bars.append(Bar(_("outside phases"), counts[None], f"phase={NO_PHASE}"))
    return bars


def _months(log: Any) -> list[Bar]:
    found = log.order_by().annotate(month=TruncMonth("held_on")).values_list("month")
    counted: dict[date, int] = dict(found.annotate(count=Count("pk")))
    return [
        Bar(month_range(month, month), counted[month], f"month={month:%Y-%m}")
        for month in sorted(counted)
    ]


def _people(access: ProgramAccess) -> list[People]:
    attendances = Attendance.objects.filter(consultation__program=access.program).order_by()
    found = attendances.values("target_group").annotate(
        consultations=Count("pk"), people=Sum("count"), counted=Count("count")
    )
    rows = {row["target_group"]: row for row in found}
    groups = TargetGroup.objects.filter(pk__in=list(rows))
    tells_all = tells_small_counts(access)
    told = []
    for group in groups:
        row = rows[group.pk]
        number = row["people"] or 0
        few = 0 < number < SMALLEST_TOLD_COUNT and not tells_all
        unknown = row["consultations"] - row["counted"]
        told.append(People(group, row["consultations"], None if few else number, unknown))
    return told
