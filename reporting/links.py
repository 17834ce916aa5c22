"""Where a finding is mended: the very field of the form."""

from collections.abc import Collection

from django.urls import reverse

from accounts.roles import Permission
from programs.models import Program
from reporting.checks import Kind, Target

_FORMS: dict[Kind, tuple[str, Permission]] = {
    Kind.NARRATIVE: ("programs:narrative_edit", Permission.EDIT_FRAME),
    Kind.FIGURE: ("programs:figure_edit", Permission.EDIT_FRAME),
    Kind.GOAL: ("programs:goal_edit", Permission.EDIT_FRAME),
    Kind.EVALUATION: ("programs:goal_evaluate", Permission.EDIT_EVALUATION),
    Kind.STEP: ("programs:step_edit", Permission.EDIT_FRAME),
    Kind.OUTPUT: ("programs:output_edit", Permission.EDIT_FRAME),
    Kind.INDICATOR: ("indicators:indicator_edit", Permission.EDIT_BASELINE),
    Kind.PHASE: ("programs:phase_edit", Permission.EDIT_FRAME),
    Kind.COMMENT: ("programs:phase_comment", Permission.EDIT_EVALUATION),
    Kind.ACTIVITY: ("programs:activity_edit", Permission.EDIT_EVALUATION),
    Kind.CONSULTATION: ("programs:consultation_edit", Permission.EDIT_CONSULTATIONS),
    Kind.RECOMMENDATION: ("indicators:recommendation_edit", Permission.EDIT_EVALUATION),
    Kind.RESPONSE: ("indicators:recommendation_respond", Permission.RESPOND_FOR_TOWN),
    Kind.FOLLOW_UP: ("indicators:recommendation_follow_up", Permission.EDIT_EVALUATION),
    Kind.SOURCE: ("programs:source_edit", Permission.EDIT_FRAME),
    Kind.EVIDENCE: ("indicators:evidence_edit", Permission.EDIT_EVIDENCE),
    Kind.ACTOR: ("programs:actor_edit", Permission.EDIT_FRAME),
    Kind.WORKING_GROUP: ("programs:working_group_edit", Permission.EDIT_FRAME),
    Kind.TARGET_GROUP: ("programs:target_group_edit", Permission.EDIT_FRAME),
}
_LISTS: dict[Kind, str] = {
    Kind.FIGURE: "programs:figure_list",
    Kind.GOAL: "programs:goal_list",
    Kind.EVALUATION: "programs:goal_list",
    Kind.STEP: "programs:schedule_detail",
    Kind.OUTPUT: "programs:output_list",
    Kind.CRITERION: "indicators:adopted_criterion_list",
    Kind.INDICATOR: "indicators:indicator_list",
    Kind.PHASE: "programs:course_detail",
    Kind.COMMENT: "programs:course_detail",
    Kind.ACTIVITY: "programs:course_detail",
    Kind.CONSULTATION: "programs:consultation_list",
    Kind.RECOMMENDATION: "indicators:recommendation_list",
    Kind.RESPONSE: "indicators:recommendation_list",
    Kind.FOLLOW_UP: "indicators:recommendation_list",
    Kind.ABBREVIATION: "programs:abbreviation_list",
    Kind.SOURCE: "programs:source_list",
    Kind.EVIDENCE: "indicators:evidence_list",
    Kind.ACTOR: "programs:actor_list",
    Kind.WORKING_GROUP: "programs:working_group_list",
    Kind.TARGET_GROUP: "programs:target_group_list",
    Kind.NARRATIVE: "programs:narrative_list",
    Kind.SECTION: "programs:narrative_list",
    Kind.REPORT: "reporting:report_list",
    Kind.PROGRAM: "reporting:report_preview",
}


def address_of(
    target: Target,
    program: Program,
    permissions: Collection[Permission],
    *,
    report: int | None,
    sections: Collection[str],
) -> str:
    """The form with the field in its place, or the list for who may not open the form.

    `report` is the key of the report that was checked, None when it was never saved;
    `sections` are the codes of those the program has planned, others cannot be written yet.
    """
    may_edit_frame = Permission.EDIT_FRAME in permissions
    match target.kind:
        case Kind.REPORT if may_edit_frame:
            route, keys = ("report_edit", [report]) if report else ("report_add", [])
            return _address(f"reporting:{route}", program, *keys, field=target.field)
        case Kind.PROGRAM if may_edit_frame:
            return _address("programs:program_edit", program, field=target.field)
        case Kind.SECTION if may_edit_frame and target.code in sections:
            return _address("programs:narrative_add", program, target.code, field="text")
        case Kind.SECTION if may_edit_frame:
            return _address("programs:section_list", program)
        case Kind.INDICATOR if target.key:
            return _indicator(target, program, permissions)
    form, permission = _FORMS.get(target.kind, ("", None))
    if form and target.key and permission in permissions:
        return _address(form, program, target.key, field=target.field)
    return reverse(_LISTS[target.kind], args=[program.slug])


def _address(route: str, program: Program, *keys: int | str, field: str = "") -> str:
    address = reverse(route, args=[program.slug, *keys])
    return f"{address}#id_{field}" if field else address


def _indicator(target: Target, program: Program, permissions: Collection[Permission]) -> str:
    """Its editor, whose fields are told apart by indicator; its page for who may not fill it in."""
    if _needed(target.field) not in permissions:
        return reverse("indicators:indicator_detail", args=[program.slug, target.key])
    address = reverse("indicators:indicator_edit", args=[program.slug, target.key])
    return f"{address}#id_{target.key}_{target.field}"


def _needed(field: str) -> Permission:
    """Whoever may fill in a field of the editor: its raters theirs, the rest goes by moment."""
    places = field.split("-")
    if "expert" in places:
        return Permission.RATE_AS_EXPERT
    if "town" in places:
        return Permission.RATE_AS_TOWN
    return Permission.EDIT_BASELINE if places[0] == "baseline" else Permission.EDIT_EVALUATION
