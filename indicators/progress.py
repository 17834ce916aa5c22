"""How far a program is, part by part: what is done of what there is to do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Visibility
from indicators.models import Moment, Rater
from indicators.rows import IndicatorRow
from programs.models import (
    Goal,
    Output,
    Phase,
    Program,
    ProgramSection,
    Recommendation,
    ScheduleStep,
)


@dataclass(frozen=True)
class Part:
    """A part of a program; `total` of 0 says that it has not been begun at all."""

    label: str
    address: str
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return 0 < self.total == self.done

    @property
    def percent(self) -> int:
        """Whole per cent for the bar; never 100 before everything is done."""
        return self.done * 100 // self.total if self.total else 0


def progress_of(
    program: Program, rows: Collection[IndicatorRow], visibilities: Collection[Visibility]
) -> list[Part]:
    """Each part of the program in the order of its pages, in a fixed number of queries."""
    goals = _counts(Goal.objects.filter(program=program).evaluated(), ~Q(fulfilment=""))
    phases = _counts(Phase.objects.filter(program=program), ~Q(expert_comment=""))
    outputs = _counts(Output.objects.filter(program=program), ~Q(delivered=""))
    answered = _counts(
        Recommendation.objects.filter(program=program).visible_in(visibilities), ~Q(response="")
    )
    sections = ProgramSection.objects.filter(program=program).with_texts(visibilities)
    steps = ScheduleStep.objects.filter(program=program).count()
    return [
        _part(program, _("Goals evaluated"), "programs:goal_list", *goals),
        _part(program, _("Outputs judged"), "programs:output_list", *outputs),
        _part(program, _("Steps of the schedule"), "programs:schedule_detail", steps, steps),
        _part(program, _("Phases with a comment"), "programs:course_detail", *phases),
        _part(
            program,
            _("Baselines described and rated"),
            "indicators:indicator_list",
            sum(_is_whole(row, Moment.BASELINE) for row in rows),
            len(rows),
        ),
        _part(
            program,
            _("Final states described and rated"),
            "indicators:indicator_list",
            sum(_is_whole(row, Moment.FINAL) for row in rows),
            len(rows),
        ),
        _part(
            program,
            _("Recommendations with a response"),
            "indicators:recommendation_list",
            *answered,
        ),
        _part(
            program,
            _("Sections written"),
            "programs:narrative_list",
            sum(section.is_written for section in sections),
            len(sections),
        ),
    ]


def _part(program: Program, label: str, route: str, done: int, total: int) -> Part:
    return Part(label, reverse(route, args=[program.slug]), done, total)


def _counts(records: Any, done: Q) -> tuple[int, int]:
    found = records.order_by().aggregate(done=Count("pk", filter=done), total=Count("pk"))
    return found["done"], found["total"]


def _is_whole(row: IndicatorRow, moment: Moment) -> bool:
    """Described in words and rated by the expert, be it that it cannot be judged."""
    assessment = row.baseline if moment == Moment.BASELINE else row.final
    rating = row.rating(moment, Rater.EXPERT)
    return bool(assessment and assessment.statement and rating and rating.is_rated)
