"""What comes out of a printer: the page without what is clicked, no wider than the sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.browser.conftest import OpenPage
from tests.browser.states import World
from tests.pages import PAGES
from tests.pages import Page as Address
from tests.pdf import full_text

pytestmark = pytest.mark.browser

SHEET = 680
"""Pixels between the margins of A4: 180 mm."""
TO_CLICK = (
    "nav, [role=search], button, .gov-button, .site-footer, .actions, .row-actions, .ordering, "
    ".form-actions, .pagination, .skip-link, .table__actions"
)
PRINTED = [
    page
    for page in PAGES
    if Role.EXPERT in page.roles
    and re.search(r"(_list|_detail|_history|_statistics|my_work)$", page.route)
    and page.route != "programs:schedule_detail"
]
assert len(PRINTED) > 20


def on_paper(page: Page, address: Address, world: World) -> None:
    path = address.path(world.program)
    assert path
    page.goto(path)
    page.set_viewport_size({"width": SHEET, "height": 980})
    page.emulate_media(media="print")


@pytest.mark.parametrize("address", PRINTED, ids=lambda page: page.name)
def test_sheet_shows_the_page_and_nothing_to_click(
    open_page: OpenPage, world: World, address: Address
) -> None:
    page = open_page(world.people[Role.EXPERT])
    on_paper(page, address, world)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert [left.inner_text() for left in page.locator(TO_CLICK).all() if left.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET


def test_rows_stay_a_table_and_folded_texts_are_open(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    addresses = {page.route: page for page in PRINTED}
    on_paper(page, addresses["programs:actor_list"], world)
    row = page.get_by_role("row").nth(1)
    tops = {
        round(box["y"]) for cell in row.get_by_role("cell").all() if (box := cell.bounding_box())
    }
    assert len(tops) == 1
    on_paper(page, addresses["programs:goal_list"], world)
    expect(page.locator(".goal details .narrative").first).to_be_visible()


def test_printed_goals_name_their_program_and_number_their_sheets(
    open_page: OpenPage, world: World
) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(f"/programy/{world.program.slug}/cile/")
    sheets = full_text(page.pdf(prefer_css_page_size=True))
    assert world.program.title in sheets
    assert "1 / " in sheets
    assert "vaše role" not in sheets
