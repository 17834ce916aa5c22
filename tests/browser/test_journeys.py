"""The three jobs people come for, and the report in which their words end.

Each is done on the demonstration at the width of a desk and of a phone, with JavaScript
and without it.
"""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from programs.models import Program
from tests.browser.conftest import OpenPage, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"]),
    pytest.mark.parametrize("width", [1280, 390]),
]

SOCIAL_WORKER = "Úvazek terénního sociálního pracovníka"
WORKING_GROUP = "Gesce prevence rizikového chování"
TOWN_NOTE = "Úvazek je od ledna obsazen."
STATEMENT = "Skupina se schází každý měsíc."
OUTCOME = "Klub má nové otevírací hodiny."
HELD_ON = date(2023, 11, 15)


@pytest.fixture
def expert(demo: Program) -> User:
    return User.objects.get(email="expert@example.cz")


@pytest.fixture
def town(demo: Program) -> User:
    return User.objects.get(email="obec@example.cz")


def open_program(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Poradenský program Litvínov").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Přehled")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Program").get_by_role("link", name=name).click()
    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
        "aria-current", "page"
    )


def edit_link(page: Page, indicator: str) -> Locator:
    return page.get_by_role("link", name=f"Upravit – {indicator}")


def row_of(page: Page, indicator: str) -> Locator:
    return page.locator("tbody").filter(has=edit_link(page, indicator))


def open_editor(page: Page, indicator: str, *, typed: str, javascript: bool) -> None:
    """From the list of indicators, narrowed down by a text, to the form of one of them."""
    open_tab(page, "Ukazatele")
    page.get_by_label("Hledat", exact=True).fill(typed)
    page.get_by_role("button", name="Filtrovat").click()
    page.wait_for_url("**text=**")
    edit_link(page, indicator).click()
    if javascript:
        expect(page.get_by_role("row").get_by_role("heading", level=2)).to_be_focused()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ukazatele")
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("Upravit ukazatel")


def save_indicator(page: Page, indicator: str, *, javascript: bool) -> Locator:
    """Save, check how the page says so, and return the row with what was saved."""
    page.get_by_role("button", name="Uložit ukazatel").click()
    row = row_of(page, indicator)
    if javascript:
        expect(edit_link(page, indicator)).to_be_focused()
        expect(page.locator("#status")).to_contain_text(f"Uloženo: {indicator}")
        expect(page).to_have_url(re.compile(r"/ukazatele/\?text=[^#]*$"))
    else:
        expect(page.get_by_role("status").first).to_have_text("Ukazatel je uložen.")
        expect(page).to_have_url(re.compile(r"/ukazatele/\?text=.*#ukazatel-\d+$"))
    expect(row).to_be_in_viewport()
    return row


def rate_as_town(page: Page, *, javascript: bool) -> Locator:
    open_editor(page, SOCIAL_WORKER, typed="uvazek TERENNIHO", javascript=javascript)
    baseline = page.get_by_role("group", name="Výchozí stav")
    baseline.get_by_role("radio", name="1 Naplněno formálně").check()
    final = page.get_by_role("group", name="Závěrečné vyhodnocení")
    final.get_by_role("radio", name="3 Převážně naplněno").check()
    final.get_by_label("Poznámka").fill(TOWN_NOTE)
    return save_indicator(page, SOCIAL_WORKER, javascript=javascript)


def evaluate_as_expert(page: Page, *, javascript: bool) -> Locator:
    open_editor(page, WORKING_GROUP, typed="Pověřená osoba", javascript=javascript)
    final = page.get_by_role("group", name="Závěrečné vyhodnocení")
    expect(final.get_by_role("radio", name="3 Převážně naplněno")).to_be_checked()
    final.get_by_role("radio", name="4 Plně naplněno").check()
    final.get_by_label("Popis", exact=True).fill(STATEMENT)
    return save_indicator(page, WORKING_GROUP, javascript=javascript)


def choose(page: Page, group: str, search: str, typed: str, choice: str, other: str) -> None:
    """Tick a choice of a long list, with JavaScript through the field above the list."""
    choices = page.get_by_role("group", name=group)
    field = page.get_by_role("searchbox", name=search)
    if field.count():
        field.press_sequentially(typed)
        expect(choices.get_by_label(other, exact=True)).to_be_hidden()
        field.press("Enter")
    choices.get_by_label(choice, exact=True).check()


