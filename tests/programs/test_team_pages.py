"""The team of a program: who is in it, in what role, and how they leave."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from programs import actions
from programs.models import Goal, LastConsultant, Membership, Recommendation
from tests.builders import (
    adopt,
    make_criterion,
    make_goal,
    make_invitation,
    make_member,
    make_program_section,
    make_recommendation,
    make_user,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

TEAM = "/programy/nas/nastaveni/tym/"


@pytest.fixture
def consultant_client(cast: Cast) -> Client:
    return client_of(cast.consultant)


def role_of(cast: Cast, user: User) -> Membership:
    return Membership.objects.get(program=cast.program, user=user)


def address(name: str, cast: Cast, user: User) -> str:
    return reverse(f"programs:{name}", args=["nas", role_of(cast, user).pk])


def shown(client: Client) -> str:
    return " ".join(client.get(TEAM).content.decode().split())


def test_team_is_sorted_as_czech_does_and_names_everybody(cast: Cast) -> None:
    for user, name in (
        (cast.expert, "Chalupa"),
        (cast.consultant, "Hora"),
        (cast.methodologist, "Cibulka"),
        (cast.town, "Čáp"),
    ):
        User.objects.filter(pk=user.pk).update(name=name)

    members = client_of(cast.town).get(TEAM).context["members"]

    names = [member.user.name or member.user.email for member in members]
    assert names == ["Cibulka", "Čáp", "Hora", "Chalupa", cast.reader.email]


def test_team_offers_its_management_to_consultants_only(cast: Cast) -> None:
    by_consultant, by_expert = shown(client_of(cast.consultant)), shown(client_of(cast.expert))

    assert by_consultant.count("Změnit roli") == 5
    assert "Pozvat do týmu" in by_consultant
    assert "Změnit roli" not in by_expert
    assert "Pozvat do týmu" not in by_expert


def test_team_refused_to_reader_and_hidden_from_stranger(cast: Cast) -> None:
    answers = [client_of(user).get(TEAM).status_code for user in (cast.reader, cast.stranger)]

    assert answers == [403, 404]


def test_team_names_no_invitation_of_another_program(cast: Cast) -> None:
    make_invitation(cast.strange_program, email="cizi.pozvana@example.cz")

    assert "cizi.pozvana@example.cz" not in shown(client_of(cast.consultant))
    assert "Žádná pozvánka nečeká na přijetí." in shown(client_of(cast.consultant))


def test_role_changed_and_its_holder_told(
    cast: Cast,
    consultant_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = send(consultant_client, address("member_edit", cast, cast.reader), role="expert")

    (message,) = mailoutbox
    changed = role_of(cast, cast.reader)
    assert response.headers["Location"] == TEAM
    assert (changed.role, changed.version) == (Role.EXPERT, 2)
    assert message.to == [cast.reader.email]
    assert message.subject == f"Změna role: {cast.program.title}"
    assert "Vaše nová role: Expert – píše celý program" in str(message.body)
    assert "http://testserver/programy/nas/" in str(message.body)
    assert changed.history.first().history_user == cast.consultant


def test_role_left_as_it_was_sends_no_message(
    cast: Cast,
    consultant_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(consultant_client, address("member_edit", cast, cast.reader))

    assert mailoutbox == []


def test_unknown_role_refused(cast: Cast, consultant_client: Client) -> None:
    response = send(consultant_client, address("member_edit", cast, cast.reader), role="king")

    assert response.status_code == 422
    assert list(errors_of(response)) == ["role"]
    assert role_of(cast, cast.reader).role == Role.READER


def test_role_changed_by_two_at_once_is_a_conflict(cast: Cast, consultant_client: Client) -> None:
    page = address("member_edit", cast, cast.reader)
    form = form_of(consultant_client, page)
    other = role_of(cast, cast.reader)
    other.role = Role.TOWN
    save_record(other, by=cast.expert)

    response = consultant_client.post(page, sent(form, role="expert"))

    assert response.status_code == 409
    assert role_of(cast, cast.reader).role == Role.TOWN


def test_only_consultant_keeps_the_role(cast: Cast, consultant_client: Client) -> None:
    response = send(consultant_client, address("member_edit", cast, cast.consultant), role="expert")

    reason = "Je to jediný konzultant programu. Nejdřív dejte tuto roli někomu dalšímu."
    assert response.status_code == 422
    assert errors_of(response) == {"__all__": [reason]}
    assert role_of(cast, cast.consultant).role == Role.CONSULTANT


def test_consultant_who_is_not_active_does_not_count(cast: Cast) -> None:
    make_member(cast.program, Role.CONSULTANT, make_user(is_active=False))

    with pytest.raises(LastConsultant):
        actions.remove_member(membership=role_of(cast, cast.consultant), by=cast.consultant)


def test_one_of_two_consultants_becomes_a_reader_and_lands_on_the_program(
    cast: Cast, consultant_client: Client
) -> None:
    make_member(cast.program, Role.CONSULTANT)

    response = send(consultant_client, address("member_edit", cast, cast.consultant), role="reader")

    assert response.headers["Location"] == "/programy/nas/"
    assert consultant_client.get(TEAM).status_code == 403


def test_only_consultant_not_restored_to_an_earlier_role(
    cast: Cast, consultant_client: Client
) -> None:
    """An earlier version of a membership must not go round the rule."""
    member = role_of(cast, cast.expert)
    make_member(cast.program, Role.CONSULTANT)
    member.role = Role.CONSULTANT
    save_record(member, by=cast.consultant)
    for other in Membership.objects.filter(program=cast.program, role=Role.CONSULTANT):
        if other != member:
            other.role = Role.READER
            save_record(other, by=cast.consultant)
    row = member.history.earliest()
    restore = reverse("programs:version_restore", args=["nas", "membership", row.history_id])

    response = client_of(cast.expert).post(restore, follow=True)

    assert "jediný konzultant programu" in response.content.decode()
    assert role_of(cast, cast.expert).role == Role.CONSULTANT


def test_removed_member_loses_access_at_once_and_keeps_authorship(
    cast: Cast,
    consultant_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    expert_client = client_of(cast.expert)
    send(expert_client, "/programy/nas/cile/novy/", code="1.1", wording="Cíl.")
    assert expert_client.get("/programy/nas/").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        response = consultant_client.post(address("member_remove", cast, cast.expert))

    (message,) = mailoutbox
    assert response.headers["Location"] == TEAM
    assert expert_client.get("/programy/nas/").status_code == 404
    assert Goal.objects.get().history.get().history_user == cast.expert
    assert message.to == [cast.expert.email]
    assert message.subject == f"Konec přístupu: {cast.program.title}"


def test_removed_member_is_responsible_for_nothing_here_and_history_says_so(cast: Cast) -> None:
    responsible: dict[str, Any] = {"responsible": cast.expert}
    section = make_program_section(cast.program, **responsible)
    recommendation = make_recommendation(cast.program, **responsible)
    adopted = adopt(cast.program, make_criterion())
    adopted.responsible = cast.expert
    save_record(adopted, by=None)
    make_member(cast.strange_program, Role.EXPERT, cast.expert)
    elsewhere = make_recommendation(cast.strange_program, **responsible)

    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)

    records: list[Any] = [section, recommendation, adopted, elsewhere]
    left = [fresh(record).responsible for record in records]
    assert left == [None, None, None, cast.expert]
    assert [record.history.first().history_user for record in records[:3]] == (
        [cast.consultant] * 3
    )


def fresh(record: Model) -> Any:
    return type(record)._default_manager.get(pk=record.pk)


def test_removed_member_comes_back_from_the_history(cast: Cast, consultant_client: Client) -> None:
    member = role_of(cast, cast.expert)
    consultant_client.post(address("member_remove", cast, cast.expert))
    row = Membership.history.filter(id=member.pk, history_type="-").get()

    consultant_client.post(
        reverse("programs:record_undelete", args=["nas", "membership", row.history_id])
    )

    assert role_of(cast, cast.expert).role == Role.EXPERT
    assert client_of(cast.expert).get("/programy/nas/").status_code == 200


def test_member_leaves(cast: Cast, reader_client: Client) -> None:
    question = reader_client.get(f"{TEAM}odejit/").content.decode()

    response = reader_client.post(f"{TEAM}odejit/", follow=True)

    assert "Odejít z týmu tohoto programu?" in question
    assert "Odešli jste z týmu programu." in response.content.decode()
    assert not Membership.objects.filter(user=cast.reader).exists()


def test_only_consultant_does_not_leave(cast: Cast, consultant_client: Client) -> None:
    response = consultant_client.post(f"{TEAM}odejit/")

    assert response.status_code == 422
    assert "jediný konzultant programu" in response.content.decode()
    assert role_of(cast, cast.consultant).role == Role.CONSULTANT
    assert "Jste jediný konzultant" in shown(consultant_client)


def test_own_membership_is_left_not_removed(cast: Cast, consultant_client: Client) -> None:
    response = consultant_client.post(address("member_remove", cast, cast.consultant))

    assert response.headers["Location"] == f"{TEAM}odejit/"
    assert role_of(cast, cast.consultant)


def test_pages_of_members_of_another_program_not_found(
    cast: Cast, consultant_client: Client
) -> None:
    foreign = Membership.objects.get(user=cast.stranger)
    invitation = make_invitation(cast.strange_program)

    answers = {
        name: consultant_client.get(reverse(f"programs:{name}", args=["nas", pk])).status_code
        for name, pk in (
            ("member_edit", foreign.pk),
            ("member_remove", foreign.pk),
            ("member_history", foreign.pk),
            ("invitation_withdraw", invitation.pk),
        )
    }
    resent = consultant_client.post(
        reverse("programs:invitation_resend", args=["nas", invitation.pk])
    )

    assert answers == dict.fromkeys(answers, 404)
    assert resent.status_code == 404


def test_program_history_calls_a_membership_by_its_person(cast: Cast) -> None:
    make_goal(cast.program)

    page = client_of(cast.town).get("/programy/nas/historie/?kind=membership").content.decode()

    assert cast.reader.email in page


# --- coming back ---------------------------------------------------------------------------


def bring_back(cast: Cast, user: User) -> Any:
    row = Membership.history.filter(user=user, history_type="-").first()
    address = reverse("programs:record_undelete", args=["nas", "membership", row.history_id])
    return client_of(cast.consultant).post(address, follow=True)


def test_person_brought_back_is_responsible_for_what_still_waits(
    cast: Cast,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    waiting, taken = (make_recommendation(cast.program, number) for number in (1, 2))
    section = make_program_section(cast.program)
    adopted = adopt(cast.program, make_criterion())
    for record in (waiting, taken, section, adopted):
        record.responsible = cast.expert
        save_record(record, by=None)
    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)
    taken.refresh_from_db()
    taken.responsible = cast.town
    save_record(taken, by=None)
    invitation = make_invitation(cast.program, email=cast.expert.email)

    with django_capture_on_commit_callbacks(execute=True):
        bring_back(cast, cast.expert)

    invitation.refresh_from_db()
    for record in (waiting, taken, section, adopted):
        record.refresh_from_db()
    assert role_of(cast, cast.expert).role == Role.EXPERT
    assert [one.responsible for one in (waiting, section, adopted)] == [cast.expert] * 3
    assert taken.responsible == cast.town
    assert invitation.withdrawn_at
    assert [message.to for message in mailoutbox] == [[cast.expert.email]]


def test_person_who_has_come_back_otherwise_is_not_brought_back_twice(cast: Cast) -> None:
    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)
    make_member(cast.program, Role.READER, cast.expert)

    page = bring_back(cast, cast.expert).content.decode()

    assert role_of(cast, cast.expert).role == Role.READER
    assert "již existuje" in page


def test_restored_version_makes_nobody_responsible_who_has_left(cast: Cast) -> None:
    recommendation = make_recommendation(cast.program, title="Původní", responsible=cast.expert)
    row = recommendation.history.get().history_id
    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)
    recommendation.refresh_from_db()
    recommendation.title = "Jiné"
    save_record(recommendation, by=None)
    address = reverse("programs:version_restore", args=["nas", "recommendation", row])

    page = client_of(cast.consultant).post(address, follow=True).content.decode()

    recommendation.refresh_from_db()
    assert (recommendation.title, recommendation.responsible) == ("Původní", None)
    assert "Beze změny zůstává: odpovědná osoba." in page


def test_record_brought_back_is_nobodys_when_its_person_has_left(cast: Cast) -> None:
    recommendation = make_recommendation(cast.program, responsible=cast.expert)
    actions.delete_recommendation(recommendation=recommendation, by=cast.consultant)
    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)
    row = recommendation.history.model.objects.filter(history_type="-").get().history_id
    address = reverse("programs:record_undelete", args=["nas", "recommendation", row])

    client_of(cast.consultant).post(address)

    assert Recommendation.objects.get().responsible is None


def restore(client: Client, member: Membership, row: Any) -> Any:
    address = reverse("programs:version_restore", args=["nas", "membership", row.history_id])
    back = reverse("programs:member_history", args=["nas", member.pk])
    return client.post(address, {"next": back})


def test_member_hears_of_an_earlier_role_that_was_restored(
    cast: Cast,
    consultant_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    member = role_of(cast, cast.expert)
    member.role = Role.READER
    save_record(member, by=cast.consultant)

    with django_capture_on_commit_callbacks(execute=True):
        restore(consultant_client, member, member.history.earliest())

    (message,) = mailoutbox
    assert role_of(cast, cast.expert).role == Role.EXPERT
    assert (message.to, message.subject) == (
        *([cast.expert.email], f"Změna role: {cast.program.title}"),
    )
    assert "http://testserver/programy/nas/" in str(message.body)


def test_consultant_with_an_earlier_role_of_their_own_lands_on_the_program(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_member(cast.program, Role.CONSULTANT)
    member = role_of(cast, cast.reader)
    member.role = Role.CONSULTANT
    save_record(member, by=cast.consultant)

    response = restore(client_of(cast.reader), member, member.history.earliest())

    assert response.headers["Location"] == "/programy/nas/"
    assert mailoutbox == []


def test_role_of_a_member_removed_meanwhile_is_given_back(
    cast: Cast, consultant_client: Client
) -> None:
    page = address("member_edit", cast, cast.expert)
    fields = sent(form_of(consultant_client, page), role="town")
    actions.remove_member(membership=role_of(cast, cast.expert), by=cast.consultant)

    refused = consultant_client.post(page, fields)

    row = Membership.history.filter(user=cast.expert, history_type="-").get()
    undelete = reverse("programs:record_undelete", args=["nas", "membership", row.history_id])
    assert refused.status_code == 409
    assert refused.context["typed"][0][1].startswith("Obec")
    assert undelete in refused.content.decode()
    assert consultant_client.get(page).status_code == 404
    consultant_client.post(undelete)
    consultant_client.post(page, fields)
    assert role_of(cast, cast.expert).role == Role.TOWN
