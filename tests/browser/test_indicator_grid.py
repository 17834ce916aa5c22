"""The grid of indicators as a spreadsheet: keys, taps, several rows, two people, no connection."""

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from indicators.models import BaselineCorrection, Indicator, Moment, Rater, Rating
from programs.models import Program, ProgramState
from tests.browser.conftest import PASSWORD, OpenPage, Watch, sign_in
from tests.builders import adopt, assess, make_criterion, make_member, make_program, make_user

pytestmark = pytest.mark.browser

LIST = "/programy/nas/ukazatele/"
STATEMENT = "Skupina se schází každý měsíc."


@pytest.fixture
def program(transactional_db: None) -> Program:
    return make_program(slug="nas", state=ProgramState.RUNNING)


@pytest.fixture
def expert(program: Program) -> User:
    return make_member(program, Role.EXPERT, make_user(name="Eva První"))


def fill(program: Program, count: int) -> list[Indicator]:
    """A criterion with so many indicators, each with a baseline of the expert's."""
    criterion = make_criterion(indicator_count=count)
    adopted = adopt(program, criterion)
    indicators = list(criterion.indicators.order_by("position"))
    for indicator in indicators:
        assess(adopted, indicator, Moment.BASELINE, expert=1, statement="Na začátku.")
    return indicators


def cell(page: Page, indicator: Indicator, name: str = "final-expert") -> Locator:
    return page.locator(f"#ukazatel-{indicator.pk} [data-rate={name}]")


def state(page: Page, indicator: Indicator, name: str = "final-expert") -> Locator:
    return cell(page, indicator, name).locator("[data-state]")


def open_grid(page: Page, query: str = "") -> None:
    page.goto(LIST + query)
    expect(page.get_by_role("grid")).to_be_visible()


def finals(rater: str = Rater.EXPERT) -> list[int | None]:
    found = Rating.objects.filter(assessment__moment=Moment.FINAL, rater=rater)
    return list(found.order_by("assessment__indicator").values_list("level", flat=True))


def test_forty_indicators_set_in_a_row_by_keyboard(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    indicators = fill(program, 40)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicators[0]).focus()
    levels = [number % 5 for number in range(40)]

    for level in levels:
        page.keyboard.press(str(level))
        page.keyboard.press("ArrowDown")

    expect(state(page, indicators[-1])).to_have_text("uloženo")
    expect(page.locator("[data-pending=saved]")).to_have_count(40)
    assert finals() == levels
    expect(page).to_have_url(re.compile(r"/ukazatele/$"))


def test_arrows_move_as_in_a_spreadsheet_and_tab_leaves(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    indicators = fill(program, 12)
    page = open_page(expert)
    open_grid(page, "?chart=none")
    first, second, last = indicators[0], indicators[1], indicators[-1]
    row = page.locator(f"#ukazatel-{second.pk}")
    cell(page, first, "baseline-expert").focus()

    for key, target in (
        ("ArrowDown", cell(page, second, "baseline-expert")),
        ("ArrowRight", row.locator("[data-part=baseline-town] [data-stop]")),
        ("ArrowRight", cell(page, second)),
        ("PageDown", cell(page, last)),
        ("PageUp", cell(page, second)),
        ("Home", row.locator("[data-tick]")),
        ("End", row.locator("[data-part=shift]")),
        ("Control+Home", page.locator(f"#ukazatel-{first.pk} [data-tick]")),
    ):
        page.keyboard.press(key)
        expect(target).to_be_focused()

    cell(page, second).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-grid]')") is None


def test_chart_and_shift_follow_the_level(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    chart = page.get_by_role("img", name="Kritérium 1.1")
    expect(chart.locator("polygon")).to_have_count(0)

    cell(page, indicator).focus()
    page.keyboard.press("4")

    expect(chart.locator("polygon")).to_have_count(1)
    expect(page.locator("[data-part=shift]")).to_contain_text("výrazné zlepšení")
    expect(page.locator("#status")).to_contain_text("Posun: výrazné zlepšení")


def test_zero_unknown_and_nothing_by_key_and_undone(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicator).focus()

    for key, shown in (
        ("0", "0 Nenaplněno"),
        ("n", "? Nelze posoudit"),
        ("Delete", "– Nehodnoceno"),
        ("Control+z", "? Nelze posoudit"),
    ):
        page.keyboard.press(key)
        expect(cell(page, indicator).locator("[data-shown]")).to_have_text(shown)
        expect(state(page, indicator)).to_have_text("uloženo")

    assert Rating.objects.get(assessment__moment=Moment.FINAL).cannot_judge


def test_last_of_quick_keys_holds(open_page: OpenPage, program: Program, expert: User) -> None:
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicator).focus()

    for key in "0123432":
        page.keyboard.press(key)

    expect(state(page, indicator)).to_have_text("uloženo")
    assert finals() == [2]


