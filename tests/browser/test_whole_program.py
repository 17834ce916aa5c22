"""A program from its founding to its printed report, by the people who make it, in a browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Membership, Program
from tests import pdf
from tests.browser.conftest import PASSWORD, OpenPage, sign_in
from tests.builders import make_user

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [1280, 390])]

TOWN, LOCALITY = "Varnsdorf", "Kovářská čtvrť"
EXPERT, OFFICER = "expertka@agentura.cz", "urednice@varnsdorf.cz"
OWN_PASSWORD = "dlouhá věta na přihlášení"
SECTION = "Ve čtvrti žije asi čtyři sta lidí ve dvanácti domech."
LONG_TERM_GOAL = "Čtvrť není místem, kterému se město vyhýbá."
GOAL = "Mladí lidé ze čtvrti mají kde trávit odpoledne."
SUB_GOAL = "Klub je otevřen čtyři dny v týdnu."
ACTIVITY = "Založení klubu pro mládež"
ACTIVITY_TEXT = "Město našlo prostor v přízemí bývalé školy."
ACTOR = "Středisko volného času Paleta"
OUTCOME = "Ředitelka nabídla dva vedoucí na úterky."
BASELINE = "Nikdo na úřadě nemá prevenci v popisu práce."
FINAL = "Prevenci má v popisu práce vedoucí odboru."
SHIFT = "Rada schválila změnu náplně práce."
RECOMMENDATION = "Zaplatit provoz klubu i v dalším roce"
RECOMMENDATION_TEXT = "Rozpočet klubu se dá vést v kapitole školství."
FINDING = "Klub navštěvuje třicet dětí denně."
REASON = "Na celý rok peníze nejsou."
NEXT_STEP = "Finanční odbor připraví návrh na pololetí."
EVIDENCE = "Usnesení rady o klubu"
CONTENT = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
INDICATOR = "Gesce prevence rizikového chování"

# What the report must say, and of whom it must not say anything.
PRINTED = (
    *(TOWN, LOCALITY, SECTION, LONG_TERM_GOAL, GOAL, SUB_GOAL),
    *(ACTIVITY, ACTIVITY_TEXT, ACTOR, OUTCOME),
    *(BASELINE, FINAL, SHIFT, RECOMMENDATION, RECOMMENDATION_TEXT, FINDING, REASON, NEXT_STEP),
    *(EVIDENCE, "1 Naplněno formálně", "3 Převážně naplněno", "výrazné zlepšení"),
    *("přijato částečně", "leden–prosinec 2024"),
)
OF_ANOTHER = ("Litvínov", "Janov", "MY Litvínov", "Ukázková data", "sídliště")


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def founder(demo: Program) -> User:
    """Who founds the first program of an agency: nobody has a role that would let them yet."""
    founder = make_user("konzultantka@agentura.cz", is_superuser=True, name="Nová konzultantka")
    founder.set_password(PASSWORD)
    founder.save()
    return founder


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name)


def open_tab(page: Page, name: str) -> None:
    tabs = page.get_by_role("navigation", name="Program", exact=True)
    tabs.get_by_role("link", name=name).click()
    expect(tabs.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")


def save(page: Page, name: str) -> None:
    button(page, name).click()
    told = page.locator("[role=status]:not([data-draft-status])")
    expect(told.filter(has_text="ulož").first).to_be_visible()


def found(page: Page) -> None:
    """A town that nobody has heard of yet, with criteria of the published catalogue."""
    page.get_by_role("link", name="Založit program").click()
    page.get_by_text("Lokalita není v seznamu").click()
    for label, words in (
        *(("Nová lokalita", LOCALITY), ("Nová obec", TOWN), ("kód RÚIAN", "562882")),
        *(("Okres", "Děčín"), ("Kraj", "Ústecký kraj")),
        *(("První měsíc", "2024-01"), ("Poslední měsíc", "2024-12")),
    ):
        page.get_by_label(label, exact=not label.endswith("měsíc")).fill(words)
    page.get_by_label("Téma").select_option("Prevence rizikového chování")
    page.get_by_role("checkbox", name=re.compile("^Kritérium 1.1 Obec je aktivní")).check()
    button(page, "Založit program").click()
    expect(page.get_by_role("status").first).to_contain_text("Program je založen")


def invite(page: Page, email: str, role: str) -> str:
    """The address that the message leads to."""
    page.get_by_role("link", name="Pozvat do týmu").click()
    page.get_by_label("E-mailové adresy").fill(email)
    page.get_by_role("radio", name=re.compile(f"^{role} – ")).check()
    button(page, "Odeslat pozvánky").click()
    expect(page.get_by_role("status").first).to_have_text(f"Pozváni: {email}.")
    (message,) = [sent for sent in mail.outbox if sent.to == [email]]
    (address,) = re.findall(r"https?://\S+(/pozvanka/\S+)", str(message.body))
    return str(address)


def come_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_label("Jméno").fill(name)
    page.get_by_label("Heslo (povinné)", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("Heslo ještě jednou").fill(OWN_PASSWORD)
    button(page, "Vytvořit účet a vstoupit").click()
    expect(page.get_by_role("status").first).to_have_text("Vítejte v týmu programu.")


def write_section(page: Page) -> None:
    open_tab(page, "Zpráva")
    page.get_by_role("link", name="Texty", exact=True).click()
    link(page, "Napsat oddíl").first.click()
    page.get_by_label("Text", exact=True).fill(SECTION)
    save(page, "Uložit text")


def add_goals(page: Page) -> None:
    open_tab(page, "Cíle")
    # The first one is the long-term goal, which has no code.
    link(page, "Přidat cíl").first.click()
    page.get_by_label("Znění").fill(LONG_TERM_GOAL)
    save(page, "Uložit cíl")
    link(page, "Přidat cíl").first.click()
    expect(page.get_by_label("Kód")).to_have_value("1.1")
    page.get_by_label("Krátký název").fill("Odpoledne")
    page.get_by_label("Znění").fill(GOAL)
    save(page, "Uložit cíl")
    link(page, "Přidat dílčí cíl – 1.1 Odpoledne").click()
    page.get_by_label("Krátký název").fill("Otevřený klub")
    page.get_by_label("Znění").fill(SUB_GOAL)
    save(page, "Uložit cíl")


def add_actor(page: Page) -> None:
    open_tab(page, "Aktéři")
    link(page, "Přidat aktéra").first.click()
    page.get_by_label("Název").first.fill(ACTOR)
    page.get_by_label("Druh").select_option("organizace")
    save(page, "Uložit aktéra")


def add_activity(page: Page) -> None:
    open_tab(page, "Realizace")
    link(page, "Přidat aktivitu – Fáze 1").click()
    page.get_by_label("Název").fill(ACTIVITY)
    page.get_by_label("Popis").fill(ACTIVITY_TEXT)
    page.get_by_label("1.1.1 Otevřený klub").check()
    page.get_by_label(ACTOR).check()
    save(page, "Uložit aktivitu")


def log_consultation(page: Page) -> None:
    open_tab(page, "Realizace")
    link(page, "Zapsat konzultaci").first.click()
    page.get_by_label("Datum").fill("2024-02-14")
    page.get_by_label("Druh").select_option("setkání")
    page.get_by_label("Výsledek").fill(OUTCOME)
    page.get_by_label("1.1.1 Otevřený klub").check()
    page.get_by_label(ACTOR).check()
    page.get_by_label("Aktivita", exact=True).select_option(label=ACTIVITY)
    save(page, "Uložit konzultaci")


def set_levels(page: Page) -> None:
    open_tab(page, "Ukazatele")
    link(page, f"Upravit – {INDICATOR}").click()
    for moment, level, words in (
        ("Výchozí stav", "1 Naplněno formálně", BASELINE),
        ("Závěrečné vyhodnocení", "3 Převážně naplněno", FINAL),
    ):
        part = page.get_by_role("group", name=moment, exact=True)
        part.get_by_role("radio", name=level).check()
        part.get_by_label("Popis", exact=True).fill(words)
    page.get_by_label("Zdůvodnění posunu").fill(SHIFT)
    button(page, "Uložit ukazatel").click()
    expect(page.locator("#status")).to_contain_text("Posun: výrazné zlepšení")


def write_recommendation(page: Page) -> None:
    open_tab(page, "Doporučení")
    link(page, "Přidat doporučení").first.click()
    page.get_by_label("Zjištění").fill(FINDING)
    page.get_by_label("Název").fill(RECOMMENDATION)
    page.get_by_label("Text", exact=True).fill(RECOMMENDATION_TEXT)
    page.get_by_role("group", name="Cíle").get_by_label("1.1.1 Otevřený klub").check()
    page.get_by_label("Stav").select_option("předáno")
    save(page, "Uložit doporučení")


def answer(page: Page) -> None:
    open_tab(page, "Doporučení")
    link(page, RECOMMENDATION).first.click()
    link(page, "Vyjádřit se za obec").click()
    page.get_by_label("přijato částečně").check()
    page.get_by_label("Odůvodnění vyjádření").fill(REASON)
    page.get_by_label("Další krok").fill(NEXT_STEP)
    save(page, "Uložit vyjádření")


def attach(page: Page, file: Path) -> None:
    link(page, "Přiložit doklad").click()
    page.get_by_label("Soubor").set_input_files(file)
    page.get_by_label("Název").fill(EVIDENCE)
    save(page, "Uložit doklad")


def print_report(page: Page) -> bytes:
    open_tab(page, "Přehled")
    with page.expect_download() as begun:
        page.get_by_role("link", name="Stáhnout PDF").click()
    assert begun.value.suggested_filename.endswith(".pdf")
    return Path(begun.value.path()).read_bytes()


def test_program_founded_from_nothing_and_its_report_printed(
    open_page: OpenPage, founder: User, width: int, tmp_path: Path
) -> None:
    open_window: Callable[..., Page] = lambda: open_page(width=width)  # noqa: E731
    consultant = open_window()
    sign_in(consultant, founder)
    expect(consultant.get_by_text("Zatím nemáte žádný program.")).to_be_visible()
    found(consultant)
    expert, officer = open_window(), open_window()
    come_in(expert, invite(consultant, EXPERT, "Expert"), "Nová expertka")
    come_in(officer, invite(consultant, OFFICER, "Obec"), "Nová úřednice")

    write_section(consultant)
    add_goals(consultant)
    add_actor(consultant)
    add_activity(consultant)
    log_consultation(expert)
    set_levels(expert)
    write_recommendation(expert)
    answer(officer)
    file = tmp_path / "usneseni.pdf"
    file.write_bytes(CONTENT)
    attach(officer, file)

    printed = pdf.full_text(print_report(consultant))
    assert [text for text in PRINTED if text not in printed] == []
    assert [text for text in OF_ANOTHER if text in printed] == []
    program = Program.objects.get(locality__municipality__name=TOWN)
    roles = dict(Membership.objects.filter(program=program).values_list("user__email", "role"))
    assert roles == {founder.email: Role.CONSULTANT, EXPERT: Role.EXPERT, OFFICER: Role.TOWN}
