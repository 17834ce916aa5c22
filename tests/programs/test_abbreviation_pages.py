"""Abbreviations of a program, beside the shared ones it may replace."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from programs.models import Abbreviation
from tests.builders import make_abbreviation
from tests.conftest import Cast
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/podklady/zkratky/"
ADD = "/programy/nas/podklady/zkratky/nova/"


def page_of(abbreviation: Abbreviation, page: str) -> str:
    return reverse(f"programs:abbreviation_{page}", args=["nas", abbreviation.pk])


def test_own_abbreviation_replaces_the_shared_one(cast: Cast, expert_client: Client) -> None:
    make_abbreviation(None, "OSZ", expansion="Odbor sociálního začleňování")

    send(expert_client, ADD, abbreviation="OSZ", other_forms="OSZ MMR", expansion="Oddělení")

    own = Abbreviation.objects.get(program=cast.program)
    assert own.all_forms == ("OSZ", "OSZ MMR")
    page = expert_client.get(LIST).content.decode()
    assert "nahrazena vlastní zkratkou programu" in page
    assert "Odbor sociálního začleňování" in page


def test_abbreviation_given_twice_refused(cast: Cast, expert_client: Client) -> None:
    make_abbreviation(cast.program, "SVL")

    response = send(expert_client, ADD, abbreviation="SVL", expansion="Psáno dlouho")

    assert response.status_code == 422
    assert errors_of(response) == {"abbreviation": ["Tato zkratka už v seznamu je."]}
    assert "Psáno dlouho" in response.content.decode()


def test_abbreviations_of_other_programs_not_shown(cast: Cast, reader_client: Client) -> None:
    make_abbreviation(cast.strange_program, "CIZI")

    assert "CIZI" not in reader_client.get(LIST).content.decode()


@pytest.mark.parametrize("page", ["edit", "delete", "history"])
def test_shared_and_foreign_abbreviations_not_edited_here(
    cast: Cast, expert_client: Client, page: str
) -> None:
    for abbreviation in (make_abbreviation(None), make_abbreviation(cast.strange_program)):
        assert expert_client.get(page_of(abbreviation, page)).status_code == 404
        assert expert_client.post(page_of(abbreviation, page)).status_code in {404, 405}


def test_abbreviation_deleted_after_a_question(cast: Cast, expert_client: Client) -> None:
    abbreviation = make_abbreviation(cast.program)
    shown = expert_client.get(page_of(abbreviation, "delete")).content.decode()

    expert_client.post(page_of(abbreviation, "delete"))

    assert "Smazat zkratku?" in shown
    assert not Abbreviation.objects.exists()


def test_second_edit_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    abbreviation = make_abbreviation(cast.program, "SVL")
    form = form_of(expert_client, page_of(abbreviation, "edit"))
    abbreviation.expansion = "verze kolegyně"
    save_record(abbreviation, by=cast.consultant)

    response = expert_client.post(page_of(abbreviation, "edit"), sent(form, expansion="moje verze"))

    assert response.status_code == 409
    difference = response.context["conflict"].differences[0]
    assert (difference.theirs, difference.mine) == ("verze kolegyně", "moje verze")


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program nemá žádné vlastní zkratky." in expert_client.get(LIST).content.decode()