def test_two_people_at_one_indicator(
    open_page: OpenPage, watch: Watch, program: Program, expert: User
) -> None:
    watch.expect_status(409)
    (indicator,) = fill(program, 1)
    other = make_member(program, Role.EXPERT, make_user(name="Dan Druhý"))
    one, two = open_page(expert), open_page(other)
    for page in (one, two):
        open_grid(page)
        cell(page, indicator).focus()

    one.keyboard.press("2")
    expect(state(one, indicator)).to_have_text("uloženo")
    two.keyboard.press("4")

    question = two.locator("[data-question]")
    expect(question).to_contain_text("Mezitím se nastavila jiná úroveň: Eva První.")
    expect(question).to_contain_text("2 Naplněno částečně")
    expect(question.locator("[data-mine]")).to_have_text("4 Plně naplněno")
    expect(state(two, indicator)).to_have_text("neuloženo: rozhodněte níže")
    assert finals() == [2]

    two.get_by_role("button", name="Uložit moji verzi").click()
    expect(state(two, indicator)).to_have_text("uloženo")
    expect(question).to_have_count(0)
    assert finals() == [4]

    one.keyboard.press("0")
    one.get_by_role("button", name="Ponechat uložené").click()
    expect(cell(one, indicator).locator("[data-shown]")).to_have_text("4 Plně naplněno")
    assert finals() == [4]


def test_connection_cut_while_setting(
    open_page: OpenPage, watch: Watch, program: Program, expert: User
) -> None:
    watch.expect_words("ERR_INTERNET_DISCONNECTED")
    first, second = fill(program, 2)
    page = open_page(expert)
    open_grid(page)
    cell(page, first).focus()
    page.context.set_offline(True)
    page.keyboard.press("3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")

    for indicator in (first, second):
        expect(state(page, indicator)).to_have_text("neuloženo: bez spojení")
    expect(cell(page, first).locator("[data-shown]")).to_have_text("3 Převážně naplněno")
    expect(page.locator("#status")).to_contain_text("bez spojení")
    assert finals() == []

    page.context.set_offline(False)
    for indicator in (first, second):
        expect(state(page, indicator)).to_have_text("uloženo")
    assert finals() == [3, 1]


def test_sign_in_expires_while_setting(
    open_page: OpenPage, watch: Watch, program: Program, expert: User
) -> None:
    watch.expect_status(401)
    (indicator,) = fill(program, 1)
    expert.set_password(PASSWORD)
    expert.save()
    page = open_page(expert)
    open_grid(page)
    Session.objects.all().delete()
    cell(page, indicator).focus()
    page.keyboard.press("3")

    expect(state(page, indicator)).to_have_text("neuloženo: přihlaste se znovu")

    sign_in(page.context.new_page(), expert)
    page.bring_to_front()
    expect(state(page, indicator)).to_have_text("uloženo")
    assert finals() == [3]


def test_settled_baseline_asks_for_a_reason_in_place(
    open_page: OpenPage, watch: Watch, program: Program, expert: User
) -> None:
    watch.expect_status(422)
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicator, "baseline-expert").focus()
    page.keyboard.press("2")

    reason = page.get_by_label("Důvod zpřesnění")
    expect(reason).to_be_focused()
    page.get_by_role("button", name="Uložit zpřesnění").click()
    expect(page.locator(".field__errors")).to_contain_text("Uveďte, proč")
    reason.fill("Doplněna data odboru.")
    page.get_by_role("button", name="Uložit zpřesnění").click()

    expect(state(page, indicator, "baseline-expert")).to_have_text("uloženo")
    expect(cell(page, indicator, "baseline-expert")).to_be_focused()
    row = page.locator(f"#ukazatel-{indicator.pk}")
    expect(row).to_contain_text("Doplněna data odboru.")
    expect(row).to_contain_text(re.compile(r"Původně:\s+1 Naplněno formálně"))
    kept = BaselineCorrection.objects.get()
    assert (kept.old_level, kept.reason) == (1, "Doplněna data odboru.")


def test_statement_written_in_its_place_by_keyboard(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicator).focus()
    page.keyboard.press("Enter")
    text = page.get_by_label("Popis", exact=True)
    expect(text).to_be_focused()
    page.keyboard.type(STATEMENT)

    page.keyboard.press("Escape")
    expect(text).to_have_count(0)
    expect(cell(page, indicator)).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value(STATEMENT)
    page.keyboard.press("Control+Enter")

    expect(cell(page, indicator)).to_be_focused()
    expect(page.locator("[data-statement=final]")).to_contain_text(STATEMENT)
    assert indicator.assessments.get(moment=Moment.FINAL).statement == STATEMENT


