"""Signing in and out and the forgotten password, as a person in a browser meets them."""

import re
from collections.abc import Iterator
from html import unescape
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from tests.builders import make_member, make_program, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/ucet/prihlaseni/"
EMAIL, PASSWORD = "jana.novakova@obec.cz", "správné heslo 2023"
NEW_PASSWORD = "úplně nové heslo 2024"
WRONG = "Zadaný e-mail nebo heslo není správné."


@pytest.fixture(autouse=True)
def fresh_limits(settings: Settings) -> None:
    """No attempts of another test count, and hashing that is quick instead of slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def jana() -> User:
    return make_user(EMAIL, password=PASSWORD, name="Jana Nováková")


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/programy/").status_code == 200


def shown(response: Any) -> str:
    """The words of the main part of a page."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<{main}")).split())


@pytest.mark.parametrize(
    "typed", [EMAIL, "Jana.Novakova@Obec.CZ", "JANA.NOVAKOVA@OBEC.CZ", f"  {EMAIL} "]
)
def test_sign_in_by_email_leads_to_programs(client: Client, jana: User, typed: str) -> None:
    response = sign_in(client, typed)

    assert (response.status_code, response.headers["Location"]) == (302, "/programy/")
    assert client.get("/programy/").context["user"] == jana


@pytest.mark.parametrize("stored", ["Jana.Novakova@obec.cz", "JANA.NOVAKOVA@OBEC.CZ"])
@pytest.mark.parametrize("typed", ["Jana.Novakova@obec.cz", "jana.novakova@obec.cz"])
def test_sign_in_of_somebody_added_with_capitals_works(
    client: Client, stored: str, typed: str
) -> None:
    """The operator may copy an address as it stands on a business card."""
    make_user(stored, password=PASSWORD)

    assert sign_in(client, typed).status_code == 302


def test_sign_in_wrong_password_is_said_in_czech_and_keeps_the_email(
    client: Client, jana: User
) -> None:
    response = sign_in(client, password="špatné heslo")

    page = response.content.decode()
    assert not is_signed_in(client)
    assert WRONG in shown(response)
    assert re.findall(r'<input[^>]* name="login"[^>]*value="([^"]*)"', page) == [EMAIL]
    assert "špatné heslo" not in page


def test_sign_in_unknown_email_answers_as_a_wrong_password_does(client: Client, jana: User) -> None:
    wrong = sign_in(client, password="špatné heslo")
    unknown = sign_in(client, "nikdo@obec.cz")

    assert unknown.status_code == wrong.status_code
    assert shown(unknown) == shown(wrong)


def test_sign_in_inactive_person_is_refused(client: Client, jana: User) -> None:
    jana.is_active = False
    jana.save()

    sign_in(client)

    assert not is_signed_in(client)


def test_sign_in_nothing_typed_says_what_is_missing(client: Client) -> None:
    response = sign_in(client, "", "")

    missing = ["Toto pole je třeba vyplnit."]
    assert response.context["form"].errors == {"login": missing, "password": missing}


def test_sign_in_password_guessed_too_often_is_refused_even_when_right(
    client: Client, jana: User
) -> None:
    """Five guesses in five minutes are django-allauth's own limit, which is left as it is."""
    answers = [shown(sign_in(client, password=f"pokus {number}")) for number in range(6)]

    sixth = sign_in(client)

    assert [WRONG in answer for answer in answers] == [True] * 5 + [False]
    assert "Příliš mnoho pokusů o přihlášení." in answers[5]
    assert "Příliš mnoho pokusů o přihlášení." in shown(sixth)
    assert not is_signed_in(client)


def test_sign_in_guesses_at_one_account_do_not_lock_another(client: Client, jana: User) -> None:
    make_user("petr@obec.cz", password=PASSWORD)
    for number in range(6):
        sign_in(client, password=f"pokus {number}")

    assert sign_in(client, "petr@obec.cz").status_code == 302


def test_sign_in_once_more_leads_to_programs(client: Client, jana: User) -> None:
    client.force_login(jana)

    response = client.get(SIGN_IN)

    assert (response.status_code, response.headers["Location"]) == (302, "/programy/")


def test_sign_in_gives_a_new_session(client: Client, jana: User) -> None:
    client.get(SIGN_IN)
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_sign_out_by_get_only_asks(client: Client, jana: User) -> None:
    client.force_login(jana)

    response = client.get("/ucet/odhlaseni/")

    assert response.status_code == 200
    assert is_signed_in(client)


def test_sign_out_by_post_signs_out(client: Client, jana: User) -> None:
    client.force_login(jana)

    response = client.post("/ucet/odhlaseni/")

    assert (response.status_code, response.headers["Location"]) == (302, SIGN_IN)
    assert not is_signed_in(client)


