"""Two people at one record: the second is refused, sees both versions and loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from indicators.models import Assessment, Indicator, Moment, Rating
from programs.models import Consultation, Goal, Program
from tests.browser.conftest import OpenPage, Watch
from tests.builders import make_member, make_program, make_user
from tests.pages import furnish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"]),
]

FIRST, SECOND, NOTE = "Text prvního.", "Text druhého.", "Nikde jinde není."


@pytest.fixture
def program(transactional_db: None) -> Program:
    program = make_program(slug="nas")
    furnish(program)
    return program


@pytest.fixture
def first(program: Program) -> User:
    return make_member(program, Role.EXPERT, make_user(name="Eva První"))


@pytest.fixture
def second(program: Program) -> User:
    return make_member(program, Role.EXPERT, make_user(name="Dan Druhý"))


@dataclass(frozen=True)
class Form:
    """A form that two people may have open at once, and how each of them fills it in."""

    open: Callable[[Page], None]
    field: Callable[[Page], Locator]
    other_field: Callable[[Page], Locator]
    save: str
    saved: Callable[[], tuple[str, str]]
    """What is in the database: the text of `field` and of `other_field`."""


def open_indicator(page: Page) -> None:
    page.goto(reverse("indicators:indicator_list", args=["nas"]))
    page.get_by_role("link", name="Upravit").first.click()
    expect(page.get_by_role("button", name="Uložit ukazatel")).to_be_visible()


def final(page: Page) -> Locator:
    return page.get_by_role("group", name="Závěrečné vyhodnocení")


def saved_indicator() -> tuple[str, str]:
    assessment = Assessment.objects.get(
        indicator=Indicator.objects.earliest("pk"), moment=Moment.FINAL
    )
    return assessment.statement, assessment.justification


INDICATOR = Form(
    open=open_indicator,
    field=lambda page: final(page).get_by_label("Popis", exact=True),
    other_field=lambda page: final(page).get_by_label("Zdůvodnění posunu"),
    save="Uložit ukazatel",
    saved=saved_indicator,
)
EVALUATION = Form(
    open=lambda page: follow("programs:goal_evaluate", Goal.objects.get().pk, page),
    field=lambda page: page.get_by_label("Vyhodnocení", exact=True),
    other_field=lambda page: page.get_by_label("Důvod", exact=True),
    save="Uložit vyhodnocení",
    saved=lambda: Goal.objects.values_list("evaluation", "state_reason").get(),
)
CONSULTATION = Form(
    open=lambda page: follow("programs:consultation_edit", Consultation.objects.get().pk, page),
    field=lambda page: page.get_by_label("Výsledek"),
    other_field=lambda page: page.get_by_label("Poznámka týmu"),
    save="Uložit konzultaci",
    saved=lambda: Consultation.objects.values_list("outcome", "team_note").get(),
)


def follow(route: str, pk: int, page: Page) -> None:
    page.goto(reverse(route, args=["nas", pk]))


def save(page: Page, form: Form) -> None:
    page.get_by_role("button", name=form.save).click()


def expect_saved(page: Page) -> None:
    told = page.locator("[role=status]:not([data-draft-status])")
    expect(told.filter(has_text="ulož").first).to_be_visible()


@pytest.mark.parametrize(
    "form", [INDICATOR, EVALUATION, CONSULTATION], ids=["indicator", "evaluation", "consultation"]
)
def test_second_save_is_refused_and_then_deliberate(
    open_page: OpenPage, watch: Watch, first: User, second: User, form: Form, javascript: bool
) -> None:
    watch.expect_status(409)
    one = open_page(first, javascript=javascript)
    two = open_page(second, javascript=javascript)
    form.open(one)
    form.open(two)
    form.field(two).fill(SECOND)
    form.other_field(two).fill(NOTE)

    form.field(one).fill(FIRST)
    save(one, form)
    expect_saved(one)
    save(two, form)

    conflict = two.get_by_role("alert")
    expect(conflict).to_contain_text("uložil jinou verzi: Eva První")
    expect(conflict).to_be_focused()
    versions = two.get_by_role("group", name="Co se má uložit")
    for text in (FIRST, SECOND):
        expect(versions).to_contain_text(text.split()[-1])
    # Only one of the two has touched the other field.
    expect(versions).not_to_contain_text(NOTE)
    expect(form.field(two)).to_have_value(SECOND)
    expect(form.other_field(two)).to_have_value(NOTE)
    assert form.saved()[0] == FIRST

    save(two, form)
    expect_saved(two)
    assert form.saved() == (SECOND, NOTE)


def test_ratings_of_different_people_do_not_collide(
    open_page: OpenPage, program: Program, first: User, javascript: bool
) -> None:
    town = make_member(program, Role.TOWN)
    pages = [open_page(first, javascript=javascript), open_page(town, javascript=javascript)]
    for page in pages:
        open_indicator(page)

    for page, level in zip(pages, ("4 Plně naplněno", "0 Nenaplněno"), strict=True):
        final(page).get_by_role("radio", name=level).check()
        save(page, INDICATOR)
        expect_saved(page)

    ratings = Rating.objects.filter(
        assessment__indicator=Indicator.objects.earliest("pk"), assessment__moment=Moment.FINAL
    )
    assert dict(ratings.values_list("rater", "level")) == {"expert": 4, "town": 0}


def test_consultation_deleted_meanwhile_is_kept_and_created_anew(
    open_page: OpenPage, watch: Watch, first: User, second: User, javascript: bool
) -> None:
    watch.expect_status(409)
    form = CONSULTATION
    one = open_page(first, javascript=javascript)
    two = open_page(second, javascript=javascript)
    form.open(two)
    form.field(two).fill(SECOND)
    form.other_field(two).fill(NOTE)

    follow("programs:consultation_delete", Consultation.objects.get().pk, one)
    one.get_by_role("button", name="Smazat konzultaci").click()
    expect(one.get_by_role("status").first).to_have_text("Konzultace je smazána.")
    save(two, form)

    expect(two.get_by_role("alert")).to_contain_text("někdo tento záznam smazal")
    expect(form.field(two)).to_have_value(SECOND)
    expect(form.other_field(two)).to_have_value(NOTE)
    expect(two.get_by_role("checkbox", name="1.1 Zapojení obyvatel")).to_be_checked()
    assert not Consultation.objects.exists()

    save(two, form)
    expect_saved(two)
    assert form.saved() == (SECOND, NOTE)
    assert [goal.code for goal in Consultation.objects.get().goals.all()] == ["1.1"]