def test_baseline_kept_as_final_and_taken_back_by_keyboard(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    indicators = fill(program, 3)
    page = open_page(expert)
    open_grid(page)
    cell(page, indicators[0]).focus()
    page.keyboard.press("4")
    expect(state(page, indicators[0])).to_have_text("uloženo")
    page.get_by_label("Vybrat vše na stránce").check()
    bar = page.get_by_role("form", name="Vybráno")

    bar.get_by_role("button", name="Závěr beze změny").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("2 ukazatele dostanou")
    page.keyboard.press("Enter")

    expect(page.locator("#status")).to_contain_text("Úroveň je nastavena u 2 ukazatelů.")
    expect(cell(page, indicators[0])).to_be_focused()
    assert finals() == [4, 1, 1]
    page.keyboard.press("Control+z")
    expect(cell(page, indicators[2])).to_contain_text("Nehodnoceno")
    expect(state(page, indicators[2])).to_have_text("uloženo")
    expect(state(page, indicators[1])).to_have_text("uloženo")
    assert finals() == [4, None, None]


def test_criteria_planned_by_keyboard_go_on_from_what_is_wrong(
    open_page: OpenPage, watch: Watch, program: Program, expert: User
) -> None:
    watch.expect_status(422)
    fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    page.get_by_label("Vybrat vše na stránce").check()
    bar = page.get_by_role("form", name="Vybráno")

    bar.get_by_role("button", name="Osoba a termín").press("Enter")
    page.get_by_role("button", name="Uložit osobu a termín").press("Enter")
    expect(page.get_by_role("dialog").locator(".form-errors")).to_be_focused()
    page.get_by_role("dialog").get_by_label("Odpovědná osoba").select_option("Eva První")
    page.get_by_role("button", name="Uložit osobu a termín").press("Enter")

    expect(page.locator("#status")).to_contain_text("Osoba a termín jsou uloženy u 1 kritéria.")
    expect(page.locator(".criterion")).to_contain_text("Odpovídá Eva První")


def test_interim_level_set_by_key(open_page: OpenPage, program: Program, expert: User) -> None:
    indicators = fill(program, 2)
    baseline = indicators[0].assessments.get()
    assess(baseline.adopted, indicators[0], Moment.INTERIM, as_of=date(2024, 1, 31), expert=2)
    page = open_page(expert)
    open_grid(page)
    interim = cell(page, indicators[0], "interim-2024-01-31-expert")

    interim.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")

    expect(state(page, indicators[1], "interim-2024-01-31-expert")).to_have_text("uloženo")
    made = indicators[1].assessments.get(moment=Moment.INTERIM)
    assert (made.as_of, made.ratings.get().level) == (date(2024, 1, 31), 3)


def test_several_rows_set_at_once(open_page: OpenPage, program: Program, expert: User) -> None:
    indicators = fill(program, 4)
    page = open_page(expert)
    open_grid(page)
    bar = page.get_by_role("form", name="Vybráno")
    expect(bar).to_be_hidden()
    cell(page, indicators[0]).focus()
    page.keyboard.press("Shift+Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(bar).to_contain_text("Vybráno 2")

    bar.get_by_label("Úroveň").select_option("3 Převážně naplněno")
    bar.get_by_role("button", name="Nastavit úroveň").click()
    expect(page.locator("#status")).to_contain_text("Úroveň je nastavena u 2 ukazatelů.")
    assert finals() == [3, 3]
    expect(bar).to_be_hidden()

    page.get_by_label("Vybrat vše na stránce").check()
    bar.get_by_label("Úroveň").select_option("4 Plně naplněno")
    bar.get_by_role("button", name="Nastavit úroveň").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 z nich už úroveň mají")
    dialog.get_by_role("button", name="Přepsat a nastavit úroveň").click()
    expect(page.locator("#status")).to_contain_text("Úroveň je nastavena u 4 ukazatelů.")
    assert finals() == [4, 4, 4, 4]


def test_several_rows_set_without_javascript(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    fill(program, 3)
    page = open_page(expert, javascript=False)
    open_grid(page)

    for tick in page.locator("[data-tick]").all()[:2]:
        tick.check()
    page.get_by_label("Úroveň", exact=True).select_option("2 Naplněno částečně")
    page.get_by_role("button", name="Nastavit úroveň").click()

    expect(page.get_by_text("Úroveň je nastavena u 2 ukazatelů.")).to_be_visible()
    assert finals() == [2, 2]


def test_filter_survives_editing_and_other_tabs(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    fill(program, 3)
    page = open_page(expert)
    open_grid(page, "?text=cislo+2&sort=final")

    page.get_by_role("link", name="Ukazatel 1.1 číslo 2").first.click()
    page.get_by_role("main").get_by_role("link", name="Ukazatele", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?text=cislo\+2&sort=final$"))

    tabs = page.get_by_role("navigation", name="Program", exact=True)
    tabs.get_by_role("link", name="Cíle").click()
    tabs.get_by_role("link", name="Ukazatele").click()
    expect(page).to_have_url(re.compile(r"\?text=cislo\+2&sort=final$"))


def test_levels_saved_by_another_are_not_lost_on_reading(
    open_page: OpenPage, program: Program, expert: User
) -> None:
    """Setting one cell brings what others have set in the same row meanwhile."""
    (indicator,) = fill(program, 1)
    page = open_page(expert)
    open_grid(page)
    baseline = indicator.assessments.get()
    save_record(Rating(assessment=baseline, rater=Rater.TOWN, level=4), by=None)

    cell(page, indicator).focus()
    page.keyboard.press("1")

    expect(page.locator("[data-part=baseline-town]")).to_contain_text("4 Plně naplněno")
    expect(page.locator("[data-statement=baseline]")).to_contain_text(
        "neshoda hodnocení o 3 úrovně"
    )