def test_sign_up_does_not_exist(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    # Where allauth has the page by default, and where it would be here.
    addresses = ["/ucet/signup/", "/accounts/signup/", "/signup/", "/ucet/registrace/"]
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def routes(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, str]]:
    """Every route of the application: its name, and an address of it."""
    for pattern in patterns:
        text = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and pattern.namespace == "admin":
            # Django's own pages are tried in tests/indicators/test_admin.py.
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + text)
        elif isinstance(pattern, URLPattern):
            address = (before + text).replace("<slug:kind>", "goal")
            address = re.sub(r"<slug:\w+>", "nas", address)
            address = re.sub(r"<(?:int|str|path):\w+>", "1", address)
            address = re.sub(r"\^(.*)\(\?P.*\)-\(\?P.*\)/\$", r"\1abc-set-password/", address)
            address = re.sub(r"\^\(\?P<\w+>(\w+)\)/\$", r"\1/", address)
            yield str(pattern.name), address


# What somebody who is not signed in must be able to open to sign in, in their language.
OPEN = {
    "account_login": 200,
    "account_inactive": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
    "account_logout": 302,
    "help_page": 200,
    "invitation_accept": 404,
    "set_language": 302,
}


def test_every_page_sends_a_visitor_to_sign_in_and_back(client: Client) -> None:
    make_program(slug="nas")
    found = dict(routes(get_resolver().url_patterns))

    closed = {name: address for name, address in found.items() if name not in OPEN}
    answers = {name: client.get(address) for name, address in closed.items()}

    assert len(closed) > 20
    assert {name: answer.headers.get("Location") for name, answer in answers.items()} == {
        name: f"{SIGN_IN}?next={address}" for name, address in closed.items()
    }


def test_every_page_sends_a_visitor_who_posts_to_sign_in(client: Client) -> None:
    make_program(slug="nas")
    closed = {
        name: address for name, address in routes(get_resolver().url_patterns) if name not in OPEN
    }

    answers = {name: client.post(address) for name, address in closed.items()}

    assert {name: answer.headers.get("Location") for name, answer in answers.items()} == {
        name: f"{SIGN_IN}?next={address}" for name, address in closed.items()
    }


def test_pages_for_visitors_open_without_signing_in(client: Client) -> None:
    found = dict(routes(get_resolver().url_patterns))

    assert {name: client.get(found[name]).status_code for name in OPEN} == OPEN


def test_visitor_gets_back_to_the_page_asked_for(client: Client, jana: User) -> None:
    program = make_program(slug="nas")
    make_member(program, Role.READER, jana)
    asked = "/programy/nas/ukazatele/?strana=2"
    form = client.get(asked, follow=True)
    (inputs,) = re.findall(r'<form class="record-form".*?</form>', form.content.decode(), re.S)
    (hidden,) = re.findall(r'<input[^>]*name="next"[^>]*value="([^"]*)"', inputs)

    response = sign_in(client, next=unescape(hidden))

    assert (response.status_code, response.headers["Location"]) == (302, asked)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://zly.example/",
        "http://zly.example/programy/",
        "//zly.example/",
        "///zly.example/",
        "https:zly.example",
        "/\\zly.example/",
        "javascript:alert(1)",
        "http://testserver@zly.example/",
    ],
)
def test_sign_in_does_not_lead_to_another_site(client: Client, jana: User, elsewhere: str) -> None:
    by_form = sign_in(client, next=elsewhere)
    client.logout()
    by_address = client.post(
        SIGN_IN, {"login": EMAIL, "password": PASSWORD}, query_params={"next": elsewhere}
    )

    assert [by_form.headers["Location"], by_address.headers["Location"]] == ["/programy/"] * 2


def ask_for_new_password(client: Client, email: str) -> Any:
    return client.post("/ucet/heslo/zapomenute/", {"email": email})


def link_in(message: EmailMessage) -> str:
    (link,) = re.findall(r"http://testserver(\S+)", str(message.body))
    return str(link)


def test_password_reset_sends_one_czech_message(
    client: Client, jana: User, mailoutbox: list[EmailMessage]
) -> None:
    response = ask_for_new_password(client, "Jana.Novakova@obec.cz")

    (message,) = mailoutbox
    assert response.headers["Location"] == "/ucet/heslo/zapomenute/odeslano/"
    assert (message.subject, message.to) == (
        *("Nové heslo do aplikace Poradenské programy", [EMAIL]),
    )
    assert str(message.body).splitlines()[0] == "Dobrý den,"
    assert link_in(message).startswith("/ucet/heslo/nove/")


