"""Inviting by e-mail and what the link in the message does."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from programs import actions
from programs.actions import InvitationClosed
from programs.models import Invitation, Membership
from programs.models.invitation import InvitationState, hash_of
from tests.builders import make_invitation, make_member, make_program, make_user
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

TEAM = "/programy/nas/nastaveni/tym/"
INVITE = f"{TEAM}pozvat/"
TOKEN = "tajemstvi-z-odkazu"
LINK = f"/pozvanka/{TOKEN}/"
EMAIL, PASSWORD = "nova@obec.cz", "dlouhá věta na přihlášení"
TYPED = {"name": "Nová kolegyně", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def consultant_client(cast: Cast) -> Client:
    return client_of(cast.consultant)


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    return make_invitation(
        cast.program,
        email=EMAIL,
        role=Role.TOWN,
        invited_by=cast.consultant,
        token_hash=hash_of(TOKEN),
    )


@pytest.fixture
def saved(django_capture_on_commit_callbacks: Any) -> Any:
    """What happens inside is saved, and messages about it go out."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def link_in(message: EmailMultiAlternatives) -> str:
    (link,) = re.findall(r"http://testserver(/pozvanka/\S+)", str(message.body))
    return str(link)


# --- inviting ------------------------------------------------------------------------------


def test_several_people_invited_each_with_a_link_of_their_own(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives], saved: Any
) -> None:
    typed = "Jana.Novakova@Obec.cz\nPetr Malý <petr@obec.cz>; eva@obec.cz\n\npetr@obec.cz\n"

    with saved():
        response = send(consultant_client, INVITE, emails=typed, role="town")

    invited = Invitation.objects.filter(program=cast.program).order_by("pk")
    assert response.headers["Location"] == TEAM
    assert [(one.email, one.role, one.invited_by) for one in invited] == [
        (email, Role.TOWN, cast.consultant)
        for email in ("jana.novakova@obec.cz", "petr@obec.cz", "eva@obec.cz")
    ]
    assert [message.to for message in mailoutbox] == [[one.email] for one in invited]
    links = [link_in(message) for message in mailoutbox]
    assert len(set(links)) == 3
    tokens = [link.split("/")[2] for link in links]
    assert [one.token_hash for one in invited] == [hash_of(token) for token in tokens]


def test_secret_is_long_and_kept_nowhere(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives], saved: Any
) -> None:
    with saved():
        send(consultant_client, INVITE, emails=EMAIL, role="town")

    token = link_in(mailoutbox[0]).split("/")[2]
    stored = Invitation.objects.filter(email=EMAIL).values().get()
    assert len(token) >= 43
    assert token not in str(stored)


def test_invitation_is_valid_for_whole_days(
    cast: Cast, consultant_client: Client, settings: Any
) -> None:
    settings.INVITATION_DAYS = 3

    send(consultant_client, INVITE, emails=EMAIL, role="town")

    invitation = Invitation.objects.get(email=EMAIL)
    end = timezone.localtime(invitation.expires_at)
    assert invitation.last_day == timezone.localdate() + timedelta(days=3)
    assert (end.hour, end.minute) == (0, 0)


def test_wrong_lines_are_named_and_nobody_is_invited(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives], saved: Any
) -> None:
    typed = "jana@obec.cz\nnesmysl\npetr@obec.cz, @obec.cz\n" + "x" * 250 + "@obec.cz"

    with saved():
        response = send(consultant_client, INVITE, emails=typed, role="town")

    assert response.status_code == 422
    assert errors_of(response) == {
        "emails": [
            "Řádek 2: „nesmysl“ není e-mailová adresa.",
            "Řádek 3: „@obec.cz“ není e-mailová adresa.",
            f"Řádek 4: „{'x' * 100}“ není e-mailová adresa.",
        ]
    }
    assert "petr@obec.cz, @obec.cz" in response.content.decode()
    assert (Invitation.objects.count(), mailoutbox) == (0, [])


def test_member_and_invited_are_told(
    cast: Cast, consultant_client: Client, invitation: Invitation
) -> None:
    typed = f"{cast.expert.email.upper()}\n{EMAIL}"

    response = send(consultant_client, INVITE, emails=typed, role="reader")

    assert errors_of(response) == {
        "emails": [
            f"{cast.expert.email} už v týmu je.",
            f"{EMAIL} už pozvánku má; můžete ji poslat znovu.",
        ]
    }


