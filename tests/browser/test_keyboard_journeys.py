"""Whole jobs at a desk and on a phone without a mouse: no test here clicks."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from programs.models import Activity, Goal, Membership, Program, ProgramSection
from tests.browser.chromium import WIDTHS
from tests.browser.conftest import PASSWORD, OpenPage, Watch
from tests.browser.states import STATES, World, goal_of, save_row, tick_rows
from tests.browser.test_accessibility import EVERY_PAGE, Faults, visits
from tests.browser.test_keyboard import enter, stop, stop_at, tab_to
from tests.pages import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", WIDTHS)]

FOCUSED = "element => element === document.activeElement"


def tab_until(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the keyboard is at the target; each stop on the way must be seen."""
    for _ in range(250):
        page.keyboard.press(key)
        stop(page)
        if target.evaluate(FOCUSED):
            return
    raise AssertionError(f"{target} is out of reach of the keyboard")


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, label)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def write_month(page: Page, label: str, month: str, year: str) -> None:
    tab_to(page, label)
    page.keyboard.type(month)
    page.keyboard.press("ArrowRight")
    page.keyboard.type(year)


def press(page: Page, name: str) -> None:
    """Follow a link or send a form."""
    tab_to(page, name)
    enter(page)


def expect_told(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def test_program_is_founded(open_page: OpenPage, world: World, width: int) -> None:
    page = open_page(world.people[Role.CONSULTANT], width=width)
    page.goto(reverse("programs:program_list"))
    press(page, "Založit program")
    tab_to(page, "Lokalita není v seznamu")
    page.keyboard.press("Enter")
    for label, words in (
        *(("Nová lokalita", "Kovářská čtvrť"), ("Nová obec", "Varnsdorf")),
        *(("kód RÚIAN", "562882"), ("Okres", "Děčín"), ("Kraj", "Ústecký kraj")),
    ):
        write(page, label, words)
    tab_to(page, "Téma")
    page.keyboard.type("Prevence")
    write_month(page, "První měsíc", "01", "2024")
    write_month(page, "Poslední měsíc", "12", "2024")
    tab_until(page, page.get_by_role("checkbox", name="Kritérium 1.1").first)
    page.keyboard.press("Space")
    press(page, "Založit program")

    expect_told(page, "Program je založen")
    program = Program.objects.get(locality__municipality__name="Varnsdorf")
    assert f"{program.first_month:%Y-%m} {program.last_month:%Y-%m}" == "2024-01 2024-12"
    assert program.adopted_criteria.count() == 1


def test_invited_person_comes_in_and_signs_in_again(
    open_page: OpenPage, world: World, width: int
) -> None:
    page = open_page(width=width)
    page.goto(reverse("invitation_accept", args=[TOKEN]))
    write(page, "Jméno", "Nová úřednice")
    write(page, "Heslo", PASSWORD)
    write(page, "Heslo ještě jednou", PASSWORD)
    press(page, "Vytvořit účet a vstoupit")
    expect_told(page, "Vítejte v týmu programu.")
    person = User.objects.get(name="Nová úřednice")
    assert Membership.objects.get(user=person).role == Role.TOWN

    press(page, "Odhlásit se")
    page.goto(reverse("account_login"))
    write(page, "E-mail", person.email)
    write(page, "Heslo", PASSWORD)
    press(page, "Přihlásit se")
    tab_to(page, f"Můj profil: {person}")


def test_own_profile_is_changed(open_page: OpenPage, world: World, width: int) -> None:
    user = world.people[Role.TOWN]
    page = open_page(user, width=width)
    page.goto(reverse("programs:program_list"))
    press(page, f"Můj profil: {user}")
    write(page, "Jméno", "Jiná úřednice")
    press(page, "Uložit profil")

    tab_to(page, "Můj profil: Jiná úřednice")
    user.refresh_from_db()
    assert user.name == "Jiná úřednice"


def test_user_is_found_and_deactivated(open_page: OpenPage, world: World, width: int) -> None:
    person = world.people[Role.TOWN]
    page = open_page(world.operator, width=width)
    page.goto(reverse("programs:program_list"))
    press(page, "Uživatelé")
    # On a phone the heads of the table are seen only while the keyboard is among them.
    press(page, "E-mail")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("E-mail")
    tab_until(page, page.get_by_role("search", name="Filtr").get_by_label("Hledat"))
    page.keyboard.type(person.email)
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, str(person))
    for _ in ("asked", "sure"):
        press(page, "Deaktivovat účet")

    press(page, "Aktivovat účet")
    tab_to(page, "Deaktivovat účet")
    person.refresh_from_db()
    assert person.is_active