def test_password_reset_of_somebody_added_with_capitals_sends_a_message(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_user("Jana.Novakova@obec.cz", password=PASSWORD)

    ask_for_new_password(client, "Jana.Novakova@obec.cz")

    assert len(mailoutbox) == 1


def test_password_reset_link_sets_a_new_password(
    client: Client, jana: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_new_password(client, EMAIL)
    opened = client.get(link_in(mailoutbox[0]), follow=True)
    (form,) = re.findall(r'<form class="record-form"[^>]*action="([^"]+)"', opened.content.decode())

    response = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    jana.refresh_from_db()
    assert response.headers["Location"] == "/ucet/heslo/nove/hotovo/"
    assert (jana.check_password(NEW_PASSWORD), jana.check_password(PASSWORD)) == (True, False)
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("krátké", "Heslo je příliš krátké."),
        ("password1234", "Heslo je příliš běžné."),
        ("jana.novakova", "Heslo je příliš podobné obsahu pole E-mail."),
    ],
)
def test_password_reset_weak_password_is_refused_in_czech(
    client: Client, jana: User, mailoutbox: list[EmailMessage], password: str, message: str
) -> None:
    ask_for_new_password(client, EMAIL)
    opened = client.get(link_in(mailoutbox[0]), follow=True)

    response = client.post(
        opened.redirect_chain[-1][0], {"password1": password, "password2": password}
    )

    jana.refresh_from_db()
    assert jana.check_password(PASSWORD)
    assert message in shown(response)


def test_password_reset_link_used_twice_is_refused_politely(
    client: Client, jana: User, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_new_password(client, EMAIL)
    link = link_in(mailoutbox[0])
    opened = client.get(link, follow=True)
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(opened.redirect_chain[-1][0], passwords)

    response = Client().get(link, follow=True)

    assert (response.status_code, shown(response)) == (
        *(200, "Odkaz už neplatí Byl už použit, nebo je příliš starý. Požádat o nový"),
    )
    assert '<input type="password"' not in response.content.decode()


def test_password_reset_link_altered_is_refused(
    client: Client, jana: User, mailoutbox: list[EmailMessage]
) -> None:
    petr = make_user("petr@obec.cz", password=PASSWORD)
    ask_for_new_password(client, EMAIL)
    key = link_in(mailoutbox[0]).rstrip("/").split("-", 1)[1]

    response = client.get(f"/ucet/heslo/nove/{petr.pk}-{key}/", follow=True)

    assert "Odkaz už neplatí" in shown(response)


def test_password_reset_for_unknown_email_answers_alike_and_sends_nothing(
    client: Client, jana: User, mailoutbox: list[EmailMessage]
) -> None:
    known = ask_for_new_password(client, EMAIL)
    unknown = ask_for_new_password(client, "nikdo@obec.cz")

    assert (unknown.status_code, unknown.headers["Location"]) == (
        *(known.status_code, known.headers["Location"]),
    )
    assert [message.to for message in mailoutbox] == [[EMAIL]]


@pytest.mark.parametrize(
    "second", ["jana.novakova@obec.cz", "Jana.Novakova@obec.cz", "jana.novakova@OBEC.CZ"]
)
def test_user_with_an_email_that_differs_in_case_only_is_refused(second: str) -> None:
    make_user("jana.novakova@obec.cz")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(second)

    assert User.objects.count() == 1


def test_user_without_an_email_is_refused() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_user_is_shown_by_name_or_else_by_email() -> None:
    people = [make_user("a@obec.cz", name="Jana Nováková"), make_user("b@obec.cz")]

    assert [str(person) for person in people] == ["Jana Nováková", "b@obec.cz"]
    assert [person.get_full_name() for person in people] == ["Jana Nováková", "b@obec.cz"]


@pytest.mark.parametrize("error", [ConnectionRefusedError("down"), SMTPServerDisconnected("bye")])
def test_mail_server_that_fails_does_not_tell_who_has_an_account(
    client: Client, jana: User, monkeypatch: pytest.MonkeyPatch, caplog: Any, error: OSError
) -> None:
    def refuse(message: Any) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)

    answers = [
        client.post("/ucet/heslo/zapomenute/", {"email": email}, follow=True)
        for email in (EMAIL, "nikdo@obec.cz")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert shown(answers[0]) == shown(answers[1])
    assert "A message could not be sent" in caplog.text


def test_password_is_changed_even_when_nobody_can_be_told(
    client: Client, jana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    client.force_login(jana)

    answer = client.post(
        "/ucet/heslo/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    jana.refresh_from_db()
    assert answer.status_code == 302
    assert jana.check_password(NEW_PASSWORD)


def test_account_without_a_password_gets_its_first_one(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    jana = make_user(EMAIL)
    client.force_login(jana)
    offered = client.get("/ucet/heslo/", follow=True)
    weak = client.post("/ucet/heslo/prvni/", {"password1": "krátké", "password2": "krátké"})

    response = client.post(
        "/ucet/heslo/prvni/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert "Váš účet zatím heslo nemá." in shown(offered)
    assert "krátké" in shown(weak)
    assert response.status_code == 302
    assert [message.subject for message in mailoutbox] == [
        "Heslo do aplikace Poradenské programy je nastavené"
    ]
    assert NEW_PASSWORD not in str(mailoutbox[0].message())
    client.logout()
    assert sign_in(client, password=NEW_PASSWORD).status_code == 302


def test_first_password_is_not_for_who_has_one(client: Client, jana: User) -> None:
    client.force_login(jana)

    response = client.get("/ucet/heslo/prvni/")

    assert (response.status_code, response.headers["Location"]) == (302, "/ucet/heslo/")
