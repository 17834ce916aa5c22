"""Pages of the operator about all people."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from accounts.actions import deactivate
from accounts.models import User
from accounts.roles import Role
from programs.actions import remove_member
from programs.models import Invitation, Membership
from tests.builders import make_invitation, make_member, make_program, make_user
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

USERS = "/uzivatele/"


@pytest.fixture
def operator(db: None) -> User:
    return make_user("provozovatel@example.cz", name="Provozovatel", is_superuser=True)


@pytest.fixture
def operator_client(operator: User) -> Client:
    return client_of(operator)


def listed(client: Client, query: str = "") -> list[str]:
    return [user.email for user in client.get(f"{USERS}{query}").context["table"].data]


def test_users_refused_to_everybody_else(cast: Cast) -> None:
    person = reverse("user_detail", args=[cast.reader.pk])
    posts = ["user_activate", "user_deactivate", "user_reset_password"]

    answers = [client_of(cast.member(role)).get(USERS).status_code for role in Role]
    answers += [client_of(cast.consultant).get(person).status_code]
    answers += [
        client_of(cast.consultant).post(reverse(name, args=[cast.reader.pk])).status_code
        for name in posts
    ]

    assert answers == [403] * len(answers)


def test_users_linked_in_the_header_for_the_operator_only(
    cast: Cast, operator_client: Client
) -> None:
    pages = [
        client.get("/programy/").content.decode()
        for client in (operator_client, client_of(cast.consultant))
    ]

    assert ['href="/uzivatele/"' in page for page in pages] == [True, False]


def test_users_sorted_as_czech_does_with_their_roles(operator_client: Client) -> None:
    program = make_program(title="Program Sokolov")
    for name in ("Chalupa", "Hora", "Čáp", "Cibulka"):
        make_member(program, Role.TOWN, make_user(f"{name.lower()}@obec.cz", name=name))

    response = operator_client.get(USERS)

    names = [user.name for user in response.context["table"].data]
    page = " ".join(response.content.decode().split())
    assert names == ["Cibulka", "Čáp", "Hora", "Chalupa", "Provozovatel"]
    assert page.count('Program Sokolov <span class="muted">– Obec</span>') == 4


def test_users_filtered(operator_client: Client) -> None:
    make_member(make_program(), Role.TOWN, make_user("rehor@obec.cz", name="Řehoř Šťastný"))
    make_user("spici@obec.cz", name="Spící", is_active=False)

    assert listed(operator_client, "?text=STASTNY") == ["rehor@obec.cz"]
    assert listed(operator_client, "?text=spici@") == ["spici@obec.cz"]
    assert listed(operator_client, "?state=inactive") == ["spici@obec.cz"]
    assert listed(operator_client, "?state=active") == [
        "provozovatel@example.cz",
        "rehor@obec.cz",
    ]
    assert listed(operator_client, "?state=without_programs") == [
        "provozovatel@example.cz",
        "spici@obec.cz",
    ]


def test_users_come_by_pages(operator_client: Client) -> None:
    for _ in range(30):
        make_user()

    page = operator_client.get(f"{USERS}?page=2").content.decode()

    assert "Strana 2 z 2" in page


def test_person_added_to_any_program_and_told(
    cast: Cast,
    operator_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    invitation = make_invitation(cast.program, email=cast.stranger.email)
    add = reverse("membership_add", args=[cast.stranger.pk])

    with django_capture_on_commit_callbacks(execute=True):
        response = send(operator_client, add, program=cast.program.pk, role="expert")

    (message,) = mailoutbox
    invitation.refresh_from_db()
    assert response.headers["Location"] == reverse("user_detail", args=[cast.stranger.pk])
    assert Membership.objects.get(program=cast.program, user=cast.stranger).role == Role.EXPERT
    assert message.subject == f"Máte přístup: {cast.program.title}"
    assert message.to == [cast.stranger.email]
    assert "Kdo vás přidal: Provozovatel" in str(message.body)
    assert invitation.withdrawn_at is not None


def test_person_in_a_program_is_not_offered_it_again(cast: Cast, operator_client: Client) -> None:
    add = reverse("membership_add", args=[cast.reader.pk])

    offered = list(form_of(operator_client, add).fields["program"].queryset)
    response = send(operator_client, add, program=cast.program.pk, role="expert")

    assert offered == [cast.strange_program]
    assert list(errors_of(response)) == ["program"]


def test_operator_changes_and_ends_a_role(cast: Cast, operator_client: Client) -> None:
    membership = Membership.objects.get(program=cast.program, user=cast.reader)
    arguments = [cast.reader.pk, membership.pk]

    send(operator_client, reverse("membership_edit", args=arguments), role="consultant")
    changed = Membership.objects.get(pk=membership.pk).role
    operator_client.post(reverse("membership_remove", args=arguments))

    assert changed == Role.CONSULTANT
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_operator_does_not_take_the_last_consultant(cast: Cast, operator_client: Client) -> None:
    membership = Membership.objects.get(program=cast.program, user=cast.consultant)
    arguments = [cast.consultant.pk, membership.pk]

    changed = send(operator_client, reverse("membership_edit", args=arguments), role="reader")
    removed = operator_client.post(reverse("membership_remove", args=arguments))

    assert [changed.status_code, removed.status_code] == [422, 422]
    assert Membership.objects.get(pk=membership.pk).role == Role.CONSULTANT


def test_membership_of_another_person_not_found(cast: Cast, operator_client: Client) -> None:
    membership = Membership.objects.get(program=cast.program, user=cast.reader)

    answers = [
        operator_client.get(reverse(name, args=[cast.expert.pk, membership.pk])).status_code
        for name in ("membership_edit", "membership_remove")
    ]

    assert answers == [404, 404]


def test_deactivated_person_is_signed_out_at_once_and_for_good(
    cast: Cast, operator_client: Client
) -> None:
    client, other = client_of(cast.expert), client_of(cast.reader)
    before = client.get("/programy/nas/").status_code

    operator_client.post(reverse("user_deactivate", args=[cast.expert.pk]))
    during = client.get("/programy/nas/").status_code
    operator_client.post(reverse("user_activate", args=[cast.expert.pk]))
    after = client.get("/programy/nas/").status_code

    assert (before, during, after) == (200, 302, 302)
    assert other.get("/programy/nas/").status_code == 200
    assert client_of(cast.expert).get("/programy/nas/").status_code == 200


def test_operator_does_not_deactivate_themselves(operator: User, operator_client: Client) -> None:
    response = operator_client.post(reverse("user_deactivate", args=[operator.pk]))

    assert response.status_code == 422
    assert "Vlastní účet deaktivovat nemůžete." in response.content.decode()
    assert User.objects.get(pk=operator.pk).is_active


def test_deactivating_the_only_consultant_warns(cast: Cast, operator_client: Client) -> None:
    pages = {
        user: operator_client.get(reverse("user_deactivate", args=[user.pk])).content.decode()
        for user in (cast.consultant, cast.reader)
    }

    warning = f"Nikdo jiný nemůže spravovat tým: {cast.program.title}."
    assert [warning in page for page in pages.values()] == [True, False]


def test_link_for_a_new_password_sent(
    cast: Cast, operator_client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    operator_client.post(reverse("user_reset_password", args=[cast.town.pk]))

    (message,) = mailoutbox
    (link,) = re.findall(r"http://testserver(/ucet/heslo/nove/\S+)", str(message.body))
    assert message.to == [cast.town.email]
    assert Client().get(link, follow=True).status_code == 200


def test_link_for_a_new_password_that_the_mail_server_refuses(
    cast: Cast, operator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: Any) -> int:
        raise ConnectionRefusedError("The mail server is down.")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)

    response = operator_client.post(
        reverse("user_reset_password", args=[cast.town.pk]), follow=True
    )

    page = response.content.decode()
    assert f"Zprávu na {cast.town.email} se nepodařilo odeslat." in page
    assert "byl odeslán" not in page


def test_link_for_a_new_password_not_sent_to_an_inactive_account(
    cast: Cast,
    operator: User,
    operator_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    deactivate(user=cast.town, by=operator)

    response = operator_client.post(
        reverse("user_reset_password", args=[cast.town.pk]), follow=True
    )

    assert "Účet není aktivní; nejdřív ho aktivujte." in response.content.decode()
    assert mailoutbox == []


def test_operator_invites_to_a_program_of_choice(
    cast: Cast,
    operator_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    typed = {"emails": "prvni@obec.cz", "role": "consultant"}

    missing = send(operator_client, f"{USERS}pozvat/", **typed)
    with django_capture_on_commit_callbacks(execute=True):
        send(operator_client, f"{USERS}pozvat/", program=cast.program.pk, **typed)

    assert list(errors_of(missing)) == ["program"]
    assert Invitation.objects.get().program == cast.program
    assert [message.to for message in mailoutbox] == [["prvni@obec.cz"]]


def test_person_that_does_not_exist_not_found(operator_client: Client) -> None:
    assert operator_client.get("/uzivatele/999/").status_code == 404


def test_role_ended_meanwhile_is_given_back_to_the_operator(
    cast: Cast, operator: User, operator_client: Client
) -> None:
    member = Membership.objects.get(program=cast.program, user=cast.expert)
    address = reverse("membership_edit", args=[cast.expert.pk, member.pk])
    fields = sent(form_of(operator_client, address), role="town")
    remove_member(membership=member, by=cast.consultant)

    refused = operator_client.post(address, fields)

    assert refused.status_code == 409
    assert refused.context["typed"][0][1].startswith("Obec")
    assert reverse("user_detail", args=[cast.expert.pk]) in refused.content.decode()
    other = address.replace(f"/{cast.expert.pk}/role/", f"/{cast.town.pk}/role/")
    assert operator_client.post(other, fields).status_code == 404
