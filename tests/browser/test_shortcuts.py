"""Keyboard shortcuts: what they do, where they keep quiet, the overview that lists them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from accounts.roles import Role
from indicators.models import Moment, Rater, Rating
from litvinov.shortcuts import GROUPS, group_of
from programs.models import Program, ProgramState
from tests.browser.conftest import OpenPage, Watch
from tests.builders import make_member, make_program, make_user
from tests.pages import furnish

pytestmark = pytest.mark.browser

SECTIONS = {
    "g m": r"/moje-prace/$",
    "g s": r"/programy/$",
    "g p": r"/programy/nas/$",
    "g c": r"/cile/$",
    "g h": r"/harmonogram/$",
    "g r": r"/realizace/$",
    "g u": r"/ukazatele/$",
    "g a": r"/akteri/$",
    "g d": r"/doporuceni/$",
    "g k": r"/podklady/$",
    "g z": r"/zprava/$",
    "g n": r"/nastaveni/$",
}


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas", state=ProgramState.RUNNING)
    furnish(program)
    return program


@pytest.fixture
def expert(program: Program) -> User:
    return make_member(program, Role.EXPERT, make_user(name="Eva První"))


@pytest.fixture
def page(open_page: OpenPage, expert: User) -> Page:
    return open_page(expert)


def go(page: Page, route: str) -> None:
    page.goto(reverse(route, args=["nas"]))


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def expect_page(page: Page, address: str) -> None:
    """Another page, ready for the next key."""
    expect(page).to_have_url(re.compile(address))
    page.wait_for_load_state()


def overview(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Klávesové zkratky")


def switch(page: Page) -> Locator:
    return overview(page).get_by_role("checkbox", name="Zkratky jedné klávesy")


def link(page: Page) -> Locator:
    return page.get_by_role("contentinfo").get_by_role("link", name="Klávesové zkratky")


# --- what they do ---------------------------------------------------------------------------


def test_list_of_places_is_the_one_that_pages_carry(page: Page) -> None:
    go(page, "programs:goal_list")
    carried = page.locator("[data-shortcut]").evaluate_all(
        "places => places.map((place) => place.dataset.shortcut)"
    )
    listed = [shortcut.keys for shortcut in group_of("sections").shortcuts]

    assert sorted(carried) == sorted([*listed, "/", "n"])
    assert listed == list(SECTIONS)


def test_g_and_a_letter_lead_to_each_section(page: Page) -> None:
    go(page, "programs:goal_list")

    for keys, address in SECTIONS.items():
        if keys == "g m":
            continue
        press(page, keys)
        expect_page(page, address)
        if keys == "g s":
            go(page, "programs:goal_list")
    press(page, "g m")
    expect(page).to_have_url(re.compile(SECTIONS["g m"]))


def test_g_says_that_it_waits_and_another_key_ends_it(page: Page) -> None:
    go(page, "programs:goal_list")
    status = page.locator("#status")

    page.keyboard.press("g")
    expect(status).to_have_text("Přejít: teď písmeno oddílu")
    page.keyboard.press("Escape")
    expect(status).to_be_empty()
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile(r"/cile/$"))

    press(page, "g x")
    expect(status).to_have_text("Tato zkratka odsud nikam nevede.")


def test_slash_goes_into_the_search_field(page: Page) -> None:
    go(page, "programs:goal_list")
    page.keyboard.press("/")
    expect(page.get_by_label("Hledat ve všech mých programech")).to_be_focused()
    page.keyboard.type("klub")
    page.keyboard.press("Enter")

    expect_page(page, r"/hledani/\?q=klub$")
    page.keyboard.press("/")
    expect(page.get_by_label("Co hledat")).to_be_focused()


def test_n_adds_what_the_page_lists(page: Page) -> None:
    for route, address in (
        ("programs:goal_list", r"/cile/novy/$"),
        ("programs:course_detail", r"/konzultace/nova/$"),
        ("indicators:recommendation_list", r"/doporuceni/nove/$"),
    ):
        go(page, route)
        page.keyboard.press("n")
        expect_page(page, address)

    go(page, "indicators:indicator_list")
    page.keyboard.press("n")
    expect(page.locator("#status")).to_have_text("Na této stránce není co přidat.")


@pytest.mark.parametrize("keys", ["Control+s", "Meta+s"])
def test_control_s_saves_the_form_from_within_a_field(
    page: Page, program: Program, keys: str
) -> None:
    go(page, "programs:consultation_add")
    page.get_by_label("Druh").first.select_option("setkání")
    page.get_by_label("Výsledek").fill("Domluveno další setkání.")

    page.keyboard.press(keys)

    expect(page.get_by_text("Konzultace je uložena.")).to_be_visible()
    assert program.consultation_set.filter(outcome="Domluveno další setkání.").count() == 1


def test_control_s_saves_the_profile(page: Page, expert: User) -> None:
    page.goto(reverse("profile"))
    page.get_by_label("Jméno").fill("Expertka programu")

    page.keyboard.press("Control+s")

    expect(page.get_by_role("link", name="Expertka programu")).to_be_visible()
    expert.refresh_from_db()
    assert expert.name == "Expertka programu"


def test_control_s_saves_a_statement_in_the_grid(page: Page) -> None:
    go(page, "indicators:indicator_list")
    page.locator("[data-rate=final-expert]").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Popis", exact=True).fill("Nový popis.")

    page.keyboard.press("Control+s")

    expect(page.get_by_role("button", name="Uložit popis")).to_have_count(0)
    expect(page.locator("[data-statement=final]").first).to_contain_text("Nový popis.")


# --- where they keep quiet ------------------------------------------------------------------


def test_no_key_fires_while_somebody_types(page: Page) -> None:
    go(page, "programs:consultation_add")
    text = page.get_by_label("Výsledek")
    text.focus()

    page.keyboard.type("n / g c ?")

    expect(text).to_have_value("n / g c ?")
    expect(overview(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/konzultace/nova/$"))
    page.get_by_label("Druh").first.focus()
    press(page, "n g c ?")
    expect(overview(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/konzultace/nova/$"))


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_no_key_fires_with_a_modifier(page: Page, modifier: str) -> None:
    go(page, "programs:goal_list")
    for key in ("g", "c", "/", "?"):
        # Sent to the page itself: the browser has its own use for some of these.
        page.evaluate(
            "([key, modifier]) => document.body.dispatchEvent(new KeyboardEvent('keydown', "
            "{ key, bubbles: true, cancelable: true, [modifier]: true }))",
            [key, {"Control": "ctrlKey", "Alt": "altKey", "Meta": "metaKey"}[modifier]],
        )

    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("body")).to_be_focused()
    expect(overview(page)).to_have_count(0)


def test_grid_keeps_its_own_keys(page: Page) -> None:
    go(page, "indicators:indicator_list")
    cell = page.locator("[data-rate=final-expert]").first
    cell.focus()

    page.keyboard.press("?")

    expect(cell.locator("[data-state]")).to_have_text("uloženo")
    expect(overview(page)).to_have_count(0)
    ratings = Rating.objects.filter(assessment__moment=Moment.FINAL, rater=Rater.EXPERT)
    assert ratings.filter(level=None, cannot_judge=True).count() == 1
    press(page, "g c")
    expect(page).to_have_url(re.compile(r"/ukazatele/$"))


# --- the overview ---------------------------------------------------------------------------


def test_question_mark_opens_the_overview_and_escape_gives_the_focus_back(page: Page) -> None:
    go(page, "programs:goal_list")
    add = page.get_by_role("link", name="Přidat cíl")
    add.focus()

    page.keyboard.press("?")

    expect(overview(page)).to_be_visible()
    expect(overview(page).get_by_role("heading", level=2)).to_be_focused()
    # Nothing fires behind the window.
    press(page, "g c n")
    expect(overview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(overview(page)).to_be_hidden()
    expect(add).to_be_focused()
    page.keyboard.press("?")
    expect(overview(page)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_link_opens_the_overview_and_gets_the_focus_back(
    open_page: OpenPage, expert: User, width: int
) -> None:
    page = open_page(expert, width=width)
    go(page, "programs:goal_list")

    link(page).click()
    expect(overview(page)).to_be_visible()
    overview(page).get_by_role("button", name="Zavřít").click()

    expect(overview(page)).to_be_hidden()
    expect(link(page)).to_be_focused()
    expect(page).to_have_url(re.compile(r"/cile/$"))


def test_overview_lists_what_the_help_page_lists(page: Page) -> None:
    page.goto(reverse("help_page"))
    on_page = page.locator("main .shortcuts > div").all_inner_texts()
    link(page).click()
    expect(overview(page)).to_be_visible()

    in_window = overview(page).locator(".shortcuts > div").all_inner_texts()
    assert in_window == on_page
    assert len(on_page) == sum(len(group.shortcuts) for group in GROUPS)


def test_keys_are_turned_off_and_on_again_and_the_browser_remembers(page: Page) -> None:
    go(page, "programs:goal_list")
    page.keyboard.press("?")
    switch(page).uncheck()
    page.keyboard.press("Escape")

    go(page, "programs:output_list")
    press(page, "? / n g c")
    expect(page).to_have_url(re.compile(r"/vystupy/$"))
    expect(page.locator("body")).to_be_focused()
    expect(overview(page)).to_have_count(0)

    # What needs Ctrl is no matter of the switch; the link still leads to it.
    link(page).click()
    expect(switch(page)).not_to_be_checked()
    switch(page).check()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 5})
    press(page, "g c")
    expect(page).to_have_url(re.compile(r"/cile/$"))


def test_link_leads_to_the_list_where_the_window_cannot_come(
    page: Page, watch: Watch, open_page: OpenPage, expert: User
) -> None:
    plain = open_page(expert, javascript=False)
    go(plain, "programs:goal_list")
    link(plain).click()
    expect(plain).to_have_url(re.compile(r"/napoveda/#klavesove-zkratky$"))
    expect(plain.get_by_role("heading", name="Na každé stránce")).to_be_visible()

    watch.expect_status(500)
    go(page, "programs:goal_list")
    page.route("**/napoveda/", refuse_the_window)
    link(page).click()
    expect(page).to_have_url(re.compile(r"/napoveda/#klavesove-zkratky$"))


def refuse_the_window(route: Route) -> None:
    if "hx-request" in route.request.headers:
        route.fulfill(status=500)
    else:
        route.continue_()
