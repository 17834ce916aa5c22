"""Every page and every state of a page: axe-core, small screens, the keyboard, a strict frame.

Pages are visited one after another in one window, and all that is wrong is told at once:
what it is and on which pages, "rule: where on the page [page at width, ...]".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Response, expect
from playwright.sync_api import Page as Window

from accounts.roles import Role
from programs.models import Program
from tests.browser.chromium import WIDTHS
from tests.browser.conftest import OpenPage, Watch
from tests.browser.states import STATES, World, final, in_program
from tests.builders import make_user
from tests.pages import CONSULTANTS, METHODOLOGISTS, OPERATOR, PAGES, Page, pages_of

pytestmark = pytest.mark.browser

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
RUN_AXE = """
async () => {
  const found = await axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
  });
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`)
  );
}
"""
# What makes a page wider than the screen; what scrolls in a part of its own does not.
OVERFLOWING = """
() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const style = (element) => getComputedStyle(element);
  const scrolls = (element) =>
    element && (style(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) =>
      element.getBoundingClientRect().right > edge + 0.5 &&
      (style(element).position === "absolute" || !scrolls(element.parentElement))
  );
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`;
  return [`the page is wider because of ${wide.map(name).slice(0, 3).join(", ")}`];
}
"""
# A word that does not fit its column and goes on in the middle on the next line.
BROKEN_WORDS = """
() => {
  const broken = new Set();
  const range = document.createRange();
  const unseen = (element) =>
    element && (getComputedStyle(element).clipPath !== "none" || unseen(element.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]{2,24}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const parts = range.getClientRects();
      if (parts.length < 2 || parts[parts.length - 1].top < parts[0].bottom - 1) continue;
      if (!unseen(node.parentElement)) broken.add(`broken word: ${word[0]}`);
    }
  }
  return [...broken].slice(0, 5);
}
"""
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
SITE = {"cs": "Poradenské programy", "en": "Advisory programs"}


# --- every page -----------------------------------------------------------------------------

# Roles see the same pages; these look different to a municipality and to a methodologist.
DIFFERENT: dict[str, set[str]] = {
    Role.TOWN: {
        "program_detail",
        "programs:goal_list",
        "programs:course_detail",
        "programs:consultation_list",
        "programs:consultation_statistics",
        "indicators:indicator_list",
        "indicators:indicator_edit",
    },
    Role.CONSULTANT: {
        "programs:member_list",
        *(page.route for page in PAGES if page.roles == CONSULTANTS),
    },
    Role.METHODOLOGIST: {
        "programs:course_detail",
        "programs:consultation_list",
        "programs:consultation_statistics",
        "indicators:indicator_list",
        *(page.route for page in PAGES if page.roles == METHODOLOGISTS),
    },
}
EVERY_PAGE = pytest.mark.parametrize(
    ("role", "has_data"),
    [
        (None, True),
        (Role.EXPERT, True),
        (Role.EXPERT, False),
        (Role.TOWN, True),
        (Role.CONSULTANT, True),
        (Role.METHODOLOGIST, True),
        (OPERATOR, True),
    ],
    ids=[
        *("signed-out", "expert", "expert-empty", "town", "consultant", "methodologist"),
        "operator",
    ],
)


@dataclass(frozen=True)
class Visit:
    page: Page
    response: Response


def visits(window: Window, world: World, role: str | None, has_data: bool) -> Iterator[Visit]:
    """Open each page a role may open, without those that it sees as others do."""
    program = world.program if has_data else world.empty
    for page in pages_of(role):
        if role in DIFFERENT and page.route not in DIFFERENT[role]:
            continue
        if path := page.path(program):
            response = window.goto(path)
            assert response
            assert response.status == 200, f"{page.route}: {response.status}"
            yield Visit(page, response)


class Faults:
    """What was found, each fault once with the pages that have it."""

    def __init__(self) -> None:
        self.pages: dict[str, list[str]] = {}

    def add(self, page: str, faults: Iterable[str]) -> None:
        for fault in faults:
            self.pages.setdefault(fault, []).append(page)

    def expect_none(self) -> None:
        told = [f"{fault} [{_some(pages)}]" for fault, pages in self.pages.items()]
        assert not told, "\n".join(told)


def _some(pages: list[str]) -> str:
    more = f" and {len(pages) - 4} more" if len(pages) > 4 else ""
    return ", ".join(pages[:4]) + more


@cache
def axe_core() -> str:
    if not AXE.exists():
        pytest.exit("axe-core is missing: make node_modules/.installed", returncode=1)
    return AXE.read_text(encoding="utf-8")


def add_axe(faults: Faults, window: Window, page: str) -> None:
    """What axe-core finds on a page as it stands, at both widths and with all unfolded."""
    window.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    window.evaluate(axe_core())
    for width, height in WIDTHS.items():
        window.set_viewport_size({"width": width, "height": height})
        faults.add(f"{page} at {width}", window.evaluate(RUN_AXE))


@EVERY_PAGE
def test_axe_finds_nothing(
    open_page: OpenPage, world: World, role: str | None, has_data: bool
) -> None:
    window = open_page(world.person(role))
    faults = Faults()

    for visit in visits(window, world, role, has_data):
        add_axe(faults, window, visit.page.route)

    faults.expect_none()


@EVERY_PAGE
def test_layout_holds_from_a_desk_to_a_small_phone(
    open_page: OpenPage, world: World, role: str | None, has_data: bool
) -> None:
    window = open_page(world.person(role))
    faults = Faults()

    for visit in visits(window, world, role, has_data):
        # 640 pixels are a desk enlarged twice.
        for width in (1280, 640, 390, 320):
            window.set_viewport_size({"width": width, "height": 800})
            faults.add(f"{visit.page.route} at {width}", window.evaluate(OVERFLOWING))
            if width in WIDTHS:
                faults.add(f"{visit.page.route} at {width}", window.evaluate(BROKEN_WORDS))

    faults.expect_none()


class Forbidden(HTMLParser):
    """Markup that a strict policy blocks, or that would ask for a looser one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"inline <{tag}>")
        for name, value in attributes:
            code = (value or "").strip().lower()
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"<{tag} {name}>")
            elif code.startswith(("js:", "javascript:")):
                self.found.append(f'<{tag} {name}="{value}">')
            elif name == "hx-trigger" and "[" in code:
                # Without eval htmx drops the filter and fires always.
                self.found.append(f'<{tag} {name}="{value}">')


