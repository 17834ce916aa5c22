from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from programs.models import NarrativeSection, ProgramSection
from reporting.reading import read_report
from reporting.structure import Audience
from tests.builders import make_narrative, make_program_section, make_section
from tests.conftest import Cast, client_of
from tests.forms import errors_of, send

LIST = "/programy/nas/nastaveni/oddily/"


def codes(cast: Cast) -> list[str]:
    plans = ProgramSection.objects.filter(program=cast.program).select_related("section")
    return [plan.section.code for plan in plans]


def test_ticked_sections_are_taken_in_the_order_of_the_code_list(
    cast: Cast, expert_client: Client
) -> None:
    second, first = make_section("druhy", 20), make_section("prvni", 10)
    make_section("treti", 30)

    response = send(expert_client, LIST, sections=[second.pk, first.pk])

    assert response.status_code == 302
    assert codes(cast) == ["prvni", "druhy"]


def test_nothing_ticked_is_told(cast: Cast, expert_client: Client) -> None:
    make_section("prvni", 10)

    response = expert_client.post(LIST, {})

    assert response.status_code == 422
    assert errors_of(response) == {"sections": ["Zaškrtněte aspoň jeden oddíl."]}


def test_person_and_date_of_a_section(cast: Cast, expert_client: Client) -> None:
    plan = make_program_section(cast.program)
    address = reverse("programs:section_edit", args=["nas", plan.pk])

    send(expert_client, address, responsible=cast.town.pk, due_on="2024-05-31")

    plan.refresh_from_db()
    assert (plan.responsible, plan.due_on) == (cast.town, date(2024, 5, 31))


def test_only_members_are_responsible(cast: Cast, expert_client: Client) -> None:
    plan = make_program_section(cast.program)
    address = reverse("programs:section_edit", args=["nas", plan.pk])

    response = send(expert_client, address, responsible=cast.stranger.pk)

    assert list(errors_of(response)) == ["responsible"]


def test_section_left_out_unless_it_has_texts(cast: Cast, expert_client: Client) -> None:
    empty, written = make_program_section(cast.program, 1), make_program_section(cast.program, 2)
    make_narrative(cast.program, written.section, text="Text.")

    for plan in (empty, written):
        answer = expert_client.post(reverse("programs:section_drop", args=["nas", plan.pk]))

    assert answer.status_code == 422
    assert "Nejdřív je smažte." in answer.content.decode()
    assert list(ProgramSection.objects.filter(program=cast.program)) == [written]


def test_order_of_further_sections_is_that_of_the_report(cast: Cast, expert_client: Client) -> None:
    plans = [
        make_program_section(cast.program, place, make_section(f"oddil-{place}", 100 + place))
        for place in (1, 2, 3)
    ]
    for plan in plans:
        make_narrative(cast.program, plan.section, text="Napsáno.")

    expert_client.post(reverse("programs:section_move", args=["nas", plans[2].pk]), {"rank": "1"})

    assert codes(cast) == ["oddil-3", "oddil-1", "oddil-2"]
    report = read_report(cast.program, audience=Audience.PUBLIC, today=date(2024, 6, 30))
    assert [section.code for section in report.further_sections] == codes(cast)


@pytest.mark.parametrize("rank", ["", "první", "-5", "9" * 30])
def test_forged_rank_moves_to_the_first_place(cast: Cast, expert_client: Client, rank: str) -> None:
    plans = [make_program_section(cast.program, place) for place in (1, 2)]

    address = reverse("programs:section_move", args=["nas", plans[1].pk])
    assert expert_client.post(address, {"rank": rank}).status_code == 302

    assert ProgramSection.objects.filter(program=cast.program).first() == plans[1]


@pytest.mark.parametrize("role", [Role.TOWN, Role.METHODOLOGIST, Role.READER])
def test_sections_are_planned_by_the_team_only(cast: Cast, role: Role) -> None:
    plan = make_program_section(cast.program)
    client = client_of(cast.member(role))

    assert client.get(LIST).status_code == 200
    assert client.post(LIST, {"sections": [plan.section_id]}).status_code == 403
    for route in ("section_edit", "section_drop", "section_move"):
        address = reverse(f"programs:{route}", args=["nas", plan.pk])
        assert client.post(address, {"rank": "1"}).status_code == 403


def test_section_of_the_code_list_added_by_a_methodologist(cast: Cast) -> None:
    client = client_of(cast.methodologist)

    send(client, reverse("narrative_section_add"), title="Dopady", code="impacts", prompt="Jaké?")

    section = NarrativeSection.objects.get()
    assert (section.title, section.position) == ("Dopady", 10)
    shown = client.get(reverse("narrative_section_edit", args=[section.pk]))
    assert "code" not in shown.context["form"].fields


def test_code_of_a_section_is_unique(cast: Cast) -> None:
    make_section("dopady", 1)

    response = send(
        client_of(cast.methodologist), reverse("narrative_section_add"), title="X", code="dopady"
    )

    assert response.status_code == 422
    assert list(errors_of(response)) == ["code"]
