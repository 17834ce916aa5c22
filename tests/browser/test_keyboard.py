"""Each list, form and question by Tab and Enter alone; where the keyboard is, is always seen."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.browser.conftest import OpenPage, Watch
from tests.browser.states import World

pytestmark = pytest.mark.browser

# Name, whether a ring is drawn around it, and whether it lies in the window with nothing over it.
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  // At the button of its calendar, the ring of a date is around what holds it.
  const looks = [element, element.parentElement].map((node) => getComputedStyle(node));
  // Ends of a line show what is over the element; a long text may be higher than the window.
  const box = [...element.getClientRects()][0] ?? element.getBoundingClientRect();
  const y = Math.min(box.top + box.height / 2, innerHeight - 1);
  const over = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), y);
  const near = (node) => node && (element.contains(node) || node.contains(element)
    || [...(element.labels ?? [])].some((label) => label.contains(node)));
  return {
    name: element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.id,
    ring: looks.some((look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2),
    seen: near(over),
  };
}"""


def stop(page: Page) -> str:
    """What the keyboard is at; it must be seen that it is there."""
    found = page.evaluate(FOCUS)
    assert found, "Tab left the page"
    assert found["ring"], f"no ring around {found['name']!r}"
    assert found["seen"], f"{found['name']!r} is under something or out of the window"
    return " ".join(str(found["name"]).split())


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the keyboard is at what is called so, or begins so."""
    name, passed = " ".join(name.split()), []
    for _ in range(250):
        page.keyboard.press("Tab")
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
