"""A file from somebody's disk to the register and back."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from programs.models import Activity, Evidence, Program
from tests.browser.conftest import OpenPage, Watch
from tests.builders import make_member, make_program
from tests.pages import furnish

pytestmark = pytest.mark.browser

CONTENT = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas")
    furnish(program)
    return program


@pytest.fixture
def town(program: Program) -> User:
    return make_member(program, Role.TOWN)


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "Zápis č. 5.pdf"
    path.write_bytes(CONTENT)
    return path


def download(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as begun:
        page.get_by_role("link", name=name, exact=True).click()
    return begun.value.suggested_filename, Path(begun.value.path()).read_bytes()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("width", [1280, 390])
def test_file_attached_to_an_activity_and_downloaded(
    open_page: OpenPage,
    program: Program,
    town: User,
    minutes: Path,
    width: int,
    javascript: bool,
) -> None:
    activity = Activity.objects.get()
    page = open_page(town, width=width, javascript=javascript)
    page.goto(reverse("programs:activity_detail", args=["nas", activity.pk]))
    page.get_by_role("link", name="Přiložit doklad").click()
    page.get_by_label("Soubor").set_input_files(minutes)
    page.get_by_label("Název").fill("Zápis z porady")
    page.get_by_role("button", name="Uložit doklad").click()

    expect(page.get_by_text("Doklad je uložen jako příloha číslo 2.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(activity.title)
    assert download(page, "Příloha 2: Zápis z porady") == ("Zápis č. 5.pdf", CONTENT)


def test_chosen_file_outlives_a_mistake_in_another_field(
    open_page: OpenPage, watch: Watch, program: Program, town: User, minutes: Path
) -> None:
    watch.expect_status(422)
    page = open_page(town)
    page.goto(reverse("indicators:evidence_add", args=["nas"]))
    page.get_by_label("Soubor").set_input_files(minutes)
    page.get_by_role("button", name="Uložit doklad").click()
    expect(page.get_by_text("Vybraný soubor: Zápis č. 5.pdf")).to_be_visible()
    page.get_by_label("Název").fill("Zápis z porady")
    page.get_by_role("button", name="Uložit doklad").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Doklady")
    assert download(page, "Zápis č. 5.pdf")[1] == CONTENT
    with page.expect_download() as begun:
        page.get_by_role("link", name="Stáhnout vše (ZIP)").click()
    assert begun.value.suggested_filename == "prilohy-nas.zip"


def test_file_too_large_refused_before_it_is_sent(
    open_page: OpenPage, settings: Any, program: Program, town: User, tmp_path: Path
) -> None:
    settings.EVIDENCE_MAX_MB = 1
    large = tmp_path / "velký.pdf"
    large.write_bytes(CONTENT + bytes(1024 * 1024))
    page = open_page(town)
    page.goto(reverse("indicators:evidence_add", args=["nas"]))

    page.get_by_label("Soubor").set_input_files(large)

    expect(page.get_by_role("alert")).to_have_text("Soubor je příliš velký, může mít nejvýše 1 MB.")
    expect(page.get_by_label("Soubor")).to_have_value("")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_file_too_large_told_by_the_server(
    open_page: OpenPage,
    watch: Watch,
    settings: Any,
    program: Program,
    town: User,
    tmp_path: Path,
    javascript: bool,
) -> None:
    """Even where the browser did not stop it, or the limit was lowered meanwhile."""
    watch.expect_status(422)
    large = tmp_path / "velký.pdf"
    large.write_bytes(CONTENT + bytes(1024 * 1024))
    page = open_page(town, javascript=javascript)
    page.goto(reverse("indicators:evidence_add", args=["nas"]))
    page.get_by_label("Soubor").set_input_files(large)
    page.get_by_label("Název").fill("Velký soubor")
    settings.EVIDENCE_MAX_MB = 1
    page.get_by_role("button", name="Uložit doklad").click()

    expect(page.get_by_text("Soubor je příliš velký").first).to_be_visible()
    expect(page.get_by_label("Název")).to_have_value("Velký soubor")
    assert not Evidence.objects.filter(title="Velký soubor").exists()
