"""What daily jobs cost in interactions; docs/ux-budget.md says it and is held to it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.audit import save_record
from accounts.roles import Role
from indicators.models import Indicator, Moment, Rater, Rating
from programs.models import Consultation, Goal, Invitation, Recommendation, RecommendationState
from tests.browser.budget import DOCUMENT, Counted, Hand, Job, document, settle, written
from tests.browser.conftest import OpenPage
from tests.browser.states import World

pytestmark = pytest.mark.browser

DESK, PHONE, KEYBOARD = "desk", "phone", "keyboard"
PLAIN_PHONE = "phone without JavaScript"
WIDTH_OF = {DESK: 1280, KEYBOARD: 1280, PHONE: 390, PLAIN_PHONE: 390}
SIGN_IN, GRID = "sign-in", "Ukazatele"
OUTCOME = "Škola nabídla tělocvičnu pro odpolední kroužek."
STATEMENT = "Skupina se schází každý měsíc."


def jobs(what: str, who: str, limit: int, begins: str = SIGN_IN) -> dict[str, Job]:
    return {where: Job(what, who, begins, where, limit) for where in (DESK, PHONE)}


LOGGING = "Log a consultation with a goal, an actor and a new one"
LOG = {
    **jobs(LOGGING, "expert", 12),
    PLAIN_PHONE: Job(LOGGING, "expert", SIGN_IN, PLAIN_PHONE, 12),
}
PDF = jobs("Reach the PDF of the report", "expert", 3)
LEVEL = {
    **jobs("Set a level", "expert", 2, GRID),
    KEYBOARD: Job("Set a level, from the row above", "expert", GRID, KEYBOARD, 2),
}
WRITE = {
    **jobs("Write a statement about an indicator", "expert", 6),
    KEYBOARD: Job("Write a statement, in the cell", "expert", GRID, KEYBOARD, 3),
}
RESPOND = jobs("Answer a recommendation", "town", 5)
SEARCH = jobs("Find a record by search", "expert", 3)
MISSING = jobs("Open what is missing, from Moje práce", "expert", 2)
EVALUATE = jobs("Mark a goal evaluated", "expert", 5)
INVITE = jobs("Invite a person to the team", "consultant", 7)
RESTORE = jobs("Restore an old version of a goal", "expert", 5)
JOBS: tuple[Job, ...] = tuple(
    job
    for group in (*(LOG, LEVEL, PDF, WRITE, RESPOND, SEARCH, MISSING, EVALUATE, INVITE, RESTORE),)
    for job in group.values()
)

everywhere = pytest.mark.parametrize("where", [DESK, PHONE])
Start = Callable[..., Hand]


@pytest.fixture
def start(open_page: OpenPage, world: World) -> Start:
    """Hands on the page a person gets to, by default where signing in leads."""

    def start(role: Role, where: str, address: str = "") -> Hand:
        javascript = where != PLAIN_PHONE
        page = open_page(world.people[role], width=WIDTH_OF[where], javascript=javascript)
        page.goto(address or reverse(settings.LOGIN_REDIRECT_URL))
        return Hand(page)

    return start


def open_program(hand: Hand) -> None:
    hand.get_by_role("link", name="Poradenský program Litvínov").click()


def open_tab(hand: Hand, name: str) -> None:
    tabs = hand.get_by_role("navigation", name="Program", exact=True)
    tabs.get_by_role("link", name=name).click()


def told(hand: Hand) -> Counted:
    status: Counted = hand.get_by_role("status").first
    return status


@pytest.mark.parametrize("where", [DESK, PHONE, PLAIN_PHONE])
def test_log_a_consultation(start: Start, world: World, where: str) -> None:
    hand = start(Role.EXPERT, where)

    open_program(hand)
    hand.get_by_role("link", name="Zapsat konzultaci").click()
    hand.get_by_label("Druh").select_option("setkání")
    hand.get_by_label("Výsledek").fill(OUTCOME)
    hand.get_by_role("group", name="Cíle").get_by_label("1.1.2 Místní týmy prevence").click()
    hand.get_by_role("group", name="Aktéři").get_by_label("Nestátní neziskové").click()
    hand.get_by_text("Přidat aktéra, který v seznamu není").click()
    hand.get_by_label("Noví aktéři", exact=True).fill("Školní klub Janov")
    hand.get_by_label("počet osob: Rodiče a rodiny").fill("12")
    hand.get_by_role("button", name="Uložit konzultaci").click()

    told(hand).look().to_have_text("Konzultace je uložena.")
    logged = Consultation.objects.filter(program=world.program).latest("pk")
    assert (logged.held_on, logged.kind) == (timezone.localdate(), "meeting")
    assert logged.outcome == OUTCOME
    assert [goal.code for goal in logged.goals.all()] == ["1.1.2"]
    assert {actor.name for actor in logged.actors.all()} == {
        "Nestátní neziskové organizace",
        "Školní klub Janov",
    }
    assert [row.count for row in logged.attendances.all()] == [12]
    settle(LOG[where], hand, JOBS)


def rated(world: World) -> tuple[Indicator, Indicator]:
    """The first two indicators, one below the other."""
    first, second = Indicator.objects.of_program(world.program)[:2]
    return first, second


def cell(hand: Hand, indicator: Indicator) -> Counted:
    found: Counted = hand.locator(f"#ukazatel-{indicator.pk} [data-rate=final-expert]")
    return found


def grid(world: World) -> str:
    return reverse("indicators:indicator_list", args=[world.program.slug])


@pytest.mark.parametrize("where", [DESK, PHONE, KEYBOARD])
def test_set_a_level(start: Start, world: World, where: str) -> None:
    first, second = rated(world)
    hand = start(Role.EXPERT, where, grid(world))
    hand.get_by_role("grid").look().to_be_visible()

    if where == KEYBOARD:
        hand.focus_before_the_job(cell(hand, first))
        hand.press("ArrowDown")
        hand.press("0")
    else:
        cell(hand, second).click()
        hand.get_by_role("menuitemradio", name="0 Nenaplněno").click()

    cell(hand, second).locator("[data-state]").look().to_have_text("uloženo")
    final = Rating.objects.get(
        assessment__indicator=second, assessment__moment=Moment.FINAL, rater=Rater.EXPERT
    )
    assert final.level == 0
    settle(LEVEL[where], hand, JOBS)


@everywhere
def test_reach_the_pdf(start: Start, where: str, tmp_path: Path) -> None:
    hand = start(Role.EXPERT, where)

    open_program(hand)
    download = hand.download(hand.get_by_role("link", name="Stáhnout PDF").click)

    assert download.suggested_filename == "litvinov-janov-2024-07-15.pdf"
    download.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    settle(PDF[where], hand, JOBS)


@pytest.mark.parametrize("where", [DESK, PHONE, KEYBOARD])
def test_write_a_statement(start: Start, world: World, where: str) -> None:
    indicator, _second = rated(world)
    if where == KEYBOARD:
        hand = start(Role.EXPERT, where, grid(world))
        hand.get_by_role("grid").look().to_be_visible()
        hand.focus_before_the_job(cell(hand, indicator))
        hand.press("Enter")
        hand.get_by_label("Popis", exact=True).look().to_be_focused()
        hand.type(STATEMENT)
        hand.press("Control+Enter")
    else:
        hand = start(Role.EXPERT, where)
        open_program(hand)
        open_tab(hand, "Ukazatele")
        row = hand.locator(f"#ukazatel-{indicator.pk}")
        row.locator("[data-statement=final]").click()
        row.get_by_label("Popis", exact=True).fill(STATEMENT)
        row.get_by_role("button", name="Uložit popis").click()

    said = hand.locator(f"#ukazatel-{indicator.pk} [data-statement=final] .narrative").first
    said.look().to_contain_text(STATEMENT)
    statement = indicator.assessments.get(moment=Moment.FINAL).statement
    assert STATEMENT in statement
    settle(WRITE[where], hand, JOBS)


@everywhere
def test_answer_a_recommendation(start: Start, world: World, where: str) -> None:
    first = Recommendation.objects.filter(program=world.program, response="").first()
    assert first
    first.state = RecommendationState.HANDED_OVER
    save_record(first, by=world.people[Role.EXPERT])
    hand = start(Role.TOWN, where)

    hand.get_by_role("link", name="Moje práce").click()
    hand.get_by_role("link", name=first.title).click()
    hand.get_by_role("radio", name="přijato", exact=True).click()
    hand.get_by_role("button", name="Uložit vyjádření").click()

    hand.get_by_text("Vyjádření je uloženo.").look().to_be_visible()
    assert Recommendation.objects.get(pk=first.pk).response == "accepted"
    settle(RESPOND[where], hand, JOBS)


@everywhere
def test_find_a_record(start: Start, world: World, where: str) -> None:
    goal = Goal.objects.get(program=world.program, code="1.1.3")
    hand = start(Role.EXPERT, where)

    hand.get_by_role("searchbox", name="Hledat ve všech mých programech").fill("samospravy svl")
    hand.press("Enter")
    hand.get_by_role("link", name=re.compile("Prvky samosprávy v SVL")).click()

    hand.locator(f"#cil-{goal.pk}").look().to_be_in_viewport()
    settle(SEARCH[where], hand, JOBS)


@everywhere
def test_open_what_is_missing(start: Start, world: World, where: str) -> None:
    Goal.objects.filter(program=world.program, code="1.1.2").update(fulfilment="")
    hand = start(Role.EXPERT, where)

    hand.get_by_role("link", name="Moje práce").click()
    hand.get_by_role("link", name="1.1.2", exact=True).click()

    hand.get_by_role("heading", level=1).look().to_have_text("Vyhodnotit cíl")
    hand.get_by_label("Míra splnění").look().to_be_in_viewport()
    settle(MISSING[where], hand, JOBS)


@everywhere
def test_mark_a_goal_evaluated(start: Start, world: World, where: str) -> None:
    hand = start(Role.EXPERT, where)

    open_program(hand)
    open_tab(hand, "Cíle")
    hand.get_by_role("link", name=re.compile("^Vyhodnotit – 1.1.2 ")).click()
    hand.get_by_label("Míra splnění").select_option("Splněn")
    hand.get_by_role("button", name="Uložit vyhodnocení").click()

    told(hand).look().to_contain_text("ulož")
    assert Goal.objects.get(program=world.program, code="1.1.2").fulfilment == "fulfilled"
    settle(EVALUATE[where], hand, JOBS)


@everywhere
def test_invite_a_person(start: Start, world: World, where: str) -> None:
    hand = start(Role.CONSULTANT, where)

    open_program(hand)
    open_tab(hand, "Nastavení")
    hand.get_by_role("link", name="Tým", exact=True).click()
    hand.get_by_role("link", name="Pozvat do týmu").click()
    hand.get_by_label("E-mailové adresy").fill("urednice@obec.cz")
    hand.get_by_role("radio", name="Obec – píše výchozí stav").click()
    hand.get_by_role("button", name="Odeslat pozvánky").click()

    told(hand).look().to_have_text("Pozváni: urednice@obec.cz.")
    assert Invitation.objects.get(email="urednice@obec.cz").program == world.program
    settle(INVITE[where], hand, JOBS)


@everywhere
def test_restore_an_old_version(start: Start, world: World, where: str) -> None:
    goal = Goal.objects.get(program=world.program, code="1.1.2")
    was = goal.wording
    goal.wording = "Omylem přepsáno."
    save_record(goal, by=world.people[Role.EXPERT])
    hand = start(Role.EXPERT, where)

    open_program(hand)
    open_tab(hand, "Cíle")
    hand.get_by_role("link", name=re.compile("^Historie – 1.1.2 ")).click()
    hand.get_by_role("button", name="Obnovit tuto verzi").first.click()

    told(hand).look().to_contain_text("obnoven")
    goal.refresh_from_db()
    assert goal.wording == was
    settle(RESTORE[where], hand, JOBS)


def test_document_lists_these_jobs_and_nothing_else() -> None:
    assert DOCUMENT.read_text() == document(written(JOBS))