def wrong_with_frame(window: Window, response: Response, program: Program) -> Iterator[str]:
    """What is wrong with a page's headings, title, language, policy and markup."""
    language = response.headers["content-language"]
    if window.locator("html").get_attribute("lang") != language:
        yield "the language of the page is not the one that was sent"
    if (count := window.locator("h1").count()) != 1:
        yield f"{count} headings of the first level"
    if not window.title().endswith((f" – {SITE[language]}", f" – {program.title}")):
        yield f'the title is "{window.title()}"'
    policy = [part.split() for part in response.headers["content-security-policy"].split(";")]
    if {name: set(sources) for name, *sources in policy} != POLICY:
        yield f"the policy is {policy}"
    for bar in (".tabs", ".subtabs"):
        if (tabs := window.locator(bar)).count() and tabs.locator("[aria-current]").count() != 1:
            yield f"{bar} do not say where the page is"
    yield from Forbidden(response.text()).found
    yield from words_of_the_program(window)


def words_of_the_program(window: Window) -> Iterator[str]:
    """Python's word for nothing, said to a person."""
    if re.search(r"\bNone\b", window.locator("body").inner_text()):
        yield 'the page says "None"'


@EVERY_PAGE
def test_every_page_has_a_whole_frame(
    open_page: OpenPage, world: World, role: str | None, has_data: bool
) -> None:
    window = open_page(world.person(role))
    program = world.program if has_data else world.empty
    faults = Faults()

    for visit in visits(window, world, role, has_data):
        faults.add(visit.page.route, wrong_with_frame(window, visit.response, program))

    faults.expect_none()


