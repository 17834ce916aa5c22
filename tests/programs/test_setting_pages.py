from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Role
from actors.models import Locality
from programs.models import Program, ProgramState
from tests.builders import (
    make_actor,
    make_consultation,
    make_figure,
    make_goal,
    make_municipality,
    make_phase,
    make_source,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

FRAME = "/programy/nas/nastaveni/"
DELETE = f"{FRAME}smazat/"


def test_frame_saved(cast: Cast, expert_client: Client) -> None:
    response = send(
        expert_client, FRAME, title="Jiný název", state="running", last_month="8/2024", team="Tým"
    )

    assert response.status_code == 302
    cast.program.refresh_from_db()
    assert (cast.program.title, cast.program.state) == ("Jiný název", ProgramState.RUNNING)
    assert cast.program.last_month == date(2024, 8, 1)
    assert cast.program.history.first().history_user == cast.expert


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"last_month": "2023-01"}, "last_month"),
        ({"state": "forgotten"}, "state"),
        ({"theme": "999"}, "theme"),
    ],
)
def test_bad_frame_refused_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, str], field: str
) -> None:
    response = send(expert_client, FRAME, **{"team": "Pečlivě napsané.", **changes})

    assert response.status_code == 422
    assert list(errors_of(response)) == [field]
    assert "Pečlivě napsané." in response.content.decode()


def test_program_with_actors_stays_in_its_town(cast: Cast, expert_client: Client) -> None:
    make_actor(cast.program)
    elsewhere = Locality(municipality=make_municipality(), name="Jinde")
    save_record(elsewhere, by=None)

    response = send(expert_client, FRAME, locality=elsewhere.pk)

    assert list(errors_of(response)) == ["locality"]


def test_frame_saved_by_another_meanwhile_not_overwritten(
    cast: Cast, expert_client: Client
) -> None:
    opened = form_of(expert_client, FRAME)
    cast.program.title = "Mezitím"
    save_record(cast.program, by=cast.consultant)

    response = expert_client.post(FRAME, sent(opened, title="Moje"))

    assert response.status_code == 409
    cast.program.refresh_from_db()
    assert cast.program.title == "Mezitím"


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.TOWN, Role.READER])
def test_frame_is_changed_by_the_team_only(cast: Cast, role: Role) -> None:
    assert client_of(cast.member(role)).post(FRAME, {"title": "X"}).status_code == 403


def test_stranger_sees_no_settings(stranger_client: Client) -> None:
    assert stranger_client.get(FRAME).status_code == 404
    assert stranger_client.post(DELETE).status_code == 404


def test_program_nobody_worked_in_is_deleted_with_its_frame(cast: Cast) -> None:
    upper = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.1.1", parent=upper)
    make_figure(cast.program, source=make_source(cast.program))
    make_phase(cast.program)
    client = client_of(cast.consultant)

    assert client.get(DELETE).status_code == 200
    assert client.post(DELETE)["Location"] == reverse("programs:program_list")

    assert not Program.objects.filter(slug="nas").exists()
    assert client.get("/programy/nas/").status_code == 404


def test_program_people_worked_in_is_not_deleted(cast: Cast) -> None:
    make_consultation(cast.program)

    response = client_of(cast.consultant).post(DELETE)

    assert response.status_code == 422
    assert "V programu už se pracovalo." in response.content.decode()
    assert Program.objects.filter(slug="nas").exists()


def test_program_is_deleted_by_a_consultant_only(cast: Cast, expert_client: Client) -> None:
    assert expert_client.post(DELETE).status_code == 403
