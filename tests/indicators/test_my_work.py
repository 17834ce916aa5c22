"""Moje práce: what is mine, due, missing and stale, across programs."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit import delete_record, save_record
from accounts.models import Draft, User
from accounts.roles import Role, Visibility
from indicators.duties import overdue_count
from indicators.models import CriteriaCatalogue, Moment, Rater
from indicators.my_work import MyWork
from programs.models import (
    FollowUp,
    Membership,
    Program,
    ProgramState,
    Recommendation,
    RecommendationState,
    Response,
)
from tests.builders import (
    adopt,
    assess,
    make_criterion,
    make_goal,
    make_member,
    make_narrative,
    make_phase,
    make_program,
    make_program_section,
    make_recommendation,
    make_section,
    rate,
)
from tests.conftest import Cast, client_of

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 15)


def titles(duties: list[Any]) -> list[str]:
    return [duty.title for duty in duties]


def texts(user: User, today: date = TODAY) -> list[str]:
    work = MyWork(user, today)
    return [str(gap.text) for _program, gaps in work.gaps for gap in gaps]


def give(record: Any, user: User | None, due_on: date | None = None) -> Any:
    record.responsible, record.due_on = user, due_on
    save_record(record, by=None)
    return record


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_duties_by_their_dates(cast: Cast) -> None:
    user = cast.expert
    for position, number in enumerate((-1, 0, 14, 15, None), start=1):
        recommendation = make_recommendation(cast.program, position, title=f"Za {number}")
        give(recommendation, user, None if number is None else days(number))
    give(make_recommendation(cast.program, 6, title="Cizí"), cast.town, days(-1))

    work = MyWork(user, TODAY)

    assert titles(work.late) == ["Za -1"]
    assert titles(work.soon) == ["Za 0", "Za 14"]
    assert titles(work.later) == ["Za 15", "Za None"]
    assert overdue_count(user, TODAY) == 1
    assert overdue_count(cast.town, TODAY) == 1
    assert overdue_count(cast.reader, TODAY) == 0


def test_a_section_is_done_when_it_has_a_text(cast: Cast) -> None:
    section = make_section("oddil", 1, "Popis lokality")
    give(make_program_section(cast.program, section=section), cast.expert, days(-3))
    narrative = make_narrative(cast.program, section)
    assert titles(MyWork(cast.expert, TODAY).late) == ["Popis lokality"]

    narrative.text = "Napsáno."
    save_record(narrative, by=None)

    assert MyWork(cast.expert, TODAY).duties == []
    assert overdue_count(cast.expert, TODAY) == 0


def test_a_text_that_may_not_be_read_leaves_the_section_open(cast: Cast) -> None:
    section = make_section("oddil", 1, "Popis lokality")
    give(make_program_section(cast.program, section=section), cast.town, days(-3))
    make_narrative(cast.program, section, text="Jen tým.", visibility=Visibility.TEAM)

    assert titles(MyWork(cast.town, TODAY).late) == ["Popis lokality"]


def test_a_criterion_is_done_when_all_its_indicators_are_evaluated(cast: Cast) -> None:
    criterion = make_criterion("2.1", 2)
    adopted = give(adopt(cast.program, criterion), cast.expert, days(-1))
    first, second = criterion.indicators.all()
    assess(adopted, first, Moment.FINAL, expert=3, statement="Stav.")
    assess(adopted, second, Moment.BASELINE, expert=3, statement="Stav.")
    final = assess(adopted, second, Moment.FINAL, town=2, statement="Stav.")
    assert titles(MyWork(cast.expert, TODAY).late) == [str(adopted)]

    rate(final, Rater.EXPERT, "?")
    assert MyWork(cast.expert, TODAY).duties == []

    final.statement = ""
    save_record(final, by=None)
    assert overdue_count(cast.expert, TODAY) == 1


@pytest.mark.parametrize(
    ("fields", "is_done"),
    [
        ({}, False),
        ({"state": RecommendationState.HANDED_OVER}, False),
        ({"response": Response.ACCEPTED}, False),
        ({"state": RecommendationState.HANDED_OVER, "response": Response.ACCEPTED}, True),
        ({"follow_up": FollowUp.IN_PROGRESS}, False),
        ({"follow_up": FollowUp.DONE}, True),
        ({"follow_up": FollowUp.ABANDONED}, True),
    ],
)
def test_when_a_recommendation_is_done(cast: Cast, fields: dict[str, Any], is_done: bool) -> None:
    give(make_recommendation(cast.program, **fields), cast.expert, days(-1))

    assert (MyWork(cast.expert, TODAY).duties == []) is is_done
    assert overdue_count(cast.expert, TODAY) == int(not is_done)


def test_a_recommendation_that_may_not_be_read_is_nobodys_duty(cast: Cast) -> None:
    hidden = make_recommendation(cast.program, title="Skryté", visibility=Visibility.TEAM)
    give(hidden, cast.town, days(-1))

    assert MyWork(cast.town, TODAY).duties == []
    assert overdue_count(cast.town, TODAY) == 0


def test_a_former_member_has_no_work_left(cast: Cast) -> None:
    give(make_recommendation(cast.program, title="Moje"), cast.expert, days(-1))
    draft(cast.expert, "/programy/nas/cile/novy/")
    make_phase(cast.program)
    assert overdue_count(cast.expert, TODAY) == 1

    delete_record(Membership.objects.get(user=cast.expert), by=cast.consultant)

    assert MyWork(cast.expert, date(2026, 1, 1)).is_empty
    assert overdue_count(cast.expert, TODAY) == 0


def test_stale_duties_of_running_programs(cast: Cast) -> None:
    program = cast.program
    section = make_section("oddil", 1, "Netknutý oddíl")
    written = make_section("oddil2", 2, "Rozepsaný oddíl")
    give(make_program_section(program, 1, section), cast.expert)
    give(make_program_section(program, 2, written), cast.expert)
    narrative = make_narrative(program, written)
    recommendation = give(make_recommendation(program, title="Staré"), cast.expert)
    long_ago = timezone.now() - timedelta(days=61)
    for model in {type(recommendation), *(type(each) for each in program.programsection_set.all())}:
        model.objects.update(updated_at=long_ago)
    assert MyWork(cast.expert, TODAY).stale == []

    program.state = ProgramState.RUNNING
    save_record(program, by=None)
    assert titles(MyWork(cast.expert, TODAY).stale) == ["Netknutý oddíl", "Staré"]

    type(narrative).objects.update(updated_at=long_ago)
    assert "Rozepsaný oddíl" in titles(MyWork(cast.expert, TODAY).stale)


# --- what is missing -------------------------------------------------------------------------


def test_expert_misses_comments_of_phases_that_ended(cast: Cast) -> None:
    make_phase(cast.program, 1, first_month=date(2024, 1, 1), last_month=date(2024, 2, 1))
    make_phase(cast.program, 2, first_month=date(2024, 3, 1), last_month=date(2024, 3, 1))

    assert texts(cast.expert, date(2024, 2, 29)) == []
    (_program, (gap,)), *_others = MyWork(cast.expert, date(2024, 3, 1)).gaps
    assert gap.text == "1 fáze skončila bez komentáře experta"
    assert gap.links[0].address == "/programy/nas/realizace/faze-1/komentar/#id_expert_comment"
    assert texts(cast.town, date(2025, 1, 1)) == []


def test_raters_miss_their_own_ratings(cast: Cast) -> None:
    criterion = make_criterion(indicator_count=3)
    adopted = adopt(cast.program, criterion)
    first, second, _third = criterion.indicators.all()
    assess(adopted, first, Moment.BASELINE, expert=1, town=1, statement="Stav.")
    assess(adopted, second, Moment.BASELINE, expert="?", statement="Stav.")

    assert texts(cast.expert) == ["1 ukazatel bez vašeho hodnocení výchozího stavu"]
    assert texts(cast.town) == [
        "2 ukazatele bez vašeho hodnocení výchozího stavu",
        "1 ukazatel bez popisu výchozího stavu",
    ]
    assert texts(cast.reader) == []


def test_final_ratings_are_missing_from_the_last_month_on(cast: Cast) -> None:
    criterion = make_criterion()
    adopted = adopt(cast.program, criterion)
    assess(adopted, criterion.indicators.get(), Moment.BASELINE, expert=1, statement="Stav.")

    assert texts(cast.expert, date(2024, 5, 31)) == []
    assert texts(cast.expert, date(2024, 6, 1)) == ["1 ukazatel bez vašeho závěrečného hodnocení"]
    cast.program.state = ProgramState.FINISHED
    save_record(cast.program, by=None)
    assert texts(cast.expert, date(2024, 1, 1)) == ["1 ukazatel bez vašeho závěrečného hodnocení"]


def test_expert_misses_evaluations_of_goals_at_the_end(cast: Cast) -> None:
    make_goal(cast.program, "")
    goal = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.2", fulfilment="fulfilled")

    assert texts(cast.expert, date(2024, 5, 31)) == []
    (_program, (gap,)), *_others = MyWork(cast.expert, date(2024, 6, 1)).gaps
    assert [(link.label, link.address) for link in gap.links] == [
        ("1.1", f"/programy/nas/cile/{goal.pk}/vyhodnotit/#id_fulfilment")
    ]


def test_goal_that_only_gathers_its_sub_goals_waits_for_no_evaluation(cast: Cast) -> None:
    gathering = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.1.1", parent=gathering)

    def waiting() -> list[str]:
        (_program, (gap,)), *_others = MyWork(cast.expert, date(2024, 6, 1)).gaps
        return [link.label for link in gap.links]

    assert waiting() == ["1.1.1"]
    gathering.implementation_state = "in_progress"
    save_record(gathering, by=None)
    assert waiting() == ["1.1", "1.1.1"]


def test_town_misses_its_responses(cast: Cast) -> None:
    handed_over = {"state": RecommendationState.HANDED_OVER}
    make_recommendation(cast.program, 1, title="Předané", **handed_over)
    make_recommendation(cast.program, 2, title="Odpovězené", response="accepted", **handed_over)
    make_recommendation(cast.program, 3, title="Plánované")
    make_recommendation(cast.program, 4, title="Skryté", visibility="team", **handed_over)

    (_program, (gap,)), *_others = MyWork(cast.town, TODAY).gaps

    assert gap.text == "1 doporučení bez vyjádření obce"
    assert [link.label for link in gap.links] == ["Předané"]


def test_consultant_misses_texts_and_people(cast: Cast) -> None:
    give(make_program_section(cast.program, 1, make_section("a", 1, "První")), cast.town)
    make_program_section(cast.program, 2, make_section("b", 2, "Druhý"))
    adopt(cast.program, make_criterion())
    make_recommendation(cast.program)

    assert texts(cast.consultant) == [
        "2 oddíly bez textu",
        "1 oddíl nemá odpovědnou osobu",
        "1 kritérium nemá odpovědnou osobu",
        "1 doporučení nemá odpovědnou osobu",
    ]


def test_methodologist_has_drafts_of_catalogues(cast: Cast) -> None:
    save_record(CriteriaCatalogue(version_name="2027", title="Kritéria"), by=None)

    assert [link.label for link in MyWork(cast.methodologist, TODAY).catalogues] == [
        "Kritéria 2027"
    ]
    assert MyWork(cast.expert, TODAY).catalogues == []


def test_running_programs_come_first(cast: Cast) -> None:
    running = make_program(title="Z běžící", state=ProgramState.RUNNING)
    for program in (cast.program, running):
        make_phase(program)
    make_member(running, Role.EXPERT, cast.expert)

    work = MyWork(cast.expert, date(2025, 1, 1))

    assert [program for program, _gaps in work.gaps] == [running, cast.program]


# --- drafts ----------------------------------------------------------------------------------


def draft(user: User, address: str, **fields: str) -> Draft:
    kept = {name: [text] for name, text in fields.items()}
    return Draft.objects.create(user=user, address=address, key=uuid4(), fields=kept)


def test_drafts_lead_back_to_their_forms(cast: Cast, expert_client: Client) -> None:
    kept = draft(
        cast.expert,
        "/programy/nas/realizace/konzultace/nova/",
        outcome="Domluvili jsme další setkání.",
        opened_version="0",
    )
    draft(cast.town, "/programy/nas/cile/novy/", wording="Cizí rozepsaný text.")
    draft(cast.expert, "/programy/cizi/cile/novy/", wording="Z cizího programu.")
    draft(cast.expert, "/neni/", wording="Zaniklá stránka.")

    page = expert_client.get("/moje-prace/").content.decode()

    address = f"/programy/nas/realizace/konzultace/nova/?koncept={kept.pk}"
    assert f'href="{address}"' in page
    assert "Konzultace – nový záznam" in page
    assert "Domluvili jsme další setkání." in page
    assert "Cizí rozepsaný" not in page
    assert "Z cizího programu" not in page
    assert "Zaniklá" not in page
    assert "Domluvili jsme další setkání." in expert_client.get(address).content.decode()


# --- the page --------------------------------------------------------------------------------


def test_header_counts_what_is_overdue(cast: Cast, expert_client: Client) -> None:
    due = timezone.localdate() - timedelta(days=2)
    give(make_recommendation(cast.program, title="Zřídit poradnu"), cast.expert, due)

    page = expert_client.get("/programy/").content.decode()
    assert '1<span class="sr-only"> po termínu</span>' in page

    page = expert_client.get("/moje-prace/").content.decode()
    assert "Zřídit poradnu" in page
    assert "2 dny po termínu" in page


def test_links_of_the_page_open(cast: Cast) -> None:
    fill(cast.program, 1, cast.expert)
    make_member(make_program(), Role.METHODOLOGIST, cast.expert)
    save_record(CriteriaCatalogue(version_name="2027", title="Kritéria"), by=None)
    for role in Role:
        user = cast.member(role)
        client = client_of(user)
        work = MyWork(user, date(2025, 1, 1))
        addresses = [duty.address for duty in work.duties]
        for _program, gaps in work.gaps:
            for gap in gaps:
                addresses += [link.address for link in gap.links] or [gap.address]
        for address in addresses:
            assert client.get(address).status_code == 200, (role, address)


def test_nothing_to_do(cast: Cast, reader_client: Client) -> None:
    assert "Nic na vás nečeká." in reader_client.get("/moje-prace/").content.decode()


def test_planted_texts_stay_hidden(cast: Cast, town_client: Client) -> None:
    hidden = make_recommendation(
        cast.program, title="TAJNETYMU", visibility="team", state=RecommendationState.HANDED_OVER
    )
    give(hidden, cast.town, date(2020, 1, 1))

    assert "TAJNETYMU" not in town_client.get("/moje-prace/").content.decode()


def fill(program: Program, size: int, user: User) -> None:
    """So many duties of the person and so many gaps of every kind in the program."""
    criteria = [make_criterion(f"{number}.1", 2) for number in range(1, size + 1)]
    for number, criterion in enumerate(criteria, start=1):
        give(adopt(program, criterion, number), user, date(2020, 1, 1))
        give(make_program_section(program, number), user, date(2020, 1, 1))
        handed_over = {"state": RecommendationState.HANDED_OVER}
        give(make_recommendation(program, number, **handed_over), user, date(2020, 1, 1))
        make_goal(program, f"1.{number}")
        draft(user, f"/programy/{program.slug}/cile/novy/", wording="Text.")
    make_phase(program, 1)


def test_number_of_queries_does_not_depend_on_programs_or_duties() -> None:
    counts = {}
    for size in (1, 3, 20):
        user = make_member(make_program(), Role.METHODOLOGIST)
        for role in Role:
            for _ in range(size):
                program = make_program()
                make_member(program, role, user)
                if role == Role.EXPERT:
                    fill(program, 2, user)
                else:
                    make_phase(program)
        client = client_of(user)
        client.get("/moje-prace/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/moje-prace/").status_code == 200
        counts[size] = len(captured)
        assert Recommendation.objects.filter(responsible=user).count() == 2 * size

    assert counts[1] == counts[3] == counts[20]


def test_header_counts_in_one_query(cast: Cast) -> None:
    fill(cast.program, 3, cast.expert)

    with CaptureQueriesContext(connection) as captured:
        assert overdue_count(cast.expert, TODAY) == 9
    assert len(captured) == 1
