"""The help page and its pictures, which are taken here and committed: `make help-pictures`."""

import os
import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import FloatRect, Page, expect

from accounts.roles import Role
from litvinov.help import PICTURES as FOLDER
from litvinov.help import SCALE, TOPICS
from tests.browser.conftest import OpenPage, Watch
from tests.browser.help_pictures import PICTURES
from tests.browser.states import World, in_program

pytestmark = pytest.mark.browser

WRITE = os.environ.get("HELP_PICTURES") == "write"
COLOURS = 96
MOST_BYTES = 800_000
# Letters and lines differ from machine to machine by so much of the height or width.
TOLERANCE = 0.15
MARGIN = 14
"""Around a part of a page."""


def take(page: Page, world: World, name: str) -> Image.Image:
    """A picture of the help page, as it looks today."""
    picture = PICTURES[name]
    page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    part = picture.reach(page, world)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    if part is None:
        taken = page.screenshot(animations="disabled")
    else:
        page.evaluate("scrollTo(0, 0)")
        box = part.bounding_box()
        assert box
        clip = FloatRect(
            x=box["x"] - MARGIN,
            y=box["y"] - MARGIN,
            width=box["width"] + 2 * MARGIN,
            height=box["height"] + 2 * MARGIN,
        )
        taken = page.screenshot(animations="disabled", full_page=True, clip=clip)
    return Image.open(BytesIO(taken)).convert("RGB")


@pytest.mark.parametrize("name", PICTURES)
def test_picture_can_still_be_taken_and_is_like_the_committed_one(
    open_page: OpenPage, watch: Watch, world: World, name: str
) -> None:
    watch.expect_status(409)
    person = world.people[PICTURES[name].role]

    taken = take(open_page(person, scale=SCALE), world, name)

    path = FOLDER / f"{name}.png"
    if WRITE:
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.exists(), "make help-pictures takes it"
    with Image.open(path) as committed:
        sizes = zip(taken.size, committed.size, strict=True)
    for now, then in sizes:
        assert abs(now - then) <= TOLERANCE * then, f"{taken.size}: make help-pictures"


@pytest.fixture
def help_page(open_page: OpenPage, transactional_db: None) -> Page:
    """The page as somebody sees it who has not signed in."""
    page = open_page()
    page.goto(reverse("help_page"))
    return page


def test_page_shows_every_picture_that_is_taken_and_no_other(help_page: Page) -> None:
    images = help_page.locator("main img")
    cited = []
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 0
        # The file carries a part of its digest in the name: prehled.0123456789ab.png.
        found = re.search(r"/help/(\w+)\.[0-9a-f]{12}\.png$", image.get_attribute("src") or "")
        assert found
        cited.append(found[1])

    assert sorted(cited) == sorted(PICTURES)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{n}.png" for n in PICTURES)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MOST_BYTES


def test_pictures_are_described_load_late_and_keep_their_place(help_page: Page) -> None:
    for image in help_page.locator("main img").all():
        assert len(image.get_attribute("alt") or "") > 40
        expect(image).to_have_attribute("loading", "lazy")
        path = FOLDER / (re.findall(r"/help/(\w+)", image.get_attribute("src") or "")[0] + ".png")
        with Image.open(path) as picture:
            for name, pixels in zip(("width", "height"), picture.size, strict=True):
                expect(image).to_have_attribute(name, str(round(pixels / SCALE)))


def test_contents_lead_to_every_topic(help_page: Page) -> None:
    links = help_page.get_by_role("navigation", name="Obsah nápovědy").get_by_role("link")

    assert links.all_inner_texts() == [topic.title for topic in TOPICS]
    for link in help_page.locator("main a[href^='#']").all():
        expect(help_page.locator(link.get_attribute("href") or "")).to_have_count(1)


@pytest.mark.parametrize(
    ("route", "topic"),
    [
        ("indicators:indicator_list", "ukazatele"),
        ("programs:consultation_add", "konzultace"),
        ("programs:narrative_list", "psani"),
        ("programs:program_history", "historie"),
        ("indicators:recommendation_list", "doporuceni"),
        ("indicators:evidence_list", "doklady"),
        ("reporting:report_preview", "zprava"),
        ("programs:member_list", "tym"),
    ],
)
def test_page_leads_to_what_helps_there(
    open_page: OpenPage, world: World, route: str, topic: str
) -> None:
    page = open_page(world.people[Role.EXPERT])
    in_program(route)(page, world)

    page.get_by_role("banner").get_by_role("link", name="Nápověda").click()

    expect(page).to_have_url(re.compile(rf"/napoveda/#{topic}$"))
    expect(page.locator(f"#{topic}").get_by_role("heading", level=2)).to_be_in_viewport()


def test_english_page_says_that_the_help_is_czech(open_page: OpenPage, world: World) -> None:
    page = open_page(world.people[Role.EXPERT])
    page.goto(reverse("help_page"))
    page.get_by_role("button", name="English").click()

    expect(page.get_by_text("The help is in Czech only.")).to_be_visible()
    czech = page.locator("main [lang=cs]").first
    expect(czech.get_by_role("heading", name="První kroky")).to_be_visible()
    keys = page.locator("#klavesove-zkratky [lang=en]")
    expect(keys.get_by_role("heading", name="On every page")).to_be_visible()
