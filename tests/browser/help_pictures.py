"""The pictures of the help page: whose screen each one is, and what is done before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from playwright.sync_api import Locator, Route, expect
from playwright.sync_api import Page as Window

from accounts.audit import save_record
from accounts.roles import Role
from programs.models import Goal
from tests.browser.states import World, goal_of, in_program, rated_cell
from tests.builders import make_evidence

THEN = datetime(2024, 3, 14, 13, 3, tzinfo=UTC)
"""When everything happened that a picture tells the time of."""


@dataclass(frozen=True)
class Picture:
    """`reach` does what is to be seen and returns what the picture is of; None is the screen."""

    role: Role
    size: tuple[int, int]
    reach: Callable[[Window, World], Locator | None]


def overview(window: Window, world: World) -> None:
    in_program("program_detail")(window, world)
    expect(window.get_by_role("heading", name="Co dál")).to_be_visible()


def grid(window: Window, world: World) -> None:
    in_program("indicators:indicator_list", "?chart=none")(window, world)
    cell = rated_cell(window, "final-expert")
    cell.focus()
    window.keyboard.press("4")
    expect(cell.locator("[data-state]")).to_have_text("uloženo")
    # The words for screen readers lie over what the picture is of.
    window.locator("#status").evaluate("status => { status.textContent = '' }")
    scroll_to(window.locator("table.grid"))


def levels(window: Window, world: World) -> None:
    in_program("indicators:indicator_list", "?chart=none")(window, world)
    row = window.locator("tbody[data-row]").nth(1)
    scroll_to(row)
    row.locator("[data-rate=baseline-town]").click()
    expect(window.get_by_role("menuitemradio", name="Nelze posoudit")).to_be_visible()


def consultation(window: Window, world: World) -> None:
    in_program("programs:consultation_add")(window, world)
    window.get_by_label("Druh").first.select_option("setkání")
    text = "Město připraví přehled volných prostor do konce měsíce, spolek doplní program klubu."
    window.get_by_label("Výsledek").fill(text)
    window.get_by_label("Výsledek").blur()
    for place in (0, 2):
        window.get_by_role("group", name="Cíle").get_by_role("checkbox").nth(place).check()
    scroll_to(window.get_by_text("Druh", exact=False).first)


def writing(window: Window, world: World) -> Locator:
    window.route("**" + reverse("draft_save"), tell_the_same_time)
    window.goto(reverse("programs:phase_comment", args=[world.program.slug, 2]))
    comment = window.get_by_role("textbox")
    comment.fill(
        "Ve fázi se podařilo **oslovit obyvatele** a domluvit s městem další kroky:\n\n"
        "- pocitová mapa sídliště,\n- setkání se školami a s městskou policií,\n- sousedský klub."
    )
    expect(window.get_by_text("Uloženo 14:03 jako koncept")).to_be_visible()
    comment.blur()
    return window.locator("form.record-form")


def tell_the_same_time(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "saved": "14:03"})


EVALUATION = "Místní týmy prevence se v době programu {} sestavit."


def conflict(window: Window, world: World) -> None:
    goal = goal_of(world, "1.1.2")
    goal.evaluation = EVALUATION.format("nepodařilo")
    save_record(goal, by=world.people[Role.EXPERT])
    go_to(window, "programs:goal_evaluate", world, goal.pk)
    goal.evaluation = EVALUATION.format("podařilo zčásti")
    save_record(goal, by=world.people[Role.CONSULTANT])
    Goal.objects.filter(pk=goal.pk).update(updated_at=THEN)
    mine = EVALUATION.format("nepodařilo kvůli jiným úkolům města")
    window.get_by_label("Vyhodnocení", exact=True).fill(mine)
    window.get_by_role("button", name="Uložit vyhodnocení").click()
    scroll_to(window.get_by_role("alert"))


def history(window: Window, world: World) -> None:
    goal = goal_of(world, "1.1.2")
    for role, words in (
        (Role.EXPERT, "nepodařilo"),
        (Role.CONSULTANT, "podařilo zčásti"),
        (Role.EXPERT, "podařilo zčásti, jeden tým už pracuje a druhý se připravuje,"),
    ):
        goal.evaluation = EVALUATION.format(words)
        save_record(goal, by=world.people[role])
    for days, change in enumerate(Goal.history.filter(id=goal.pk).order_by("history_id")):
        Goal.history.filter(pk=change.pk).update(history_date=THEN + timedelta(days))
    go_to(window, "programs:goal_history", world, goal.pk)
    scroll_to(window.get_by_role("heading", level=1))


def response(window: Window, world: World) -> Locator:
    recommendation = world.program.recommendation_set.first()
    assert recommendation
    recommendation.response, recommendation.responded_on = "partly", THEN.date()
    recommendation.response_reason = "Klub může město otevřít, na druhého pracovníka nemá peníze."
    recommendation.next_step = "Odbor sociálních věcí podá do června žádost o dotaci."
    save_record(recommendation, by=world.people[Role.TOWN])
    go_to(window, "indicators:recommendation_detail", world, recommendation.pk)
    return window.locator("#vyjadreni")


def evidence(window: Window, world: World) -> None:
    make_evidence(
        world.program,
        position=2,
        title="Pocitová mapa sídliště",
        url="https://www.example.cz/pocitova-mapa",
        description="Výsledky sběru mezi obyvateli a žáky škol.",
    )
    in_program("indicators:evidence_list")(window, world)
    expect(window.get_by_role("heading", name="Pocitová mapa sídliště")).to_be_visible()
    scroll_to(window.locator(".page-title"))


def report(window: Window, world: World) -> None:
    in_program("reporting:report_preview")(window, world)
    expect(window.get_by_role("link", name="Stáhnout PDF")).to_be_visible()


PICTURES = {
    "prehled": Picture(Role.TOWN, (900, 600), overview),
    "ukazatele": Picture(Role.EXPERT, (960, 600), grid),
    "urovne": Picture(Role.TOWN, (390, 640), levels),
    "konzultace": Picture(Role.EXPERT, (390, 680), consultation),
    "psani": Picture(Role.EXPERT, (900, 800), writing),
    "stret": Picture(Role.EXPERT, (900, 420), conflict),
    "historie": Picture(Role.EXPERT, (900, 460), history),
    "doporuceni": Picture(Role.TOWN, (900, 800), response),
    "doklady": Picture(Role.EXPERT, (900, 370), evidence),
    "zprava": Picture(Role.EXPERT, (900, 680), report),
}


def scroll_to(place: Locator) -> None:
    place.evaluate("place => { place.scrollIntoView(); scrollBy(0, -12); }")


def go_to(window: Window, route: str, world: World, pk: int) -> None:
    window.goto(reverse(route, args=[world.program.slug, pk]))
