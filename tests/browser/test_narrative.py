"""A longer text is formatted by a toolbar, counted by words and previewed as in the report."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Narrative, Program
from tests.browser.conftest import OpenPage
from tests.builders import make_member, make_program
from tests.pages import furnish

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [1280, 390])]


@pytest.fixture
def expert(transactional_db: None) -> User:
    program: Program = make_program(slug="nas")
    furnish(program)
    return make_member(program, Role.EXPERT)


def open_text(open_page: OpenPage, expert: User, width: int) -> Page:
    page = open_page(expert, width=width)
    page.goto(reverse("programs:narrative_add", args=["nas", "zaver-zkouska"]))
    return page


def test_text_is_formatted_from_the_toolbar_by_keyboard(
    open_page: OpenPage, expert: User, width: int
) -> None:
    page = open_text(open_page, expert, width)
    text = page.get_by_label("Text", exact=True)
    text.fill("důležité")
    text.press("Control+a")

    text.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.get_by_role("toolbar", name="Formátování").get_by_role("button", name="Tučně").focus()
    page.keyboard.press("Enter")

    expect(text).to_have_value("**důležité**")
    expect(page.locator("[data-count]")).to_have_text("1 slovo")


def test_preview_shows_the_text_as_the_report_does(
    open_page: OpenPage, expert: User, width: int
) -> None:
    page = open_text(open_page, expert, width)
    page.get_by_label("Text", exact=True).fill("V obci je **centrum**:\n\n- první\n- <b>druhé</b>")

    page.get_by_role("button", name="Náhled").click()

    preview = page.get_by_role("group", name="Náhled")
    expect(preview.get_by_role("listitem")).to_have_text(["první", "<b>druhé</b>"])
    page.get_by_role("button", name="Zpět k psaní").click()
    expect(page.get_by_label("Text", exact=True)).to_be_focused()


def test_other_end_is_read_beside_and_the_text_saved(
    open_page: OpenPage, expert: User, width: int
) -> None:
    page = open_text(open_page, expert, width)

    expect(page.get_by_role("complementary", name="Východiska")).to_contain_text("Zjištění")
    page.get_by_label("Téma").fill("Práce")
    page.get_by_label("Text", exact=True).fill("Nových 12 míst.")
    page.get_by_role("button", name="Uložit text").click()

    expect(page.get_by_role("status").first).to_be_attached()
    expect(page.get_by_role("heading", name="Práce")).to_be_visible()
    assert Narrative.objects.get(topic="Práce").text == "Nových 12 míst."
