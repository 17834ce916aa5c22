"""Each list, form and question by Tab and Enter alone; where the keyboard is, is always seen."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.roles import Role
from indicators.views import indicator
from tests.browser.conftest import OpenPage, Watch
from tests.browser.states import World, draft_of_catalogue

pytestmark = pytest.mark.browser

# Name, whether a ring is drawn around it with no side cut off, and whether it lies in the window
# with nothing over it.
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  // At the button of its calendar, the ring of a date is around what holds it.
  const ringed = [element, element.parentElement].find((node) => {
    const look = getComputedStyle(node);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  // Ends of a line show what is over the element; a long text may be higher than the window.
  const box = [...element.getClientRects()][0] ?? element.getBoundingClientRect();
  const y = Math.min(box.top + box.height / 2, innerHeight - 1);
  const over = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), y);
  const near = (node) => node && (element.contains(node) || node.contains(element)
    || [...(element.labels ?? [])].some((label) => label.contains(node)));
  const isCut = (ringed) => {
    const look = getComputedStyle(ringed);
    const room = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset) - 1;
    const inner = ringed.getBoundingClientRect();
    for (let node = ringed.parentElement; node !== document.body; node = node.parentElement) {
      if (getComputedStyle(node).overflowX === "visible") continue;
      const outer = node.getBoundingClientRect();
      const sides = [];
      if (inner.width + 2 * room <= outer.width) {
        sides.push(inner.left - room - outer.left, outer.right - inner.right - room);
      }
      if (inner.height + 2 * room <= outer.height) {
        sides.push(inner.top - room - outer.top, outer.bottom - inner.bottom - room);
      }
      if (sides.some((side) => side < 0)) return true;
    }
    return false;
  };
  return {
    name: element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.id,
    ring: Boolean(ringed),
    cut: Boolean(ringed) && isCut(ringed),
    seen: near(over),
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the keyboard is, and whether a person sees that it is there."""

    name: str
    ring: bool
    cut: bool
    seen: bool

    @property
    def fault(self) -> str | None:
        if not self.ring:
            return f"no ring around {self.name!r}"
        if self.cut:
            return f"the ring around {self.name!r} is cut off"
        if not self.seen:
            return f"{self.name!r} is under something or out of the window"
        return None


def stop_at(page: Page) -> Stop | None:
    """What the keyboard is at; nothing once Tab has left the page."""
    found = page.evaluate(FOCUS)
    if found is None:
        return None
    found["name"] = " ".join(str(found["name"]).split())
    return Stop(**found)


