"""What pages gain with JavaScript, and the watch that every browser test stands under."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Dialog, Locator, Page, expect

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from indicators.models import Assessment
from programs.models import Consultation, Program
from tests.browser.conftest import PASSWORD, OpenPage, Watch, sign_in
from tests.builders import make_actor, make_member, make_program
from tests.pages import furnish

pytestmark = pytest.mark.browser

TYPED = "Rozepsaný text."


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas")
    furnish(program)
    for name in ("Škola", "Školní jídelna", "Klub", "Farnost", "Policie", "Úřad", "Spolek"):
        make_actor(program, name)
    return program


@pytest.fixture
def expert(program: Program) -> User:
    return make_member(program, Role.EXPERT)


@pytest.fixture
def page(open_page: OpenPage, expert: User) -> Page:
    return open_page(expert)


def open_consultation(page: Page) -> Locator:
    page.goto(reverse("programs:consultation_add", args=["nas"]))
    return page.get_by_label("Výsledek")


def open_evaluation(page: Page) -> Locator:
    page.goto(reverse("programs:goal_list", args=["nas"]))
    page.get_by_role("link", name="Vyhodnotit").click()
    return page.get_by_label("Vyhodnocení", exact=True)


def open_row(page: Page) -> Locator:
    """Open the first row of the list of indicators that is not open yet."""
    rows = page.get_by_role("row").filter(has=page.get_by_role("button", name="Uložit ukazatel"))
    already_open = rows.count()
    page.get_by_role("link", name="Upravit").first.click()
    expect(rows).to_have_count(already_open + 1)
    return rows.last


def open_first_row(page: Page) -> Locator:
    page.goto(reverse("indicators:indicator_list", args=["nas"]))
    return final(open_row(page)).get_by_label("Popis", exact=True)


def final(row: Locator) -> Locator:
    return row.get_by_role("group", name="Závěrečné vyhodnocení")


# --- long lists of choices ------------------------------------------------------------------


def test_search_above_a_list_leaves_what_matches_and_what_is_ticked(page: Page) -> None:
    open_consultation(page)
    search = page.get_by_role("searchbox", name="Najít aktéra")
    actors = page.get_by_role("group", name="Aktéři")
    actors.get_by_label("Klub").check()

    search.press_sequentially("SKOL")

    for name in ("Škola", "Školní jídelna", "Klub"):
        expect(actors.get_by_label(name, exact=True)).to_be_visible()
    for name in ("Farnost", "Policie", "Úřad", "Spolek"):
        expect(actors.get_by_label(name, exact=True)).to_be_hidden()


def test_enter_in_the_search_does_not_send_the_form(page: Page) -> None:
    outcome = open_consultation(page)
    outcome.fill(TYPED)

    page.get_by_role("searchbox", name="Najít aktéra").press("Enter")

    expect(outcome).to_have_value(TYPED)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_short_list_has_no_search(page: Page) -> None:
    open_consultation(page)

    expect(page.get_by_role("searchbox", name="Najít aktéra")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Najít cíl")).to_have_count(0)


# --- the phase of a date --------------------------------------------------------------------


def test_phase_follows_the_date_that_is_typed(page: Page) -> None:
    open_consultation(page)
    day = page.get_by_label("Datum")

    for typed, told in (
        ("2024-02-01", re.compile("^Fáze 1: leden")),
        ("2020-02-01", "Datum leží mimo fáze programu."),
        ("", "Fáze se určí podle data."),
    ):
        day.fill(typed)
        expect(page.get_by_text(told)).to_be_visible()


# --- rows edited in place -------------------------------------------------------------------


def test_cancelled_row_comes_back_as_it_was(page: Page) -> None:
    statement = open_first_row(page)
    before = statement.input_value()
    statement.fill(TYPED)

    page.get_by_role("link", name="Zrušit").click()

    edit = page.get_by_role("link", name="Upravit – Ukazatel 1.1 číslo 1")
    expect(edit).to_be_focused()
    expect(page.locator("tbody").filter(has=edit)).to_contain_text(before)
    expect(page.get_by_text(TYPED)).to_have_count(0)


def test_two_rows_may_be_open_at_once(page: Page) -> None:
    open_first_row(page)
    second = open_row(page)

    final(second).get_by_text("4 Plně naplněno").click()

    chosen = page.get_by_role("radio", name="4 Plně naplněno", checked=True)
    expect(final(second).get_by_role("radio", name="4 Plně naplněno")).to_be_checked()
    expect(chosen).to_have_count(1)


def test_link_of_a_saved_row_works_in_another_window(page: Page, open_page: OpenPage) -> None:
    open_first_row(page)
    page.get_by_role("button", name="Uložit ukazatel").click()
    edit = page.get_by_role("link", name="Upravit").first
    expect(edit).to_be_focused()

    page.goto(edit.get_attribute("href") or "")
    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ukazatele")


def test_row_survives_an_expired_sign_in(
    page: Page, open_page: OpenPage, expert: User, watch: Watch
) -> None:
    watch.expect_status(401)
    watch.expect_words("Response Status Error Code 401")
    statement = open_first_row(page)
    statement.fill(TYPED)
    Session.objects.all().delete()

    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.locator("#status")).to_contain_text("Vaše přihlášení vypršelo.")
    expect(statement).to_have_value(TYPED)

    expert.set_password(PASSWORD)
    expert.save()
    sign_in(page.context.new_page(), expert)
    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.locator("#status")).to_contain_text("Uloženo")
    assert Assessment.objects.filter(statement=TYPED).exists()


@pytest.mark.parametrize(
    ("status", "told"),
    [(403, "Odmítnuto"), (404, "Odmítnuto"), (429, "Neuloženo"), (500, "Neuloženo")],
)
def test_row_survives_a_refusal_and_says_so(
    page: Page, watch: Watch, status: int, told: str
) -> None:
    watch.expect_status(status)
    watch.expect_words(f"Response Status Error Code {status}")
    statement = open_first_row(page)
    statement.fill(TYPED)
    page.route("**/upravit/", lambda route: route.fulfill(status=status))

    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.locator("#status")).to_contain_text(told)
    expect(statement).to_have_value(TYPED)


def test_slow_saving_is_said_until_it_is_done(page: Page) -> None:
    held: list[Any] = []
    statement = open_first_row(page)
    statement.fill(TYPED)
    page.route("**/upravit/", lambda route: held.append(route))

    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.get_by_role("status").filter(has_text="Ukládá se…")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#status")).to_contain_text("Uloženo")


def test_row_that_cannot_be_opened_says_so(page: Page, watch: Watch) -> None:
    watch.expect_words("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    open_first_row(page)
    page.get_by_role("link", name="Zrušit").click()
    edit = page.get_by_role("link", name="Upravit – Ukazatel 1.1 číslo 1")
    page.context.set_offline(True)

    edit.click()

    expect(page.locator("#status")).to_contain_text("Nejde to načíst: server neodpověděl.")
    page.context.set_offline(False)


def test_row_survives_a_lost_connection(page: Page, watch: Watch) -> None:
    watch.expect_words("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    statement = open_first_row(page)
    statement.fill(TYPED)
    page.context.set_offline(True)

    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.locator("#status")).to_contain_text("Neuloženo: server neodpověděl.")
    expect(statement).to_have_value(TYPED)

    page.context.set_offline(False)
    page.get_by_role("button", name="Uložit ukazatel").click()

    expect(page.locator("#status")).to_contain_text("Uloženo")


# --- leaving with something unsaved ---------------------------------------------------------


def expect_question_on_leaving(page: Page) -> None:
    """Try to leave; the browser must ask, and whoever says no must stay."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    address = page.url
    page.get_by_role("link", name="Zpráva", exact=True).click()

    assert asked == ["beforeunload"]
    expect(page).to_have_url(address)


