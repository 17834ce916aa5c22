"""The catalogue from a draft to a program that moves to it, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from indicators.models import CriteriaCatalogue, Criterion, Indicator
from tests.browser.conftest import OpenPage
from tests.browser.states import World, draft_of_catalogue

pytestmark = pytest.mark.browser


def first_criterion() -> Criterion:
    found = Criterion.objects.filter(area__catalogue=draft_of_catalogue()).in_catalogue_order()
    return found[0]


def names(criterion: Criterion) -> list[str]:
    return list(criterion.indicators.values_list("short_name", flat=True))


def test_parts_of_a_draft_are_put_in_order_by_keyboard_and_mouse(
    world: World, open_page: OpenPage
) -> None:
    criterion = first_criterion()
    before = names(criterion)
    codes = [one.code for one in criterion.area.criteria.all()]
    window = open_page(world.people[Role.METHODOLOGIST])
    window.goto(reverse("catalogue_detail", args=[draft_of_catalogue().pk]))
    second = criterion.indicators.all()[1]

    window.get_by_role("button", name=f"Posunout nahoru – {second}").press("Enter")
    window.wait_for_url("**#indicator-*")
    assert names(criterion)[:2] == [before[1], before[0]]

    # Dragging an indicator moves it in its criterion, and the criterion stays.
    items = window.locator(".catalogue-indicators").first.locator("[data-ordered]")
    with window.expect_navigation():
        items.nth(2).drag_to(items.nth(0), target_position={"x": 300, "y": 2})
    assert names(criterion)[0] == before[2]
    assert [one.code for one in criterion.area.criteria.all()] == codes


def test_draft_published_and_the_program_moves_to_it(world: World, open_page: OpenPage) -> None:
    draft = draft_of_catalogue()
    methodologist = open_page(world.people[Role.METHODOLOGIST])
    methodologist.goto(reverse("catalogue_detail", args=[draft.pk]))
    methodologist.get_by_role("link", name="Zveřejnit katalog").click()
    methodologist.get_by_role("button", name="Zveřejnit natrvalo").click()
    expect(methodologist.get_by_text("Katalog je zveřejněn a dál se už nemění.")).to_be_visible()

    expert = open_page(world.people[Role.EXPERT], width=390)
    expert.goto(reverse("indicators:adopted_criterion_list", args=[world.program.slug]))
    expert.get_by_role("link", name="Podívat se, co mění, a přejít na ni").first.click()
    expert.get_by_role("checkbox", name="Kritérium 9.1").check()
    expert.get_by_role("button", name="Převést program").click()

    expect(expert.get_by_text(f"Program teď používá katalog {draft}")).to_be_visible()
    expect(expert.get_by_role("heading", name="Kritérium 9.1")).to_be_visible()
    assert CriteriaCatalogue.objects.of_program(world.program) == draft
    assert Indicator.objects.of_program(world.program).count() == 27
