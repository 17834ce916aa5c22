"""A program founded from nothing, or in the frame of an earlier one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from actors.models import Locality, Municipality
from indicators.actions import publish_catalogue
from indicators.models import AdoptedCriterion, Criterion
from programs.models import (
    Goal,
    Membership,
    Phase,
    Program,
    ProgramSection,
    ScheduleStep,
    StepTiming,
    Theme,
)
from tests.builders import (
    adopt,
    make_actor,
    make_consultation,
    make_criterion,
    make_goal,
    make_narrative,
    make_phase,
    make_program_section,
    make_section,
    make_step,
    make_user,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, send

ADDRESS = "/zalozit-program/"


@pytest.fixture
def consultant(cast: Cast) -> Client:
    return client_of(cast.consultant)


@pytest.fixture
def criterion(cast: Cast) -> Criterion:
    criterion = make_criterion(indicator_count=2)
    catalogue = criterion.area.catalogue
    publish_catalogue(catalogue=catalogue, published_on=timezone.localdate(), by=cast.methodologist)
    return criterion


def found(client: Client, cast: Cast, **changes: Any) -> Any:
    values = {
        "locality": cast.program.locality_id,
        "theme": cast.program.theme_id,
        "first_month": "2025-01",
        "last_month": "2025-12",
        **changes,
    }
    return send(client, ADDRESS, **values)


def founded() -> Program:
    return Program.objects.order_by("-pk")[0]


def test_program_gets_a_skeleton_and_its_founder_as_consultant(
    cast: Cast, consultant: Client, criterion: Criterion
) -> None:
    for number in (1, 2):
        make_section(f"oddil-{number}", number)

    response = found(consultant, cast, title="Prevence v Janově", criteria=[criterion.pk])

    program = founded()
    assert program.slug == "prevence-v-janove"
    assert response["Location"] == reverse("programs:member_list", args=[program.slug])
    membership = Membership.objects.get(program=program)
    assert (membership.user, membership.role) == (cast.consultant, Role.CONSULTANT)
    sections = ProgramSection.objects.filter(program=program)
    assert [plan.section.code for plan in sections] == ["oddil-1", "oddil-2"]
    phases = Phase.objects.filter(program=program)
    assert [(phase.first_month, phase.last_month) for phase in phases] == [
        (date(2025, month, 1), date(2025, month + 2, 1)) for month in (1, 4, 7, 10)
    ]
    steps = ScheduleStep.objects.filter(program=program)
    assert steps.count() == 6
    assert steps.filter(timing=StepTiming.CONTINUOUS).count() == 1
    assert [adopted.criterion for adopted in program.adopted_criteria.all()] == [criterion]
    assert program.history.get().history_user == cast.consultant


def test_program_of_one_month_has_a_schedule_within_it(cast: Cast, consultant: Client) -> None:
    found(consultant, cast, last_month="2025-01")

    steps = ScheduleStep.objects.filter(program=founded()).exclude(first_month=None)
    assert {(step.first_month, step.last_month) for step in steps} == {
        (date(2025, 1, 1), date(2025, 1, 1))
    }


def test_period_of_twelve_months_from_the_next_one_is_offered(
    cast: Cast, consultant: Client
) -> None:
    form = consultant.get(ADDRESS).context["form"]

    first, last = form["first_month"].value(), form["last_month"].value()
    assert first > timezone.localdate().replace(day=1)
    assert (last.year - first.year) * 12 + last.month - first.month == 11


def test_title_and_address_follow_from_town_and_theme(cast: Cast, consultant: Client) -> None:
    for _ in range(2):
        found(consultant, cast, title="")

    first, second = Program.objects.order_by("-pk")[:2][::-1]
    town, theme = cast.program.locality.municipality, cast.program.theme
    assert first.title == f"Poradenský program {town} – {theme}"
    assert second.slug == f"{first.slug}-2"


def test_new_locality_of_a_new_town_is_founded_with_it(cast: Cast, consultant: Client) -> None:
    found(
        consultant,
        cast,
        locality="",
        new_locality="Dolní sídliště",
        new_municipality="Nové Město",
        municipality_code="599999",
        municipality_district="Most",
        municipality_region="Ústecký kraj",
    )

    locality = founded().locality
    assert (locality.name, locality.municipality.name) == ("Dolní sídliště", "Nové Město")
    assert locality.municipality.code == "599999"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"locality": ""}, "locality", "Vyberte lokalitu, nebo níže pojmenujte novou."),
        ({"locality": "", "new_locality": "Nová"}, "municipality", "Uveďte, ke které obci"),
        ({"new_locality": "Nová"}, "new_locality", "ne obojí"),
        ({"theme": ""}, "theme", "třeba vyplnit"),
        ({"last_month": "2024-12"}, "last_month", "Program nemůže skončit dřív, než začne."),
        ({"last_month": "2032-12"}, "last_month", "nejvýše pět let"),
        ({"first_month": "leden"}, "first_month", "Zadejte měsíc"),
        (
            {
                "locality": "",
                "new_locality": "Nová",
                "new_municipality": "Nové Město",
                "municipality_code": "12",
                "municipality_district": "Most",
                "municipality_region": "Kraj",
            },
            "municipality_code",
            "Kód obce má šest číslic.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_founded(
    cast: Cast, consultant: Client, changes: dict[str, Any], field: str, message: str
) -> None:
    before = (Program.objects.count(), Municipality.objects.count(), Locality.objects.count())

    response = found(consultant, cast, title="Pečlivě vymyšlený název", **changes)

    assert response.status_code == 422
    errors = errors_of(response)
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert "Pečlivě vymyšlený název" in response.content.decode()
    assert before == (
        Program.objects.count(),
        Municipality.objects.count(),
        Locality.objects.count(),
    )


def test_criteria_of_two_catalogues_refused(
    cast: Cast, consultant: Client, criterion: Criterion
) -> None:
    other = make_criterion()
    publish_catalogue(
        catalogue=other.area.catalogue, published_on=date(2024, 1, 1), by=cast.methodologist
    )

    response = found(consultant, cast, criteria=[criterion.pk, other.pk])

    assert list(errors_of(response)) == ["criteria"]


def test_criteria_of_a_draft_are_not_offered(cast: Cast, consultant: Client) -> None:
    draft = make_criterion()

    response = found(consultant, cast, criteria=[draft.pk])

    assert list(errors_of(response)) == ["criteria"]


def test_frame_of_an_earlier_program_moves_to_the_new_period(
    cast: Cast, consultant: Client, criterion: Criterion
) -> None:
    earlier = cast.program
    section = make_section("uvod", 1)
    make_program_section(earlier, 1, section, responsible=cast.expert, due_on=date(2024, 1, 1))
    make_narrative(earlier, section, text="Nikam nepatří.")
    make_phase(earlier, first_month=date(2023, 7, 1), last_month=date(2023, 12, 1))
    make_step(earlier, 1, description="První krok", first_month=date(2023, 4, 1))
    upper = make_goal(earlier, "1.1", evaluation="Nikam nepatří.")
    make_goal(earlier, "1.1.1", parent=upper, fulfilment="partly")
    adopt(earlier, criterion)
    actor = make_actor(earlier)
    make_consultation(earlier)

    found(consultant, cast, pattern=earlier.pk, copy_goals=True, first_month="2024-09")

    program = founded()
    phase = Phase.objects.get(program=program)
    assert (phase.first_month, phase.last_month) == (date(2024, 9, 1), date(2025, 2, 1))
    step = ScheduleStep.objects.get(program=program)
    assert (step.description, step.first_month) == ("První krok", date(2024, 6, 1))
    goals = list(Goal.objects.filter(program=program))
    assert [(goal.code, goal.evaluation, goal.fulfilment) for goal in goals] == [
        ("1.1", "", ""),
        ("1.1.1", "", ""),
    ]
    assert goals[1].parent == goals[0]
    plan = ProgramSection.objects.get(program=program)
    assert (plan.section, plan.responsible, plan.due_on) == (section, None, None)
    assert AdoptedCriterion.objects.get(program=program).criterion == criterion
    assert list(program.actors.all()) == [actor]
    assert not program.consultation_set.exists()
    assert not program.narrative_set.exists()


def test_program_of_strangers_is_no_pattern(cast: Cast, consultant: Client) -> None:
    response = found(consultant, cast, pattern=cast.strange_program.pk)

    assert list(errors_of(response)) == ["pattern"]


@pytest.mark.parametrize("role", [Role.EXPERT, Role.METHODOLOGIST, Role.TOWN, Role.READER])
def test_founding_is_for_consultants(cast: Cast, role: Role) -> None:
    assert client_of(cast.member(role)).get(ADDRESS).status_code == 403


def test_operator_founds_the_first_program(db: None) -> None:
    theme = Theme.objects.create(name="Bydlení")
    client = client_of(make_user(is_superuser=True))

    send(
        client,
        ADDRESS,
        theme=theme.pk,
        new_locality="Janov",
        new_municipality="Litvínov",
        municipality_code="567256",
        municipality_district="Most",
        municipality_region="Ústecký kraj",
        first_month="2025-01",
        last_month="2025-12",
    )

    assert Program.objects.get().title == "Poradenský program Litvínov – Bydlení"


def test_form_sent_twice_founds_one_program(cast: Cast, consultant: Client) -> None:
    from tests.forms import form_of, sent

    shown = consultant.get(ADDRESS)
    values = {
        "locality": cast.program.locality_id,
        "theme": cast.program.theme_id,
        "first_month": "2025-01",
        "last_month": "2025-12",
    }
    data = sent(form_of(consultant, ADDRESS), **values)
    data["form_key"] = shown.context["form_key"]
    before = Program.objects.count()

    for _ in range(2):
        assert consultant.post(ADDRESS, data).status_code == 302

    assert Program.objects.count() == before + 1
