"""Several ticked rows at once: the baseline level kept as the final one, the plan of criteria."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Role
from indicators.actions import draft_next_version, move_to_catalogue
from indicators.models import AdoptedCriterion, Indicator, Moment, Rater, Rating
from programs.models import ProgramState
from tests.builders import adopt, assess, make_criterion, publish
from tests.conftest import Cast, client_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def adopted(cast: Cast) -> AdoptedCriterion:
    return adopt(cast.program, make_criterion(indicator_count=4))


@pytest.fixture
def indicators(adopted: AdoptedCriterion) -> list[Indicator]:
    """Rated 2 at the start; not rated at all; rated at both; cannot be judged at the start."""
    found = list(adopted.criterion.indicators.order_by("position"))
    assess(adopted, found[0], Moment.BASELINE, expert=2, town=1)
    assess(adopted, found[2], Moment.BASELINE, expert=3)
    assess(adopted, found[2], Moment.FINAL, expert=1)
    assess(adopted, found[3], Moment.BASELINE, expert="?")
    return found


@pytest.fixture
def consultant_client(cast: Cast) -> Client:
    return client_of(cast.consultant)


def ticks_of(client: Client) -> list[str]:
    page = client.get(reverse("indicators:indicator_list", args=["nas"]))
    return [line.tick for line in page.context["lines"]]


def post(client: Client, name: str, *, htmx: bool = True, **fields: Any) -> Any:
    address = reverse(f"indicators:indicators_{name}", args=["nas"])
    return client.post(address, fields, headers=HTMX if htmx else {})


def final_levels(rater: Rater = Rater.EXPERT) -> dict[int, int | None]:
    final = Rating.objects.filter(assessment__moment=Moment.FINAL, rater=rater)
    return dict(final.values_list("assessment__indicator__position", "level"))


# --- without change ---------------------------------------------------------------------------


def test_baseline_kept_as_final_only_where_there_is_none(
    cast: Cast, indicators: list[Indicator], expert_client: Client
) -> None:
    ticked = ticks_of(expert_client)

    asked = post(expert_client, "keep", ticked=ticked)
    before = final_levels()
    saved = post(expert_client, "keep", ticked=ticked, confirmed=1)

    assert asked.status_code == 200
    assert [line.row.indicator for line, _cell in asked.context["kept"]] == [indicators[0]]
    assert before == {3: 1}
    assert final_levels() == {1: 2, 3: 1}
    assert "X-Saved" in saved.headers
    told = Rating.history.filter(assessment__moment=Moment.FINAL).order_by("-history_id")[0]
    assert (told.history_user, told.level) == (cast.expert, 2)


def test_town_keeps_its_own_levels(indicators: list[Indicator], town_client: Client) -> None:
    post(town_client, "keep", ticked=ticks_of(town_client), confirmed=1)

    assert final_levels(Rater.TOWN) == {1: 1}
    assert final_levels() == {3: 1}


def test_nothing_to_keep_is_said_and_nothing_saved(
    indicators: list[Indicator], expert_client: Client
) -> None:
    ticked = ticks_of(expert_client)[1:]

    refused = post(expert_client, "keep", ticked=ticked, confirmed=1)

    assert refused.status_code == 422
    assert "Není co převzít" in refused.content.decode()
    assert final_levels() == {3: 1}


def test_keeping_what_was_rated_otherwise_meanwhile_asks_again(
    cast: Cast, indicators: list[Indicator], expert_client: Client
) -> None:
    ticked = ticks_of(expert_client)
    rating = Rating.objects.get(assessment__indicator=indicators[0], rater=Rater.EXPERT)
    rating.level = 4
    save_record(rating, by=cast.expert)

    refused = post(expert_client, "keep", ticked=ticked, confirmed=1)
    again = [line.tick for line in refused.context["lines"]]
    post(expert_client, "keep", ticked=again, confirmed=1)

    assert refused.status_code == 409
    assert "mezitím někdo jiný nastavil jiné úrovně" in refused.content.decode()
    assert final_levels() == {1: 4, 3: 1}


def test_keeping_without_javascript_goes_back_to_the_list(
    indicators: list[Indicator], expert_client: Client
) -> None:
    listed = reverse("indicators:indicator_list", args=["nas"])
    asked = post(expert_client, "keep", htmx=False, ticked=ticks_of(expert_client))

    done = post(
        expert_client, "keep", htmx=False, ticked=ticks_of(expert_client), confirmed=1, next=listed
    )

    assert "Převzít výchozí úrovně" in asked.content.decode()
    assert (done.status_code, done["Location"]) == (302, listed)
    assert final_levels() == {1: 2, 3: 1}


@pytest.mark.parametrize("fields", [{}, {"ticked": ["1.x.0"]}])
@pytest.mark.usefixtures("adopted")
def test_keeping_nothing_ticked_refused(expert_client: Client, fields: dict[str, Any]) -> None:
    assert post(expert_client, "keep", **fields).status_code == 422
    assert post(expert_client, "plan", **fields).status_code == 422


# --- who looks after the criteria -------------------------------------------------------------


def test_criteria_of_ticked_rows_planned_at_once(
    cast: Cast, adopted: AdoptedCriterion, consultant_client: Client
) -> None:
    second = adopt(cast.program, make_criterion("1.2", area=adopted.criterion.area, position=2), 2)
    asked = post(consultant_client, "plan", ticked=ticks_of(consultant_client))
    shown = [f"{one.pk}.{one.version}" for one in asked.context["criteria"]]

    saved = post(
        consultant_client,
        "plan",
        criteria=shown,
        responsible=cast.expert.pk,
        due_on="2024-05-31",
    )

    assert asked.status_code == 200
    assert len(shown) == 2
    assert "X-Saved" in saved.headers
    assert "termín 31. 5. 2024" in saved.content.decode().replace("\u00a0", " ")
    for one in (adopted, second):
        one.refresh_from_db()
        assert (one.responsible, one.due_on) == (cast.expert, date(2024, 5, 31))
        assert one.history.first().history_user == cast.consultant


def test_plan_changes_only_what_was_chosen(
    cast: Cast, adopted: AdoptedCriterion, consultant_client: Client
) -> None:
    adopted.responsible, adopted.due_on = cast.expert, date(2024, 1, 31)
    save_record(adopted, by=None)

    def plan(**fields: Any) -> tuple[Any, Any]:
        adopted.refresh_from_db()
        post(consultant_client, "plan", criteria=[f"{adopted.pk}.{adopted.version}"], **fields)
        adopted.refresh_from_db()
        return adopted.responsible, adopted.due_on

    assert plan(responsible="keep", due_on="2024-02-29") == (cast.expert, date(2024, 2, 29))
    assert plan(responsible="nobody") == (None, date(2024, 2, 29))
    assert plan(responsible="keep", no_due_date="on") == (None, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"responsible": "keep"}, "Vyberte osobu, nebo zadejte termín."),
        (
            {"responsible": "keep", "due_on": "2024-02-29", "no_due_date": "on"},
            "Buď zadejte termín, nebo termíny zrušte.",
        ),
        ({"responsible": "999999"}, "Vyberte platnou možnost"),
    ],
)
def test_bad_plan_told_at_its_field(
    adopted: AdoptedCriterion, consultant_client: Client, fields: dict[str, Any], message: str
) -> None:
    refused = post(consultant_client, "plan", criteria=[f"{adopted.pk}.1"], **fields)

    adopted.refresh_from_db()
    assert refused.status_code == 422
    assert message in refused.content.decode()
    assert (adopted.responsible, adopted.due_on) == (None, None)


def test_plan_of_what_somebody_changed_meanwhile_asks_again(
    cast: Cast, adopted: AdoptedCriterion, consultant_client: Client
) -> None:
    shown = f"{adopted.pk}.{adopted.version}"
    adopted.due_on = date(2024, 1, 31)
    save_record(adopted, by=cast.expert)

    refused = post(consultant_client, "plan", criteria=[shown], responsible=cast.expert.pk)

    adopted.refresh_from_db()
    assert refused.status_code == 409
    assert "kritéria mezitím změnil někdo jiný" in refused.content.decode()
    assert f'value="{adopted.pk}.{adopted.version}"' in refused.content.decode()
    assert adopted.responsible is None


@pytest.mark.parametrize(
    ("role", "keep", "plan"),
    [
        (Role.EXPERT, 422, 200),
        (Role.CONSULTANT, 403, 200),
        (Role.METHODOLOGIST, 403, 403),
        (Role.TOWN, 422, 403),
        (Role.READER, 403, 403),
    ],
)
def test_each_role_does_its_part(
    cast: Cast, adopted: AdoptedCriterion, role: Role, keep: int, plan: int
) -> None:
    client = client_of(cast.member(role))
    ticked = [f"{adopted.criterion.indicators.all()[0].pk}.0.0"]

    answers = [post(client, name, ticked=ticked).status_code for name in ("keep", "plan")]

    assert answers == [keep, plan]


def test_rows_and_criteria_of_another_program_not_found(
    cast: Cast, adopted: AdoptedCriterion, expert_client: Client, stranger_client: Client
) -> None:
    theirs = adopt(cast.strange_program, make_criterion())
    ticked = [f"{theirs.criterion.indicators.get().pk}.0.0"]

    for name in ("keep", "plan"):
        assert post(expert_client, name, ticked=ticked).status_code == 404
        assert post(stranger_client, name, ticked=ticked).status_code == 404
    foreign = post(
        expert_client, "plan", criteria=[f"{theirs.pk}.1"], responsible="keep", due_on="2024-01-01"
    )
    theirs.refresh_from_db()
    assert foreign.status_code == 404
    assert theirs.due_on is None


@pytest.mark.parametrize("name", ["rate", "keep", "plan"])
def test_rows_of_the_version_the_program_has_left_ask_to_open_the_page_again(
    cast: Cast, adopted: AdoptedCriterion, expert_client: Client, name: str
) -> None:
    old = publish(adopted.criterion.area.catalogue)
    ticked = ticks_of(expert_client)
    new = publish(draft_next_version(catalogue=old, version_name="2", by=cast.methodologist))
    move_to_catalogue(program=cast.program, catalogue=new, opened=old, by=cast.expert)

    refused = post(expert_client, name, ticked=ticked, moment="final", verdict="3")

    assert refused.status_code == 409
    assert "otevřete stránku znovu" in refused.content.decode()
    assert not Rating.objects.exists()


# --- interim states in columns ----------------------------------------------------------------


def set_interim(client: Client, indicator: Indicator, **fields: Any) -> Any:
    address = reverse("indicators:indicator_rate", args=["nas", indicator.pk])
    values = {"moment": "interim", "rater": "expert", "verdict": "3", "opened_version": 0, **fields}
    return client.post(address, values, headers=HTMX)


def interim_levels() -> dict[tuple[int, date | None, str], int | None]:
    ratings = Rating.objects.filter(assessment__moment=Moment.INTERIM)
    return {
        (one.assessment.indicator.position, one.assessment.as_of, one.rater): one.level
        for one in ratings
    }


def test_each_day_of_interim_states_has_a_column(
    adopted: AdoptedCriterion, indicators: list[Indicator], expert_client: Client
) -> None:
    early, late = date(2024, 1, 31), date(2024, 3, 31)
    assess(adopted, indicators[0], Moment.INTERIM, as_of=late, expert=3)
    assess(adopted, indicators[1], Moment.INTERIM, as_of=early, town=0, statement="Zatím nic.")
    address = reverse("indicators:indicator_list", args=["nas"])

    shown = expert_client.get(address)
    hidden = expert_client.get(address, {"interim": "none"})

    assert shown.context["days"] == [early, late]
    first, second = (shown.context["lines"][number].interims for number in (0, 1))
    assert [cell.rating and cell.rating.level for cell in first[1].cells] == [3, None]
    assert [cell.rating and cell.rating.level for cell in second[0].cells] == [None, 0]
    assert "Zatím nic." in shown.content.decode()
    assert hidden.context["days"] == []
    assert "interim-2024" not in hidden.content.decode()
    # The choice survives filtering.
    assert 'name="interim" value="none"' in hidden.content.decode()


def test_one_key_sets_an_interim_level_of_a_day_that_has_a_column(
    adopted: AdoptedCriterion, indicators: list[Indicator], expert_client: Client
) -> None:
    day = date(2024, 1, 31)
    assess(adopted, indicators[0], Moment.INTERIM, as_of=day, town=1)

    saved = set_interim(expert_client, indicators[0], day="2024-01-31")
    set_interim(expert_client, indicators[1], day="2024-01-31", verdict="0")

    assert saved.status_code == 200
    assert 'data-part="interim-2024-01-31-expert"' in saved.content.decode()
    assert interim_levels() == {(1, day, "town"): 1, (1, day, "expert"): 3, (2, day, "expert"): 0}


def test_interim_level_that_another_set_meanwhile_is_a_conflict(
    adopted: AdoptedCriterion, indicators: list[Indicator], expert_client: Client
) -> None:
    day = date(2024, 1, 31)
    assess(adopted, indicators[0], Moment.INTERIM, as_of=day, expert=1)

    refused = set_interim(expert_client, indicators[0], day="2024-01-31")

    assert refused.status_code == 409
    assert 'data-question="interim-2024-01-31-expert"' in refused.content.decode()
    assert interim_levels() == {(1, day, "expert"): 1}


@pytest.mark.parametrize(
    "fields",
    [{"day": "2024-02-02"}, {}, {"day": "včera"}, {"moment": "final", "day": "2024-01-31"}],
)
def test_interim_level_of_a_day_without_a_column_refused(
    adopted: AdoptedCriterion,
    indicators: list[Indicator],
    expert_client: Client,
    fields: dict[str, str],
) -> None:
    assess(adopted, indicators[0], Moment.INTERIM, as_of=date(2024, 1, 31))

    assert set_interim(expert_client, indicators[0], **fields).status_code == 400
    assert not interim_levels()


def test_day_of_a_hidden_interim_state_has_no_column(
    adopted: AdoptedCriterion, indicators: list[Indicator], town_client: Client
) -> None:
    assess(adopted, indicators[0], Moment.INTERIM, as_of=date(2024, 1, 31), visibility="team")

    page = town_client.get(reverse("indicators:indicator_list", args=["nas"]))
    refused = set_interim(town_client, indicators[0], day="2024-01-31", rater="town")

    assert page.context["days"] == []
    assert "31. 1. 2024" not in page.content.decode().replace("\u00a0", " ")
    assert refused.status_code == 400


def test_running_program_asks_no_reason_for_an_interim_level(
    cast: Cast, adopted: AdoptedCriterion, indicators: list[Indicator], expert_client: Client
) -> None:
    cast.program.state = ProgramState.RUNNING
    save_record(cast.program, by=None)
    interim = assess(adopted, indicators[0], Moment.INTERIM, as_of=date(2024, 1, 31), expert=1)
    version = interim.ratings.get().version

    saved = set_interim(expert_client, indicators[0], day="2024-01-31", opened_version=version)

    assert saved.status_code == 200
    assert list(interim_levels().values()) == [3]
