"""Messages by e-mail: Czech, the same in text and in HTML."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone, translation

from accounts.mail import Paragraph, compose, paragraphs
from tests.builders import make_user

LINK = "http://testserver/ucet/heslo/nove/1-abc/"
pytestmark = pytest.mark.django_db

PASSWORD, NEW_PASSWORD = "správné heslo 2023", "úplně nové heslo 2024"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def words(html: str) -> str:
    body = html.split("<body>", 1)[1]
    return " ".join(re.sub(r"<[^>]*>", " ", body).replace("\u00a0", " ").split())


def test_paragraph_that_ends_with_the_link_is_a_button() -> None:
    text = f"Dobrý den,\n\nZvolit: {LINK}\n\nJinam: http://zly.example/"

    assert paragraphs(text, LINK) == [
        Paragraph("Dobrý den,"),
        Paragraph("Zvolit", LINK),
        Paragraph("Jinam: http://zly.example/"),
    ]


def test_message_is_czech_whatever_the_screen_speaks() -> None:
    with translation.override("en"):
        message = compose("account/email/password_reset_key", "a@obec.cz", {}, link=LINK)

    html = str(message.alternatives[0][0])
    assert message.subject == "Nové heslo do aplikace Poradenské programy"
    assert str(message.body).startswith("Dobrý den,\n\nněkdo, nejspíš vy, požádal o nové heslo")
    assert "\n\n\n" not in str(message.body)
    assert '<html lang="cs">' in html
    assert "Dobrý den, někdo, nejspíš vy, požádal o nové heslo" in words(html)


def test_owner_hears_of_a_changed_password(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    jana = make_user("jana@obec.cz", password=PASSWORD)
    client.force_login(jana)

    client.post(
        "/ucet/heslo/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    (message,) = mailoutbox
    assert (message.subject, message.to) == (
        *("Změna hesla do aplikace Poradenské programy", ["jana@obec.cz"]),
    )
    assert str(timezone.localdate().year) in str(message.body)
    assert NEW_PASSWORD not in str(message.message())


def test_owner_hears_of_a_password_set_through_a_link(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_user("jana@obec.cz", password=PASSWORD)
    client.post("/ucet/heslo/zapomenute/", {"email": "jana@obec.cz"})
    (link,) = re.findall(r"http://testserver(\S+)", str(mailoutbox[0].body))
    opened = client.get(link, follow=True)

    client.post(
        opened.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert [message.subject for message in mailoutbox[1:]] == [
        "Změna hesla do aplikace Poradenské programy"
    ]
