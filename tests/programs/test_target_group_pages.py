"""Target groups of a program: whom it is for and who was counted at consultations."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from actors.models import TargetGroup
from tests.builders import make_consultation, make_program, make_recommendation, make_target_group
from tests.conftest import Cast
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/akteri/cilove-skupiny/"
ADD = "/programy/nas/akteri/cilove-skupiny/nova/"


def page_of(group: TargetGroup, page: str = "detail") -> str:
    return reverse(f"programs:target_group_{page}", args=["nas", group.pk])


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_group_added_to_the_register_and_taken(cast: Cast, expert_client: Client) -> None:
    send(expert_client, ADD, name="Rodiče", kind="target", aliases="rodiny\nmatky")

    group = cast.program.target_groups.get()
    assert (group.name, group.aliases) == ("Rodiče", ["rodiny", "matky"])
    assert "rodiny, matky" in text_of(expert_client, page_of(group))


def test_bad_group_told_next_to_its_field(cast: Cast, expert_client: Client) -> None:
    response = send(expert_client, ADD, name="", description="Pečlivý popis.")

    assert response.status_code == 422
    assert errors_of(response) == {"name": ["Pojmenujte cílovou skupinu."]}
    assert "Pečlivý popis." in response.content.decode()


def test_detail_tells_consultations_and_recommendations(cast: Cast, reader_client: Client) -> None:
    group = make_target_group(cast.program)
    make_consultation(cast.program, counts={group: 7}, held_on=date(2024, 2, 3), outcome="Dohoda.")
    make_recommendation(cast.program, title="Otevřít klub").target_groups.add(group)

    page = text_of(reader_client, page_of(group))

    assert "Dohoda." in page
    assert "Otevřít klub" in page
    assert "1 konzultace" in page


def test_group_that_was_counted_cannot_be_left(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program)
    consultation = make_consultation(cast.program, counts={group: 7})

    page = text_of(expert_client, page_of(group, "leave"))
    answer = expert_client.post(page_of(group, "leave"))

    assert reverse("programs:consultation_detail", args=["nas", consultation.pk]) in page
    assert answer.status_code == 422
    assert list(cast.program.target_groups.all()) == [group]


def test_group_counted_elsewhere_cannot_be_deleted(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program)
    make_consultation(make_program(locality=cast.program.locality), counts={group: 7})

    answer = expert_client.post(page_of(group, "delete"))

    assert answer.status_code == 422
    assert TargetGroup.objects.exists()


def test_unused_group_deleted(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program)

    expert_client.post(page_of(group, "delete"))

    assert not TargetGroup.objects.exists()


def test_second_edit_refused(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program, aliases=["rodiny"])
    form = form_of(expert_client, page_of(group, "edit"))
    group.aliases = ["rodiny", "matky"]
    save_record(group, by=cast.consultant)

    response = expert_client.post(page_of(group, "edit"), sent(form, aliases="otcové"))

    assert response.status_code == 409
    difference = response.context["conflict"].differences[0]
    assert (difference.base, difference.theirs, difference.mine) == (
        "rodiny",
        "rodiny\nmatky",
        "otcové",
    )


@pytest.mark.parametrize("page", ["detail", "edit", "leave", "delete", "history"])
def test_group_that_was_not_taken_not_found(cast: Cast, expert_client: Client, page: str) -> None:
    group = make_target_group(make_program(locality=cast.program.locality))

    assert expert_client.get(page_of(group, page)).status_code == 404


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné cílové skupiny." in text_of(expert_client, LIST)