def test_expired_and_withdrawn_are_invited_anew(cast: Cast, consultant_client: Client) -> None:
    now = timezone.now()
    make_invitation(cast.program, email="a@obec.cz", expires_at=now - timedelta(seconds=1))
    make_invitation(cast.program, email="b@obec.cz", withdrawn_at=now)

    response = send(consultant_client, INVITE, emails="a@obec.cz b@obec.cz", role="town")

    assert response.status_code == 302
    assert Invitation.objects.open_at(timezone.now()).count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"emails": " \n ;"}, "emails", "Napište alespoň jednu e-mailovou adresu."),
        ({"emails": ""}, "emails", "Toto pole je třeba vyplnit."),
        ({"role": ""}, "role", "Toto pole je třeba vyplnit."),
        (
            {"emails": "\n".join(f"osoba{number}@obec.cz" for number in range(51))},
            "emails",
            "Najednou pozvěte nejvýše 50 lidí.",
        ),
    ],
)
def test_bad_invitation_told_next_to_its_field(
    cast: Cast, consultant_client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    response = send(consultant_client, INVITE, **{"emails": EMAIL, "role": "town", **changes})

    assert response.status_code == 422
    assert errors_of(response).get(field) == [message]
    assert Invitation.objects.count() == 0


def test_form_sent_twice_invites_once(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives], saved: Any
) -> None:
    page = consultant_client.get(INVITE)
    data = {
        **sent(page.context["form"], emails=EMAIL, role="town"),
        "form_key": page.context["form_key"],
    }

    with saved():
        answers = [consultant_client.post(INVITE, data).headers["Location"] for _ in range(2)]

    assert answers == [TEAM, TEAM]
    assert (Invitation.objects.count(), len(mailoutbox)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_message_that_cannot_be_sent_is_told_and_can_be_sent_again(
    cast: Cast, consultant_client: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def refuse(message: Any) -> int:
        raise ConnectionRefusedError("The mail server is down.")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)

    send(consultant_client, INVITE, emails=EMAIL, role="town")

    page = consultant_client.get(TEAM).content.decode()
    assert f"Zprávu na {EMAIL} se nepodařilo odeslat." in page
    assert "Poslat znovu" in page
    assert "A message could not be sent" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_invitation_that_cannot_be_sent_again_is_not_said_to_be_on_its_way(
    cast: Cast, consultant_client: Client, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: Any) -> int:
        raise SMTPRecipientsRefused({EMAIL: (550, b"No such user")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)

    response = consultant_client.post(
        reverse("programs:invitation_resend", args=["nas", invitation.pk]), follow=True
    )

    page = response.content.decode()
    assert f"Zprávu na {EMAIL} se nepodařilo odeslat." in page
    assert "odeslána znovu" not in page
    assert "Poslat znovu" in page


def test_two_inviting_the_same_person_are_stopped_by_the_action(
    cast: Cast, invitation: Invitation
) -> None:
    with pytest.raises(ValidationError, match="už pozvánku má"):
        actions.invite(
            program=cast.program,
            emails=["dalsi@obec.cz", EMAIL],
            role=Role.TOWN,
            link_of=str,
            by=cast.consultant,
        )

    assert Invitation.objects.get() == invitation


def test_sent_again_gets_a_new_link_and_term(
    consultant_client: Client,
    cast: Cast,
    invitation: Invitation,
    mailoutbox: list[EmailMultiAlternatives],
    saved: Any,
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    with saved():
        consultant_client.post(reverse("programs:invitation_resend", args=["nas", invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN
    assert Client().get(LINK).status_code == 404
    assert Client().get(link_in(mailoutbox[0])).status_code == 200


@pytest.mark.parametrize("became", ["accepted_at", "withdrawn_at"])
def test_closed_invitation_is_neither_sent_again_nor_withdrawn(
    consultant_client: Client,
    cast: Cast,
    invitation: Invitation,
    mailoutbox: list[EmailMultiAlternatives],
    saved: Any,
    became: str,
) -> None:
    Invitation.objects.update(**{became: timezone.now()})
    arguments = ["nas", invitation.pk]

    with saved():
        again = consultant_client.post(
            reverse("programs:invitation_resend", args=arguments), follow=True
        )
        withdrawn = consultant_client.post(reverse("programs:invitation_withdraw", args=arguments))

    told = "Pozvánka byla mezitím přijata nebo stažena."
    assert told in again.content.decode()
    assert (withdrawn.status_code, told in withdrawn.content.decode()) == (422, True)
    assert mailoutbox == []


def test_invitation_of_somebody_who_came_otherwise_is_not_sent_again(
    consultant_client: Client, cast: Cast, invitation: Invitation
) -> None:
    make_member(cast.program, Role.TOWN, make_user(EMAIL))

    response = consultant_client.post(
        reverse("programs:invitation_resend", args=["nas", invitation.pk]), follow=True
    )

    assert f"{EMAIL} už v týmu je." in response.content.decode()


def test_withdrawn_link_ends_to_work(
    consultant_client: Client, cast: Cast, invitation: Invitation
) -> None:
    consultant_client.post(reverse("programs:invitation_withdraw", args=["nas", invitation.pk]))

    response = Client().get(LINK)

    assert response.status_code == 410
    assert "Odesílatel ji mezitím stáhl." in response.content.decode()


def test_team_tells_the_state_of_each_invitation(cast: Cast, consultant_client: Client) -> None:
    now = timezone.now()
    make_invitation(cast.program, email="ceka@obec.cz")
    make_invitation(cast.program, email="stara@obec.cz", expires_at=now - timedelta(days=1))
    make_invitation(cast.program, email="stazena@obec.cz", withdrawn_at=now)
    make_invitation(cast.program, email="prijata@obec.cz", accepted_at=now)

    response = consultant_client.get(TEAM)

    states = {one.email: one.state for one in response.context["invitations"]}
    assert states == {
        "ceka@obec.cz": "open",
        "stara@obec.cz": "expired",
        "stazena@obec.cz": "withdrawn",
    }
    page = response.content.decode()
    assert [word in page for word in ("čeká na přijetí", "propadlá", "stažená")] == [True] * 3


# --- accepting -----------------------------------------------------------------------------


def test_page_tells_what_is_offered_without_signing_in(cast: Cast, invitation: Invitation) -> None:
    User.objects.filter(pk=cast.consultant.pk).update(name="Karla Konzultantová")

    response = Client().get(LINK)

    page = response.content.decode()
    told = [cast.program.title, "Obec", "Karla Konzultantová", EMAIL]
    assert response.status_code == 200
    assert [words in page for words in told] == [True] * 4
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_new_person_gets_an_account_and_lands_on_the_program(
    cast: Cast, invitation: Invitation
) -> None:
    client = Client()

    response = client.post(LINK, TYPED)

    person = User.objects.get(email=EMAIL)
    assert response.headers["Location"] == "/programy/nas/"
    assert client.get("/programy/nas/").context["user"] == person
    assert (person.name, person.check_password(PASSWORD)) == ("Nová kolegyně", True)
    membership = Membership.objects.get(user=person)
    assert (membership.program, membership.role) == (cast.program, Role.TOWN)
    assert membership.history.get().history_user == person
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, person)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": " "}, "name", "Toto pole je třeba vyplnit."),
        ({"password": "krátké", "password_again": "krátké"}, "password", "Heslo je příliš krátké."),
        (
            {"password": "nova@obec.cz", "password_again": "nova@obec.cz"},
            "password",
            "Heslo je příliš podobné obsahu pole E-mail.",
        ),
        ({"password_again": "jiné heslo"}, "password_again", "Hesla se neshodují."),
    ],
)
def test_bad_account_told_next_to_its_field(
    cast: Cast, invitation: Invitation, changes: dict[str, str], field: str, message: str
) -> None:
    response = Client().post(LINK, {**TYPED, **changes})

    page = response.content.decode()
    assert response.status_code == 422
    assert list(errors_of(response)) == [field]
    assert message in errors_of(response)[field][0]
    assert PASSWORD not in page
    assert "Nová kolegyně" in page or field == "name"
    assert not User.objects.filter(email=EMAIL).exists()


def test_person_with_an_account_signs_in_and_accepts(cast: Cast, invitation: Invitation) -> None:
    person = make_user(EMAIL, password=PASSWORD)
    client = Client()
    asked = client.post(LINK, TYPED)
    login = client.post(
        asked.headers["Location"], {"login": EMAIL, "password": PASSWORD, "next": LINK}
    )

    shown = client.get(login.headers["Location"])
    response = client.post(LINK)

    assert asked.headers["Location"] == f"/ucet/prihlaseni/?next={LINK}"
    assert login.headers["Location"] == LINK
    assert "Přijmout pozvánku" in shown.content.decode()
    assert response.headers["Location"] == "/programy/nas/"
    assert Membership.objects.get(user=person).role == Role.TOWN
    assert person.name == User.objects.get(pk=person.pk).name


def test_somebody_else_is_told_and_accepts_nothing(cast: Cast, invitation: Invitation) -> None:
    client = client_of(cast.stranger)

    answers = [client.get(LINK), client.post(LINK, TYPED)]

    told = f"Přihlášeni jste jako {cast.stranger.email}, pozvánka ale přišla na {EMAIL}."
    assert [answer.status_code for answer in answers] == [200, 403]
    assert [told in answer.content.decode() for answer in answers] == [True, True]
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN
    assert not Membership.objects.filter(program=cast.program, user=cast.stranger).exists()
    assert not User.objects.filter(email=EMAIL).exists()


def test_signing_out_of_another_account_leads_back_to_the_invitation(
    cast: Cast, invitation: Invitation
) -> None:
    response = client_of(cast.stranger).post("/ucet/odhlaseni/", {"next": LINK})

    assert response.headers["Location"] == LINK


def test_account_with_capitals_accepts(cast: Cast, invitation: Invitation) -> None:
    person = make_user("jina@obec.cz")
    User.objects.filter(pk=person.pk).update(email=EMAIL.upper())

    client_of(person).post(LINK)

    assert Membership.objects.get(user=person).program == cast.program


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "Platila do"),
        ({"withdrawn_at": timezone.now()}, "Odesílatel ji mezitím stáhl."),
        ({"accepted_at": timezone.now()}, "Už byla použita; každá pozvánka platí jen jednou."),
    ],
)
def test_closed_invitation_says_why_and_makes_nothing(
    cast: Cast, invitation: Invitation, changes: dict[str, Any], words: str
) -> None:
    Invitation.objects.update(**changes)

    answers = [Client().get(LINK), Client().post(LINK, TYPED)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert [words in answer.content.decode() for answer in answers] == [True, True]
    assert cast.program.title not in answers[0].content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize("token", ["nic", "x" * 5000, "%00", hash_of(TOKEN)])
def test_forged_link_is_not_found(cast: Cast, invitation: Invitation, token: str) -> None:
    answers = [Client().get(f"/pozvanka/{token}/"), Client().post(f"/pozvanka/{token}/", TYPED)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Taková pozvánka není." in answers[0].content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


def test_clicked_twice_makes_one_membership(cast: Cast, invitation: Invitation) -> None:
    person = make_user(EMAIL)
    client = client_of(person)

    answers = [client.post(LINK).headers["Location"] for _ in range(2)]

    assert answers == ["/programy/nas/"] * 2
    assert Membership.objects.filter(user=person).count() == 1


def test_invitation_loaded_before_it_was_used_is_refused(
    cast: Cast, invitation: Invitation
) -> None:
    """What the second of two requests at once meets when its turn comes."""
    person = actions.register_invited(invitation=invitation, name="Nová", password=PASSWORD)

    with pytest.raises(InvitationClosed):
        actions.accept_invitation(invitation=invitation, by=person)
    with pytest.raises(InvitationClosed):
        actions.register_invited(invitation=invitation, name="Nová", password=PASSWORD)
    assert Membership.objects.filter(user=person).count() == 1


def test_account_made_meanwhile_is_asked_to_sign_in(
    cast: Cast, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(**_fields: Any) -> User:
        raise IntegrityError

    monkeypatch.setattr("programs.actions.invitation.create_account", taken)

    response = Client().post(LINK, TYPED)

    assert response.headers["Location"] == f"/ucet/prihlaseni/?next={LINK}"


def test_action_refuses_the_invitation_of_somebody_else(cast: Cast, invitation: Invitation) -> None:
    with pytest.raises(ValueError, match="sent to"):
        actions.accept_invitation(invitation=invitation, by=cast.stranger)


def test_former_member_comes_back(cast: Cast, consultant_client: Client) -> None:
    former = Membership.objects.get(program=cast.program, user=cast.town)
    actions.remove_member(membership=former, by=cast.consultant)
    make_invitation(cast.program, email=cast.town.email, token_hash=hash_of(TOKEN))
    client = client_of(cast.town)
    assert client.get("/programy/nas/").status_code == 404

    client.post(LINK)

    assert client.get("/programy/nas/").status_code == 200
    assert Membership.objects.get(program=cast.program, user=cast.town).role == Role.READER


def test_member_meanwhile_keeps_their_role(cast: Cast, invitation: Invitation) -> None:
    person = make_member(cast.program, Role.EXPERT, make_user(EMAIL))

    client_of(person).post(LINK)

    assert Membership.objects.get(user=person).role == Role.EXPERT
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED


def test_link_used_and_person_removed_since_says_that_it_was_used(
    cast: Cast, invitation: Invitation
) -> None:
    person = actions.register_invited(invitation=invitation, name="Nová", password=PASSWORD)
    actions.remove_member(membership=person.memberships.get(), by=cast.consultant)

    assert client_of(person).post(LINK).status_code == 410
    assert not person.memberships.exists()


# --- the message ---------------------------------------------------------------------------


@pytest.mark.parametrize("has_account", [False, True])
def test_message_is_czech_in_text_and_html(
    cast: Cast,
    consultant_client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    saved: Any,
    settings: Any,
    has_account: bool,
) -> None:
    if has_account:
        make_user(EMAIL)
    consultant_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    program = make_program(slug="jiny", title="Program\n<b>Řekni & uveď</b> k cestě")
    make_member(program, Role.CONSULTANT, cast.consultant)

    with saved():
        send(consultant_client, "/programy/jiny/nastaveni/tym/pozvat/", emails=EMAIL, role="town")

    (message,) = mailoutbox
    ((html, kind),) = [(str(part[0]), part[1]) for part in message.alternatives]
    last_day = timezone.localdate() + timedelta(days=14)
    months = "ledna února března dubna května června července srpna září října listopadu prosince"
    day = f"{last_day.day}. {months.split()[last_day.month - 1]} {last_day.year}"
    assert message.subject == "Pozvánka: Program <b>Řekni & uveď</b> k cestě"
    assert f"Pozvánka platí do {day}." in str(message.body)
    assert ("Účet s touto adresou už máte" in str(message.body)) == has_account
    assert ("si jen zvolíte jméno a heslo" in str(message.body)) != has_account
    assert kind == "text/html"
    assert "&lt;b&gt;Řekni &amp; uveď&lt;/b&gt; k\u00a0cestě" in html
    assert f'href="http://testserver{link_in(message)}"' in html
    assert re.findall(r"(?:src|href|url)\W+https?://(?!testserver)", html) == []


def test_name_with_an_address_is_no_button(
    cast: Cast, consultant_client: Client, mailoutbox: list[EmailMultiAlternatives], saved: Any
) -> None:
    User.objects.filter(pk=cast.consultant.pk).update(name="Otevřít: http://zly.example/")

    with saved():
        send(consultant_client, INVITE, emails=EMAIL, role="town")

    html = str(mailoutbox[0].alternatives[0][0])
    assert re.findall(r'href="([^"]*)"', html) == [f"http://testserver{link_in(mailoutbox[0])}"]


def test_nothing_is_sent_when_nothing_is_saved(cast: Cast, saved: Any) -> None:
    with saved() as callbacks, pytest.raises(ValidationError):
        actions.invite(
            program=cast.program,
            emails=["a@obec.cz", cast.expert.email],
            role=Role.TOWN,
            link_of=str,
            by=cast.consultant,
        )

    assert (callbacks, mail.outbox) == ([], [])


def test_form_shows_what_each_role_may_do(cast: Cast, consultant_client: Client) -> None:
    choices = dict(form_of(consultant_client, INVITE).fields["role"].choices)

    assert list(choices) == list(Role.values)
    assert choices["reader"] == "Čtenář – čte, co je veřejné, nic nepíše"
