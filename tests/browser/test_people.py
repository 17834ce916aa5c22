"""Somebody invited comes in on a phone, from the message to the program."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Membership, Program
from tests.browser.conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"]),
]

EMAIL, PASSWORD = "nova.kolegyne@obec.cz", "dlouhá věta na přihlášení"


def test_invited_person_comes_in_on_a_phone(
    open_page: OpenPage, demo: Program, javascript: bool
) -> None:
    desk = open_page(User.objects.get(email="konzultant@example.cz"), javascript=javascript)
    desk.goto(f"/programy/{demo.slug}/nastaveni/tym/")
    desk.get_by_role("link", name="Pozvat do týmu").click()
    desk.get_by_label("E-mailové adresy").fill(EMAIL)
    desk.get_by_role("radio", name="Obec – píše výchozí stav").check()
    desk.get_by_role("button", name="Odeslat pozvánky").click()
    expect(desk.get_by_role("status").first).to_have_text(f"Pozváni: {EMAIL}.")
    expect(desk.get_by_role("row").filter(has_text=EMAIL)).to_contain_text("čeká na přijetí")
    (link,) = re.findall(r"https?://\S+(/pozvanka/\S+)", str(mail.outbox[0].body))

    phone = open_page(width=390, javascript=javascript)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Pozvánka do týmu")
    phone.get_by_label("Jméno").fill("Nová kolegyně")
    phone.get_by_label("Heslo (povinné)", exact=True).fill(PASSWORD)
    phone.get_by_label("Heslo ještě jednou").fill(PASSWORD)
    phone.get_by_role("button", name="Vytvořit účet a vstoupit").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Přehled")
    expect(phone.get_by_role("status").first).to_have_text("Vítejte v týmu programu.")
    expect(phone.get_by_role("link", name="Nová kolegyně")).to_be_visible()
    assert Membership.objects.get(program=demo, user__email=EMAIL).role == Role.TOWN
    desk.reload()
    expect(desk.get_by_role("row").filter(has_text=EMAIL)).to_contain_text("Nová kolegyně")
