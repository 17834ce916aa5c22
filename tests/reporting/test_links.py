"""Every finding opens the very field it is mended in, or a page the person may open."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import PERMISSIONS, Role
from indicators.models import Indicator, Moment
from programs.models import Program, ProgramSection
from reporting import checks, links
from reporting.checks import Kind, Target
from reporting.checks.finding import Checked
from reporting.reading.checked import read_checked
from tests.builders import assess, make_abbreviation, make_member
from tests.conftest import client_of
from tests.reporting.checks.clean import make_clean_program

pytestmark = pytest.mark.django_db

FIELDS = {
    Kind.REPORT: ["reference_number", "file_number", "dated_on", "prepared_by"],
    Kind.PROGRAM: ["provider", "team"],
    Kind.SECTION: [""],
    Kind.NARRATIVE: ["text", "sources"],
    Kind.FIGURE: ["area", "value", "value_text", "derivation", "source", "date_from"],
    Kind.GOAL: ["code", "wording"],
    Kind.EVALUATION: [
        "evaluation",
        "implementation_state",
        "fulfilment",
        "state_reason",
        "state_position",
    ],
    Kind.STEP: ["description", "time_text", "responsible", "first_month"],
    Kind.OUTPUT: ["text", "goals", "delivered"],
    Kind.CRITERION: [""],
    Kind.INDICATOR: [
        "baseline-statement",
        "baseline-as_of",
        "baseline-expert-verdict",
        "baseline-expert-note",
        "baseline-expert-to_verify",
        "baseline-town-note",
        "final-statement",
        "final-as_of",
        "final-justification",
        "final-contribution",
        "final-sources",
        "final-expert-verdict",
        "final-expert-note",
        "final-expert-to_verify",
        "final-town-note",
        "interim-statement",
        "interim-expert-note",
    ],
    Kind.PHASE: ["first_month"],
    Kind.COMMENT: ["expert_comment"],
    Kind.ACTIVITY: ["title", "text", "method", "place", "goals", "held_from"],
    Kind.CONSULTATION: ["outcome", "held_on"],
    Kind.RECOMMENDATION: [
        "title",
        "text",
        "finding",
        "conclusion",
        "addressees",
        "priority",
        "due_on",
        "state",
    ],
    Kind.RESPONSE: ["response", "response_reason", "next_step"],
    Kind.FOLLOW_UP: ["follow_up_note"],
    Kind.ABBREVIATION: [""],
    Kind.SOURCE: ["name", "year"],
    Kind.EVIDENCE: ["title"],
    Kind.ACTOR: ["description"],
    Kind.WORKING_GROUP: ["purpose"],
    Kind.TARGET_GROUP: ["description"],
}
"""The fields rules and texts lead to; a kind or a field missing here fails the test below."""
ROLES = (Role.EXPERT, Role.METHODOLOGIST, Role.TOWN)


@dataclass
class Furnished:
    program: Program
    people: dict[Role, User]
    clients: dict[Role, Client]


@pytest.fixture
def furnished() -> Furnished:
    program = make_clean_program()
    indicator = Indicator.objects.of_program(program).first()
    assert indicator
    adopted = program.adopted_criteria.get(criterion=indicator.criterion)
    assess(adopted, indicator, Moment.INTERIM, expert=2, as_of=date(2024, 1, 1), statement="Zatím.")
    make_abbreviation(program, "ZK")
    people = {role: make_member(program, role) for role in ROLES}
    return Furnished(program, people, {role: client_of(user) for role, user in people.items()})


def key_of(program: Program, kind: Kind) -> int:
    records: dict[Kind, Any] = {
        Kind.NARRATIVE: program.narrative_set,
        Kind.FIGURE: program.contextfigure_set,
        Kind.GOAL: program.goal_set.exclude(code=""),
        Kind.EVALUATION: program.goal_set.exclude(code=""),
        Kind.STEP: program.schedulestep_set,
        Kind.OUTPUT: program.output_set,
        Kind.INDICATOR: Indicator.objects.of_program(program),
        Kind.PHASE: program.phase_set,
        Kind.CONSULTATION: program.consultation_set,
        Kind.RECOMMENDATION: program.recommendation_set,
        Kind.RESPONSE: program.recommendation_set,
        Kind.FOLLOW_UP: program.recommendation_set,
        Kind.SOURCE: program.source_set,
        Kind.EVIDENCE: program.evidence_set,
        Kind.ACTOR: program.actors,
        Kind.WORKING_GROUP: program.working_groups,
        Kind.TARGET_GROUP: program.target_groups,
    }
    match kind:
        case Kind.COMMENT:
            return 1
        case Kind.ACTIVITY:
            activity = program.phase_set.get(position=1).activities.first()
            assert activity
            return int(activity.pk)
        case _ if kind in records:
            return int(records[kind].first().pk)
    return 0


def address(furnished: Furnished, target: Target, role: Role) -> str:
    program = furnished.program
    report = program.reports.get()
    planned = ProgramSection.objects.filter(program=program)
    return links.address_of(
        target,
        program,
        PERMISSIONS[role],
        report=report.pk,
        sections=set(planned.values_list("section__code", flat=True)),
    )


def targets(program: Program) -> list[Target]:
    found = []
    interim = Indicator.objects.of_program(program).first()
    assert interim
    pk = interim.assessments.get(moment=Moment.INTERIM).pk
    for kind, fields in FIELDS.items():
        for field in fields:
            named = field.replace("interim-", f"interim-{pk}-")
            code = "sustainability" if kind == Kind.SECTION else ""
            found.append(Target(kind, key_of(program, kind), named, code))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_field_opens(furnished: Furnished, role: Role) -> None:
    """Whoever may edit lands at the field itself; others at a page they may read."""
    pages: dict[str, str] = {}
    lost = []
    for target in targets(furnished.program):
        path, _hash, place = address(furnished, target, role).partition("#")
        if path not in pages:
            response = furnished.clients[role].get(path)
            assert response.status_code == 200, (target, path)
            pages[path] = response.content.decode()
        if place and f'id="{place}"' not in pages[path]:
            lost.append((target, place))

    assert lost == []


def test_team_lands_at_the_very_field(furnished: Furnished) -> None:
    lists = {Kind.CRITERION, Kind.ABBREVIATION}
    for target in targets(furnished.program):
        is_town = "town" in target.field or target.kind == Kind.RESPONSE
        found = address(furnished, target, Role.EXPERT)
        if target.kind not in lists and not is_town:
            assert "#id_" in found, target
    response = Target(Kind.RESPONSE, key_of(furnished.program, Kind.RESPONSE), "response")
    assert address(furnished, response, Role.TOWN).endswith("#id_response")
    assert "#" not in address(furnished, response, Role.EXPERT)


def test_section_that_is_not_planned_leads_to_the_plan(furnished: Furnished) -> None:
    target = Target(Kind.SECTION, code="voice")

    assert address(furnished, target, Role.EXPERT).endswith("/oddily/")


def test_every_target_of_rules_and_texts_is_tried(furnished: Furnished) -> None:
    """What stands in the code of the rules, and what the texts of a whole program lead to."""
    unknown = set()
    checked = read_checked(furnished.program, today=date(2024, 7, 1))
    assert isinstance(checked, Checked)
    spoken = [text.target for text in checked.texts]
    for target in (*spoken, *(one.target for one in checks.run(checked))):
        field = re.sub(r"^interim-\d+", "interim", target.field)
        if field and field not in FIELDS[target.kind]:
            unknown.add((target.kind, field))

    assert set(FIELDS) == set(Kind)
    assert unknown == set()
