"""Searching by keyboard alone, and by touch without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from programs.models import Program
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def tab_to(page: Page, what: str, *, most: int) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if what in focused(page):
            return
    raise AssertionError(f"{what} was not reached by {most} tabs; focus is on {focused(page)}")


def test_search_from_the_header_by_keyboard(demo: Program, open_page: OpenPage) -> None:
    page = open_page(User.objects.get(email="expert@example.cz"))
    page.goto(f"/programy/{demo.slug}/cile/")

    tab_to(page, "hledat", most=3)
    page.keyboard.type("SAMOSPRAVY svl")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Hledání")
    expect(page.get_by_label("Co hledat")).to_have_value("SAMOSPRAVY svl")
    hit = page.get_by_role("link", name=re.compile("Prvky samosprávy v SVL"))
    expect(hit.locator("mark")).to_have_text(["samosprávy", "SVL"])
    tab_to(page, "Prvky samosprávy", most=25)
    page.keyboard.press("Enter")

    goal = demo.goal_set.get(code="1.1.3")
    expect(page).to_have_url(re.compile(rf"/cile/#cil-{goal.pk}$"))
    expect(page.locator(f"#cil-{goal.pk}")).to_be_in_viewport()


def test_search_on_a_phone_without_javascript(demo: Program, open_page: OpenPage) -> None:
    page = open_page(User.objects.get(email="ctenar@example.cz"), width=390, javascript=False)
    page.goto(f"/programy/{demo.slug}/")
    page.get_by_role("searchbox", name="Hledat ve všech mých programech").fill("policie")
    page.get_by_role("search", name="Všechny mé programy").get_by_role(
        "button", name="Hledat"
    ).click()

    expect(page.locator("mark").first).to_be_visible()
    page.get_by_label("Kde").select_option(label=demo.title)
    page.get_by_label("Druh záznamu").select_option(label="Aktéři")
    page.get_by_role("main").get_by_role("button", name="Hledat").click()

    expect(page.locator(".hit__facts").first).to_contain_text("Aktér")
    expect(page).to_have_url(re.compile("kind=actor"))
