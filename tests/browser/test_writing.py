"""Writing without fear: drafts that survive, an honest status, one record however often sent."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import Draft, User
from accounts.roles import Role
from programs.models import Consultation, Program
from tests.browser.conftest import PASSWORD, OpenPage, Watch
from tests.builders import make_member, make_program
from tests.pages import furnish

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [1280, 390])]

TYPED = "Dohodli jsme se na dalším postupu."


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas")
    furnish(program)
    return program


@pytest.fixture
def expert(program: Program) -> User:
    expert = make_member(program, Role.EXPERT)
    expert.set_password(PASSWORD)
    expert.save()
    return expert


def open_form(page: Page) -> Locator:
    page.goto(reverse("programs:consultation_add", args=["nas"]))
    return outcome(page)


def outcome(page: Page) -> Locator:
    return page.get_by_label("Výsledek")


def status(page: Page) -> Locator:
    return page.locator("[data-draft-status]")


def expect_kept(page: Page) -> None:
    expect(status(page)).to_have_text(re.compile(r"^Uloženo \d\d:\d\d jako koncept$"))


def sign_in_here(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Heslo").fill(PASSWORD)
    page.get_by_role("button", name="Přihlásit se").click()


def test_draft_survives_a_closed_tab(open_page: OpenPage, expert: User, width: int) -> None:
    page = open_page(expert, width=width)
    open_form(page).fill(TYPED)
    expect_kept(page)
    page.close()

    later = open_page(expert, width=width)
    open_form(later)
    later.get_by_role("link", name="Pokračovat v konceptu").click()

    expect(outcome(later)).to_have_value(TYPED)
    later.get_by_label("Druh").select_option("setkání")
    later.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    expect(later.get_by_text("Konzultace je uložena.")).to_be_visible()
    assert Consultation.objects.filter(outcome=TYPED).count() == 1
    assert not Draft.objects.exists()


def test_connection_cut_during_autosave(
    open_page: OpenPage, watch: Watch, expert: User, width: int
) -> None:
    watch.expect_words("ERR_INTERNET_DISCONNECTED")
    page = open_page(expert, width=width)
    text = open_form(page)
    page.context.set_offline(True)
    text.fill(TYPED)

    expect(status(page)).to_contain_text("Neuloženo: bez spojení")
    assert not Draft.objects.exists()

    page.context.set_offline(False)
    expect_kept(page)
    expect(text).to_have_value(TYPED)
    assert Draft.objects.get().fields["outcome"] == [TYPED]


def test_connection_cut_before_the_server_could_answer(
    open_page: OpenPage, watch: Watch, expert: User, width: int
) -> None:
    """The draft is there, but nobody knows; it is sent again and kept once."""
    watch.expect_words("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page = open_page(expert, width=width)
    text = open_form(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        page.context.set_offline(True)
        route.abort()

    page.route("**/koncepty/", lose_the_answer, times=1)
    text.fill(TYPED)
    expect(status(page)).to_contain_text("Neuloženo: bez spojení")
    text.fill(f"{TYPED} A to brzy.")
    page.context.set_offline(False)

    expect_kept(page)
    assert Draft.objects.get().fields["outcome"] == [f"{TYPED} A to brzy."]
    page.get_by_label("Druh").select_option("setkání")
    page.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    expect(page.get_by_text("Konzultace je uložena.")).to_be_visible()
    assert Consultation.objects.filter(outcome__startswith=TYPED).count() == 1
    assert not Draft.objects.exists()


def test_sign_in_expires_while_typing(
    open_page: OpenPage, watch: Watch, expert: User, width: int
) -> None:
    watch.expect_status(401)
    page = open_page(expert, width=width)
    text = open_form(page)
    Session.objects.all().delete()
    text.fill(TYPED)
    expect(status(page)).to_contain_text("Neuloženo: přihlášení vypršelo")

    page.get_by_label("Druh").select_option("setkání")
    page.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    sign_in_here(page, expert)

    expect(page).to_have_url(re.compile(r"/konzultace/nova/$"))
    page.get_by_role("link", name="Pokračovat v konceptu").click()
    expect(outcome(page)).to_have_value(TYPED)
    page.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    expect(page.get_by_text("Konzultace je uložena.")).to_be_visible()


def test_sign_in_expires_without_javascript(open_page: OpenPage, expert: User, width: int) -> None:
    page = open_page(expert, width=width, javascript=False)
    open_form(page).fill(TYPED)
    Session.objects.all().delete()
    page.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    sign_in_here(page, expert)

    page.get_by_role("link", name="Pokračovat v konceptu").click()

    expect(outcome(page)).to_have_value(TYPED)


def test_double_click_and_going_back_make_one_record(
    open_page: OpenPage, watch: Watch, expert: User, width: int
) -> None:
    watch.expect_status(409)
    before = Consultation.objects.count()
    page = open_page(expert, width=width)
    open_form(page).fill(TYPED)
    page.get_by_label("Druh").select_option("setkání")
    page.get_by_role("button", name="Uložit konzultaci", exact=True).dblclick()
    expect(page.get_by_text("Konzultace je uložena.").first).to_be_visible()

    page.go_back()
    expect(outcome(page)).to_have_value(TYPED)
    page.get_by_role("button", name="Uložit konzultaci", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deník konzultací")

    assert Consultation.objects.count() == before + 1


def test_toolbar_preview_and_words_by_keyboard(
    open_page: OpenPage, expert: User, width: int
) -> None:
    page = open_page(expert, width=width)
    text = open_form(page)
    text.fill("Rada souhlasí")
    expect(page.get_by_text("2 slova", exact=True)).to_be_visible()
    text.select_text()

    page.get_by_role("button", name="Tučně").focus()
    page.keyboard.press("Enter")
    expect(text).to_have_value("**Rada souhlasí**")
    page.get_by_role("button", name="Tučně").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kurzíva")).to_be_focused()

    page.get_by_role("button", name="Náhled").focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("group", name="Náhled")
    expect(shown.locator("strong")).to_have_text("Rada souhlasí")
    page.get_by_role("button", name="Zpět k psaní").click()
    expect(text).to_be_focused()