@pytest.mark.parametrize("address", ["/neni/", "/programy/litvinov-janov/cile/novy/"])
def test_refusals_have_a_whole_frame(
    open_page: OpenPage, watch: Watch, world: World, address: str
) -> None:
    watch.expect_status(403, 404, 410)
    window = open_page(world.people[Role.TOWN])

    response = window.goto(address)

    assert response
    faults = Faults()
    faults.add(address, wrong_with_frame(window, response, world.program))
    faults.expect_none()


# --- states of pages ------------------------------------------------------------------------


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(
    open_page: OpenPage, watch: Watch, world: World, name: str
) -> None:
    watch.expect_status(403, 404, 409, 410, 422)
    state = STATES[name]
    window = open_page(world.person(state.role))

    state.reach(window, world)

    expect(state.sign(window)).to_be_visible()
    faults = Faults()
    add_axe(faults, window, name)
    faults.add(name, words_of_the_program(window))
    faults.expect_none()


def test_person_without_a_program_is_told_what_to_do(
    open_page: OpenPage, transactional_db: None
) -> None:
    window = open_page(make_user())

    window.goto(reverse("programs:program_list"))

    expect(window.get_by_text("Zatím nemáte žádný program.")).to_be_visible()
    faults = Faults()
    add_axe(faults, window, "programs:program_list")
    faults.expect_none()


def test_report_is_marked_as_czech_on_an_english_screen(open_page: OpenPage, world: World) -> None:
    window = open_page(world.people[Role.TOWN])

    in_program("reporting:report_preview", english=True)(window, world)

    expect(window.get_by_role("link", name="Download PDF")).to_be_visible()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    expect(window.locator("[lang=cs]", has=window.get_by_role("heading", level=1))).to_be_visible()


# --- the keyboard ---------------------------------------------------------------------------

FOCUSED = "document.activeElement"
NAME = f"({FOCUSED}.innerText || {FOCUSED}.id).trim()"
# Elements that the Tab key should reach, in the order of the document; of a group of radio
# buttons only the chosen one, and of a toolbar one tool, from which arrows lead to the others.
REACHABLE = """
[...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [role=toolbar], [role=region][tabindex]"
)].filter(
  (element) => element.checkVisibility() && element.type !== "hidden" && !element.disabled &&
    (element.type !== "radio" || element.checked)
)
"""
OUTLINE = f"""
() => {{
  const style = getComputedStyle({FOCUSED});
  return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
}}
"""


