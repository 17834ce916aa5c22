"""Moving and renumbering goals; what cites them follows."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Draft
from indicators.models import Moment, Rater
from programs import actions, goal_tree
from programs.models import Goal, Program
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_consultation,
    make_criterion,
    make_evidence,
    make_goal,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
    make_source,
    make_step,
    make_user,
)
from tests.conftest import Cast, client_of

pytestmark = pytest.mark.django_db


def make_tree(program: Program, *codes: str) -> dict[str, Goal]:
    """Goals with these codes, each below the one whose code it begins with; named by them."""
    made: dict[str, Goal] = {}
    for code in codes:
        parent = made.get(code.rpartition(".")[0])
        made[code] = make_goal(
            program, code, parent=parent, short_title=f"Původně {code}", wording="Znění."
        )
    return made


def titles(program: Program) -> dict[str, str]:
    """What the goals were called before, by the codes they have now."""
    goals = Goal.objects.filter(program=program).coded()
    return {goal.code: goal.short_title.removeprefix("Původně ") for goal in goals}


# --- the tree, without a database -----------------------------------------------------------


def unsaved(*codes: str) -> list[Goal]:
    made: dict[str, Goal] = {}
    for number, code in enumerate(codes, start=1):
        parent = made.get(code.rpartition(".")[0] or "none")
        made[code] = Goal(pk=number, code=code, parent_id=parent.pk if parent else None)
    return list(made.values())


@pytest.mark.parametrize(
    ("codes", "parent", "expected"),
    [
        ((), None, "1.1"),
        (("1.1", "1.4"), None, "1.5"),
        (("1.9", "1.10"), None, "1.11"),
        (("1", "2"), None, "3"),
        (("1.1", "2.3"), None, "2.4"),
        (("1.1",), "1.1", "1.1.1"),
        (("1.1", "1.1.2", "1.1.7"), "1.1", "1.1.8"),
        (("1.1", "1.1.2", "1.1.2.1"), "1.1.2", "1.1.2.2"),
    ],
)
def test_next_code(codes: tuple[str, ...], parent: str | None, expected: str) -> None:
    goals = unsaved("", *codes)
    above = next((goal for goal in goals if goal.code == parent), None)

    assert goal_tree.next_code(goals, above) == expected


def test_tree_of_any_depth_sorts_codes_as_numbers() -> None:
    top = goal_tree.branches(unsaved("1.1", "1.2", "1.10", "1.2.1", "1.2.1.1", "1.2.1.1.1"))

    assert [branch.goal.code for branch in top] == ["1.1", "1.2", "1.10"]
    assert [(branch.rank, branch.is_first, branch.is_last) for branch in top] == [
        (1, True, False),
        (2, False, False),
        (3, False, True),
    ]
    assert top[1].branches[0].branches[0].branches[0].goal.code == "1.2.1.1.1"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("1.1", "1.3", "1.7"), {"1.1": "1.1", "1.3": "1.2", "1.7": "1.3"}),
        (("1.2", "1.2.4", "1.2.4.9"), {"1.2": "1.1", "1.2.4": "1.1.1", "1.2.4.9": "1.1.1.1"}),
        (("1.2", "3.5", "3.9"), {"1.2": "1.1", "3.5": "3.1", "3.9": "3.2"}),
        (("2", "5"), {"2": "1", "5": "2"}),
    ],
)
def test_closed_up_codes_keep_their_first_part(
    codes: tuple[str, ...], expected: dict[str, str]
) -> None:
    goals = unsaved(*codes)

    assert goal_tree.renaming(goals, goal_tree.closed_up(goals)) == expected


# --- moving ---------------------------------------------------------------------------------


def test_moved_goal_takes_its_branch_and_gaps_stay() -> None:
    program = make_program()
    goals = make_tree(program, "1.1", "1.1.1", "1.1.1.1", "1.3", "1.3.2", "1.4")

    actions.move_goal(goal=goals["1.1"], rank=2, by=make_user())

    assert titles(program) == {
        "1.1": "1.3",
        "1.1.2": "1.3.2",
        "1.3": "1.1",
        "1.3.1": "1.1.1",
        "1.3.1.1": "1.1.1.1",
        "1.4": "1.4",
    }


@pytest.mark.parametrize(
    ("rank", "order"),
    [(1, "3 1 2"), (0, "3 1 2"), (-9, "3 1 2"), (2, "1 3 2"), (3, "1 2 3"), (99, "1 2 3")],
)
def test_moved_to_rank_among_siblings(rank: int, order: str) -> None:
    program = make_program()
    goals = make_tree(program, "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2")

    actions.move_goal(goal=goals["1.1.3"], rank=rank, by=make_user())

    found = [titles(program)[f"1.1.{number}"] for number in (1, 2, 3)]
    assert found == [f"1.1.{number}" for number in order.split()]


def test_list_is_in_the_new_order_at_once() -> None:
    program = make_program()
    goals = make_tree(program, "1.9", "1.10")

    actions.move_goal(goal=goals["1.10"], rank=1, by=make_user())

    assert [goal.short_title for goal in Goal.objects.filter(program=program)] == [
        "Původně 1.10",
        "Původně 1.9",
    ]


def test_move_told_once_in_the_history_of_each_record_that_changed() -> None:
    program, user = make_program(), make_user()
    goals = make_tree(program, "1.1", "1.1.1", "1.2", "1.3")
    Goal.objects.filter(pk=goals["1.1"].pk).update(evaluation="Navazuje na cíl 1.2.")

    actions.move_goal(goal=goals["1.2"], rank=1, by=user)

    counts = {code: goal.history.count() for code, goal in goals.items()}
    assert counts == {"1.1": 2, "1.1.1": 2, "1.2": 2, "1.3": 1}
    assert Goal.objects.get(code="1.2").evaluation == "Navazuje na cíl 1.1."
    assert goals["1.1"].history.latest().history_user == user


def test_goal_that_stays_changes_nothing() -> None:
    goals = make_tree(make_program(), "1.1", "1.2")

    actions.move_goal(goal=goals["1.1"], rank=1, by=make_user())

    assert goals["1.1"].history.count() == 1


def test_other_program_stays_as_it_is() -> None:
    mine, other = make_program(), make_program()
    goals = make_tree(mine, "1.1", "1.2")
    make_tree(other, "1.1", "1.2")
    step = make_step(other, description="K cíli 1.1.")

    actions.move_goal(goal=goals["1.2"], rank=1, by=make_user())

    assert titles(other) == {"1.1": "1.1", "1.2": "1.2"}
    step.refresh_from_db()
    assert step.description == "K cíli 1.1."


def test_move_that_would_give_one_code_twice_is_refused_whole() -> None:
    program = make_program()
    goals = make_tree(program, "1.1", "1.2", "1.2.1")
    make_goal(program, "1.1.1", short_title="Původně 1.1.1")  # below 1.1 only by its code

    with pytest.raises(ValidationError, match="1.1.1"):
        actions.move_goal(goal=goals["1.2"], rank=1, by=make_user())

    assert titles(program)["1.2.1"] == "1.2.1"


# --- references -----------------------------------------------------------------------------


CITING = "K cíli 1.1 a cílům 1.2–1.4; bod 1.1, kritérium 1.1."
FOLLOWED = "K cíli 1.2 a cílům 1.1, 1.3 a 1.4; bod 1.1, kritérium 1.1."


def cite_everywhere(program: Program, goal: Goal) -> dict[str, tuple[Any, str]]:
    """A text that cites goals in every kind of record where people write some."""
    phase = make_phase(program, expert_comment=CITING)
    criterion = make_criterion()
    assessment = assess(
        adopt(program, criterion),
        criterion.indicators.get(),
        Moment.FINAL,
        expert=1,
        statement=CITING,
        justification=CITING,
    )
    rating = assessment.ratings.get(rater=Rater.EXPERT)
    rating.note = CITING
    rating.save()
    goal.evaluation = CITING
    goal.save()
    recommendation = make_recommendation(
        program, title=CITING, text=CITING, finding=CITING, conclusion=CITING, next_step=CITING
    )
    consultation = make_consultation(program, outcome=CITING, team_note=CITING)
    narrative = make_narrative(program, make_section("uvod", 1), topic=CITING, text=CITING)
    records = {
        "goal": (goal, "evaluation"),
        "phase": (phase, "expert_comment"),
        "activity": (make_activity(phase, title=CITING), "title"),
        "activity text": (make_activity(phase, 2, text=CITING), "text"),
        "outcome": (consultation, "outcome"),
        "team note": (consultation, "team_note"),
        "narrative": (narrative, "text"),
        "topic": (narrative, "topic"),
        "step": (make_step(program, description=CITING), "description"),
        "statement": (assessment, "statement"),
        "justification": (assessment, "justification"),
        "note of a rating": (rating, "note"),
        "evidence": (make_evidence(program, title=CITING), "title"),
    }
    for name in ("title", "text", "finding", "conclusion", "next_step"):
        records[f"recommendation {name}"] = (recommendation, name)
    return records


def test_references_follow_in_every_text_of_the_program() -> None:
    program = make_program()
    goals = make_tree(program, "1.1", "1.2", "1.3", "1.4")
    records = cite_everywhere(program, goals["1.4"])
    user = make_user()

    actions.move_goal(goal=goals["1.2"], rank=1, by=user)

    for record, _field in records.values():
        record.refresh_from_db()
    assert {name: getattr(*found) for name, found in records.items()} == dict.fromkeys(
        records, FOLLOWED
    )
    assert {record.history.latest().history_user for record, _field in records.values()} == {user}


def test_names_of_documents_and_drafts_are_left_alone() -> None:
    program, user = make_program(), make_user()
    goals = make_tree(program, "1.1", "1.2")
    source = make_source(program, name="Strategie města, cíl 1.1")
    Draft.objects.create(user=user, address="/x/", key=uuid4(), fields={"text": ["cíl 1.1"]})

    actions.move_goal(goal=goals["1.2"], rank=1, by=user)

    source.refresh_from_db()
    assert source.name == "Strategie města, cíl 1.1"
    assert Draft.objects.get().fields == {"text": ["cíl 1.1"]}


def test_text_that_would_not_fit_refuses_the_move_whole() -> None:
    program = make_program()
    goals = make_tree(program, "1.1", "1.2", "1.3")
    title = "cílů 1.1–1.2".rjust(250, "x").replace("xc", " c", 1)
    make_activity(make_phase(program), title=title)

    with pytest.raises(ValidationError, match="příliš dlouhý"):
        actions.move_goal(goal=goals["1.3"], rank=2, by=make_user())

    assert titles(program)["1.3"] == "1.3"


def test_references_follow_a_code_typed_anew() -> None:
    program, user = make_program(), make_user()
    goals = make_tree(program, "1.1", "1.2")
    step = make_step(program, description="K cíli 1.2.")
    goal = Goal.objects.get(pk=goals["1.2"].pk)
    goal.code, goal.wording = "1.7", "Viz cíl 1.2."

    actions.save_goal(goal=goal, opened_version=1, by=user)

    step.refresh_from_db()
    assert step.description == "K cíli 1.7."
    assert Goal.objects.get(pk=goal.pk).wording == "Viz cíl 1.7."
    assert (goal.history.count(), step.history.count()) == (2, 2)


# --- renumbering ----------------------------------------------------------------------------


def test_renumbering_closes_gaps_and_references_follow() -> None:
    program, user = make_program(), make_user()
    make_goal(program, "")
    make_tree(program, "1.2", "1.2.3", "1.5", "3.4")
    step = make_step(program, description="Cíle 1.2.3 a 1.5, dále cíl 3.4.")

    changed = actions.renumber_goals(program=program, by=user)

    assert titles(program) == {"1.1": "1.2", "1.1.1": "1.2.3", "1.2": "1.5", "3.1": "3.4"}
    step.refresh_from_db()
    assert step.description == "Cíle 1.1.1 a 1.2, dále cíl 3.1."
    assert changed == 5


def test_renumbering_again_changes_nothing() -> None:
    program = make_program()
    make_tree(program, "1.2", "1.5")
    actions.renumber_goals(program=program, by=make_user())

    assert actions.renumber_goals(program=program, by=make_user()) == 0


# --- the pages ------------------------------------------------------------------------------


def move(client: Client, goal: Goal, rank: object) -> Any:
    address = reverse("programs:goal_move", args=[goal.program.slug, goal.pk])
    return client.post(address, {"rank": rank}, follow=True)


def test_move_is_told_and_leads_back_to_the_goal(cast: Cast, expert_client: Client) -> None:
    goals = make_tree(cast.program, "1.1", "1.2")

    response = move(expert_client, goals["1.2"], 1)

    assert response.redirect_chain == [(f"/programy/nas/cile/#cil-{goals['1.2'].pk}", 302)]
    assert "Cíl 1.2 má teď kód 1.1" in response.content.decode()
    assert titles(cast.program) == {"1.1": "1.2", "1.2": "1.1"}


@pytest.mark.parametrize("rank", ["", "x", "1.5"])
def test_nonsense_moves_nothing(cast: Cast, expert_client: Client, rank: str) -> None:
    goals = make_tree(cast.program, "1.1", "1.2")

    response = move(expert_client, goals["1.2"], rank)

    assert "takové místo v seznamu není" in response.content.decode()
    assert titles(cast.program) == {"1.1": "1.1", "1.2": "1.2"}


def test_long_term_goal_has_no_place_to_move(cast: Cast, expert_client: Client) -> None:
    assert move(expert_client, make_goal(cast.program, ""), 1).status_code == 404


def test_move_needs_the_right_and_the_program(cast: Cast) -> None:
    goals = make_tree(cast.program, "1.1", "1.2")
    foreign = make_goal(cast.strange_program, "1.1")

    assert move(client_of(cast.town), goals["1.2"], 1).status_code == 403
    assert move(client_of(cast.stranger), goals["1.2"], 1).status_code == 404
    address = reverse("programs:goal_move", args=["nas", foreign.pk])
    assert client_of(cast.expert).post(address, {"rank": 1}).status_code == 404
    assert titles(cast.program) == {"1.1": "1.1", "1.2": "1.2"}


def test_renumbering_shows_what_will_change_first(cast: Cast, expert_client: Client) -> None:
    make_tree(cast.program, "1.1", "1.3")
    make_step(cast.program, description="K cílům 1.1, 1.3 a 1.8; znovu cíl 1.3.")

    response = expert_client.get("/programy/nas/cile/precislovat/")

    rows = [(row.goal.code, row.code, row.cited) for row in response.context["rows"]]
    assert rows == [("1.1", "1.1", 1), ("1.3", "1.2", 2)]
    page = response.content.decode()
    assert "přizpůsobí 2 odkazy" in page
    assert "cíle, které program nemá: 1.8" in page
    assert titles(cast.program) == {"1.1": "1.1", "1.3": "1.3"}


def test_renumbered_from_the_page(cast: Cast, expert_client: Client) -> None:
    make_tree(cast.program, "1.1", "1.3")

    response = expert_client.post("/programy/nas/cile/precislovat/", follow=True)

    assert "Cíle jsou přečíslovány; změnil se 1 záznam." in response.content.decode()
    assert titles(cast.program) == {"1.1": "1.1", "1.2": "1.3"}


def test_renumbering_refused_says_why(cast: Cast, expert_client: Client) -> None:
    make_tree(cast.program, "1.2", "1.2.1")
    make_goal(cast.program, "1.1.4")

    response = expert_client.post("/programy/nas/cile/precislovat/")

    assert response.status_code == 422
    assert "Dva cíle by dostaly kód 1.1.1." in response.content.decode()


@pytest.mark.parametrize("codes", [(), ("1.1", "1.2")])
def test_nothing_to_renumber_is_said(
    cast: Cast, expert_client: Client, codes: tuple[str, ...]
) -> None:
    make_tree(cast.program, *codes)

    page = expert_client.get("/programy/nas/cile/precislovat/").content.decode()

    assert ("Kódy jdou po sobě bez mezer." in page) == bool(codes)
    assert "<form method" not in page.partition("<main")[2]
