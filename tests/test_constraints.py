"""What the database itself refuses, whoever writes to it: forms, scripts, fixtures.

For every constraint of every model there is at least one violating example here. A valid
record is saved first and then changed past the model, so nothing but the change is wrong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import save_record
from accounts.models import Draft, SearchEntry, Submission, User
from accounts.roles import Role
from actors.models import GroupMember, Locality, WorkingGroup
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
    Moment,
    Rater,
)
from programs.models import Abbreviation, Attendance, Membership, Output, Program, Theme
from reporting.models import Rendering
from reporting.structure import Audience
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_invitation,
    make_member,
    make_municipality,
    make_narrative,
    make_phase,
    make_program,
    make_program_section,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_user,
    rate,
)

pytestmark = pytest.mark.django_db

APPLICATIONS = ("accounts", "actors", "programs", "indicators", "reporting")


@dataclass(frozen=True)
class Violation:
    """A constraint, a valid record, and what makes it one that the constraint refuses.

    For a unique constraint there are two records; the second gets the values of the first
    in the fields named. `also` names constraints the same change cannot help violating.
    """

    constraint: str
    build: Callable[[], Any]
    changes: dict[str, Any]
    same: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()


VIOLATIONS: list[Violation] = []


def make_submission(user: User) -> Submission:
    return Submission.objects.create(user=user, key=uuid4())


def make_search_entry(number: int = 1) -> SearchEntry:
    return SearchEntry.objects.create(model="programs.x", object_id=number, title="Název")


def make_draft(user: User) -> Draft:
    return Draft.objects.create(user=user, address="/", key=uuid4(), fields={})


def make_rendering(key: str = "a") -> Rendering:
    return Rendering.objects.create(
        key=key, program=make_program(), audience=Audience.PUBLIC, form="pdf"
    )


def refuses(constraint: str, build: Callable[[], Any], *, also: str = "", **changes: Any) -> None:
    VIOLATIONS.append(Violation(constraint, build, changes, also=frozenset(also.split())))


def refuses_twice(
    constraint: str, build: Callable[[], tuple[Any, Any]], *same: str, also: str = ""
) -> None:
    VIOLATIONS.append(Violation(constraint, build, {}, same, frozenset(also.split())))


def saved(record: Any) -> Any:
    save_record(record, by=None)
    return record


def two(build: Callable[..., Any], owner: Callable[[], Any] = make_program) -> Any:
    """Two records of one owner at positions 1 and 2."""

    def build_two() -> tuple[Any, Any]:
        of = owner()
        return build(of, 1), build(of, 2)

    return build_two


# People

refuses_twice(
    "accounts.user.email",
    lambda: (make_user(), make_user()),
    "email",
    also="user_email_unique_ignoring_case",
)
refuses(
    "user_email_unique_ignoring_case",
    lambda: (make_user("jana@obec.cz"), make_user("petr@obec.cz"))[1],
    email="Jana@Obec.cz",
)

# What people write and search
refuses_twice(
    "submission_key_unique",
    lambda: (make_submission(user := make_user()), make_submission(user)),
    "key",
)
refuses_twice(
    "draft_unique",
    lambda: (make_draft(user := make_user()), make_draft(user)),
    "key",
)
refuses_twice(
    "search_entry_once_for_record",
    lambda: (make_search_entry(1), make_search_entry(2)),
    "object_id",
)
refuses("search_entry_visibility_is_known", make_search_entry, visibility="všem")

# Towns and who acts there

refuses_twice(
    "actors.municipality.code", lambda: (make_municipality(), make_municipality()), "code"
)
refuses("municipality_code_has_six_digits", make_municipality, code="56725")
refuses("municipality_code_has_six_digits", make_municipality, code="56725a")
refuses("municipality_ico_has_eight_digits", make_municipality, ico="0026602")
refuses("municipality_ico_has_eight_digits", make_municipality, ico="0026602a")


def locality(municipality: Any, number: int) -> Locality:
    return saved(Locality(municipality=municipality, name=f"Lokalita {number}"))


def working_group(municipality: Any, number: int = 1) -> WorkingGroup:
    return saved(WorkingGroup(municipality=municipality, name=f"Skupina {number}", state="active"))


def group_member(group: Any, number: int) -> GroupMember:
    return saved(GroupMember(group=group, position=number, function=f"Funkce {number}"))


def new_group() -> WorkingGroup:
    return working_group(make_municipality())


def two_actors() -> tuple[Any, Any]:
    program = make_program()
    return make_actor(program), make_actor(program)


def two_target_groups() -> tuple[Any, Any]:
    program = make_program()
    return make_target_group(program), make_target_group(program)


refuses_twice("locality_name_unique_in_municipality", two(locality, make_municipality), "name")
refuses_twice("actor_name_unique_in_municipality", two_actors, "name")
refuses("actor_is_not_its_own_parent", lambda: two_actors()[0], parent=F("pk"))
refuses("actor_kind_is_known", lambda: two_actors()[0], kind="spolek")
refuses_twice(
    "workinggroup_name_unique_in_municipality", two(working_group, make_municipality), "name"
)
refuses("working_group_state_is_known", new_group, state="spí")
refuses_twice("group_member_function_unique_in_group", two(group_member, new_group), "function")
refuses_twice("group_member_position_unique_in_group", two(group_member, new_group), "position")
refuses("group_member_kind_is_known", lambda: group_member(new_group(), 1), kind="host")
refuses_twice("targetgroup_name_unique_in_municipality", two_target_groups, "name")
refuses("target_group_kind_is_known", lambda: two_target_groups()[0], kind="jiná")

# Programs and their people

refuses_twice("programs.program.slug", lambda: (make_program(), make_program()), "slug")
refuses("program_ends_after_it_begins", make_program, last_month=date(2023, 6, 1))
refuses("program_first_month_is_first_of_month", make_program, first_month=date(2023, 7, 2))
refuses("program_last_month_is_first_of_month", make_program, last_month=date(2024, 6, 30))
refuses("program_state_is_known", make_program, state="zrušen")
refuses_twice(
    "programs.theme.name",
    lambda: (saved(Theme(name="Bydlení")), saved(Theme(name="Dluhy"))),
    "name",
)


def membership(program: Program, number: int) -> Membership:
    return Membership.objects.get(user=make_member(program, Role.READER))


refuses_twice("membership_unique_in_program", two(membership), "user")
refuses("membership_role_is_known", lambda: membership(make_program(), 1), role="host")

# Abbreviations, sources, figures, texts


def abbreviation(program: Program | None, number: int) -> Abbreviation:
    return saved(Abbreviation(program=program, abbreviation=f"Z{number}"))


refuses_twice("abbreviation_unique_in_program", two(abbreviation), "abbreviation")
refuses_twice("abbreviation_unique_among_shared", two(abbreviation, lambda: None), "abbreviation")

refuses_twice("source_position_unique_in_program", two(make_source), "position")
refuses_twice("source_name_unique_in_program", two(make_source), "name")
refuses("source_year_is_plausible", lambda: make_source(make_program()), year=1899)
refuses("source_year_is_plausible", lambda: make_source(make_program()), year=2101)
refuses("source_visibility_is_known", lambda: make_source(make_program()), visibility="všem")


def figure(**fields: Any) -> Callable[[], Any]:
    return lambda: make_figure(make_program(), **fields)


a_day = {"date_from": date(2023, 1, 1), "date_precision": "day"}
refuses_twice("contextfigure_position_unique_in_program", two(make_figure), "position")
refuses("figure_is_number_or_text", figure(value=10), value=None)
refuses("figure_is_number_or_text", figure(value=10), value_text="deset")
refuses("figure_dates_are_ordered", figure(**a_day), date_to=date(2022, 12, 31))
refuses("figure_dates_are_ordered", figure(), date_to=date(2022, 12, 31))
refuses("figure_date_has_precision", figure(**a_day), date_precision="")
refuses("figure_date_has_precision", figure(), date_precision="day")
refuses("figure_date_precision_is_known", figure(**a_day), date_precision="hodina")
refuses("figure_visibility_is_known", figure(), visibility="všem")

refuses_twice(
    "programs.narrativesection.code",
    lambda: (make_section("uvod", 1), make_section("zaver", 2)),
    "code",
)
refuses_twice(
    "programs.narrativesection.position",
    lambda: (make_section("uvod", 1), make_section("zaver", 2)),
    "position",
)


def narrative(program: Program, number: int) -> Any:
    section = make_section(f"oddil-{number}", number)
    return make_narrative(program, section, position=number)


refuses_twice("narrative_position_unique_in_section", two(narrative), "section", "position")
refuses("narrative_position_starts_at_one", lambda: narrative(make_program(), 1), position=0)
refuses("narrative_visibility_is_known", lambda: narrative(make_program(), 1), visibility="x")

# Goals


def two_goals() -> tuple[Any, Any]:
    program = make_program()
    return make_goal(program, "1.1"), make_goal(program, "1.2")


def goal() -> Any:
    return two_goals()[0]


def sub_goal() -> Any:
    parent = goal()
    return make_goal(parent.program, "1.1.1", parent=parent)


def long_term_and_another() -> tuple[Any, Any]:
    program = make_program()
    return make_goal(program, ""), make_goal(program, "1.1")


refuses_twice("goal_code_unique_in_program", two_goals, "code")
refuses_twice("goal_code_unique_in_program", long_term_and_another, "code")
refuses("goal_code_is_numbers", goal, code="1.a")
refuses("goal_code_is_numbers", goal, code="1.")
refuses("goal_code_is_numbers", goal, code="12345")
refuses("goal_long_term_has_no_parent", sub_goal, code="")
refuses("goal_is_not_its_own_parent", goal, parent=F("pk"))
refuses("goal_has_wording", goal, wording="")
refuses("goal_implementation_state_is_known", goal, implementation_state="spí")
refuses("goal_fulfilment_is_known", goal, fulfilment="skoro")
refuses("goal_state_position_is_known", goal, state_position="kraj")

# The course of a program


def phase() -> Any:
    return make_phase(make_program())


def activity() -> Any:
    return make_activity(phase())


refuses_twice("phase_position_unique_in_program", two(make_phase), "position")
refuses("phase_ends_after_it_begins", phase, last_month=date(2023, 12, 1))
refuses("phase_first_month_is_first_of_month", phase, first_month=date(2024, 1, 15))
refuses("phase_last_month_is_first_of_month", phase, last_month=date(2024, 3, 31))
refuses_twice("activity_position_unique_in_phase", two(make_activity, phase), "position")
refuses("activity_dates_are_ordered", activity, held_to=date(2024, 1, 1))
refuses(
    "activity_dates_are_ordered",
    activity,
    held_from=date(2024, 1, 2),
    held_to=date(2024, 1, 1),
)
refuses("activity_has_title", activity, title="")
refuses("activity_visibility_is_known", activity, visibility="všem")


def two_attendances() -> tuple[Any, Any]:
    program = make_program()
    groups = make_target_group(program), make_target_group(program)
    consultation = make_consultation(program, counts=dict.fromkeys(groups, 5))
    first, second = Attendance.objects.filter(consultation=consultation)
    return first, second


refuses("consultation_has_outcome", lambda: make_consultation(make_program()), outcome="")
refuses("consultation_kind_is_known", lambda: make_consultation(make_program()), kind="dopis")
refuses_twice("attendance_group_unique_in_consultation", two_attendances, "target_group")
refuses("attendance_count_is_positive", lambda: two_attendances()[0], count=0)


def recommendation() -> Any:
    return make_recommendation(make_program())


def output(program: Program, number: int = 1) -> Output:
    return saved(Output(program=program, position=number, text=f"Výstup {number}"))


refuses_twice("recommendation_position_unique_in_program", two(make_recommendation), "position")
refuses("recommendation_state_is_known", recommendation, state="zapomenuto")
refuses("recommendation_visibility_is_known", recommendation, visibility="všem")
refuses_twice("output_position_unique_in_program", two(output), "position")
refuses("output_has_text", lambda: output(make_program()), text="")
refuses("output_delivered_is_known", lambda: output(make_program()), delivered="snad")


def step(timing: str, *months: date) -> Callable[[], Any]:
    first, last = (*months, None, None)[:2]
    return lambda: make_step(make_program(), timing=timing, first_month=first, last_month=last)


JULY, SEPTEMBER = date(2023, 7, 1), date(2023, 9, 1)
a_range = step("range", JULY, SEPTEMBER)
refuses_twice("schedulestep_position_unique_in_program", two(make_step), "position")
refuses("step_months_fit_its_timing", a_range, last_month=None)
refuses("step_months_fit_its_timing", a_range, first_month=None)
refuses("step_months_fit_its_timing", a_range, timing="open_ended")
refuses("step_months_fit_its_timing", a_range, timing="continuous")
refuses("step_months_fit_its_timing", step("open_ended", JULY), timing="range")
refuses("step_months_fit_its_timing", step("continuous"), timing="range")
refuses("step_months_fit_its_timing", step("continuous"), first_month=JULY)
refuses("step_ends_after_it_begins", a_range, last_month=date(2023, 6, 1))
refuses("step_first_month_is_first_of_month", a_range, first_month=date(2023, 7, 2))
refuses("step_last_month_is_first_of_month", a_range, last_month=date(2023, 9, 2))
# An unknown timing fits no months either; the database says so first.
refuses("step_timing_is_known", a_range, timing="někdy", also="step_months_fit_its_timing")

# The catalogue of criteria


def catalogue(number: int = 1) -> CriteriaCatalogue:
    return saved(CriteriaCatalogue(version_name=f"v{number}", title="Katalog"))


def area(owner: Any, number: int) -> CatalogueArea:
    return saved(CatalogueArea(catalogue=owner, code=str(number), name=f"Oblast {number}"))


def criterion(owner: Any, number: int) -> Criterion:
    return saved(Criterion(area=owner, code=f"1.{number}", position=number, name="Kritérium."))


def new_area() -> CatalogueArea:
    return area(catalogue(), 1)


def new_criterion() -> Criterion:
    return criterion(new_area(), 1)


def indicator(owner: Any, number: int) -> Indicator:
    return saved(Indicator(criterion=owner, position=number, name=f"Ukazatel {number}."))


refuses_twice(
    "indicators.criteriacatalogue.version_name",
    lambda: (catalogue(1), catalogue(2)),
    "version_name",
)
refuses_twice("area_unique_in_catalogue", two(area, catalogue), "code")
refuses("area_code_is_numbers", new_area, code="A")
refuses_twice("criterion_code_unique_in_area", two(criterion, new_area), "code")
refuses_twice("criterion_position_unique_in_area", two(criterion, new_area), "position")
refuses("criterion_code_is_numbers", new_criterion, code="1-1")
refuses("criterion_has_name", new_criterion, name="")
refuses_twice("indicator_position_unique_in_criterion", two(indicator, new_criterion), "position")
refuses("indicator_has_name", lambda: indicator(new_criterion(), 1), name="")

# Criteria of a program and how it meets them


def adopted(program: Program, number: int) -> AdoptedCriterion:
    return adopt(program, make_criterion(), number)


def two_links() -> tuple[Any, Any]:
    recommended = recommendation()
    first, second = make_criterion(indicator_count=2).indicators.all()
    return (
        saved(IndicatorRecommendation(recommendation=recommended, indicator=first)),
        saved(IndicatorRecommendation(recommendation=recommended, indicator=second)),
    )


def two_assessments(*, moments: tuple[str, str], **fields: Any) -> tuple[Any, Any]:
    adoption = adopted(make_program(), 1)
    only = adoption.criterion.indicators.get()
    first, second = (
        assess(adoption, only, Moment(moment), as_of=date(2024, 1, day), **fields)
        for day, moment in enumerate(moments, start=1)
    )
    return first, second


def at(moment: str) -> Callable[[], Assessment]:
    return lambda: two_assessments(moments=(moment, "interim"))[0]


refuses_twice("adopted_criterion_unique_in_program", two(adopted), "criterion")
refuses_twice("adopted_position_unique_in_program", two(adopted), "position")
refuses_twice("indicator_unique_in_recommendation", two_links, "indicator")
refuses_twice(
    "assessment_once_at_start_and_end",
    lambda: two_assessments(moments=("baseline", "final")),
    "moment",
)
refuses_twice(
    "assessment_once_at_start_and_end",
    lambda: two_assessments(moments=("final", "interim")),
    "moment",
)
refuses_twice(
    "assessment_interim_once_a_day",
    lambda: two_assessments(moments=("interim", "interim")),
    "as_of",
)
refuses("assessment_interim_has_date", at("interim"), as_of=None)
refuses("assessment_baseline_refines_nothing", at("baseline"), is_refinement=True)
refuses("assessment_moment_is_known", at("final"), moment="kdysi")
refuses("assessment_contribution_is_known", at("final"), contribution="velký")
refuses("assessment_visibility_is_known", at("final"), visibility="všem")


def two_ratings() -> tuple[Any, Any]:
    assessment = at("final")()
    return rate(assessment, Rater.EXPERT, 1), rate(assessment, Rater.TOWN, 2)


refuses_twice("rating_once_by_each_rater", two_ratings, "rater")
refuses("rating_is_level_or_cannot_judge", lambda: two_ratings()[0], cannot_judge=True)
refuses("rating_level_is_on_the_scale", lambda: two_ratings()[0], level=5)
refuses("rating_rater_is_known", lambda: two_ratings()[0], rater="kraj")


def our_models() -> list[type[models.Model]]:
    """Every model of the applications but the histories, which repeat what was valid once."""
    return [
        model
        for label in APPLICATIONS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "history_object")
    ]


# Evidence, invitations, sections and responses

refuses_twice("evidence_position_unique_in_program", two(make_evidence), "program", "position")
refuses("evidence_has_title", lambda: make_evidence(make_program()), title="")
refuses("evidence_is_file_or_link", lambda: make_evidence(make_program()), url="")
refuses("evidence_is_file_or_link", lambda: make_evidence(make_program()), stored_as="a1")
refuses("evidence_visibility_is_known", lambda: make_evidence(make_program()), visibility="all")
refuses("invitation_role_is_known", lambda: make_invitation(make_program()), role="mayor")
refuses(
    "invitation_accepted_or_withdrawn",
    lambda: make_invitation(make_program()),
    accepted_at=timezone.now(),
    withdrawn_at=timezone.now(),
)
refuses_twice(
    "programs.invitation.token_hash",
    lambda: (make_invitation(make_program()), make_invitation(make_program())),
    "token_hash",
)
refuses_twice(
    "programsection_position_unique_in_program",
    two(make_program_section),
    "program",
    "position",
)
refuses_twice("program_section_unique_in_program", two(make_program_section), "program", "section")
refuses(
    "recommendation_priority_is_known",
    lambda: make_recommendation(make_program()),
    priority="urgent",
)
refuses(
    "recommendation_response_is_known",
    lambda: make_recommendation(make_program()),
    response="maybe",
    response_reason="Důvod.",
)
refuses(
    "recommendation_follow_up_is_known",
    lambda: make_recommendation(make_program()),
    follow_up="forgotten",
)
refuses(
    "recommendation_refusal_has_reason",
    lambda: make_recommendation(make_program()),
    response="rejected",
)


def make_corrected() -> Any:
    criterion = make_criterion()
    adopted = adopt(make_program(), criterion)
    return make_correction(assess(adopted, criterion.indicators.get(), Moment.BASELINE))


refuses("correction_has_reason", make_corrected, reason="")
refuses("correction_is_level_or_cannot_judge", make_corrected, old_level=1, old_cannot_judge=True)
refuses("correction_rater_is_known", make_corrected, rater="mayor")


def constraint_names() -> list[str]:
    named = [item.name for model in our_models() for item in model._meta.constraints]
    unique = [
        f"{model._meta.label_lower}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if field.unique and not field.primary_key
    ]
    return [*named, *unique]


# Reports

refuses("report_kind_is_known", lambda: make_report(make_program()), kind="roční")

refuses_twice("reporting.rendering.key", lambda: (make_rendering("a"), make_rendering("b")), "key")
refuses(
    "rendering_state_is_known",
    make_rendering,
    state="kdesi",
    also="rendering_is_done_when_it_has_content",
)
refuses("rendering_step_is_known", make_rendering, step=4)
refuses("rendering_audience_is_known", make_rendering, audience="nikdo")
refuses("rendering_failure_is_known", make_rendering, state="failed", failure="jinak")
refuses("rendering_is_done_when_it_has_content", make_rendering, state="done")
refuses("rendering_is_done_when_it_has_content", make_rendering, content=b"soubor")
refuses("rendering_is_claimed_while_it_runs", make_rendering, state="running")
refuses("rendering_is_claimed_while_it_runs", make_rendering, claim="a")
refuses("rendering_says_why_it_failed", make_rendering, state="failed")
refuses("rendering_says_why_it_failed", make_rendering, failure="error")


def refused_by(error: IntegrityError, model: type[models.Model]) -> str:
    """The constraint that stands behind an error, by the name it has in the table above.

    SQLite names the columns of a unique constraint, PostgreSQL names every constraint, but
    gives names of its own to unique fields.
    """
    names = {item.name for item in model._meta.constraints}
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        name = str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
        if name in names:
            return name
        with connection.cursor() as cursor:
            columns = connection.introspection.get_constraints(cursor, table)[name]["columns"]
        return f"{model._meta.label_lower}.{'+'.join(columns)}"
    kind, found = str(error).split(" constraint failed: ")
    if kind == "CHECK":
        return found
    if index := re.fullmatch(r"index '(\w+)'", found):
        return index[1]
    broken = {part.removeprefix(f"{table}.") for part in found.split(", ")}
    for item in model._meta.constraints:
        fields = item.fields if isinstance(item, models.UniqueConstraint) else ()
        if broken == {model._meta.get_field(name).get_attname_column()[1] for name in fields}:  # type: ignore[union-attr]
            return item.name
    return f"{model._meta.label_lower}.{'+'.join(sorted(broken))}"


@pytest.mark.parametrize(
    "violation",
    [
        pytest.param(violation, id=f"{violation.constraint}-{number}")
        for number, violation in enumerate(VIOLATIONS)
    ],
)
def test_database_refuses(violation: Violation) -> None:
    built = violation.build()
    changes = dict(violation.changes)
    if violation.same:
        first, built = built
        changes |= {name: getattr(first, name) for name in violation.same}
    rows = type(built)._default_manager.filter(pk=built.pk)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(**changes)

    assert refused_by(refused.value, type(built)) in {violation.constraint, *violation.also}


def test_every_constraint_has_an_example_and_every_example_a_constraint() -> None:
    assert sorted({violation.constraint for violation in VIOLATIONS}) == sorted(constraint_names())
