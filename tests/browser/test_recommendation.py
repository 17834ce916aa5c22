"""A town officer answers a recommendation, on a phone too."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from programs.models import Recommendation
from tests.browser.conftest import OpenPage, Watch
from tests.builders import make_member, make_program, make_recommendation
from tests.pages import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"]),
    pytest.mark.parametrize("width", [1280, 390]),
]


def test_town_officer_answers_a_recommendation(
    open_page: OpenPage, watch: Watch, transactional_db: None, width: int, javascript: bool
) -> None:
    watch.expect_status(422)
    program = make_program(slug="nas")
    furnish(program)
    recommendation = make_recommendation(program, 2, title="Otevřít klub pro starší děti")
    page = open_page(make_member(program, Role.TOWN), width=width, javascript=javascript)
    page.goto(reverse("indicators:recommendation_list", args=["nas"]))
    page.get_by_role("link", name="Otevřít klub pro starší děti", exact=True).click()
    page.get_by_role("link", name="Vyjádřit se za obec").click()
    page.get_by_label("přijato částečně").check()
    page.get_by_label("Další krok").fill("Rada projedná poloviční úvazek.")
    page.get_by_role("button", name="Uložit vyjádření").click()

    expect(page.get_by_text("Uveďte, proč obec doporučení nepřijímá celé.").first).to_be_visible()
    # Whoever uses the keyboard goes on from what is wrong.
    expect(page.locator("main .form-errors")).to_be_focused()
    page.get_by_label("Odůvodnění vyjádření").fill("Na celý úvazek nejsou peníze.")
    page.get_by_role("button", name="Uložit vyjádření").click()

    expect(page.get_by_text("Vyjádření je uloženo.")).to_be_visible()
    expect(page.get_by_text("Rada projedná poloviční úvazek.")).to_be_visible()
    saved = Recommendation.objects.get(pk=recommendation.pk)
    assert (saved.response, saved.title) == ("partly", "Otevřít klub pro starší děti")
