"""Goals put in order by keyboard and by mouse, and the code a new one is offered."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Goal, Program
from tests.browser.conftest import OpenPage
from tests.builders import make_goal, make_member, make_program, make_step

pytestmark = pytest.mark.browser


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas")
    for code, title in (("1.1", "Alfa"), ("1.2", "Beta"), ("1.3", "Gama")):
        parent = make_goal(program, code, short_title=title, wording="Znění.")
        for number, below in ((1, f"{title} I"), (2, f"{title} II")):
            sub_code = f"{code}.{number}"
            make_goal(program, sub_code, parent=parent, short_title=below, wording="Znění.")
    make_step(program, description="K cíli 1.3.")
    return program


@pytest.fixture
def page(open_page: OpenPage, program: Program) -> Page:
    page = open_page(expert_of(program))
    page.goto(reverse("programs:goal_list", args=["nas"]))
    return page


def expert_of(program: Program) -> User:
    return make_member(program, Role.EXPERT)


def down(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^Posunout dolů – [\d.]+ {name}$"))


def up(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^Posunout nahoru – [\d.]+ {name}$"))


def titles(program: Program) -> dict[str, str]:
    return dict(Goal.objects.filter(program=program).values_list("code", "short_title"))


def drop(page: Page, moved: str, target: str, *, after: bool) -> None:
    """Take a goal by its handle and let it go above or below another one, all of it in view."""
    page.set_viewport_size({"width": 1280, "height": 3000})
    item = page.locator("[data-ordered]").filter(has=page.get_by_text(moved, exact=True)).last
    other = page.locator("[data-ordered]").filter(has=page.get_by_text(target, exact=True)).last
    box = other.bounding_box()
    assert box
    place = {"x": 40, "y": box["height"] - 10 if after else 5}
    item.locator(".ordering__handle").first.drag_to(other, target_position=place)  # type: ignore[arg-type]


def test_goal_moved_twice_by_the_keyboard_keeps_the_focus(page: Page, program: Program) -> None:
    down(page, "Alfa").focus()

    page.keyboard.press("Enter")
    expect(page.get_by_text("Cíl 1.1 má teď kód 1.2")).to_be_visible()
    expect(down(page, "Alfa")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cíl 1.2 má teď kód 1.3")).to_be_visible()

    # There is nowhere further down; the other button takes over.
    expect(up(page, "Alfa")).to_be_focused()
    assert titles(program) == {
        **{"1.1": "Beta", "1.1.1": "Beta I", "1.1.2": "Beta II"},
        **{"1.2": "Gama", "1.2.1": "Gama I", "1.2.2": "Gama II"},
        **{"1.3": "Alfa", "1.3.1": "Alfa I", "1.3.2": "Alfa II"},
    }
    assert program.schedulestep_set.get().description == "K cíli 1.2."


@pytest.mark.parametrize(
    ("moved", "target", "after", "order"),
    [
        ("Alfa", "Gama", True, ["Beta", "Gama", "Alfa"]),
        ("Gama", "Alfa", False, ["Gama", "Alfa", "Beta"]),
    ],
)
def test_goal_dragged_with_its_branch(
    page: Page, program: Program, moved: str, target: str, after: bool, order: list[str]
) -> None:
    drop(page, moved, target, after=after)

    expect(page.get_by_text("má teď kód")).to_be_visible()
    found = titles(program)
    assert [found[f"1.{number}"] for number in (1, 2, 3)] == order
    assert [found[f"1.{number}.2"] for number in (1, 2, 3)] == [f"{title} II" for title in order]


def test_sub_goal_dragged_among_its_siblings(page: Page, program: Program) -> None:
    drop(page, "Beta II", "Beta I", after=False)

    expect(page.get_by_text("Cíl 1.2.2 má teď kód 1.2.1")).to_be_visible()
    assert titles(program)["1.2.1"] == "Beta II"


def test_sub_goal_is_not_dropped_elsewhere(page: Page, program: Program) -> None:
    before = titles(program)

    drop(page, "Beta II", "Gama I", after=False)
    page.reload()

    assert titles(program) == before


def test_goals_are_moved_without_javascript(open_page: OpenPage, program: Program) -> None:
    page = open_page(expert_of(program), javascript=False)
    page.goto(reverse("programs:goal_list", args=["nas"]))

    up(page, "Gama").click()

    expect(page.get_by_text("Cíl 1.3 má teď kód 1.2")).to_be_visible()


def test_offered_code_follows_the_superior_goal_until_another_is_typed(page: Page) -> None:
    page.get_by_role("link", name="Přidat dílčí cíl – 1.2 Beta", exact=True).click()
    code, parent = page.get_by_label("Kód"), page.get_by_label("Nadřazený cíl")
    expect(code).to_have_value("1.2.3")

    parent.select_option("1.3 Gama")
    expect(code).to_have_value("1.3.3")
    parent.select_option("žádný")
    expect(code).to_have_value("1.4")

    code.fill("7.1")
    parent.select_option("1.1 Alfa")
    expect(code).to_have_value("7.1")