def stop(page: Page) -> str:
    """What the keyboard is at; it must be seen that it is there."""
    found = stop_at(page)
    assert found, "Tab left the page"
    assert not found.fault, found.fault
    return found.name


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the keyboard is at what is called so, or begins so."""
    name, passed = " ".join(name.split()), []
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        passed.append(stop(page))
        if re.match(rf"{re.escape(name)}( \(povinné\))?( –|$)", passed[-1]):
            return
    raise AssertionError(f"no {name!r} among {passed}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@dataclass(frozen=True)
class Walk:
    """From a list to a form, and what is typed where; what the new row is called afterwards."""

    path: str
    add: str
    typed: dict[str, str]
    save: str
    called: str
    delete: str
    sure: str


WALKS = {
    "goal": Walk(
        "cile/",
        "Přidat cíl",
        {"Krátký název": "Zkušební cíl", "Znění": "Obec zkouší klávesnici."},
        "Uložit cíl",
        "Zkušební cíl",
        "Smazat – 1.5 Zkušební cíl",
        "Smazat cíl",
    ),
    "consultation": Walk(
        "realizace/konzultace/",
        "Zapsat konzultaci",
        {"Výsledek": "Dohodnuto klávesnicí."},
        "Uložit konzultaci",
        "Dohodnuto klávesnicí.",
        "Smazat konzultaci",
        "Smazat konzultaci",
    ),
    "actor": Walk(
        "akteri/",
        "Přidat aktéra",
        {"Název": "Zkušební spolek", "Druh": "organizace"},
        "Uložit aktéra",
        "Zkušební spolek",
        "Smazat z rejstříku",
        "Smazat z rejstříku",
    ),
    "output": Walk(
        "cile/vystupy/",
        "Přidat výstup",
        {"Text": "Zkušební výstup"},
        "Uložit výstup",
        "Zkušební výstup",
        "Smazat – Zkušební výstup",
        "Smazat výstup",
    ),
    "source": Walk(
        "podklady/",
        "Přidat zdroj",
        {"Název": "Zkušební zdroj", "Webová adresa": "https://www.example.cz/"},
        "Uložit zdroj",
        "Zkušební zdroj",
        "Smazat – Zkušební zdroj",
        "Smazat zdroj",
    ),
    "activity": Walk(
        "realizace/",
        "Přidat aktivitu – Fáze 4",
        {"Název": "Zkušební aktivita", "Popis": "Proběhla z klávesnice."},
        "Uložit aktivitu",
        "Zkušební aktivita",
        "Smazat – Zkušební aktivita",
        "Smazat aktivitu",
    ),
    "text": Walk(
        "zprava/texty/",
        "Přidat další text",
        {"Téma": "Zkušební téma", "Text": "Psáno klávesnicí."},
        "Uložit text",
        "Zkušební téma",
        "Smazat – Zkušební téma",
        "Smazat text",
    ),
}


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_record_added_and_deleted_by_keyboard(
    open_page: OpenPage, world: World, walk: Walk
) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/{walk.path}")
    tab_to(page, walk.add)
    enter(page)
    for label, value in walk.typed.items():
        tab_to(page, label)
        page.keyboard.type(value)
    tab_to(page, walk.save)
    enter(page)
    expect(page.get_by_text(walk.called).first).to_be_visible()
    if walk.path == "realizace/konzultace/":
        tab_to(page, page.locator(".row-link").first.inner_text())
        enter(page)
    tab_to(page, walk.delete)
    enter(page)
    tab_to(page, walk.sure)
    enter(page)
    expect(page.locator(".messages")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(walk.called)).to_have_count(0)


def test_invitation_sent_and_withdrawn_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.CONSULTANT])
    page.goto(f"/programy/{world.program.slug}/nastaveni/tym/")
    tab_to(page, "Pozvat do týmu")
    enter(page)
    tab_to(page, "E-mailové adresy")
    page.keyboard.type("klavesnice@example.cz")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "Odeslat pozvánky")
    enter(page)
    tab_to(page, "Stáhnout – klavesnice@example.cz")
    enter(page)
    tab_to(page, "Stáhnout pozvánku")
    enter(page)
    expect(page.locator(".messages")).to_be_visible()


def test_wrong_form_leads_the_keyboard_to_what_is_wrong(
    open_page: OpenPage, world: World, watch: Watch
) -> None:
    page = open_page(world.people[Role.EXPERT])
    watch.expect_status(422)
    page.goto(f"/programy/{world.program.slug}/akteri/novy/")
    tab_to(page, "Uložit aktéra")
    enter(page)
    tab_to(page, "Název")
    page.keyboard.press("Enter")
    assert stop(page).startswith("Název")
    page.keyboard.type("Spolek")
    expect(page.get_by_label("Název", exact=False).first).to_have_value("Spolek")


def test_step_of_the_schedule_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/harmonogram/")
    tab_to(page, "Přidat krok")
    enter(page)
    tab_to(page, "Popis")
    page.keyboard.type("Zkušební krok")
    tab_to(page, "od–do")
    page.keyboard.press("ArrowUp")
    assert stop(page) == "průběžně"
    tab_to(page, "Uložit krok")
    enter(page)
    tab_to(page, "Posunout nahoru – Zkušební krok")
    enter(page)
    tab_to(page, "Smazat – Zkušební krok")
    enter(page)
    tab_to(page, "Smazat krok")
    enter(page)
    expect(page.get_by_text("Zkušební krok")).to_have_count(0)


def test_phase_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/realizace/")
    tab_to(page, "Přidat fázi")
    enter(page)
    tab_to(page, "Uložit fázi")
    enter(page)
    tab_to(page, "Napsat komentář – Fáze 5")
    enter(page)
    tab_to(page, "Komentář experta")
    page.keyboard.type("Psáno klávesnicí.")
    tab_to(page, "Uložit komentář")
    enter(page)
    tab_to(page, "Smazat – Fáze 5")
    enter(page)
    tab_to(page, "Smazat fázi")
    enter(page)
    expect(page.get_by_role("heading", name="Fáze 5")).to_have_count(0)


def test_town_responds_to_a_recommendation_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.TOWN])
    page.goto(f"/programy/{world.program.slug}/doporuceni/")
    tab_to(page, "Doporučení pro oblast zapojování dětí")
    enter(page)
    tab_to(page, "Vyjádřit se za obec")
    enter(page)
    tab_to(page, "zatím bez vyjádření")
    page.keyboard.press("ArrowUp")
    assert stop(page) == "nepřijato"
    tab_to(page, "Odůvodnění vyjádření")
    page.keyboard.type("Na to nejsou peníze.")
    tab_to(page, "Uložit vyjádření")
    enter(page)
    expect(page.get_by_text("Na to nejsou peníze.")).to_be_visible()
    tab_to(page, "Změnit vyjádření")


def test_catalogue_published_and_its_next_version_by_keyboard(
    open_page: OpenPage, world: World
) -> None:
    draft = draft_of_catalogue()
    page = open_page(world.people[Role.METHODOLOGIST])
    page.goto(reverse("code_lists"))
    tab_to(page, str(draft))
    enter(page)
    tab_to(page, "Zveřejnit katalog")
    enter(page)
    tab_to(page, "Zveřejnit natrvalo")
    enter(page)
    tab_to(page, "Založit další verzi")
    enter(page)
    tab_to(page, "Verze")
    page.keyboard.type("2031")
    tab_to(page, "Založit další verzi")
    enter(page)
    tab_to(page, "Zveřejnit katalog")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2031")


def test_program_moves_to_a_newer_catalogue_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/nastaveni/kriteria/")
    tab_to(page, "Podívat se, co mění, a přejít na ni")
    enter(page)
    tab_to(page, "Kritérium 9.1 Obec vyhodnocuje dopady. 1 ukazatel")
    page.keyboard.press("Space")
    tab_to(page, "Převést program")
    enter(page)
    expect(page.get_by_role("heading", name="Kritérium 9.1")).to_be_visible()
    tab_to(page, "Upravit – 9.1 Obec vyhodnocuje dopady.")


def test_file_uploaded_by_keyboard(
    open_page: OpenPage, world: World, settings: Any, tmp_path: Path
) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    minutes = tmp_path / "zapis.txt"
    minutes.write_text("Zápis z porady.", encoding="utf-8")
    page = open_page(world.people[Role.TOWN])
    page.goto(f"/programy/{world.program.slug}/podklady/doklady/")
    tab_to(page, "Přidat doklad")
    enter(page)
    tab_to(page, "Soubor")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(minutes)
    tab_to(page, "Název")
    page.keyboard.type("Zápis z klávesnice")
    tab_to(page, "Uložit doklad")
    enter(page)
    tab_to(page, "zapis.txt")
    with page.expect_download():
        page.keyboard.press("Enter")


def test_pages_of_the_grid_by_keyboard(
    open_page: OpenPage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indicator, "PAGE_SIZE", 3)
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/ukazatele/")
    for link, place in (("Další", "?page=2"), ("Předchozí", "?page=1")):
        tab_to(page, link)
        enter(page)
        assert place in page.url
        # The next stop is in the table, not at the top of the page again.
        page.keyboard.press("Tab")
        stop(page)
        expect(page.locator("[role=grid] :focus")).to_have_count(1)


def test_report_downloaded_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/zprava/")
    tab_to(page, "Word")
    with page.expect_download():
        page.keyboard.press("Enter")
    assert stop(page) == "Word"
    tab_to(page, "Pro partnery")
    enter(page)
    page.goto(f"/programy/{world.program.slug}/zprava/kontrola/")
    tab_to(page, "Výchozí stav, závěr a shrnutí vedle sebe")
    enter(page)
    tab_to(page, "Vydání")
    enter(page)
    tab_to(page, "Přidat zprávu")
    enter(page)
    tab_to(page, "Číslo jednací")
    page.keyboard.type("MUL/1/2024")
    tab_to(page, "Uložit zprávu")
    enter(page)
    expect(page.get_by_text("MUL/1/2024")).to_be_visible()