def log_consultation(page: Page, *, javascript: bool) -> None:
    page.get_by_role("link", name="Zapsat konzultaci").click()
    day = page.get_by_label("Datum")
    expect(day).to_have_value(timezone.localdate().isoformat())
    expect(page.get_by_text("Datum leží mimo fáze programu.")).to_be_visible()
    day.fill(HELD_ON.isoformat())
    if javascript:
        expect(page.get_by_text(re.compile("^Fáze 2: říjen"))).to_be_visible()
    page.get_by_label("Druh").select_option("individuální konzultace")
    page.get_by_label("Výsledek").fill(OUTCOME)
    choose(
        page,
        "Cíle",
        "Najít cíl",
        "zazemi",
        "1.1.5 Zázemí pro volný čas starších dětí a mládeže",
        "1.1.2 Místní týmy prevence",
    )
    choose(page, "Aktéři", "Najít aktéra", "spolek", "MY Litvínov, spolek", "Město Most")
    group = page.get_by_role("checkbox", name="Rodiče a rodiny")
    page.get_by_label("počet osob: Rodiče a rodiny").fill("12")
    if javascript:
        expect(group).to_be_checked()
    group.check()
    page.get_by_role("button", name="Uložit a zapsat další").click()
    expect(page.get_by_role("status").first).to_have_text("Konzultace je uložena.")


def test_town_rates_an_indicator(
    open_page: OpenPage, town: User, width: int, javascript: bool
) -> None:
    page = open_page(width=width, javascript=javascript)
    sign_in(page, town)
    open_program(page)

    row = rate_as_town(page, javascript=javascript)

    expect(row).to_contain_text("Obec: 3 Převážně naplněno")
    expect(row).to_contain_text(TOWN_NOTE)
    expect(row.locator("[data-part=shift]")).to_have_text(
        re.compile(r"beze změny\s+Podle obce:\s+výrazné zlepšení")
    )


def test_expert_changes_an_evaluation(
    open_page: OpenPage, expert: User, width: int, javascript: bool
) -> None:
    page = open_page(expert, width=width, javascript=javascript)
    open_program(page)

    row = evaluate_as_expert(page, javascript=javascript)

    expect(row).to_contain_text("4 Plně naplněno")
    expect(row).to_contain_text(STATEMENT)
    expect(row.locator("[data-part=shift]")).to_have_text("zlepšení")
    if javascript:
        expect(page.locator("#status")).to_contain_text("Posun: zlepšení")


def test_expert_logs_a_consultation_and_goes_on_to_another(
    open_page: OpenPage, expert: User, width: int, javascript: bool
) -> None:
    page = open_page(expert, width=width, javascript=javascript)
    open_program(page)

    log_consultation(page, javascript=javascript)

    expect(page.get_by_role("heading", level=1)).to_have_text("Zapsat konzultaci")
    expect(page.get_by_label("Datum")).to_have_value(HELD_ON.isoformat())
    expect(page.get_by_label("Druh")).to_have_value("individual")
    expect(page.get_by_label("Výsledek")).to_have_value("")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    open_tab(page, "Realizace")
    expect(page.get_by_role("region", name="Fáze 2")).to_contain_text("1 konzultace v této fázi")
    page.get_by_role("link", name="Deník konzultací").click()
    entry = page.get_by_role("row").filter(has_text=OUTCOME)
    cells = entry.get_by_role("cell")
    expect(cells.nth(1)).to_have_text("15. 11. 2023")
    expect(cells.nth(2)).to_have_text("individuální konzultace")
    expect(cells.nth(3)).to_have_text("2")
    expect(cells.nth(4)).to_contain_text("1.1.5")
    expect(cells.nth(5)).to_contain_text("MY Litvínov, spolek")
    expect(cells.nth(5)).to_contain_text("Rodiče a rodiny (12)")


def test_report_holds_what_was_typed(
    open_page: OpenPage, expert: User, town: User, width: int, javascript: bool, tmp_path: Path
) -> None:
    typed = [TOWN_NOTE, STATEMENT, OUTCOME]
    page = open_page(town, width=width, javascript=javascript)
    page.goto("/programy/litvinov-janov/")
    rate_as_town(page, javascript=javascript)
    page = open_page(expert, width=width, javascript=javascript)
    page.goto("/programy/litvinov-janov/")
    evaluate_as_expert(page, javascript=javascript)
    open_tab(page, "Přehled")
    log_consultation(page, javascript=javascript)

    open_tab(page, "Zpráva")
    for text in typed:
        expect(page.get_by_role("main")).to_contain_text(text)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Stáhnout PDF").click()
    assert waiting.value.suggested_filename == "litvinov-janov.pdf"
    path = tmp_path / "report.pdf"
    waiting.value.save_as(path)
    printed = text_of(path)
    assert [text for text in typed if text not in printed] == []


def text_of(pdf: Path) -> str:
    """The words of a PDF with plain spaces between them."""
    text = subprocess.run(
        ["/usr/bin/pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(text.replace("\u2060", "").split())
