"""Every page asks the database the same number of questions at 1, 3 and 50 rows."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from actors.models import Actor, Locality
from indicators.models import Assessment, Indicator, IndicatorRecommendation, Moment
from programs.models import Abbreviation, Goal, Program
from tests.builders import (
    adopt,
    assess,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_group_member,
    make_invitation,
    make_member,
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_program_section,
    make_recommendation,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_user,
    make_working_group,
)
from tests.conftest import client_of

pytestmark = pytest.mark.django_db

SIZES = (1, 3, 50)


def filled(size: int) -> tuple[Program, User]:
    """A program with so many rows of everything its pages list."""
    program = make_program()
    user = make_member(program, Role.EXPERT)
    make_member(make_program(), Role.METHODOLOGIST, user)
    goals = [make_goal(program, f"1.{number}") for number in range(1, size + 1)]
    actors = [make_actor(program) for _ in range(size)]
    groups = [make_target_group(program) for _ in range(size)]
    phase = make_phase(program)
    criterion = make_criterion(indicator_count=size)
    adopted = adopt(program, criterion)
    make_section(f"navic-{size}", 100 * size)
    for number in range(1, size + 1):
        section = make_section(f"oddil-{size}-{number}", 100 * size + number)
        plan = make_program_section(program, number, section, responsible=user)
        make_narrative(program, plan.section, text="Text oddílu.")
    for number, indicator in enumerate(criterion.indicators.all(), start=1):
        for moment in (Moment.BASELINE, Moment.FINAL):
            assessment = assess(adopted, indicator, moment, expert=1, town=2, statement="Text.")
            if moment == Moment.BASELINE:
                make_correction(assessment)
        assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, 2, 1), expert=1)
        make_activity(phase, number, goals=goals, actors=actors)
        make_consultation(
            program,
            held_on=date(2024, 1, 1) + timedelta(days=number % 28),
            goals=goals,
            actors=actors,
            counts=dict.fromkeys(groups, 6),
        )
        recommendation = make_recommendation(program, number, goals=goals, responsible=user)
        recommendation.addressees.set(actors)
        evidence = make_evidence(program, number)
        if number == 1:
            evidence.recommendations.set(program.recommendation_set.all())
            evidence.activities.set(phase.activities.all())
            evidence.assessments.set(Assessment.objects.filter(adopted=adopted))
        evidence.consultations.set(program.consultation_set.all()[:3])
        make_output(program, number, goals=goals, recommendations=[recommendation])
        make_step(program, number)
        make_activity(phase, size + number, title="Se dny", held_from=date(2024, 1, 5))
        Abbreviation.objects.create(abbreviation=f"Z{size}X{number}", forms=["Z"])
        fill_background(program, number, goals, actors)
    return program, user


def fill_background(program: Program, number: int, goals: list[Goal], actors: list[Actor]) -> None:
    """A source and a figure from it, a group, an abbreviation; the first ones have all links."""
    source = make_source(program, number)
    if number == 1:
        source.goals.set(goals)
        source.narratives.set(program.narrative_set.all())
    make_figure(program, number, source=source)
    group = make_working_group(program, f"Skupina {number}", initiator=actors[0])
    for position, actor in enumerate(actors if number == 1 else [], start=1):
        make_group_member(group, position, function=f"funkce {position}", actor=actor)
    make_abbreviation(program)
    make_actor(make_program(locality=program.locality))


PROGRAM_PAGES = [
    "program_detail",
    "programs:goal_list",
    "programs:goal_add",
    "programs:goal_renumber",
    "programs:output_list",
    "programs:output_add",
    "programs:schedule_detail",
    "programs:course_detail",
    "programs:consultation_list",
    "programs:consultation_statistics",
    "programs:consultation_add",
    "programs:actor_list",
    "programs:actor_take",
    "programs:working_group_list",
    "programs:target_group_list",
    "programs:source_list",
    "programs:figure_list",
    "programs:abbreviation_list",
    "programs:narrative_list",
    "programs:section_list",
    "indicators:indicator_list",
    "indicators:recommendation_list",
    "indicators:recommendation_add",
    "indicators:evidence_list",
    "indicators:evidence_add",
    "reporting:report_preview",
]


def queries(client: Client, address: str) -> int:
    # The first visit also signs in and warms what is kept for the whole process.
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", PROGRAM_PAGES)
def test_page_of_a_program(page: str) -> None:
    counts = {}
    for size in SIZES:
        program, user = filled(size)
        counts[size] = queries(client_of(user), reverse(page, args=[program.slug]))

    assert counts[1] == counts[3] == counts[50]


def test_recommendation() -> None:
    counts = {}
    for size in SIZES:
        program, user = filled(size)
        recommendation = program.recommendation_set.first()
        assert recommendation is not None
        recommendation.target_groups.set(program.target_groups.all())
        recommendation.evidence.set(program.evidence_set.all())
        for indicator in Indicator.objects.of_program(program):
            link = IndicatorRecommendation(recommendation=recommendation, indicator=indicator)
            save_record(link, by=None)
        address = reverse(
            "indicators:recommendation_detail", args=[program.slug, recommendation.pk]
        )
        counts[size] = queries(client_of(user), address)

    assert counts[1] == counts[3] == counts[50]


@pytest.mark.parametrize("noun", ["actor", "working_group", "target_group"])
def test_detail_of_the_register(noun: str) -> None:
    counts = {}
    for size in SIZES:
        program, user = filled(size)
        record = getattr(program, f"{noun}s").first()
        address = reverse(f"programs:{noun}_detail", args=[program.slug, record.pk])
        counts[size] = queries(client_of(user), address)

    assert counts[1] == counts[3] == counts[50]


@pytest.mark.parametrize("page", ["municipality_list", "municipality_detail"])
def test_municipalities(page: str) -> None:
    counts = {}
    for size in SIZES:
        program, user = filled(size)
        town = program.locality.municipality
        for number in range(size):
            save_record(Locality(municipality=town, name=f"Část {number}"), by=None)
        arguments = [town.pk] if page == "municipality_detail" else []
        counts[size] = queries(client_of(user), reverse(page, args=arguments))

    assert counts[1] == counts[3] == counts[50]


def test_list_of_programs() -> None:
    counts = {}
    for size in SIZES:
        user = make_user()
        for _ in range(size):
            make_member(make_program(), Role.READER, user)
        counts[size] = queries(client_of(user), "/programy/")

    assert counts[1] == counts[3] == counts[50]


def test_code_lists() -> None:
    counts = {}
    for size in SIZES:
        _program, user = filled(size)
        counts[size] = queries(client_of(user), reverse("code_lists"))

    assert counts[1] == counts[3] == counts[50]


def changed_goal(program: Program, user: User, times: int) -> str:
    goal = make_goal(program, "9.9")
    for number in range(times):
        goal.wording = f"Znění {number}."
        save_record(goal, by=user)
    return reverse("programs:goal_history", args=[program.slug, goal.pk])


def changed_consultation(program: Program, user: User, times: int) -> str:
    consultation = make_consultation(program, goals=[make_goal(program, "9.9")])
    for number in range(times):
        consultation.outcome = f"Výsledek {number}."
        save_record(consultation, by=user)
    return reverse("programs:consultation_history", args=[program.slug, consultation.pk])


@pytest.mark.parametrize("changed", [changed_goal, changed_consultation])
def test_history(changed: Callable[[Program, User, int], str]) -> None:
    counts = {}
    for size in SIZES:
        program = make_program()
        user = make_member(program, Role.EXPERT)
        counts[size] = queries(client_of(user), changed(program, user, size))

    assert counts[1] == counts[3] == counts[50]


@pytest.mark.parametrize("kind", ["consultation", "goal", "rating"])
def test_history_of_a_program(kind: str) -> None:
    """A page asks for each kind of record it shows, however many changes there are."""
    counts = {}
    for size in SIZES:
        program, user = filled(size)
        address = reverse("programs:program_history", args=[program.slug])
        counts[size] = queries(client_of(user), f"{address}?kind={kind}")

    assert counts[1] == counts[3] == counts[50]


def test_team() -> None:
    counts = {}
    for size in SIZES:
        program = make_program()
        user = make_member(program, Role.CONSULTANT)
        for _ in range(size):
            make_member(program, Role.READER)
            make_invitation(program)
        address = reverse("programs:member_list", args=[program.slug])
        counts[size] = queries(client_of(user), address)

    assert counts[1] == counts[3] == counts[50]


def test_profile() -> None:
    counts = {}
    for size in SIZES:
        user = make_user()
        for _ in range(size):
            make_member(make_program(), Role.READER, user)
        counts[size] = queries(client_of(user), reverse("profile"))

    assert counts[1] == counts[3] == counts[50]


def test_users() -> None:
    """As many as a page holds, each with a role in every program."""
    operator = make_user(is_superuser=True)
    counts = {}
    for size in (1, 3, 24):
        programs = [make_program() for _ in range(3)]
        for _ in range(size - User.objects.count() + 1):
            user = make_user()
            for program in programs:
                make_member(program, Role.READER, user)
        counts[size] = queries(client_of(operator), reverse("user_list"))

    assert counts[1] == counts[3] == counts[24]


def test_user() -> None:
    operator = make_user(is_superuser=True)
    counts = {}
    for size in SIZES:
        user = make_user()
        for _ in range(size):
            make_member(make_program(), Role.READER, user)
        counts[size] = queries(client_of(operator), reverse("user_detail", args=[user.pk]))

    assert counts[1] == counts[3] == counts[50]


@pytest.mark.parametrize("page", ["programs:consultation_list", "programs:consultation_statistics"])
def test_long_log(page: str) -> None:
    counts = {}
    for size in (1, 3, 300):
        program = make_program()
        goals = [make_goal(program, f"1.{number}") for number in (1, 2)]
        links = {"goals": goals, "actors": [make_actor(program)]}
        groups = {make_target_group(program): 6}
        make_phase(program)
        for _ in range(size):
            make_consultation(program, counts=groups, **links)
        user = make_member(program, Role.EXPERT)
        counts[size] = queries(client_of(user), reverse(page, args=[program.slug]))

    assert counts[1] == counts[3] == counts[300]
