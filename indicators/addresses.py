"""Where each kind of record is read, and where what is missing is given.

A record has a page of its own, or its place on a list, or it is read where it belongs.
"""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from accounts.audit import Audited
from accounts.roles import Permission
from actors.models import Actor, GroupMember, TargetGroup, WorkingGroup
from indicators.filters.indicator import MISSING
from indicators.models import AdoptedCriterion, Assessment, BaselineCorrection, Rating
from programs.models import (
    Abbreviation,
    Activity,
    Consultation,
    ContextFigure,
    Evidence,
    Goal,
    Narrative,
    Output,
    Phase,
    Program,
    ProgramSection,
    Recommendation,
    RecommendationState,
    ScheduleStep,
    Source,
)

_PAGES: dict[type[Audited], str] = {
    Activity: "programs:activity_detail",
    Consultation: "programs:consultation_detail",
    Recommendation: "indicators:recommendation_detail",
    Actor: "programs:actor_detail",
    TargetGroup: "programs:target_group_detail",
    WorkingGroup: "programs:working_group_detail",
}
_PLACES: dict[type[Audited], tuple[str, str]] = {
    Goal: ("programs:goal_list", "cil"),
    Narrative: ("programs:narrative_list", "text"),
    Source: ("programs:source_list", "zdroj"),
    ContextFigure: ("programs:figure_list", "udaj"),
    Evidence: ("indicators:evidence_list", "priloha"),
    Abbreviation: ("programs:abbreviation_list", "zkratka"),
    Output: ("programs:output_list", "vystup"),
    ScheduleStep: ("programs:schedule_detail", "krok"),
}


def address_of(record: Any, program: Program) -> str:
    """The address where a record is read in one of its programs."""
    if page := _PAGES.get(type(record)):
        return _in(program, page, record.pk)
    if place := _PLACES.get(type(record)):
        route, anchor = place
        return _in(program, route, anchor=f"{anchor}-{record.pk}")
    match record:
        case Phase():
            return _in(program, "programs:course_detail", anchor=f"faze-{record.position}")
        case GroupMember():
            return _in(program, "programs:working_group_detail", record.group_id)
        case AdoptedCriterion():
            return _indicators(program, record.pk)
        case Assessment():
            return _indicators(program, record.adopted_id, record.indicator_id)
        case Rating() | BaselineCorrection():
            assessment = record.assessment
            return _indicators(program, assessment.adopted_id, assessment.indicator_id)
    return program.get_absolute_url()


def _in(program: Program, route: str, *keys: Any, anchor: str = "") -> str:
    address = reverse(route, args=[program.slug, *keys])
    return f"{address}#{anchor}" if anchor else address


def _indicators(program: Program, criterion: int, indicator: int | None = None) -> str:
    """The list narrowed down to a criterion, for the list of all has several pages."""
    address = f"{_in(program, 'indicators:indicator_list')}?criterion={criterion}"
    return f"{address}#ukazatel-{indicator}" if indicator else address


# --- where something is given ---------------------------------------------------------------


def place_of_text(
    plan: ProgramSection, program: Program, permissions: Collection[Permission]
) -> str:
    """The form of the section's text: of the empty one that waits there, or of a new one.

    `plan` comes from `duties.open_sections`.
    """
    if Permission.EDIT_FRAME not in permissions:
        return _in(program, "programs:narrative_list", anchor=f"oddil-{plan.section.code}")
    waiting = plan.waiting_text  # type: ignore[attr-defined]
    if waiting:
        return _in(program, "programs:narrative_edit", waiting, anchor="id_text")
    return _in(program, "programs:narrative_add", plan.section.code, anchor="id_text")


def place_of_ratings(
    adopted: AdoptedCriterion, program: Program, permissions: Collection[Permission]
) -> str:
    return _indicators(program, adopted.pk)


def place_of_recommendation(
    recommendation: Recommendation, program: Program, permissions: Collection[Permission]
) -> str:
    """The form of what comes next: the response, or what is still being written."""
    is_handed_over = recommendation.state == RecommendationState.HANDED_OVER
    if is_handed_over and Permission.RESPOND_FOR_TOWN in permissions:
        return place_of_response(recommendation, program)
    if Permission.EDIT_EVALUATION in permissions:
        route, anchor = "indicators:recommendation_edit", "id_state"
        return _in(program, route, recommendation.pk, anchor=anchor)
    return address_of(recommendation, program)


def place_of_response(recommendation: Recommendation, program: Program) -> str:
    route = "indicators:recommendation_respond"
    return _in(program, route, recommendation.pk, anchor="id_response")


def place_of_comment(phase: Phase, program: Program) -> str:
    return _in(program, "programs:phase_comment", phase.position, anchor="id_expert_comment")


def place_of_evaluation(goal: Goal, program: Program) -> str:
    return _in(program, "programs:goal_evaluate", goal.pk, anchor="id_fulfilment")


def list_of_indicators(program: Program) -> str:
    """Those in which something is missing that the person may give."""
    return f"{_in(program, 'indicators:indicator_list')}?view={MISSING}"


def list_of_sections(program: Program) -> str:
    return _in(program, "programs:section_list")


def list_of_criteria(program: Program) -> str:
    return _in(program, "indicators:adopted_criterion_list")


def list_of_recommendations(program: Program) -> str:
    return _in(program, "indicators:recommendation_list")