def test_loose_consultations_become_an_activity(
    open_page: OpenPage, world: World, width: int
) -> None:
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("programs:consultation_list", args=[world.program.slug]) + "?loose=on")
    boxes = page.get_by_role("checkbox", name="Vybrat: ")
    # The button stays at the bottom of the window from the first tick on; the rest is passed.
    for place in (0, 1):
        tab_until(page, boxes.nth(place))
        page.keyboard.press("Space")
    expect(page.get_by_text("zaškrtnuto: 2")).to_be_visible()
    press(page, "Seskupit zaškrtnuté do aktivity")
    write(page, "Název", "Schůzky z klávesnice")
    press(page, "Uložit aktivitu")

    expect(page.get_by_role("heading", level=1)).to_have_text("Schůzky z klávesnice")
    assert Activity.objects.get(title="Schůzky z klávesnice").consultations.count() == 2


def test_sections_are_put_in_order(open_page: OpenPage, world: World, width: int) -> None:
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("programs:section_list", args=[world.program.slug]))
    titles = page.locator(".ordered__title")
    first, second, third = titles.all_inner_texts()[:3]
    down = page.get_by_role("button", name=f"Posunout dolů – {first}")
    tab_until(page, down)
    for order in ([second, first, third], [second, third, first]):
        enter(page)
        expect(titles.nth(2)).to_have_text(order[2])
        # Whoever moves a section goes on where they were.
        expect(down).to_be_focused()
        stop(page)

    plans = ProgramSection.objects.filter(program=world.program)[:3]
    typeset = [" ".join(title.split()) for title in (second, third, first)]
    assert [plan.section.title for plan in plans] == typeset


def test_earlier_wording_is_restored(open_page: OpenPage, world: World, width: int) -> None:
    goal = goal_of(world, "1.1")
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("programs:goal_list", args=[world.program.slug]))
    press(page, f"Upravit znění – {goal}")
    write(page, "Znění", "Znění, které se nepovedlo.")
    press(page, "Uložit cíl")
    assert goal_of(world, "1.1").wording == "Znění, které se nepovedlo."
    press(page, f"Historie – {goal}")
    tab_until(page, page.get_by_role("button", name="Obnovit tuto verzi").first)
    enter(page)

    expect_told(page, "Dřívější verze je obnovena.")
    assert goal_of(world, "1.1").wording == goal.wording


def test_deleted_goal_is_brought_back(open_page: OpenPage, world: World, width: int) -> None:
    goal = goal_of(world, "1.1.2")
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("programs:goal_list", args=[world.program.slug]))
    press(page, f"Smazat – {goal}")
    press(page, "Smazat cíl")
    assert not Goal.objects.filter(pk=goal.pk).exists()
    press(page, "Přehled")
    press(page, "Historie programu")
    tab_until(page, page.get_by_role("button", name="Vrátit zpět").first)
    enter(page)

    assert Goal.objects.get(pk=goal.pk).wording == goal.wording


def test_conflict_is_resolved_field_by_field(
    open_page: OpenPage, watch: Watch, world: World, width: int
) -> None:
    watch.expect_status(409)
    goal = goal_of(world, "1.1.2")
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("programs:goal_evaluate", args=[world.program.slug, goal.pk]))
    goal.evaluation, goal.state_reason = "Vyhodnocení druhého.", "Důvod druhého."
    save_record(goal, by=world.people[Role.METHODOLOGIST])
    write(page, "Důvod", "Můj důvod.")
    write(page, "Vyhodnocení", "Moje vyhodnocení.")
    press(page, "Uložit vyhodnocení")

    expect(page.get_by_role("alert")).to_be_focused()
    stop(page)
    tab_until(page, page.locator("#take_evaluation"))
    page.keyboard.press("Space")
    press(page, "Uložit vyhodnocení")
    expect_told(page, "Vyhodnocení je uloženo.")
    goal.refresh_from_db()
    assert (goal.evaluation, goal.state_reason) == ("Vyhodnocení druhého.", "Můj důvod.")


