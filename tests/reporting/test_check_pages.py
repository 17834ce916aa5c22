"""Kontrola úplnosti as a page, and the texts side by side."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from programs.models import Program
from tests.builders import (
    adopt,
    make_activity,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_member,
    make_output,
    make_phase,
    make_program,
    make_recommendation,
    make_source,
    make_step,
)
from tests.conftest import Cast, client_of
from tests.reporting.checks.clean import make_clean_program

pytestmark = pytest.mark.django_db
PAGES = ("report_check", "report_comparison")


def path(program: Program, page: str = "report_check") -> str:
    return reverse(f"reporting:{page}", args=[program.slug])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_rights(cast: Cast, stranger_client: Client, reader_client: Client, page: str) -> None:
    assert stranger_client.get(path(cast.program, page)).status_code == 404
    assert reader_client.get(path(cast.program, page)).status_code == 403
    for role in (Role.EXPERT, Role.CONSULTANT, Role.METHODOLOGIST, Role.TOWN):
        client = client_of(cast.member(role))
        assert client.get(path(cast.program, page)).status_code == 200
    assert Client().get(path(cast.program, page)).status_code == 302


def test_report_of_another_program_is_not_found(cast: Cast, expert_client: Client) -> None:
    strange = make_clean_program().reports.get()

    for page in PAGES:
        for asked in (strange.pk, "abc", "99999999999"):
            address = f"{path(cast.program, page)}?zprava={asked}"
            assert expert_client.get(address).status_code == 404


def test_clean_program_is_told_so() -> None:
    program = make_clean_program()
    client = client_of(make_member(program, Role.EXPERT))

    page = text(client, path(program))

    assert "Nic nechybí" in page
    assert "check__group" not in page
    assert "Bezpečí" in text(client, path(program, "report_comparison"))


def test_what_blocks_stands_open_and_first(cast: Cast, expert_client: Client) -> None:
    program = cast.program
    make_goal(program, "1.1", evaluation="Viz cíl 1.5.", implementation_state="closed")
    for number in range(8):
        make_figure(program, number + 1)

    page = text(expert_client, path(program))

    assert page.index("check__group--blocks") < page.index("Titulní strana</h2>")
    assert "odkazuje na cíl 1.5, který neexistuje" in page
    folded = page[page.index("<details") :]
    assert "Zobrazit 8 míst" in folded
    assert "nemá zdroj" in folded
    assert "cíl 1.5" not in folded.partition("</details>")[0]


def test_texts_for_the_team_only_are_not_shown(cast: Cast, town_client: Client) -> None:
    phase = make_phase(cast.program)
    make_activity(phase, title="Tajná porada s panem Novákem", visibility="team")

    assert "Tajná porada" not in text(town_client, path(cast.program))


def test_empty_program_can_be_compared(cast: Cast, expert_client: Client) -> None:
    assert "Zatím není co srovnávat" in text(expert_client, path(cast.program, "report_comparison"))


@pytest.mark.parametrize("page", PAGES)
def test_fixed_number_of_queries(page: str) -> None:
    counts = {}
    for size in (1, 30):
        program = make_program()
        client = client_of(make_member(program, Role.EXPERT))
        _fill(program, size)
        client.get(path(program, page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path(program, page)).status_code == 200
        counts[size] = len(queries)

    assert counts[1] == counts[30]


def _fill(program: Program, size: int) -> None:
    source, phase = make_source(program), make_phase(program)
    adopt(program, make_criterion(indicator_count=size))
    for number in range(1, size + 1):
        goal = make_goal(program, f"1.{number}", evaluation=f"Vyhodnocení, viz cíl 9.{number}.")
        links: dict[str, Any] = {"goals": [goal]}
        make_figure(program, number, source=source)
        make_step(program, number)
        make_activity(phase, number, **links)
        make_recommendation(program, number, **links)
        make_output(program, number, **links)
        make_evidence(program, number)
