"""The log in numbers, and what nobody has talked about."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.roles import Role
from tests.builders import (
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_target_group,
)
from tests.conftest import Cast, client_of

STATISTICS = "/programy/nas/realizace/statistika/"
LOG = "/programy/nas/realizace/konzultace/"


def told(client: Client) -> Any:
    return client.get(STATISTICS).context["statistics"]


def test_counted_by_phase_month_kind_goal_and_actor(cast: Cast, expert_client: Client) -> None:
    make_phase(cast.program)
    make_phase(cast.program, 2)
    goal, actor = make_goal(cast.program, "1.1"), make_actor(cast.program, "Škola")
    for day in (date(2024, 1, 5), date(2024, 1, 6), date(2023, 7, 1)):
        make_consultation(cast.program, held_on=day, goals=[goal], actors=[actor])
    make_consultation(cast.program, held_on=date(2024, 2, 1), kind="visit")
    make_consultation(cast.strange_program)

    found = told(expert_client)

    def bars(name: str) -> list[tuple[str, int]]:
        return [(bar.label, bar.count) for bar in getattr(found, name)]

    assert (found.total, found.loose) == (4, 4)
    assert [count for _label, count in bars("phases")] == [3, 0, 1]
    assert bars("phases")[-1][0] == "mimo fáze"
    assert bars("months") == [("červenec 2023", 1), ("leden 2024", 2), ("únor 2024", 1)]
    assert bars("kinds") == [("setkání", 3), ("návštěva lokality", 1)]
    assert bars("goals") == [(str(goal), 3)]
    assert bars("actors") == [("Škola", 3)]
    assert [bar.share for bar in found.kinds] == [100, 33.3]


def test_every_bar_leads_to_its_consultations(cast: Cast, expert_client: Client) -> None:
    make_phase(cast.program)
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    for number in range(3):
        links = {"goals": [goal], "actors": [actor]} if number else {}
        make_consultation(
            cast.program,
            held_on=date(2024, 1 + 2 * number, 1),
            kind="visit" if number else "other",
            **links,
        )

    found = told(expert_client)

    for bars in (found.phases, found.months, found.kinds, found.goals, found.actors):
        for bar in bars:
            table = expert_client.get(f"{LOG}?{bar.query}").context["table"]
            assert len(table.rows) == bar.count, bar


def test_silence_is_told(cast: Cast, expert_client: Client) -> None:
    spoken, silent = make_goal(cast.program, "1.1"), make_goal(cast.program, "1.2")
    make_goal(cast.program, "", short_title="Dlouhodobý cíl")
    met, unmet = make_actor(cast.program, "Škola"), make_actor(cast.program, "Policie")
    make_consultation(cast.program, goals=[spoken], actors=[met])
    make_consultation(cast.strange_program, goals=[silent], actors=[unmet])

    found = told(expert_client)

    assert found.silent_goals == [silent]
    assert found.silent_actors == [unmet]


def test_people_are_added_up_by_target_group(cast: Cast, expert_client: Client) -> None:
    parents, children = make_target_group(cast.program, "R"), make_target_group(cast.program, "D")
    make_consultation(cast.program, counts={parents: 12, children: None})
    make_consultation(cast.program, counts={parents: 3})
    make_consultation(cast.program, counts={parents: None})

    found = told(expert_client)

    assert [(row.group, row.consultations, row.people, row.unknown) for row in found.people] == [
        (children, 1, 0, 1),
        (parents, 3, 15, 1),
    ]


@pytest.mark.parametrize("role", Role)
def test_few_people_are_told_to_the_team_only(cast: Cast, role: Role) -> None:
    make_consultation(cast.program, counts={make_target_group(cast.program): 4})
    is_team = role in {Role.EXPERT, Role.CONSULTANT, Role.METHODOLOGIST}

    page = client_of(cast.member(role)).get(STATISTICS)

    assert page.context["statistics"].people[0].people == (4 if is_team else None)
    (assertNotContains if is_team else assertContains)(page, "méně než 5")


def test_stranger_does_not_find_it(cast: Cast, stranger_client: Client) -> None:
    assert stranger_client.get(STATISTICS).status_code == 404


def test_nothing_to_count_teaches(cast: Cast, reader_client: Client) -> None:
    page = reader_client.get(STATISTICS)

    assertContains(page, "Zatím není zapsána žádná konzultace.")
    assertContains(page, "Program zatím nemá žádné aktéry.")
