"""Where each kind of record is read: on a page of its own, or in its place on a list."""

from typing import Any

from django.urls import reverse

from accounts.audit import Audited
from indicators.models import AdoptedCriterion, Assessment, BaselineCorrection, Rating
from programs.models import (
    Activity,
    Consultation,
    Goal,
    Phase,
    Program,
    ProgramSection,
    Recommendation,
)


def address_of(record: Audited, program: Program) -> str:
    """The address of a record in one of its programs; `title_related` saves queries."""
    match record:
        case Goal():
            return _in(program, "programs:goal_list", anchor=f"cil-{record.pk}")
        case Phase():
            return _in(program, "programs:course_detail", anchor=f"faze-{record.position}")
        case Activity():
            return _in(program, "programs:course_detail", anchor=f"aktivita-{record.pk}")
        case Consultation():
            return _in(program, "programs:course_detail", anchor="denik")
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


def place_of_text(plan: ProgramSection, program: Program) -> str:
    return program.get_absolute_url()


def place_of_comment(phase: Phase, program: Program) -> str:
    return _in(program, "programs:phase_comment", phase.position, anchor="id_expert_comment")


def place_of_evaluation(goal: Goal, program: Program) -> str:
    return _in(program, "programs:goal_evaluate", goal.pk, anchor="id_fulfilment")


def place_of_response(recommendation: Recommendation, program: Program) -> str:
    return program.get_absolute_url()


def place_of_recommendation(recommendation: Recommendation, program: Program) -> str:
    return program.get_absolute_url()


def place_of_ratings(adopted: AdoptedCriterion, program: Program) -> str:
    return _indicators(program, adopted.pk)


def list_of_indicators(program: Program) -> str:
    return _in(program, "indicators:indicator_list")


def list_of_sections(program: Program) -> str:
    return program.get_absolute_url()


def list_of_criteria(program: Program) -> str:
    return program.get_absolute_url()


def list_of_recommendations(program: Program) -> str:
    return program.get_absolute_url()
