"""Actors of a program: the list, one of them, taking and leaving, the shared register."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from accounts.roles import Visibility
from actors.models import Actor
from programs.models import Program
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_group_member,
    make_phase,
    make_program,
    make_recommendation,
    make_working_group,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/akteri/"
ADD = "/programy/nas/akteri/novy/"
TAKE = "/programy/nas/akteri/prevzit/"


def page_of(actor: Actor, page: str) -> str:
    return reverse(f"programs:actor_{page}", args=["nas", actor.pk])


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def neighbour(cast: Cast) -> Program:
    """Another program of the same town, of which nobody of the cast is a member."""
    return make_program(locality=cast.program.locality, title="Tajný sousední program")


def names_in(response: object) -> list[str]:
    return [row.record.name for row in response.context["table"].rows]  # type: ignore[attr-defined]


# --- the list -------------------------------------------------------------------------------


def test_list_sorts_as_czech_does(cast: Cast, reader_client: Client) -> None:
    for name in ("Chráněné dílny", "Hasiči", "Církev", "Čistá ulice"):
        make_actor(cast.program, name)

    assert names_in(reader_client.get(LIST)) == [
        "Církev",
        "Čistá ulice",
        "Hasiči",
        "Chráněné dílny",
    ]


@pytest.mark.parametrize("typed", ["skol", "ŠKOL", "zs", "zastupce reditele", "zakladka"])
def test_list_found_by_any_name_without_diacritics(
    cast: Cast, reader_client: Client, typed: str
) -> None:
    make_actor(
        cast.program,
        "Základní škola",
        abbreviation="ZŠ",
        aliases=["Základka"],
        functions=["zástupce ředitele"],
    )
    make_actor(cast.program, "Městská policie")

    assert names_in(reader_client.get(LIST, {"text": typed})) == ["Základní škola"]


def test_list_filtered_by_kind(cast: Cast, reader_client: Client) -> None:
    make_actor(cast.program, "Ředitelka školy", kind="function")
    make_actor(cast.program, "Škola")

    assert names_in(reader_client.get(LIST, {"kind": "function"})) == ["Ředitelka školy"]


def test_list_counts_only_consultations_of_this_program(cast: Cast, reader_client: Client) -> None:
    actor, other = make_actor(cast.program, "Škola"), neighbour(cast)
    make_consultation(cast.program, actors=[actor], held_on=date(2024, 2, 3))
    make_consultation(cast.program, actors=[actor], held_on=date(2024, 1, 5))
    make_consultation(other, actors=[actor], held_on=date(2024, 5, 6))

    row = reader_client.get(LIST).context["table"].rows[0].record

    assert (row.consultation_count, row.last_consultation) == (2, date(2024, 2, 3))


def test_list_has_no_actors_of_the_register_that_were_not_taken(
    cast: Cast, reader_client: Client
) -> None:
    make_actor(neighbour(cast), "Azylový dům")

    assert "Azylový dům" not in text_of(reader_client, LIST)


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné aktéry." in text_of(expert_client, LIST)


# --- one actor ------------------------------------------------------------------------------


def test_detail_tells_where_the_actor_took_part(cast: Cast, reader_client: Client) -> None:
    town = make_actor(cast.program, "Město")
    actor = make_actor(
        cast.program, "Odbor sociálních věcí", parent=town, functions=["vedoucí odboru"]
    )
    group = make_working_group(cast.program, "Skupina prevence")
    make_group_member(group, function="vedoucí", actor=actor)
    make_consultation(cast.program, actors=[actor], outcome="Terénní práce dohodnuta.")
    make_activity(make_phase(cast.program), actors=[actor], title="Setkání s rodiči")
    make_recommendation(cast.program, title="Otevřít klub").addressees.add(actor)

    page = text_of(reader_client, page_of(actor, "detail"))

    for told in (
        "vedoucí odboru",
        page_of(town, "detail"),
        "Skupina prevence",
        "Terénní práce dohodnuta.",
        "Setkání s",
        "Otevřít klub",
    ):
        assert told in page


def test_detail_names_nothing_that_the_person_may_not_read(
    cast: Cast, reader_client: Client
) -> None:
    actor, hidden = make_actor(cast.program), Visibility.TEAM
    make_activity(
        make_phase(cast.program), actors=[actor], title="TAJNÁ aktivita", visibility=hidden
    )
    make_recommendation(cast.program, title="TAJNÉ doporučení", visibility=hidden).addressees.add(
        actor
    )
    make_consultation(cast.program, actors=[actor], team_note="TAJNÁ poznámka")

    assert "TAJN" not in text_of(reader_client, page_of(actor, "detail"))
    assert "TAJNÁ aktivita" in text_of(client_of(cast.expert), page_of(actor, "detail"))


def test_detail_tells_nothing_of_another_program(cast: Cast, expert_client: Client) -> None:
    other, actor = neighbour(cast), make_actor(cast.program)
    other.actors.add(actor)
    group = make_working_group(other, "Cizí skupina")
    make_group_member(group, actor=actor)
    make_consultation(other, actors=[actor], outcome="Cizí jednání.")
    part = make_actor(other, "Cizí část", parent=actor)

    page = text_of(expert_client, page_of(actor, "detail"))

    for told in ("Cizí skupina", "Cizí jednání.", part.name, other.title):
        assert told not in page


def test_months_are_those_of_the_program_and_of_what_happened(
    cast: Cast, reader_client: Client
) -> None:
    actor = make_actor(cast.program)
    for day in (date(2023, 7, 3), date(2023, 7, 31), date(2024, 9, 1)):
        make_consultation(cast.program, actors=[actor], held_on=day)

    months = reader_client.get(page_of(actor, "detail")).context["months"]

    assert len(months) == 13
    assert [(month.first, month.count, month.height) for month in months if month.count] == [
        (date(2023, 7, 1), 2, 40),
        (date(2024, 9, 1), 1, 20),
    ]


@pytest.mark.parametrize("page", ["detail", "edit", "leave", "delete", "history"])
def test_actor_that_was_not_taken_not_found(cast: Cast, expert_client: Client, page: str) -> None:
    actor = make_actor(neighbour(cast))

    assert expert_client.get(page_of(actor, page)).status_code == 404


# --- adding and editing ---------------------------------------------------------------------


def test_actor_added_to_the_register_and_taken(cast: Cast, expert_client: Client) -> None:
    response = send(
        expert_client,
        ADD,
        name="  Základní   škola ",
        kind="organisation",
        functions="ředitelka\r\n\r\n zástupce ředitele \r\nředitelka",
        aliases="škola",
    )

    actor = cast.program.actors.get()
    assert response.headers["Location"] == page_of(actor, "detail")
    assert actor.name == "Základní škola"
    assert actor.municipality == cast.program.locality.municipality
    assert (actor.functions, actor.aliases) == (["ředitelka", "zástupce ředitele"], ["škola"])


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Pojmenujte aktéra."),
        ({"kind": ""}, "kind", "Vyberte druh aktéra."),
        ({"kind": "person"}, "kind", 'Vyberte platnou možnost, "person" není k dispozici.'),
        (
            {"functions": "a" * 201},
            "functions",
            "Jeden řádek může mít nejvýše 200 znaků.",
        ),
    ],
)
def test_bad_actor_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, object], field: str, message: str
) -> None:
    typed = {"name": "Škola", "kind": "body", "description": "Pečlivý popis.", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivý popis." in response.content.decode()
    assert not Actor.objects.exists()


def test_name_of_the_register_offered_to_be_taken(cast: Cast, expert_client: Client) -> None:
    known = make_actor(neighbour(cast), "Základní škola")

    response = send(
        expert_client, ADD, name="zakladni skola", kind="body", description="Psáno dlouho."
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert errors_of(response) == {"name": ["Obec už má v rejstříku: Základní škola."]}
    assert f'action="{TAKE}"' in page
    assert f'name="records" value="{known.pk}"' in page
    assert "Psáno dlouho." in page


def test_name_of_the_program_told_without_an_offer(cast: Cast, expert_client: Client) -> None:
    make_actor(cast.program, "Škola")

    page = send(expert_client, ADD, name="škola", kind="body").content.decode()

    assert "V programu už je <strong>Škola</strong>." in page
    assert f'action="{TAKE}"' not in page


def test_actor_keeps_its_own_name_in_other_letters(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program, "skola")

    send(expert_client, page_of(actor, "edit"), name="Škola")

    actor.refresh_from_db()
    assert actor.name == "Škola"


def test_actor_cannot_belong_to_its_own_part(cast: Cast, expert_client: Client) -> None:
    town = make_actor(cast.program, "Město")
    part = make_actor(cast.program, "Odbor", parent=town)
    small = make_actor(cast.program, "Oddělení", parent=part)

    response = send(expert_client, page_of(town, "edit"), parent=small.pk)

    assert errors_of(response) == {"parent": ["Aktér nemůže patřit pod svou vlastní část."]}


def test_actor_of_another_town_not_offered_as_parent(cast: Cast, expert_client: Client) -> None:
    foreign = make_actor(cast.strange_program)

    response = send(expert_client, ADD, name="Škola", kind="body", parent=foreign.pk)

    assert list(errors_of(response)) == ["parent"]


def test_shared_actor_said_to_be_shared_without_naming_the_program(
    cast: Cast, expert_client: Client
) -> None:
    actor, other = make_actor(cast.program), neighbour(cast)
    alone = text_of(expert_client, page_of(actor, "edit"))
    other.actors.add(actor)

    shared = text_of(expert_client, page_of(actor, "edit"))

    told = "používá ho i jiný program"
    assert told not in alone
    assert told in shared
    assert other.title not in shared


def test_second_edit_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program, "Škola", functions=["ředitelka"])
    form = form_of(expert_client, page_of(actor, "edit"))
    actor.functions = ["ředitelka", "učitel"]
    save_record(actor, by=cast.consultant)

    response = expert_client.post(
        page_of(actor, "edit"), sent(form, functions="ředitelka\nzástupce", description="Popis.")
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "učitel" in page
    assert "zástupce" in page
    assert "Popis." in page
    actor.refresh_from_db()
    assert actor.functions == ["ředitelka", "učitel"]


def test_untouched_lists_are_no_conflict(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program, "Škola", functions=["ředitelka", "učitel"])
    form = form_of(expert_client, page_of(actor, "edit"))
    actor.description = "Popis kolegyně."
    save_record(actor, by=cast.consultant)

    response = expert_client.post(page_of(actor, "edit"), sent(form, name="Základní škola"))

    assert response.status_code == 409
    assert response.context["conflict"].differences == []
    assert response.context["conflict"].taken == ["Popis"]


def test_actor_deleted_meanwhile_comes_back_with_what_was_typed(
    cast: Cast, expert_client: Client
) -> None:
    actor = make_actor(cast.program, "Škola")
    address = page_of(actor, "edit")
    data = sent(form_of(expert_client, address), description="Popis.")
    client_of(cast.consultant).post(page_of(actor, "delete"))

    first = expert_client.post(address, data)
    second = expert_client.post(address, {**data, "opened_version": 0})

    assert (first.status_code, second.status_code) == (409, 302)
    assert cast.program.actors.get().description == "Popis."


# --- taking, leaving, deleting --------------------------------------------------------------


def test_register_offers_what_was_not_taken_and_nothing_of_other_towns(
    cast: Cast, expert_client: Client
) -> None:
    taken, other = make_actor(cast.program, "Převzatý"), make_actor(neighbour(cast), "Volný")
    foreign = make_actor(cast.strange_program, "Cizí")
    page = text_of(expert_client, TAKE)

    response = expert_client.post(TAKE, {"records": [other.pk]})
    refused = expert_client.post(TAKE, {"records": [foreign.pk]})

    assert ("Volný" in page, "Převzatý" in page, "Cizí" in page) == (True, False, False)
    assert response.headers["Location"] == LIST
    assert refused.status_code == 422
    assert set(cast.program.actors.all()) == {taken, other}


def test_taking_nothing_told(cast: Cast, expert_client: Client) -> None:
    make_actor(neighbour(cast))

    response = expert_client.post(TAKE, {})

    assert response.status_code == 422
    assert errors_of(response) == {"records": ["Zaškrtněte aspoň jednoho aktéra."]}


def test_leaving_asks_and_keeps_the_actor_in_the_register(
    cast: Cast, expert_client: Client
) -> None:
    actor = make_actor(cast.program)
    page = text_of(expert_client, page_of(actor, "leave"))

    expert_client.post(page_of(actor, "leave"))

    assert "Odebrat aktéra z programu?" in page
    assert not cast.program.actors.exists()
    assert Actor.objects.filter(pk=actor.pk).exists()
    assert actor.name in text_of(expert_client, TAKE)


@pytest.mark.parametrize("page", ["leave", "delete"])
def test_actor_that_is_named_told_where_and_kept(
    cast: Cast, expert_client: Client, page: str
) -> None:
    actor = make_actor(cast.program)
    consultation = make_consultation(cast.program, actors=[actor])

    shown = text_of(expert_client, page_of(actor, page))
    answer = expert_client.post(page_of(actor, page))

    assert reverse("programs:consultation_detail", args=["nas", consultation.pk]) in shown
    assert answer.status_code == 422
    assert "Program tento záznam stále uvádí: 1 konzultace." in answer.content.decode()
    assert list(cast.program.actors.all()) == [actor]


def test_actor_of_two_programs_not_deleted_and_the_other_not_named(
    cast: Cast, expert_client: Client
) -> None:
    actor, other = make_actor(cast.program), neighbour(cast)
    other.actors.add(actor)

    shown = text_of(expert_client, page_of(actor, "delete"))
    answer = expert_client.post(page_of(actor, "delete"))

    assert "Záznam používá i jiný program obce" in shown
    assert other.title not in shown + answer.content.decode()
    assert answer.status_code == 422
    assert Actor.objects.filter(pk=actor.pk).exists()


def test_actor_held_by_a_group_told_in_words(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program)
    make_group_member(make_working_group(cast.program), function="vedoucí", actor=actor)

    answer = expert_client.post(page_of(actor, "delete"))

    assert answer.status_code == 422
    assert (
        "Nelze smazat, protože se používá: Člen pracovní skupiny vedoucí."
        in answer.content.decode()
    )


def test_deleted_actor_brought_back_into_the_program(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program, "Škola")
    expert_client.post(page_of(actor, "delete"))
    page = text_of(expert_client, TAKE)
    row = Actor.history.filter(history_type="-").get().history_id
    address = reverse("programs:record_undelete", args=["nas", "actor", row])

    expert_client.post(address)

    assert address in page
    assert cast.program.actors.get().name == "Škola"


# --- history --------------------------------------------------------------------------------


def test_earlier_version_restored(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.program, "Škola")
    actor.name = "Překlep"
    save_record(actor, by=cast.consultant)
    row = actor.history.last().history_id
    address = reverse("programs:version_restore", args=["nas", "actor", row])
    page = text_of(expert_client, page_of(actor, "history"))

    expert_client.post(address)

    actor.refresh_from_db()
    assert address in page
    assert actor.name == "Škola"


def test_history_not_restored_by_those_who_only_read(cast: Cast, reader_client: Client) -> None:
    actor = make_actor(cast.program, "Škola")
    actor.name = "Jinak"
    save_record(actor, by=cast.expert)
    row = actor.history.last().history_id

    answer = reader_client.post(reverse("programs:version_restore", args=["nas", "actor", row]))

    assert answer.status_code == 403
    assert "Vrátit" not in text_of(reader_client, page_of(actor, "history"))


def test_actor_that_was_not_taken_not_restored(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(neighbour(cast))
    row = actor.history.get().history_id

    answer = expert_client.post(reverse("programs:version_restore", args=["nas", "actor", row]))

    assert answer.status_code == 404


def test_deleted_actor_of_another_town_not_brought_back(cast: Cast, expert_client: Client) -> None:
    actor = make_actor(cast.strange_program)
    delete_record(actor, by=cast.stranger)
    row = Actor.history.filter(history_type="-").get().history_id

    answer = expert_client.post(reverse("programs:record_undelete", args=["nas", "actor", row]))

    assert answer.status_code == 404
    assert not Actor.objects.exists()
