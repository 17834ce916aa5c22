"""The log on a phone: two minutes for an entry, however it is held, and the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Activity, Consultation
from tests.browser.budget import Hand
from tests.browser.conftest import OpenPage
from tests.browser.states import World

pytestmark = pytest.mark.browser

OUTCOME = "Škola nabídla tělocvičnu pro odpolední kroužek."


@pytest.fixture
def expert(world: World) -> User:
    return world.people[Role.EXPERT]


def newest(world: World) -> Consultation:
    return Consultation.objects.filter(program=world.program).latest("pk")


def open_log(page: Page, world: World, query: str = "") -> None:
    page.goto(reverse("programs:consultation_list", args=[world.program.slug]) + query)


def test_button_to_save_stays_under_the_thumb(
    open_page: OpenPage, world: World, expert: User
) -> None:
    page = open_page(expert, width=390)
    page.goto(reverse("programs:consultation_add", args=[world.program.slug]))

    for field in ("Datum", "Výsledek", "Poznámka týmu"):
        page.get_by_label(field).scroll_into_view_if_needed()
        expect(page.get_by_role("button", name="Uložit konzultaci")).to_be_in_viewport(ratio=1)


def test_numbers_of_people_bring_up_digits(open_page: OpenPage, world: World, expert: User) -> None:
    page = open_page(expert, width=390)
    page.goto(reverse("programs:consultation_add", args=[world.program.slug]))

    expect(page.get_by_label("počet osob: Rodiče a rodiny")).to_have_attribute(
        "inputmode", "numeric"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_similar_one_needs_only_what_is_new(
    open_page: OpenPage, world: World, expert: User, width: int
) -> None:
    page = open_page(expert, width=width)
    earlier = newest(world)
    hand = Hand(page)
    open_log(page, world)

    hand.get_by_role("link", name="Zapsat podobnou").first.click()
    expect(page.get_by_label("Výsledek")).to_have_value("")
    hand.get_by_label("Výsledek").fill(OUTCOME)
    hand.get_by_role("button", name="Uložit konzultaci").click()

    expect(page.get_by_role("status").first).to_have_text("Konzultace je uložena.")
    assert hand.interactions == 3
    logged = newest(world)
    assert logged != earlier
    assert logged.kind == earlier.kind
    assert set(logged.goals.all()) == set(earlier.goals.all())
    assert set(logged.actors.all()) == set(earlier.actors.all())


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("width", [1280, 390])
def test_loose_ones_become_an_activity_and_leave_it(
    open_page: OpenPage, world: World, expert: User, width: int, javascript: bool
) -> None:
    page = open_page(expert, width=width, javascript=javascript)
    open_log(page, world, "?phase=1&sort=held_on")
    for place in (0, 1):
        page.get_by_role("checkbox", name="Vybrat: ").nth(place).check()

    page.get_by_role("button", name="Seskupit zaškrtnuté do aktivity").click()
    expect(page.get_by_label("Popis")).to_have_value(re.compile(r"^- \*\*3\. 7\. 2023\*\*"))
    page.get_by_label("Název").fill("První schůzky")
    page.get_by_role("button", name="Uložit aktivitu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("První schůzky")
    activity = Activity.objects.get(title="První schůzky")
    assert activity.consultations.count() == 2
    page.get_by_role("checkbox", name="3. 7. 2023").check()
    page.get_by_role("button", name="Vyjmout zaškrtnuté").click()
    expect(page.get_by_role("checkbox")).to_have_count(1)
    assert activity.consultations.count() == 1


def test_ticked_ones_are_counted(open_page: OpenPage, world: World, expert: User) -> None:
    page = open_page(expert)
    open_log(page, world)
    boxes = page.get_by_role("checkbox", name="Vybrat: ")

    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.get_by_text("zaškrtnuto: 2")).to_be_visible()
    boxes.nth(0).uncheck()
    boxes.nth(1).uncheck()
    expect(page.get_by_text("zaškrtnuto")).to_be_hidden()


def test_list_is_found_again_as_it_was(open_page: OpenPage, world: World, expert: User) -> None:
    page = open_page(expert)
    open_log(page, world, "?sort=held_on&page=2")
    address = page.url

    page.locator("tbody a").first.click()
    page.get_by_role("main").get_by_role("link", name="Upravit").click()
    page.get_by_role("button", name="Uložit konzultaci").click()
    page.get_by_role("main").get_by_role("link", name="Deník konzultací").click()

    expect(page).to_have_url(address)


FOCUSED = "document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.evaluate(f"element => element === {FOCUSED}"):
            return
    pytest.fail(f"{target} is out of reach of the keyboard")


def test_consultation_with_the_keyboard_alone(
    open_page: OpenPage, world: World, expert: User
) -> None:
    page = open_page(expert)
    open_log(page, world)
    tab_to(page, page.get_by_role("link", name="Zapsat konzultaci"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zapsat konzultaci")

    write: list[tuple[Locator, Callable[[], None]]] = [
        (page.get_by_label("Výsledek"), lambda: page.keyboard.type(OUTCOME)),
        (
            page.get_by_role("group", name="Cíle").get_by_label("1.1.2 Místní týmy prevence"),
            lambda: page.keyboard.press("Space"),
        ),
        (
            page.locator("summary", has_text="Přidat aktéra, který v seznamu není"),
            lambda: page.keyboard.press("Enter"),
        ),
        (
            page.get_by_label("Noví aktéři", exact=True),
            lambda: page.keyboard.type("Školní klub Janov"),
        ),
        (
            page.get_by_role("button", name="Uložit konzultaci"),
            lambda: page.keyboard.press("Enter"),
        ),
    ]
    for target, act in write:
        tab_to(page, target)
        act()

    expect(page.get_by_role("status").first).to_have_text("Konzultace je uložena.")
    logged = newest(world)
    assert logged.outcome == OUTCOME
    assert [goal.code for goal in logged.goals.all()] == ["1.1.2"]
    assert [actor.name for actor in logged.actors.all()] == ["Školní klub Janov"]


def test_activity_is_moved_by_its_buttons_and_by_dragging(
    open_page: OpenPage, world: World, expert: User
) -> None:
    page = open_page(expert)
    page.goto(reverse("programs:course_detail", args=[world.program.slug]))
    phase = page.get_by_role("region", name="Fáze 1")
    titles = phase.get_by_role("heading", level=3).get_by_role("link")
    first, second, third = titles.all_inner_texts()[:3]

    phase.get_by_role("button", name=f"Posunout dolů – {first}").click()
    expect(titles.first).to_have_text(second)
    articles = phase.get_by_role("article")
    handle = articles.nth(2).locator(".ordering__handle")
    handle.drag_to(articles.nth(0), target_position={"x": 20, "y": 2})

    expect(titles.first).to_have_text(third)
    expect(titles.nth(1)).to_have_text(second)
