"""What pages look like only after a person did something, and the data they show then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from accounts.audit import delete_record, save_record
from accounts.models import Draft, User
from accounts.roles import Role
from indicators.models import Assessment, CriteriaCatalogue, Moment, Rater
from programs import actions
from programs.models import Consultation, ConsultationKind, Goal, Program
from programs.models.invitation import hash_of
from reporting import store
from reporting.models import Rendering, RenderingFailure, Report
from reporting.structure import Audience
from tests.builders import (
    assess,
    make_evidence,
    make_invitation,
    make_member,
    make_program,
    make_report,
    rate,
)
from tests.catalogue import furnish_catalogue
from tests.pages import OPERATOR, TOKEN

KNOWN_TOKEN, EXPIRED_TOKEN = "pozvanka-pro-znameho", "propadla-pozvanka"
OPERATOR_EMAIL = "provozovatel@example.cz"
EMAILS = {
    Role.EXPERT: "expert@example.cz",
    Role.CONSULTANT: "konzultant@example.cz",
    Role.METHODOLOGIST: "metodik@example.cz",
    Role.TOWN: "obec@example.cz",
}
OUTCOMES = (
    "Dohodnut **další postup** a termín společného setkání.",
    "Město připraví podklady pro jednání pracovní skupiny:\n\n- přehled služeb,\n- mapu lokality.",
    "Zástupci poskytovatelů sociálních služeb upozornili na nedostatek míst pro starší děti.",
)


@dataclass(frozen=True)
class World:
    """The demonstration as people go on with it, and a program that has nothing yet."""

    program: Program
    empty: Program
    people: dict[Role, User]
    operator: User

    def person(self, role: str | None) -> User | None:
        if role == OPERATOR:
            return self.operator
        return self.people[Role(role)] if role else None

    @classmethod
    def from_database(cls) -> "World":
        return cls(
            program=Program.objects.get(slug="litvinov-janov"),
            empty=Program.objects.get(slug="prazdny"),
            people={role: User.objects.get(email=email) for role, email in EMAILS.items()},
            operator=User.objects.get(email=OPERATOR_EMAIL),
        )


def make_world(program: Program) -> World:
    """Give the demonstration a log of two pages and what the municipality thinks."""
    empty = make_program(slug="prazdny", title="Program bez záznamů")
    User.objects.create_superuser(OPERATOR_EMAIL, name="Provozovatel")
    world = World.from_database()
    for role, person in world.people.items():
        make_member(empty, role, person)
    goals, actors = program.goal_set.exclude(code=""), program.actors.all()
    groups = program.target_groups.all()
    for number in range(21):
        consultation = Consultation(
            program=program,
            held_on=date(2023, 7, 3) + timedelta(weeks=number),
            kind=ConsultationKind.values[number % len(ConsultationKind.values)],
            outcome=OUTCOMES[number % len(OUTCOMES)],
        )
        actions.save_consultation(
            consultation=consultation,
            opened_version=0,
            goals=goals[number % 4 : number % 4 + 3],
            actors=actors[number : number + 2],
            attendances={groups[number % 8]: number or None},
            by=world.people[Role.EXPERT],
        )
    for position, level in ((1, 3), (2, 4)):
        for moment in (Moment.BASELINE, Moment.FINAL):
            rate(assessment_of(program, position, moment), Rater.TOWN, level)
    for position, day, level in (
        (1, date(2023, 12, 31), 2),
        (2, date(2023, 12, 31), 3),
        (1, date(2024, 3, 31), 3),
    ):
        baseline = assessment_of(program, position, Moment.BASELINE)
        assess(
            baseline.adopted,
            baseline.indicator,
            Moment.INTERIM,
            as_of=day,
            expert=level,
            town=position + 1,
            statement=" ".join(
                ["Zástupci cílové skupiny se účastní jednání, zatím bez hlasu."] * (level - 1)
            ),
        )
    make_report(
        program,
        reference_number="MMR-1234/2024",
        file_number="SZ-56/2024",
        dated_on=date(2024, 7, 15),
        prepared_by="expert programu",
    )
    recommendation = program.recommendation_set.first()
    assert recommendation is not None
    evidence = make_evidence(program, title="Zápis z jednání pracovní skupiny prevence")
    save_record(recommendation, by=None, links={"evidence": [evidence]})
    invite_people(world)
    furnish_catalogue(CriteriaCatalogue.objects.get(version_name="2023"))
    return world


def invite_people(world: World) -> None:
    """An invitation in each state, one of them for somebody who has an account."""
    now = timezone.now()
    by = {"invited_by": world.people[Role.CONSULTANT], "role": Role.TOWN}
    make_invitation(world.program, token_hash=hash_of(TOKEN), **by)
    make_invitation(world.program, email=OPERATOR_EMAIL, token_hash=hash_of(KNOWN_TOKEN), **by)
    make_invitation(world.program, withdrawn_at=now, **by)
    make_invitation(
        world.program,
        expires_at=now - timedelta(days=1),
        token_hash=hash_of(EXPIRED_TOKEN),
        **by,
    )


def assessment_of(program: Program, position: int, moment: Moment) -> Assessment:
    return Assessment.objects.get_by_natural_key(program.slug, "2023", "1.1", position, moment)


@dataclass(frozen=True)
class State:
    """Something a page may look like only after a person did something."""

    role: str | None
    reach: Callable[[Window, World], None]
    sign: Callable[[Window], Locator]
    """What shows that the state was reached."""


def at(route: str) -> Callable[[Window, World], None]:
    return lambda window, world: go(window, reverse(route))


def in_program(
    route: str, query: str = "", *, english: bool = False
) -> Callable[[Window, World], None]:
    """Open a page of the demonstration, in English through the switch of the header."""

    def reach(window: Window, world: World) -> None:
        go(window, reverse(route, args=[world.program.slug]) + query)
        if english:
            window.get_by_role("button", name="English").click()

    return reach


def go(window: Window, path: str) -> None:
    window.goto(path)


def send_empty_consultation(window: Window, world: World) -> None:
    in_program("programs:consultation_add")(window, world)
    window.get_by_label("Datum").fill("")
    window.get_by_label("počet osob: Rodiče a rodiny").fill("0")
    window.get_by_role("button", name="Uložit konzultaci").click()


def suspend_goal_without_reason(window: Window, world: World) -> None:
    open_evaluation(window, world)
    window.get_by_label("Stav realizace").select_option("Pozastaven")
    window.get_by_label("Důvod", exact=True).fill("")
    window.get_by_role("button", name="Uložit vyhodnocení").click()


def reject_recommendation_without_reason(window: Window, world: World) -> None:
    recommendation = world.program.recommendation_set.first()
    assert recommendation is not None
    arguments = [world.program.slug, recommendation.pk]
    go(window, reverse("indicators:recommendation_respond", args=arguments))
    window.get_by_label("nepřijato").check()
    window.get_by_role("button", name="Uložit vyjádření").click()


def send_empty_evidence(window: Window, world: World) -> None:
    in_program("indicators:evidence_add")(window, world)
    window.get_by_role("button", name="Uložit doklad").click()


def open_evaluation(window: Window, world: World) -> None:
    goal = world.program.goal_set.get(code="1.1.2")
    go(window, reverse("programs:goal_evaluate", args=[world.program.slug, goal.pk]))


def evaluate_what_another_saved(window: Window, world: World) -> None:
    open_evaluation(window, world)
    goal = Goal.objects.get(program=world.program, code="1.1.2")
    goal.evaluation = "Mezitím uložené vyhodnocení."
    save_record(goal, by=world.people[Role.METHODOLOGIST])
    window.get_by_label("Vyhodnocení", exact=True).fill("Jiné vyhodnocení.")
    window.get_by_role("button", name="Uložit vyhodnocení").click()


def goal_of(world: World, code: str) -> Goal:
    return world.program.goal_set.get(code=code)


def delete_goal_with_sub_goals(window: Window, world: World) -> None:
    goal = goal_of(world, "1.1")
    go(window, reverse("programs:goal_delete", args=[world.program.slug, goal.pk]))


def renumber_after_a_deletion(window: Window, world: World) -> None:
    actions.delete_goal(goal=goal_of(world, "1.1.2"), by=world.people[Role.EXPERT])
    in_program("programs:goal_renumber")(window, world)


def move_a_goal(window: Window, world: World) -> None:
    in_program("programs:goal_list")(window, world)
    window.get_by_role("button", name="Posunout dolů – 1.2").click()


def send_a_step_that_ends_before_it_begins(window: Window, world: World) -> None:
    in_program("programs:step_add")(window, world)
    window.get_by_label("Popis").fill("Krok")
    window.get_by_label("První měsíc").fill("2024-03")
    window.get_by_label("Poslední měsíc").fill("2024-01")
    window.get_by_role("button", name="Uložit krok").click()


def save_evaluation(window: Window, world: World) -> None:
    open_evaluation(window, world)
    window.get_by_role("button", name="Uložit vyhodnocení").click()


def open_row(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    window.get_by_role("link", name="Upravit").first.click()


def final(window: Window) -> Locator:
    return window.get_by_role("group", name="Závěrečné vyhodnocení")


def save_row(window: Window, world: World) -> None:
    open_row(window, world)
    final(window).get_by_role("radio", name="0 Nenaplněno").check()
    window.get_by_role("button", name="Uložit ukazatel").click()


def save_row_that_another_saved(window: Window, world: World) -> None:
    open_row(window, world)
    statement = final(window).get_by_label("Popis", exact=True)
    expect(statement).to_be_visible()
    other = assessment_of(world.program, 1, Moment.FINAL)
    other.statement = "Mezitím uložený popis."
    save_record(other, by=world.people[Role.TOWN])
    statement.fill("Popis druhého.")
    window.get_by_role("button", name="Uložit ukazatel").click()


def rated_cell(window: Window, name: str) -> Locator:
    return window.locator(f"[data-rate={name}]").first


def open_levels(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    rated_cell(window, "final-expert").click()


def correct_baseline_without_reason(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    rated_cell(window, "baseline-expert").focus()
    window.keyboard.press("0")
    window.get_by_role("button", name="Uložit zpřesnění").click()


def set_level_that_another_set(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    expect(window.get_by_role("grid")).to_be_visible()
    other = assessment_of(world.program, 1, Moment.FINAL).ratings.get(rater=Rater.EXPERT)
    other.level = 1
    save_record(other, by=world.people[Role.METHODOLOGIST])
    rated_cell(window, "final-expert").focus()
    window.keyboard.press("0")


def open_statement(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    rated_cell(window, "final-expert").focus()
    window.keyboard.press("Enter")


def tick_rows(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    window.get_by_label("Vybrat vše na stránce").check()


def overwrite_ticked_rows(window: Window, world: World) -> None:
    tick_rows(window, world)
    bar = window.get_by_role("form", name="Vybráno")
    bar.get_by_label("Úroveň").select_option("4 Plně naplněno")
    bar.get_by_role("button", name="Nastavit úroveň").click()


def keep_levels(window: Window, world: World) -> None:
    """Rate one indicator at its start only, so that there is a level to be kept."""
    assessment = assessment_of(world.program, 3, Moment.BASELINE)
    if assessment.rating_by(Rater.TOWN) is None:
        rate(assessment, Rater.TOWN, 2)
    tick_rows(window, world)
    bar = window.get_by_role("form", name="Vybráno")
    bar.get_by_role("button", name="Závěr beze změny").click()


def plan_criteria_wrongly(window: Window, world: World) -> None:
    tick_rows(window, world)
    bar = window.get_by_role("form", name="Vybráno")
    bar.get_by_role("button", name="Osoba a termín").click()
    window.get_by_role("button", name="Uložit osobu a termín").click()


def answer_what_was_deleted(window: Window, world: World) -> None:
    recommendation = world.program.recommendation_set.last()
    assert recommendation is not None
    arguments = [world.program.slug, recommendation.pk]
    go(window, reverse("indicators:recommendation_respond", args=arguments))
    window.get_by_label("nepřijato", exact=True).check()
    window.get_by_label("Odůvodnění vyjádření").fill("Na to teď není rozpočet.")
    delete_record(recommendation, by=world.people[Role.EXPERT])
    window.get_by_role("button", name="Uložit vyjádření").click()


def have_work(window: Window, world: World) -> None:
    """Something overdue, something due soon, something without a date and a form not saved."""
    user = world.people[Role.EXPERT]
    today = timezone.localdate()
    for record, days in zip(world.program.recommendation_set.all(), (-5, 3, None), strict=False):
        record.responsible, record.follow_up = user, ""
        record.response, record.response_reason = "", ""
        record.due_on = None if days is None else today + timedelta(days=days)
        save_record(record, by=None)
    Draft.objects.create(
        user=user,
        address=reverse("programs:goal_add", args=[world.program.slug]),
        key=uuid4(),
        fields={"wording": ["Rozepsané znění cíle, ke kterému se autor ještě vrátí."]},
    )
    go(window, reverse("my_work"))


def narrow_actors_down(window: Window, world: World) -> None:
    in_program("programs:consultation_add")(window, world)
    window.get_by_text("Ostatní aktéři").click()
    window.get_by_role("searchbox", name="Najít aktéra").fill("policie")


def write_a_name(window: Window, world: World) -> None:
    in_program("programs:consultation_add")(window, world)
    window.get_by_text("Přidat aktéra, který v seznamu není").click()
    window.get_by_label("Noví aktéři", exact=True).fill("paní Nováková")
    window.get_by_label("Poznámka týmu").click()


def tick_in_the_log(window: Window, world: World) -> None:
    in_program("programs:consultation_list")(window, world)
    for place in (0, 1, 9):
        window.get_by_role("checkbox", name="Vybrat: ").nth(place).check()


def group_without_a_title(window: Window, world: World) -> None:
    tick_in_the_log(window, world)
    window.get_by_role("button", name="Seskupit zaškrtnuté do aktivity").click()
    window.get_by_label("Název").fill("")
    window.get_by_role("button", name="Uložit aktivitu").click()


def lay_phases_over_each_other(window: Window, world: World) -> None:
    in_program("programs:phase_add")(window, world)
    window.get_by_label("první měsíc").fill("2023-07")
    window.get_by_role("button", name="Uložit fázi").click()


def delete_phase_with_activities(window: Window, world: World) -> None:
    phase = world.program.phase_set.all()[0]
    go(window, reverse("programs:phase_delete", args=[world.program.slug, phase.pk]))
    window.get_by_role("button", name="Smazat fázi").click()


def sign_in_with_a_wrong_password(window: Window, world: World) -> None:
    at("account_login")(window, world)
    window.get_by_label("E-mail").fill("nikdo@example.cz")
    window.get_by_label("Heslo").fill("neplatné heslo")
    window.get_by_role("button", name="Přihlásit se").click()


def open_shortcuts(window: Window, world: World) -> None:
    in_program("programs:goal_list")(window, world)
    window.keyboard.press("?")


def follow_an_old_link(window: Window, world: World) -> None:
    go(window, reverse("account_reset_password_from_key", args=["1", "abc-123"]))


def add_an_actor_of_a_taken_name(window: Window, world: World) -> None:
    in_program("programs:actor_add")(window, world)
    window.get_by_label("Název", exact=False).first.fill("mestska policie LITVINOV")
    window.get_by_label("Druh").select_option("útvar")
    window.get_by_role("button", name="Uložit aktéra").click()


def leave_an_actor_that_is_named(window: Window, world: World) -> None:
    actor = world.program.actors.get(name="Město Litvínov")
    go(window, reverse("programs:actor_leave", args=[world.program.slug, actor.pk]))


def enter_a_figure_wrongly(window: Window, world: World) -> None:
    in_program("programs:figure_add")(window, world)
    window.get_by_label("Název", exact=False).first.fill("Index")
    window.get_by_label("Číslo", exact=True).fill("asi pět")
    window.get_by_role("button", name="Uložit údaj").click()


def unfold_citations(window: Window, world: World) -> None:
    in_program("programs:source_list")(window, world)
    window.get_by_text("Citován na").first.click()


def open_draft_catalogue(window: Window, world: World) -> None:
    go(window, reverse("catalogue_detail", args=[draft_of_catalogue().pk]))


def draft_of_catalogue() -> CriteriaCatalogue:
    return CriteriaCatalogue.objects.get(version_name="2027")


def open_empty_catalogue(window: Window, world: World) -> None:
    at("catalogue_add")(window, world)
    window.get_by_label("Název").fill("Kritéria")
    window.get_by_label("Verze").fill("2030")
    window.get_by_role("button", name="Uložit katalog").click()


def publish_what_is_not_whole(window: Window, world: World) -> None:
    open_empty_catalogue(window, world)
    window.get_by_role("link", name="Zveřejnit katalog").click()


def add_criterion_with_a_taken_code(window: Window, world: World) -> None:
    area = draft_of_catalogue().areas.first()
    assert area
    go(window, reverse("criterion_add", args=[area.pk]))
    window.get_by_label("Kód").fill("1.1")
    window.get_by_label("Název").fill("Obec plní kritérium podruhé.")
    window.get_by_role("button", name="Uložit kritérium").click()


def open_invitation(token: str) -> Callable[[Window, World], None]:
    return lambda window, world: go(window, reverse("invitation_accept", args=[token]))


def send_wrong_addresses(window: Window, world: World) -> None:
    in_program("programs:invitation_add")(window, world)
    window.get_by_label("E-mailové adresy").fill("nova@example.cz\nneni adresa")
    window.get_by_role("button", name="Odeslat pozvánky").click()


def enter_with_a_weak_password(window: Window, world: World) -> None:
    open_invitation(TOKEN)(window, world)
    window.get_by_label("Heslo (povinné)", exact=True).fill("heslo")
    window.get_by_role("button", name="Vytvořit účet a vstoupit").click()


def press_a_level(window: Window) -> None:
    rated_cell(window, "final-expert").focus()
    window.keyboard.press("0")


def wait_for_a_level_to_be_saved(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    expect(window.get_by_role("grid")).to_be_visible()
    window.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    press_a_level(window)


def have_a_level_refused(window: Window, world: World) -> None:
    in_program("indicators:indicator_list")(window, world)
    expect(window.get_by_role("grid")).to_be_visible()
    window.route("**/hodnotit/", lambda route: route.fulfill(status=403, body=""))
    press_a_level(window)


def open_lost_file(window: Window, world: World) -> None:
    evidence = make_evidence(
        world.program, 2, title="Mapa bezpečí", size=1, file_name="mapa.pdf", stored_as="f" * 32
    )
    go(window, reverse("indicators:evidence_file", args=[world.program.slug, evidence.pk]))


def list_evidence(window: Window, world: World) -> None:
    """A file of a long name and of no words but its own, beside a link."""
    make_evidence(
        world.program,
        2,
        title="Zpráva o stavu bezpečnosti a prevence kriminality ve městě za uplynulé období",
        description="Podklad pro výchozí stav ukazatelů kritéria 1.1.",
        file_name=f"{'zaverecna_zprava_o_stavu_bezpecnosti_' * 3}2023.pdf",
        stored_as="f" * 32,
        dated_on=date(2023, 6, 30),
        size=1234567,
    )
    in_program("indicators:evidence_list")(window, world)


def send_after_the_cookie_is_gone(window: Window, world: World) -> None:
    in_program("programs:goal_add")(window, world)
    window.context.clear_cookies(name="csrftoken")
    window.get_by_label("Znění").fill("Cíl, který se nepodařilo uložit.")
    window.get_by_role("button", name="Uložit cíl").click()


def meet_an_error(window: Window, world: World) -> None:
    page = render_to_string("500.html")
    window.route("**/cile/", lambda route: route.fulfill(body=page, content_type="text/html"))
    in_program("programs:goal_list")(window, world)


def save_code_list_record(route: str, button: str) -> Callable[[Window, World], None]:
    def reach(window: Window, world: World) -> None:
        at(route)(window, world)
        window.get_by_role("button", name=button).click()

    return reach


def delete_locality_of_a_program(window: Window, world: World) -> None:
    go(window, reverse("locality_delete", args=[world.program.locality_id]))
    window.get_by_role("button", name="Smazat lokalitu").click()


def read_history_of_recommendation(window: Window, world: World) -> None:
    recommendation = world.program.recommendation_set.first()
    assert recommendation is not None
    recommendation.text = recommendation.text.replace("konkrétní návrhy", "podrobné návrhy")
    recommendation.response, recommendation.response_reason = "partly", "Na celé nejsou peníze."
    save_record(recommendation, by=world.people[Role.TOWN])
    arguments = [world.program.slug, recommendation.pk]
    go(window, reverse("indicators:recommendation_history", args=arguments))


def offer_a_draft(window: Window, world: World) -> None:
    address = reverse("programs:goal_add", args=[world.program.slug])
    fields = {"short_title": ["Rozepsaný cíl"], "wording": ["Obec se rozhodla, že"]}
    user = world.people[Role.EXPERT]
    Draft.objects.create(user=user, address=address, key=uuid4(), fields=fields)
    go(window, address)


def lengthen_names(world: World) -> None:
    program = world.program
    program.title = "Program " + "nejneobhospodařovávatelnějšími " * 5
    save_record(program, by=None)
    actor = program.actors.get(name="Město Litvínov")
    actor.name = "Zařízení" + "nejneobhospodařovávatelnější" * 4
    save_record(actor, by=None)
    goal = goal_of(world, "1.1")
    goal.short_title = "https://www.example.cz/" + "velmi-dlouha-adresa-bez-mezery" * 4
    save_record(goal, by=None)
    recommendation = program.recommendation_set.first()
    assert recommendation is not None
    recommendation.title = "Doporučení" + "nejneobhospodařovávatelnější" * 4
    save_record(recommendation, by=None)


def with_long_names(route: str) -> Callable[[Window, World], None]:
    def reach(window: Window, world: World) -> None:
        lengthen_names(world)
        in_program(route)(window, world)

    return reach


def search_for_long_names(window: Window, world: World) -> None:
    lengthen_names(world)
    go(window, reverse("search") + "?q=zarizeninejneobhospodarovavatelnejsi")


def heading(name: str) -> Callable[[Window], Locator]:
    return lambda window: window.get_by_role("heading", level=1, name=name, exact=True)


def text(words: str) -> Callable[[Window], Locator]:
    return lambda window: window.get_by_text(words).first


ERROR = text("Zatím se nic neuložilo.")
CONFLICT = text("Zatímco jste psali, uložil jinou verzi")


def claim_a_report(world: World) -> Rendering:
    """As a worker does who takes long."""
    rendering = store.order(
        report=Report.objects.newest_of(world.program),
        audience=Audience.PUBLIC,
        form="pdf",
        today=timezone.localdate(),
    )
    store.claim(rendering.pk)
    rendering.refresh_from_db()
    return rendering


def wait_for_a_report(window: Window, world: World) -> None:
    claim_a_report(world)
    in_program("reporting:report_preview")(window, world)
    window.get_by_role("link", name="Stáhnout PDF").click()


def have_a_report_fail(window: Window, world: World) -> None:
    store.fail(claim_a_report(world), RenderingFailure.LOST)
    in_program("reporting:report_preview")(window, world)
    window.get_by_role("link", name="Stáhnout PDF").click()


STATES = {
    "sign-in-refused": State(
        None, sign_in_with_a_wrong_password, text("Zadaný e-mail nebo heslo není správné.")
    ),
    "old-link": State(None, follow_an_old_link, heading("Odkaz už neplatí")),
    "invitation-with-errors": State(None, enter_with_a_weak_password, ERROR),
    "invitation-for-an-account": State(
        None,
        open_invitation(KNOWN_TOKEN),
        lambda window: window.get_by_role("link", name="Přihlásit se"),
    ),
    "invitation-to-accept": State(
        OPERATOR,
        open_invitation(KNOWN_TOKEN),
        lambda window: window.get_by_role("button", name="Přijmout pozvánku"),
    ),
    "invitation-of-somebody-else": State(
        Role.EXPERT, open_invitation(TOKEN), text("Tato pozvánka je pro někoho jiného.")
    ),
    "invitation-expired": State(None, open_invitation(EXPIRED_TOKEN), heading("Pozvánka neplatí")),
    "invitation-unknown": State(None, open_invitation("neznama"), heading("Pozvánka neplatí")),
    "invitations-with-errors": State(Role.CONSULTANT, send_wrong_addresses, ERROR),
    "filtered-users": State(
        OPERATOR,
        lambda window, world: go(window, reverse("user_list") + "?text=xyz"),
        text("Filtru neodpovídá žádný uživatel."),
    ),
    "shortcuts-open": State(
        Role.EXPERT, open_shortcuts, lambda window: window.get_by_role("dialog")
    ),
    "404": State(
        Role.EXPERT, lambda window, world: go(window, "/neni/"), heading("Stránka nenalezena")
    ),
    "403": State(Role.TOWN, in_program("programs:goal_add"), heading("K tomu nemáte oprávnění")),
    "403-csrf": State(
        Role.EXPERT, send_after_the_cookie_is_gone, heading("Platnost stránky vypršela")
    ),
    "500": State(Role.EXPERT, meet_an_error, heading("Chyba aplikace")),
    "draft-offered": State(Role.EXPERT, offer_a_draft, text("neuložili jste to")),
    "long-names-overview": State(
        Role.EXPERT, with_long_names("program_detail"), heading("Přehled")
    ),
    "long-names-goals": State(Role.EXPERT, with_long_names("programs:goal_list"), heading("Cíle")),
    "long-names-actors": State(
        Role.EXPERT, with_long_names("programs:actor_list"), heading("Aktéři")
    ),
    "long-names-recommendations": State(
        Role.EXPERT, with_long_names("indicators:recommendation_list"), heading("Doporučení")
    ),
    "long-names-report": State(
        Role.EXPERT, with_long_names("reporting:report_preview"), text("Stáhnout PDF")
    ),
    "long-names-search": State(
        Role.EXPERT,
        search_for_long_names,
        lambda window: window.locator("mark").first,
    ),
    "filtered-programs": State(
        Role.EXPERT,
        lambda window, world: go(window, reverse("programs:program_list") + "?text=xyz"),
        text("Filtru neodpovídá žádný program."),
    ),
    "filtered-indicators": State(
        Role.EXPERT,
        in_program("indicators:indicator_list", "?text=xyz"),
        text("Filtru neodpovídá žádný ukazatel."),
    ),
    "hits": State(
        Role.EXPERT,
        lambda window, world: go(window, reverse("search") + "?q=socialni"),
        lambda window: window.locator("mark").first,
    ),
    "no-hits": State(
        Role.EXPERT,
        lambda window, world: go(window, reverse("search") + "?q=xyzabc&kind=goal"),
        text("Nic, co smíte číst"),
    ),
    "search-in-a-strange-program": State(
        Role.EXPERT,
        lambda window, world: go(window, reverse("search") + "?q=socialni&program=neni"),
        text("není k dispozici"),
    ),
    "work": State(Role.EXPERT, have_work, text("5 dní po termínu")),
    "filtered-log": State(
        Role.EXPERT,
        in_program("programs:consultation_list", "?text=xyz"),
        lambda window: window.get_by_role("link", name="Zrušit filtr"),
    ),
    "second-page-of-log": State(
        Role.EXPERT, in_program("programs:consultation_list", "?page=2"), text("Strana 2 z 2")
    ),
    "consultation-with-errors": State(Role.EXPERT, send_empty_consultation, ERROR),
    "response-with-errors": State(Role.TOWN, reject_recommendation_without_reason, ERROR),
    "overdue-recommendations": State(
        Role.EXPERT,
        in_program("indicators:recommendation_list", "?due=overdue&text=xyz"),
        text("Filtru neodpovídá žádné doporučení."),
    ),
    "evidence-file-lost": State(Role.TOWN, open_lost_file, heading("Soubor chybí")),
    "evidence-listed": State(Role.EXPERT, list_evidence, text("zaverecna_zprava_o_stavu")),
    "history-of-recommendation": State(
        Role.EXPERT, read_history_of_recommendation, text("podrobné")
    ),
    "evidence-with-errors": State(Role.TOWN, send_empty_evidence, ERROR),
    "evaluation-with-errors": State(Role.EXPERT, suspend_goal_without_reason, ERROR),
    "evaluation-in-conflict": State(Role.EXPERT, evaluate_what_another_saved, CONFLICT),
    "evaluation-saved": State(Role.EXPERT, save_evaluation, text("Vyhodnocení je uloženo.")),
    "goal-deletion-refused": State(
        Role.EXPERT, delete_goal_with_sub_goals, text("dokud je má, smazat ho nelze")
    ),
    "goals-to-renumber": State(
        Role.EXPERT,
        renumber_after_a_deletion,
        lambda window: window.get_by_role("button", name="Přečíslovat"),
    ),
    "goal-moved": State(Role.EXPERT, move_a_goal, text("Cíl 1.2 má teď kód 1.3")),
    "step-with-errors": State(
        Role.EXPERT,
        send_a_step_that_ends_before_it_begins,
        text("Krok nemůže skončit dřív, než začne."),
    ),
    "row-open": State(Role.EXPERT, open_row, final),
    "row-open-for-town": State(Role.TOWN, open_row, final),
    "row-saved": State(Role.EXPERT, save_row, text("Uloženo: ")),
    "row-in-conflict": State(Role.EXPERT, save_row_that_another_saved, CONFLICT),
    "levels-offered": State(
        Role.EXPERT,
        open_levels,
        lambda window: window.get_by_role("menuitemradio", name="Nelze posoudit"),
    ),
    "correction-without-reason": State(
        Role.EXPERT, correct_baseline_without_reason, text("Uveďte, proč se výchozí stav")
    ),
    "level-in-conflict": State(
        Role.EXPERT, set_level_that_another_set, text("Mezitím se nastavila jiná úroveň")
    ),
    "level-being-saved": State(Role.EXPERT, wait_for_a_level_to_be_saved, text("ukládá se…")),
    "level-not-saved": State(Role.EXPERT, have_a_level_refused, text("neuloženo: odmítnuto")),
    "statement-open": State(
        Role.EXPERT,
        open_statement,
        lambda window: window.get_by_role("button", name="Uložit popis"),
    ),
    "rows-ticked": State(
        Role.EXPERT, tick_rows, lambda window: window.get_by_role("form", name="Vybráno")
    ),
    "overwriting-asked": State(
        Role.EXPERT, overwrite_ticked_rows, lambda window: window.get_by_role("dialog")
    ),
    "keeping-asked": State(Role.TOWN, keep_levels, lambda window: window.get_by_role("dialog")),
    "criteria-planned-wrongly": State(
        Role.CONSULTANT, plan_criteria_wrongly, text("Vyberte osobu, nebo zadejte termín.")
    ),
    "deleted-meanwhile": State(Role.TOWN, answer_what_was_deleted, text("Co jste napsali")),
    "missing-from-town": State(
        Role.TOWN,
        in_program("indicators:indicator_list", "?view=missing&chart=none"),
        lambda window: window.get_by_role("navigation", name="Připravené pohledy"),
    ),
    "name-of-a-person": State(Role.EXPERT, write_a_name, text("Vypadá to, že text jmenuje osobu")),
    "ticked-in-the-log": State(Role.EXPERT, tick_in_the_log, text("zaškrtnuto: 3")),
    "grouping-with-errors": State(Role.EXPERT, group_without_a_title, ERROR),
    "phases-overlap": State(Role.EXPERT, lay_phases_over_each_other, ERROR),
    "phase-not-deleted": State(
        Role.EXPERT, delete_phase_with_activities, text("Ve fázi jsou aktivity.")
    ),
    "narrowed-log": State(
        Role.EXPERT,
        in_program("programs:consultation_list", "?loose=on&kind=visit"),
        lambda window: window.get_by_role("checkbox", name="jen volné", checked=True),
    ),
    "actors-narrowed-down": State(
        Role.EXPERT,
        narrow_actors_down,
        lambda window: window.get_by_label("Policie České republiky"),
    ),
    "actor-of-a-taken-name": State(
        Role.EXPERT, add_an_actor_of_a_taken_name, text("V programu už je")
    ),
    "actor-still-named": State(
        Role.EXPERT, leave_an_actor_that_is_named, text("Nejdřív ho vyjměte odtud")
    ),
    "figure-with-errors": State(Role.EXPERT, enter_a_figure_wrongly, ERROR),
    "citations-unfolded": State(Role.EXPERT, unfold_citations, text("Text oddílu")),
    "draft-of-catalogue": State(
        Role.METHODOLOGIST,
        open_draft_catalogue,
        lambda window: window.get_by_role("link", name="Zveřejnit katalog"),
    ),
    "empty-catalogue": State(
        Role.METHODOLOGIST, open_empty_catalogue, text("Katalog zatím nemá kritéria.")
    ),
    "catalogue-not-whole": State(
        Role.METHODOLOGIST, publish_what_is_not_whole, text("Zatím ho nelze zveřejnit:")
    ),
    "criterion-with-errors": State(
        Role.METHODOLOGIST, add_criterion_with_a_taken_code, text("Kód 1.1 už v tomto katalogu je.")
    ),
    "theme-with-errors": State(
        Role.METHODOLOGIST, save_code_list_record("theme_add", "Uložit téma"), ERROR
    ),
    "section-with-errors": State(
        Role.METHODOLOGIST, save_code_list_record("narrative_section_add", "Uložit oddíl"), ERROR
    ),
    "abbreviation-with-errors": State(
        Role.METHODOLOGIST, save_code_list_record("abbreviation_add", "Uložit zkratku"), ERROR
    ),
    "locality-not-deleted": State(
        Role.METHODOLOGIST, delete_locality_of_a_program, text("Nelze smazat, protože")
    ),
    "report-for-partners": State(
        Role.TOWN,
        in_program("reporting:report_preview", "?pro=partnery"),
        lambda window: window.locator("a[aria-current=true]", has_text="Pro partnery"),
    ),
    "report-being-prepared": State(Role.EXPERT, wait_for_a_report, heading("Zpráva se připravuje")),
    "report-not-prepared": State(
        Role.EXPERT, have_a_report_fail, heading("Zprávu se nepodařilo připravit")
    ),
    "english-overview": State(
        Role.EXPERT, in_program("program_detail", english=True), heading("Overview")
    ),
    "english-indicators": State(
        Role.EXPERT, in_program("indicators:indicator_list", english=True), heading("Indicators")
    ),
    "english-consultation": State(
        Role.EXPERT,
        in_program("programs:consultation_add", english=True),
        heading("Log a consultation"),
    ),
}