@pytest.mark.parametrize(
    "open_form",
    [open_consultation, open_evaluation, open_first_row],
    ids=["consultation", "evaluation", "row"],
)
def test_leaving_asks_before_what_was_typed_is_lost(
    page: Page, open_form: Callable[[Page], Locator]
) -> None:
    field = open_form(page)
    field.press_sequentially(TYPED)

    expect_question_on_leaving(page)

    expect(field).to_have_value(re.compile(re.escape(TYPED)))


def test_leaving_asks_even_when_the_date_was_changed_last(page: Page) -> None:
    open_consultation(page).press_sequentially(TYPED)
    page.get_by_label("Datum").fill("2024-02-01")
    expect(page.get_by_text(re.compile("^Fáze 1: leden"))).to_be_visible()

    expect_question_on_leaving(page)


def test_leaving_asks_after_a_refused_save(page: Page, watch: Watch) -> None:
    watch.expect_status(409)
    statement = open_first_row(page)
    for assessment in Assessment.objects.all():
        save_record(assessment, by=None)
    statement.press_sequentially(TYPED)
    page.get_by_role("button", name="Uložit ukazatel").click()
    expect(page.get_by_role("alert")).to_be_visible()

    expect_question_on_leaving(page)


def test_leaving_after_a_save_asks_nothing(page: Page) -> None:
    open_consultation(page).press_sequentially(TYPED)
    page.get_by_label("Druh").select_option("setkání")
    page.get_by_role("button", name="Uložit konzultaci").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deník konzultací")
    assert Consultation.objects.filter(outcome=TYPED).exists()

    page.get_by_role("link", name="Zpráva", exact=True).click()

    expect(page.get_by_role("link", name="Stáhnout PDF")).to_be_visible()


# --- the watch itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "event", "complaint"),
    [
        ("document.body.setAttribute('onclick', 'x()')", "console", "Content Security Policy"),
        ("setTimeout(() => { throw new Error('porucha'); })", "weberror", "porucha"),
        ("fetch('/neni/')", "response", "404"),
        ("console.error('porucha')", "console", "porucha"),
    ],
    ids=["policy", "exception", "missing page", "console"],
)
def test_watch_sees_what_goes_wrong(
    page: Page, watch: Watch, fault: str, event: Any, complaint: str
) -> None:
    open_consultation(page)

    with page.context.expect_event(event, lambda it: event != "response" or it.status == 404):
        page.evaluate(f"() => {{ {fault} }}")

    assert complaint in watch.complaints.pop()
