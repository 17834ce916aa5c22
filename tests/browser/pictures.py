"""Takes the pictures of `make screens`; see tests/screens.py."""

import sqlite3
import subprocess
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, Playwright, expect
from playwright.sync_api import Page as Window

from accounts.models import User
from accounts.roles import Role
from programs.models import Program
from tests.browser.chromium import PATIENCE, WIDTHS, launch, open_context
from tests.browser.states import STATES, World, make_world
from tests.pages import OPERATOR, PAGES, Page


def fill_database() -> World:
    """The demonstration with a log and ratings of the municipality."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=StringIO())
    return make_world(Program.objects.get(slug="litvinov-janov"))


def take_report(world: World, folder: Path, screens: Path) -> None:
    pdf = folder / "report.pdf"
    slug = world.program.slug
    call_command("render_report", slug, output=pdf, stdout=StringIO())
    subprocess.run(["/usr/bin/pdftoppm", "-r", "80", "-png", pdf, screens / "report"], check=True)
    print(f"Report: {len(list(screens.glob('report-*.png')))} pages")


def take_pages(
    playwright: Playwright, address: str, world: World, screens: Path, wanted: tuple[str, ...]
) -> None:
    """Each page and state, or those whose name begins with one of what is wanted."""
    beginnings = wanted or ("",)
    expect.set_options(timeout=PATIENCE)
    browser = launch(playwright)
    groups = {
        "Pages": {page: page.path(world.program) for page in PAGES},
        "Empty program": {
            page: page.path(world.empty) for page in PAGES if page.route in EMPTY_STATES
        },
    }
    for name, paths in groups.items():
        suffix = "-empty" if name == "Empty program" else ""
        for page, path in paths.items():
            assert path, page.route
            if not page.name.startswith(beginnings):
                continue
            for width in WIDTHS:
                window = open_window(browser, address, reader_of(page, world), width)
                window.goto(path)
                take(window, screens / f"{page.name}{suffix}-{width}.png")
        print(f"{name}: {len(paths)}")
    kept = Kept()
    for name, state in STATES.items():
        if not f"state-{name}".startswith(beginnings):
            continue
        for width in WIDTHS:
            # What one state changed shall not be in the picture of another.
            kept.restore()
            window = open_window(browser, address, world.person(state.role), width)
            state.reach(window, world)
            expect(state.sign(window)).to_be_visible()
            take(window, screens / f"state-{name}-{width}.png")
    print(f"States: {len(STATES)}")
    browser.close()


class Kept:
    """The database as it was, to be put back in place under the running server."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
        self.copy = sqlite3.connect(":memory:")
        self.database.backup(self.copy)

    def restore(self) -> None:
        self.copy.backup(self.database)


# Pages that look different when there is nothing yet.
EMPTY_STATES = {
    "program_detail",
    "programs:goal_list",
    "programs:output_list",
    "programs:schedule_detail",
    "programs:course_detail",
    "programs:consultation_list",
    "programs:consultation_statistics",
    "programs:consultation_add",
    "indicators:indicator_list",
    "reporting:report_preview",
}


def reader_of(page: Page, world: World) -> User | None:
    """Whoever sees most of the page."""
    if not page.roles:
        return None
    readers = (Role.EXPERT, Role.METHODOLOGIST, Role.CONSULTANT, OPERATOR)
    return world.person(next(role for role in readers if role in page.roles))


def open_window(browser: Browser, address: str, user: User | None, width: int) -> Window:
    return open_context(browser, address, user, width=width).new_page()


def take(window: Window, path: Path) -> None:
    window.screenshot(path=path, full_page=True)
    window.context.close()
