"""Whatever people choose from or sort stands in the order of the Czech alphabet."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.builders import (
    adopt,
    make_consultation,
    make_criterion,
    make_program_section,
    make_recommendation,
)
from tests.conftest import Cast
from tests.programs.test_consultation_log_pages import found

NAMES = ["Cibulka", "Čáp", "Hora", "Chalupa", "Šimek"]


@pytest.fixture
def team(cast: Cast) -> list[User]:
    """The members of the program in the order of their names."""
    people = [cast.expert, cast.town, cast.consultant, cast.methodologist, cast.reader]
    for person, name in zip(people, NAMES, strict=True):
        person.name = name
        person.save()
    return people


def offered(response: Any, form: str, field: str) -> list[str]:
    return [str(user) for user in response.context[form].fields[field].queryset]


@pytest.mark.parametrize("kind", ["section", "adopted_criterion", "recommendation"])
def test_responsible_person_chosen_in_order(
    cast: Cast, team: list[User], expert_client: Client, kind: str
) -> None:
    record: Any = {
        "section": lambda: make_program_section(cast.program),
        "adopted_criterion": lambda: adopt(cast.program, make_criterion()),
        "recommendation": lambda: make_recommendation(cast.program),
    }[kind]()
    space = "programs" if kind == "section" else "indicators"

    page = expert_client.get(reverse(f"{space}:{kind}_edit", args=["nas", record.pk]))

    assert offered(page, "form", "responsible") == NAMES


def test_people_to_filter_by_stand_in_order(
    cast: Cast, team: list[User], expert_client: Client
) -> None:
    for number, person in enumerate(reversed(team), start=1):
        make_recommendation(cast.program, number, responsible=person)

    listed = expert_client.get("/programy/nas/doporuceni/")
    history = expert_client.get("/programy/nas/historie/")

    chosen = listed.context["filter"].form.fields["responsible"].queryset
    assert [str(user) for user in chosen] == NAMES
    assert offered(history, "filter_form", "person") == NAMES
    kinds = [label for _value, label in history.context["filter_form"].fields["kind"].choices][1:]
    assert kinds.index("Cíl") < kinds.index("Členství") < kinds.index("Hodnocení")


def test_consultations_sorted_by_the_words_of_their_kind(cast: Cast, expert_client: Client) -> None:
    for kind in ("visit", "meeting", "training", "desk_work", "remote"):
        make_consultation(cast.program, kind=kind, outcome=kind)

    in_order = found(expert_client, sort="kind")

    assert in_order == ["visit", "desk_work", "meeting", "remote", "training"]
    assert found(expert_client, sort="-kind") == in_order[::-1]


def test_tasks_of_one_day_stand_in_order(
    cast: Cast, team: list[User], expert_client: Client
) -> None:
    for number, title in enumerate(("Zapojit", "Chránit", "Hájit", "Čerpat"), start=1):
        make_recommendation(cast.program, number, title=title, responsible=cast.expert)

    duties = expert_client.get("/moje-prace/").context["work"].duties

    assert [duty.title.split()[-1] for duty in duties] == ["Čerpat", "Hájit", "Chránit", "Zapojit"]
