"""The log of consultations as it is read: its list, its filters, one entry after another."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.roles import Role, Visibility
from programs.models import Consultation
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_target_group,
)
from tests.conftest import Cast, client_of
from tests.forms import send

LOG = "/programy/nas/realizace/konzultace/"


def detail(consultation: Consultation) -> str:
    return reverse("programs:consultation_detail", args=["nas", consultation.pk])


def found(client: Client, **query: str) -> list[str]:
    response = client.get(LOG, query)
    return [row.record.outcome for row in response.context["table"].rows]


def test_log_filtered_by_phase_kind_and_text(cast: Cast, expert_client: Client) -> None:
    make_phase(cast.program)
    make_consultation(cast.program, outcome="Schůzka o Šumavě.")
    make_consultation(cast.program, outcome="Hovor.", kind="remote")
    make_consultation(cast.program, outcome="Předem.", held_on=date(2023, 7, 1))

    assert found(expert_client, phase="none") == ["Předem."]
    assert found(expert_client, kind="remote") == ["Hovor."]
    assert found(expert_client, text="SUMAV") == ["Schůzka o Šumavě."]
    assert found(expert_client, text="sumav", kind="remote") == []
    assert len(found(expert_client, phase="1")) == 2


def test_log_filtered_by_what_it_is_linked_to(cast: Cast, expert_client: Client) -> None:
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    group = make_target_group(cast.program)
    activity = make_activity(make_phase(cast.program))
    make_consultation(cast.program, outcome="Cíl.", goals=[goal], activity=activity)
    make_consultation(cast.program, outcome="Aktér.", actors=[actor], activity=activity)
    make_consultation(cast.program, outcome="Skupina.", counts={group: None}, activity=activity)
    make_consultation(cast.program, outcome="Volná.", held_on=date(2023, 8, 31))

    assert found(expert_client, goal=str(goal.pk)) == ["Cíl."]
    assert found(expert_client, actor=str(actor.pk)) == ["Aktér."]
    assert found(expert_client, group=str(group.pk)) == ["Skupina."]
    assert found(expert_client, loose="on") == ["Volná."]
    assert found(expert_client, month="2023-08") == ["Volná."]
    assert found(expert_client, month="2023-09") == []
    assert found(expert_client, month="srpen") == []


def test_own_entries_are_those_the_person_logged(cast: Cast, expert_client: Client) -> None:
    make_consultation(cast.program, outcome="Cizí.")
    address = reverse("programs:consultation_add", args=["nas"])
    send(expert_client, address, kind="meeting", outcome="Moje.")

    assert found(expert_client, mine="on") == ["Moje."]


def test_log_shows_newest_first_and_pages(cast: Cast, expert_client: Client) -> None:
    for day in range(1, 23):
        make_consultation(cast.program, held_on=date(2024, 1, day), outcome=f"Den {day}.")

    first = expert_client.get(LOG)
    second = expert_client.get(LOG, {"page": 2})

    assert [row.record.outcome for row in first.context["table"].page][:2] == ["Den 22.", "Den 21."]
    assert [row.record.outcome for row in second.context["table"].page] == ["Den 2.", "Den 1."]


def test_address_of_the_list_goes_along_to_the_entry_and_back(
    cast: Cast, expert_client: Client
) -> None:
    consultation = make_consultation(cast.program, kind="remote")
    query = "?kind=remote&sort=held_on"
    escaped = query.replace("&", "&amp;")

    shown = expert_client.get(LOG + query)
    entry = expert_client.get(detail(consultation) + query)

    assertContains(shown, f'href="{detail(consultation)}{escaped}"')
    assertContains(entry, f'href="{LOG}{escaped}"')
    edit = reverse("programs:consultation_edit", args=["nas", consultation.pk])
    saved = send(expert_client, edit + query, outcome="Opraveno.")
    assert saved["Location"] == detail(consultation) + query


def test_entry_leads_to_its_neighbours_in_the_filter(cast: Cast, expert_client: Client) -> None:
    first = make_consultation(cast.program, held_on=date(2024, 1, 1), kind="remote")
    make_consultation(cast.program, held_on=date(2024, 1, 2))
    middle = make_consultation(cast.program, held_on=date(2024, 1, 3), kind="remote")
    same_day = make_consultation(cast.program, held_on=date(2024, 1, 3), kind="remote")

    page = expert_client.get(detail(middle), {"kind": "remote"})

    assert (page.context["previous"], page.context["next"]) == (first, same_day)


def test_entry_shows_everything(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    goal = make_goal(cast.program, short_title="Zapojení obyvatel")
    group = make_target_group(cast.program, "Rodiče")
    consultation = make_consultation(
        cast.program,
        goals=[goal],
        actors=[make_actor(cast.program, "Městská policie")],
        counts={group: 3},
        activity=make_activity(phase, title="Setkání s rodiči"),
        outcome="Dohodnut **postup**.",
        team_note="Jen pro tým.",
    )

    page = expert_client.get(detail(consultation))

    for text in (
        "Zapojení obyvatel",
        "Městská policie",
        "Rodiče (3)",
        "Setkání s\u00a0rodiči",
        "<strong>postup</strong>",
        "Jen pro tým.",
        "Fáze 1",
    ):
        assertContains(page, text)


@pytest.mark.parametrize("role", [Role.TOWN, Role.READER])
def test_others_read_neither_notes_nor_small_counts_nor_hidden_activities(
    cast: Cast, role: Role
) -> None:
    group = make_target_group(cast.program, "Rodiče")
    hidden = make_activity(make_phase(cast.program), title="Tajná", visibility=Visibility.TEAM)
    consultation = make_consultation(
        cast.program, counts={group: 4}, activity=hidden, team_note="Jen pro tým."
    )
    client = client_of(cast.member(role))

    for address in (LOG, detail(consultation)):
        page = client.get(address)
        assertContains(page, "Rodiče (méně než 5)")
        assertNotContains(page, "Tajná")
        assertNotContains(page, "Jen pro tým.")


def test_entry_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_consultation(cast.strange_program)

    assert expert_client.get(detail(foreign)).status_code == 404


def test_only_loose_ones_can_be_ticked_and_only_by_the_team(
    cast: Cast, expert_client: Client, reader_client: Client
) -> None:
    loose = make_consultation(cast.program)
    grouped = make_consultation(cast.program, activity=make_activity(make_phase(cast.program)))

    page, read = expert_client.get(LOG), reader_client.get(LOG)

    assertContains(page, f'name="konzultace" value="{loose.pk}"')
    assertNotContains(page, f'name="konzultace" value="{grouped.pk}"')
    assertNotContains(read, 'name="konzultace"')
    assertNotContains(read, "Seskupit")


def test_empty_log_teaches(cast: Cast, reader_client: Client) -> None:
    page = reader_client.get(LOG).content.decode()

    assert "Zatím není zapsána žádná konzultace." in page
    assert "Zapsat konzultaci" not in page
