"""Waiting for the file of a report: it comes by itself, with scripts and without them."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Program
from reporting import drawing, store
from reporting.models import Rendering, RenderingFailure
from tests.browser.conftest import OpenPage
from tests.builders import make_member, make_program

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db", "queued")]


@pytest.fixture
def expert(program: Program) -> User:
    return make_member(program, Role.EXPERT)


@pytest.fixture
def program(transactional_db: None) -> Program:
    return make_program(slug="nas")


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: Any, open_page: OpenPage, expert: User) -> Page:
    page = open_page(expert, javascript=request.param)
    page.goto("/programy/nas/zprava/")
    page.get_by_role("link", name="Stáhnout PDF").click()
    expect(heading(page, "Zpráva se připravuje")).to_be_visible()
    return page


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, level=1)


def claimed() -> Rendering:
    """As a worker does that has found the order."""
    taken = store.claim(Rendering.objects.get().pk)
    assert taken
    return taken


def test_file_comes_by_itself(page: Page, tmp_path: Path) -> None:
    status = page.get_by_role("status").filter(has_text="Krok")
    expect(status).to_contain_text("Krok 1 ze 3.")
    taken = claimed()
    expect(status).to_contain_text("Krok 2 ze 3. Načítá se obsah programu.")

    with page.expect_download() as waiting:
        drawing.draw(taken)

    assert waiting.value.suggested_filename == "nas.pdf"
    waiting.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    expect(heading(page, "Zpráva je připravena")).to_be_visible()
    # Whoever heard nothing of it has the file under their hand.
    link = page.get_by_role("link", name="Stáhnout PDF (")
    expect(link).to_be_focused()
    with page.expect_download() as again:
        page.keyboard.press("Enter")
    assert again.value.suggested_filename == "nas.pdf"


def test_failure_is_told_and_can_be_tried_again(page: Page) -> None:
    store.fail(claimed(), RenderingFailure.ERROR)

    expect(heading(page, "Zprávu se nepodařilo připravit")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Příprava souboru skončila chybou.")
    page.get_by_role("button", name="Zkusit znovu").click()
    expect(heading(page, "Zpráva se připravuje")).to_be_visible()
    with page.expect_download() as waiting:
        drawing.draw(claimed())
    assert waiting.value.suggested_filename == "nas.pdf"