def tab_to(window: Window, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(120):
        window.keyboard.press("Tab")
        if target.evaluate(f"element => element === {FOCUSED}"):
            return
    pytest.fail(f"{target} is out of reach of the keyboard")


@pytest.mark.parametrize("width", WIDTHS)
def test_skip_link_leads_past_the_header(open_page: OpenPage, world: World, width: int) -> None:
    window = open_page(world.people[Role.EXPERT], width=width)
    in_program("program_detail")(window, world)
    skip = window.get_by_role("link", name="Přejít k obsahu")
    expect(skip).not_to_be_in_viewport()

    window.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    window.keyboard.press("Enter")
    expect(window.get_by_role("main")).to_be_focused()

    window.keyboard.press("Tab")
    expect(window.get_by_role("main").get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "route", ["program_detail", "programs:goal_list", "programs:consultation_add"]
)
def test_tab_key_reaches_everything_in_the_order_of_the_page(
    open_page: OpenPage, world: World, route: str, width: int
) -> None:
    window = open_page(world.people[Role.EXPERT], width=width)
    in_program(route)(window, world)
    window.evaluate(f"window.order = {REACHABLE}")
    count = window.evaluate("window.order.length")

    reached = [-1]
    while reached[-1] < count - 1:
        window.keyboard.press("Tab")
        stop = f'{FOCUSED}.closest("[role=toolbar]") || {FOCUSED}'
        place = window.evaluate(f"window.order.indexOf({stop})")
        # The parts of a date are several stops in one field.
        if place != reached[-1]:
            assert place == reached[-1] + 1, window.evaluate(f"{FOCUSED}.outerHTML")
            reached.append(place)

    assert count > 10


def test_header_and_tabs_come_in_the_order_they_are_read(open_page: OpenPage, world: World) -> None:
    window = open_page(world.people[Role.METHODOLOGIST])
    in_program("program_detail")(window, world)

    names: list[str] = []
    while names[-1:] != ["Zpráva"]:
        assert len(names) < 25, names
        window.keyboard.press("Tab")
        names.append(window.evaluate(NAME))

    assert names == [
        "Přejít k obsahu",
        "Poradenské programy",
        "hledat",
        "Hledat",
        "Moje práce",
        "Číselníky",
        f"Můj profil:\n{world.people[Role.METHODOLOGIST]}",
        "Nápověda",
        "Odhlásit se",
        "English",
        "Programy",
        "Přehled",
        "Cíle",
        "Harmonogram",
        "Realizace",
        "Ukazatele",
        "Aktéři",
        "Doporučení",
        "Podklady",
        "Zpráva",
    ]


def test_row_is_edited_with_the_keyboard_alone(open_page: OpenPage, world: World) -> None:
    window = open_page(world.people[Role.TOWN])
    in_program("indicators:indicator_list", "?text=uvazek terenniho")(window, world)
    edit = window.get_by_role("link", name="Upravit").first

    # The grid is one stop of the Tab key; arrows move inside it.
    tab_to(window, window.locator("[data-rate]").first)
    window.keyboard.press("Home")
    window.keyboard.press("ArrowRight")
    window.keyboard.press("ArrowRight")
    expect(edit).to_be_focused()
    window.keyboard.press("Enter")
    expect(window.get_by_role("row").get_by_role("heading", level=2)).to_be_focused()
    tab_to(window, final(window).get_by_role("radio", name="Nehodnoceno"))
    window.keyboard.press("ArrowDown")
    window.keyboard.press("ArrowDown")
    tab_to(window, final(window).get_by_label("Poznámka"))
    window.keyboard.type("Psáno jen na klávesnici.")
    tab_to(window, window.get_by_role("button", name="Uložit ukazatel"))
    window.keyboard.press("Enter")

    expect(edit).to_be_focused()
    row = window.locator("tbody").filter(has=edit)
    expect(row).to_contain_text("Obec: 1 Naplněno formálně")
    expect(row).to_contain_text("Psáno jen na klávesnici.")


def test_focus_is_visible_on_every_kind_of_control(open_page: OpenPage, world: World) -> None:
    window = open_page(world.people[Role.EXPERT])
    in_program("programs:consultation_add")(window, world)
    for others in ("Ostatní cíle", "Ostatní aktéři"):
        window.get_by_text(others).click()
    controls = {
        "link": window.get_by_role("link", name="Ukazatele"),
        "date": window.get_by_label("Datum"),
        "select": window.get_by_label("Druh").first,
        "textarea": window.get_by_label("Výsledek"),
        "search": window.get_by_role("searchbox", name="Najít aktéra"),
        "checkbox": window.get_by_role("checkbox", name="1.2 Rozvoj"),
        "number": window.get_by_label("počet osob: Rodiče a rodiny"),
        "button": window.get_by_role("button", name="Uložit konzultaci"),
    }

    outlines = {}
    for name, control in controls.items():
        tab_to(window, control)
        outlines[name] = window.evaluate(OUTLINE)

    assert [name for name, width in outlines.items() if width < 2] == []
