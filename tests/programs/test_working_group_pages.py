"""Working groups of a program and the seats in them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from actors.models import GroupMember, WorkingGroup
from tests.builders import (
    make_actor,
    make_group_member,
    make_program,
    make_working_group,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/akteri/skupiny/"
ADD = "/programy/nas/akteri/skupiny/nova/"


def page_of(group: WorkingGroup, page: str = "detail") -> str:
    return reverse(f"programs:working_group_{page}", args=["nas", group.pk])


def member_page(seat: GroupMember, page: str) -> str:
    return reverse(f"programs:group_member_{page}", args=["nas", seat.group_id, seat.pk])


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_group_added_to_the_register_and_taken(cast: Cast, expert_client: Client) -> None:
    initiator = make_actor(cast.program, "Město")

    send(
        expert_client,
        ADD,
        name="Skupina prevence",
        state="planned",
        purpose="Koordinace.",
        initiator=initiator.pk,
    )

    group = cast.program.working_groups.get()
    assert (group.state, group.initiator) == ("planned", initiator)
    page = text_of(expert_client, page_of(group))
    assert "Koordinace." in page
    assert "Skupina zatím nemá žádné členy." in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Pojmenujte pracovní skupinu."),
        ({"state": ""}, "state", "Vyberte stav pracovní skupiny."),
        ({"name": "skupina A"}, "name", "Obec už má v rejstříku: Skupina A."),
    ],
)
def test_bad_group_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, object], field: str, message: str
) -> None:
    make_working_group(cast.program, "Skupina A")
    typed = {"name": "Nová", "state": "active", "purpose": "Pečlivý účel.", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivý účel." in response.content.decode()


def test_member_added_at_the_end(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program)
    make_group_member(group, 4)
    actor = make_actor(cast.program, "Policie")

    send(
        expert_client,
        reverse("programs:group_member_add", args=["nas", group.pk]),
        function="velitel",
        actor=actor.pk,
        kind="invited",
    )

    seat = group.members.get(function="velitel")
    assert (seat.position, seat.actor, seat.kind) == (5, actor, "invited")
    assert "velitel" in text_of(expert_client, page_of(group))


def test_function_given_twice_told(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program)
    make_group_member(group, function="velitel")

    response = send(
        expert_client,
        reverse("programs:group_member_add", args=["nas", group.pk]),
        function="velitel",
    )

    assert response.status_code == 422
    assert errors_of(response) == {"function": ["Tuto funkci už skupina mezi členy má."]}


def test_members_moved(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program)
    for position in (1, 2, 3):
        last = make_group_member(group, position, function=f"funkce {position}")

    response = expert_client.post(member_page(last, "move"), {"rank": "1"})

    assert response.headers["Location"] == page_of(group)
    functions = list(group.members.values_list("function", flat=True))
    assert functions == ["funkce 3", "funkce 1", "funkce 2"]


def test_member_deleted_and_brought_back(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program)
    seat = make_group_member(group, function="velitel")
    question = text_of(expert_client, member_page(seat, "delete"))
    expert_client.post(member_page(seat, "delete"))
    row = GroupMember.history.filter(history_type="-").get().history_id
    address = reverse("programs:record_undelete", args=["nas", "groupmember", row])
    page = text_of(expert_client, page_of(group))

    expert_client.post(address)

    assert "Smazat člena skupiny?" in question
    assert address in page
    assert group.members.get().function == "velitel"


def test_deleted_members_offered_only_to_those_who_edit(
    cast: Cast, expert_client: Client, reader_client: Client
) -> None:
    group = make_working_group(cast.program)
    seat = make_group_member(group, function="velitel")
    expert_client.post(member_page(seat, "delete"))

    assert "velitel" not in text_of(reader_client, page_of(group))


def test_group_deleted_with_its_members_and_brought_back(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program, "Skupina")
    make_group_member(group, function="velitel")
    expert_client.post(page_of(group, "delete"))
    gone = not WorkingGroup.objects.exists()
    row = WorkingGroup.history.filter(history_type="-").get().history_id

    expert_client.post(reverse("programs:record_undelete", args=["nas", "workinggroup", row]))

    assert gone
    assert cast.program.working_groups.get().members.get().function == "velitel"


def test_group_left_and_taken_again(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.program)

    expert_client.post(page_of(group, "leave"))
    left = not cast.program.working_groups.exists()
    expert_client.post(reverse("programs:working_group_take", args=["nas"]), {"records": group.pk})

    assert left
    assert list(cast.program.working_groups.all()) == [group]


def test_second_edit_of_a_member_refused(cast: Cast, expert_client: Client) -> None:
    seat = make_group_member(make_working_group(cast.program), function="velitel")
    form = form_of(expert_client, member_page(seat, "edit"))
    seat.function = "zástupce velitele"
    save_record(seat, by=cast.consultant)

    response = expert_client.post(member_page(seat, "edit"), sent(form, function="ředitel"))

    assert response.status_code == 409
    difference = response.context["conflict"].differences[0]
    assert (difference.theirs, difference.mine) == ("zástupce velitele", "ředitel")


def test_actor_that_was_not_taken_named_without_a_link(cast: Cast, reader_client: Client) -> None:
    neighbour = make_program(locality=cast.program.locality)
    actor = make_actor(neighbour, "Sousední aktér")
    group = make_working_group(cast.program)
    make_group_member(group, actor=actor)

    page = text_of(reader_client, page_of(group))

    assert "Sousední aktér" in page
    assert reverse("programs:actor_detail", args=["nas", actor.pk]) not in page


@pytest.mark.parametrize("page", ["edit", "delete", "move", "history"])
def test_member_of_another_group_not_found(cast: Cast, expert_client: Client, page: str) -> None:
    own = make_working_group(cast.program)
    foreign = make_group_member(make_working_group(cast.strange_program))
    through_own = reverse(f"programs:group_member_{page}", args=["nas", own.pk, foreign.pk])

    for address in (member_page(foreign, page), through_own):
        ask = expert_client.post if page == "move" else expert_client.get
        assert ask(address).status_code == 404


def test_reader_moves_nothing(cast: Cast) -> None:
    seat = make_group_member(make_working_group(cast.program))

    assert client_of(cast.reader).post(member_page(seat, "move"), {"rank": 1}).status_code == 403


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné pracovní skupiny." in text_of(expert_client, LIST)


@pytest.mark.parametrize("page", ["add", "edit"])
def test_member_of_a_group_deleted_meanwhile_gives_back_what_was_typed(
    cast: Cast, expert_client: Client, page: str
) -> None:
    group = make_working_group(cast.program, "Skupina prevence")
    seat = make_group_member(group, function="velitel")
    keys = [seat.pk] if page == "edit" else []
    address = reverse(f"programs:group_member_{page}", args=["nas", group.pk, *keys])
    fields = sent(form_of(expert_client, address), function="vedoucí odboru")
    expert_client.post(page_of(group, "delete"))

    refused = expert_client.post(address, fields)

    row = WorkingGroup.history.filter(history_type="-").get().history_id
    assert refused.status_code == 409
    assert "vedoucí odboru" in [words for _label, words in refused.context["typed"]]
    assert (
        reverse("programs:record_undelete", args=["nas", "workinggroup", row])
        in refused.content.decode()
    )
    assert not GroupMember.objects.exists()


def test_group_deleted_in_another_town_stays_unknown(cast: Cast, expert_client: Client) -> None:
    group = make_working_group(cast.strange_program)
    address = reverse("programs:group_member_add", args=["nas", group.pk])
    delete_record(group, by=cast.stranger)

    assert expert_client.post(address, {"function": "velitel"}).status_code == 404