def test_several_indicators_get_one_level(open_page: OpenPage, world: World, width: int) -> None:
    page = open_page(world.people[Role.EXPERT], width=width)
    page.goto(reverse("indicators:indicator_list", args=[world.program.slug]))
    bar = page.get_by_role("form", name="Vybráno")
    ticks, ends = page.locator("[data-tick]"), page.locator("[data-part=shift]")
    tab_until(page, page.locator("[data-rate=baseline-expert]").first)
    page.keyboard.press("Home")
    # The bar stays at the bottom of the window from the first tick on.
    for place in range(8):
        expect(ticks.nth(place)).to_be_focused()
        stop(page)
        page.keyboard.press("Space")
        tab_until(page, ends.nth(place), "ArrowRight")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
    expect(bar).to_contain_text("Vybráno 8")
    tab_to(page, "Úroveň")
    page.keyboard.type("4")
    tab_to(page, "Nastavit úroveň")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert stop(page) == "Přepsat a nastavit úroveň"
    page.keyboard.press("Enter")

    expect(page.locator("#status")).to_contain_text("Úroveň je nastavena u ")
    expect(page.get_by_role("grid").locator(":focus")).to_have_count(1)
    stop(page)
    levels = page.locator("[data-rate=final-expert] [data-shown]")
    assert levels.all_inner_texts()[:8] == ["4 Plně naplněno"] * 8


def faults_of_walk(page: Page, key: str = "Tab") -> list[str]:
    """What is wrong with where a key leads on a page, from one of its ends to the other."""
    faults: list[str] = []
    for _ in range(400):
        page.keyboard.press(key)
        found = stop_at(page)
        if not found:
            return faults
        if found.fault:
            faults.append(found.fault)
    return [*faults, f"{key} does not leave the page"]


@EVERY_PAGE
def test_keyboard_is_seen_at_every_stop_of_every_page(
    open_page: OpenPage, world: World, role: str | None, has_data: bool, width: int
) -> None:
    page = open_page(world.person(role), width=width)
    faults = Faults()

    for visit in visits(page, world, role, has_data):
        faults.add(visit.page.route, faults_of_walk(page))

    faults.expect_none()


# What stands over a page or comes to its end: a message, a bar, a dialog; tabs of two languages.
OVER_A_PAGE = (
    "criteria-planned-wrongly",
    "english-overview",
    "goal-moved",
    "level-in-conflict",
    "row-saved",
    "rows-ticked",
    "ticked-in-the-log",
)


@pytest.mark.parametrize("name", OVER_A_PAGE)
def test_keyboard_is_seen_there_and_back_under_what_stands_over_a_page(
    open_page: OpenPage, watch: Watch, world: World, name: str, width: int
) -> None:
    watch.expect_status(409, 422)
    state = STATES[name]
    page = open_page(world.person(state.role), width=width)
    state.reach(page, world)
    expect(state.sign(page)).to_be_visible()

    faults = Faults()
    for key in ("Tab", "Shift+Tab"):
        faults.add(key, faults_of_walk(page, key))
    faults.expect_none()


def test_last_message_gives_way_to_the_bar_of_ticked_rows(
    open_page: OpenPage, world: World, width: int
) -> None:
    page = open_page(world.people[Role.EXPERT], width=width)
    save_row(page, world)
    expect(page.locator("#status")).to_contain_text("Uloženo: ")
    expect(page.get_by_role("grid").locator(":focus")).to_have_count(1)
    page.keyboard.press("Home")
    page.keyboard.press("Space")

    assert faults_of_walk(page) == []
    assert faults_of_walk(page, "Shift+Tab") == []


def test_refusal_leaves_the_bar_of_ticked_rows_in_sight(
    open_page: OpenPage, watch: Watch, world: World, width: int
) -> None:
    watch.expect_status(403)
    page = open_page(world.people[Role.EXPERT], width=width)
    page.route("**/hromadne/**", lambda route: route.fulfill(status=403, body=""))
    tick_rows(page, world)
    tab_to(page, "Nastavit úroveň")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Odmítnuto")

    stop(page)
    for name in ("Závěr beze změny", "Osoba a termín"):
        tab_to(page, name)


def test_cells_are_seen_beside_a_message(open_page: OpenPage, world: World, width: int) -> None:
    page = open_page(world.people[Role.EXPERT], width=width)
    save_row(page, world)
    expect(page.locator("#status")).to_contain_text("Uloženo: ")
    expect(page.get_by_role("grid").locator(":focus")).to_have_count(1)
    for end in page.locator("[data-part=shift]").all():
        tab_until(page, end, "ArrowRight")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
