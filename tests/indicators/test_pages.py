from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Visibility
from indicators.models import AdoptedCriterion, Assessment, Moment, Rater, Rating
from tests.builders import adopt, assess, make_criterion, make_goal, rate
from tests.conftest import Cast
from tests.forms import sent_editor

LIST = "/programy/nas/ukazatele/"


@pytest.fixture
def adopted(cast: Cast) -> AdoptedCriterion:
    return adopt(cast.program, make_criterion())


@pytest.fixture
def address(adopted: AdoptedCriterion) -> str:
    indicator = adopted.criterion.indicators.get()
    return reverse("indicators:indicator_edit", args=["nas", indicator.pk])


def edit(client: Client, address: str, headers: Any = None, **changes: Any) -> Any:
    editor = client.get(address).context["editor"]
    return client.post(address, sent_editor(editor, **changes), headers=headers)


def assess_both(adopted: AdoptedCriterion, **fields: Any) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, statement="Před.", expert=1)
    assess(adopted, indicator, Moment.FINAL, statement="Po.", expert=1, **fields)


def test_expert_changes_level_and_statement(
    adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    assess_both(adopted)

    response = edit(expert_client, address, final__expert__verdict="3", final__statement="Nově po.")

    page = expert_client.get(response["Location"]).content.decode()
    assert "Nově po." in page
    assert "výrazné zlepšení" in page


@pytest.mark.parametrize(
    ("verdict", "level", "cannot_judge"),
    [("0", 0, False), ("4", 4, False), ("cannot_judge", None, True), ("", None, False)],
)
def test_zero_unknown_and_unrated_are_three_things(
    adopted: AdoptedCriterion,
    address: str,
    expert_client: Client,
    verdict: str,
    level: int | None,
    cannot_judge: bool,
) -> None:
    assess_both(adopted)

    edit(expert_client, address, final__expert__verdict=verdict)

    rating = Rating.objects.get(assessment__moment=Moment.FINAL)
    assert (rating.level, rating.cannot_judge) == (level, cannot_judge)


def test_unchanged_parts_are_not_saved(
    adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    assess_both(adopted)

    edit(expert_client, address, final__statement="Nově po.")

    versions = {found.moment: found.version for found in Assessment.objects.all()}
    assert versions == {Moment.BASELINE: 1, Moment.FINAL: 2}
    assert {rating.version for rating in Rating.objects.all()} == {1}


def test_untouched_form_creates_nothing(
    adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    edit(expert_client, address)

    assert not Assessment.objects.exists()


def test_saving_in_place_answers_with_the_row(
    adopted: AdoptedCriterion, address: str, town_client: Client
) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, town=1)
    assess(adopted, indicator, Moment.FINAL)

    response = edit(town_client, address, {"HX-Request": "true"}, **{"final__town__verdict": "2"})

    page = response.content.decode()
    assert response.status_code == 200
    assert page.strip().startswith("<tbody")
    assert f'id="ukazatel-{indicator.pk}"' in page
    assert "Podle obce" in page
    assert "zlepšení" in page
    assert 'id="status" hx-swap-oob' in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"final__expert__verdict": "5"},
            "Vyberte platnou možnost, &quot;5&quot; není k dispozici.",
        ),
        ({"final__as_of": "včera"}, "Zadejte platné datum."),
        (
            {"final__contribution": "velký"},
            "Vyberte platnou možnost, &quot;velký&quot; není k dispozici.",
        ),
        (
            {"final__visibility": ""},
            "Toto pole je třeba vyplnit.",
        ),
    ],
)
def test_bad_input_told_and_text_kept(
    adopted: AdoptedCriterion,
    address: str,
    expert_client: Client,
    changes: dict[str, str],
    message: str,
) -> None:
    assess_both(adopted)

    response = edit(expert_client, address, final__statement="Rozepsaný text.", **changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "Rozepsaný text." in page
    assert Assessment.objects.get(moment=Moment.FINAL).statement == "Po."


def test_html_and_formulas_stay_text(
    adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    edit(expert_client, address, final__statement="=1+1 <script>alert(1)</script>")

    page = expert_client.get(LIST).content.decode()

    assert "=1+1 &lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_indicator_of_criterion_not_adopted_not_found(
    cast: Cast, adopted: AdoptedCriterion, expert_client: Client
) -> None:
    foreign = adopt(cast.strange_program, make_criterion()).criterion.indicators.get()

    for name in ("indicator_edit", "indicator_row", "indicator_history"):
        response = expert_client.get(reverse(f"indicators:{name}", args=["nas", foreign.pk]))
        assert response.status_code == 404


def test_shared_indicator_keeps_programs_apart(
    cast: Cast, adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    theirs = adopt(cast.strange_program, adopted.criterion)
    assess(theirs, adopted.criterion.indicators.get(), Moment.FINAL, statement="Cizí.")

    page = expert_client.get(LIST).content.decode()
    edit(expert_client, address, final__statement="Naše.")

    assert "Cizí." not in page
    assert {found.statement for found in Assessment.objects.all()} == {"Cizí.", "Naše."}


def test_conflict_shows_both_versions_and_keeps_mine(
    cast: Cast, adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    assess_both(adopted)
    opened = expert_client.get(address).context["editor"]
    final = Assessment.objects.get(moment=Moment.FINAL)
    final.statement = "Verze konzultanta."
    save_record(final, by=cast.consultant)
    rating = final.ratings.get()
    rating.level = 4
    save_record(rating, by=cast.consultant)

    response = expert_client.post(
        address,
        sent_editor(opened, final__statement="Moje verze.", final__expert__verdict="2"),
    )

    parts = response.context["editor"].parts
    shown = {
        key: [(found.label, found.theirs, found.mine) for found in part.conflict.differences]
        for key, part in parts.items()
        if part.conflict
    }
    assert response.status_code == 409
    assert shown == {
        ("final", "expert"): [("Úroveň", "4 Plně naplněno", "2 Naplněno částečně")],
        ("final", ""): [("Popis", "Verze konzultanta.", "Moje verze.")],
    }
    assert Assessment.objects.get(moment=Moment.FINAL).statement == "Verze konzultanta."

    expert_client.post(address, sent_editor(response.context["editor"]))
    assert Assessment.objects.get(moment=Moment.FINAL).statement == "Moje verze."
    assert Rating.objects.get(assessment=final).level == 2


def test_hidden_moment_neither_shown_nor_overwritten_by_town(
    adopted: AdoptedCriterion, address: str, town_client: Client
) -> None:
    indicator = adopted.criterion.indicators.get()
    hidden = assess(
        adopted, indicator, Moment.BASELINE, statement="Tajné.", visibility=Visibility.TEAM
    )
    rate(hidden, Rater.TOWN, 1)

    shown = town_client.get(address)
    town_client.post(
        address,
        sent_editor(shown.context["editor"])
        | {
            "baseline-statement": "Přepsáno.",
            "baseline-opened_version": "1",
            "baseline-town-verdict": "4",
            "baseline-town-opened_version": "1",
        },
    )

    assert "Tajné." not in shown.content.decode()
    hidden.refresh_from_db()
    assert (hidden.statement, hidden.ratings.get().level) == ("Tajné.", 1)


def test_cancelled_editing_returns_the_row(
    adopted: AdoptedCriterion, reader_client: Client
) -> None:
    assess_both(adopted)
    indicator = adopted.criterion.indicators.get()

    page = reader_client.get(
        reverse("indicators:indicator_row", args=["nas", indicator.pk])
    ).content.decode()

    assert page.strip().startswith("<tbody")
    assert "Upravit" not in page


@pytest.mark.parametrize(
    ("asked", "followed"),
    [
        (f"{LIST}?shift=worse", f"{LIST}?shift=worse"),
        ("https://zle.example/", LIST),
        ("//zle.example/programy/nas/ukazatele/", LIST),
        ("/programy/cizi/ukazatele/", LIST),
        ("javascript:alert(1)", LIST),
    ],
)
def test_return_address_is_ours(
    adopted: AdoptedCriterion, address: str, expert_client: Client, asked: str, followed: str
) -> None:
    editor = expert_client.get(address).context["editor"]

    response = expert_client.post(address, sent_editor(editor) | {"next": asked})

    assert response["Location"].split("#")[0] == followed


def test_filters_by_criterion_state_shift_and_text(cast: Cast, reader_client: Client) -> None:
    first, second = adopt(cast.program, make_criterion("1.1", 3), 1), None
    second = adopt(cast.program, make_criterion("2.1", 2), 2)
    one, two, three = first.criterion.indicators.all()
    four, _five = second.criterion.indicators.all()
    levels: dict[Any, tuple[int, int | str]] = {
        one: (0, 2),
        two: (2, 1),
        three: (1, "?"),
        four: (3, 3),
    }
    for adopted, indicator in ((first, one), (first, two), (first, three), (second, four)):
        before, after = levels[indicator]
        assess(adopted, indicator, Moment.BASELINE, expert=before)
        assess(adopted, indicator, Moment.FINAL, expert=after, statement=f"Šumava {after}")

    def found(**query: str) -> list[str]:
        lines = reader_client.get(LIST, query).context["lines"]
        return [
            line.row.indicator.name.removeprefix("Ukazatel ").removesuffix(".") for line in lines
        ]

    assert found(criterion=str(second.pk)) == ["2.1 číslo 1", "2.1 číslo 2"]
    assert found(state="2") == ["1.1 číslo 1"]
    assert found(state="cannot_judge") == ["1.1 číslo 3"]
    assert found(state="not_rated") == ["2.1 číslo 2"]
    assert found(shift="much_better") == ["1.1 číslo 1"]
    assert found(shift="worse") == ["1.1 číslo 2"]
    assert found(shift="same") == ["2.1 číslo 1"]
    assert found(shift="undetermined") == ["1.1 číslo 3"]
    assert found(shift="not_rated") == ["2.1 číslo 2"]
    assert found(text="SUMAVA 3") == ["2.1 číslo 1"]
    assert found(text="cislo 2") == ["1.1 číslo 2", "2.1 číslo 2"]
    assert found(text="sumava", shift="worse", criterion=str(first.pk)) == ["1.1 číslo 2"]


def test_filter_does_not_search_hidden_statements(cast: Cast, reader_client: Client) -> None:
    adopted = adopt(cast.program, make_criterion())
    assess(
        adopted,
        adopted.criterion.indicators.get(),
        Moment.FINAL,
        statement="Tajné.",
        expert=3,
        visibility=Visibility.TEAM,
    )

    for query in ({"text": "tajné"}, {"state": "3"}):
        assert list(reader_client.get(LIST, query).context["lines"]) == []


def test_criterion_of_another_program_in_filter_finds_nothing(
    cast: Cast, adopted: AdoptedCriterion, reader_client: Client
) -> None:
    foreign = adopt(cast.strange_program, make_criterion())

    response = reader_client.get(LIST, {"criterion": str(foreign.pk)})

    assert response.status_code == 200
    assert response.context["filter"].form.errors


def test_unjustified_worsening_is_pointed_out(
    adopted: AdoptedCriterion, reader_client: Client
) -> None:
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=3)
    assess(adopted, indicator, Moment.FINAL, expert=1)

    page = reader_client.get(LIST).content.decode()

    assert "zhoršení zatím není zdůvodněno" in page


def test_history_shows_old_and_new_level(
    cast: Cast, adopted: AdoptedCriterion, address: str, expert_client: Client
) -> None:
    assess_both(adopted)
    edit(expert_client, address, final__expert__verdict="4")

    page = expert_client.get(address.replace("upravit", "historie")).content.decode()

    assert "Závěrečné vyhodnocení – Expert" in page
    assert "Naplněno formálně" in page
    assert "Plně naplněno" in page
    assert str(cast.expert) in page


def test_program_without_criteria_teaches(cast: Cast, expert_client: Client) -> None:
    page = expert_client.get(LIST).content.decode()

    assert "Program zatím nepřevzal žádná kritéria." in page


def test_overview_counts_shifts_and_never_averages(
    adopted: AdoptedCriterion, reader_client: Client
) -> None:
    assess_both(adopted)

    response = reader_client.get("/programy/nas/")

    assert [(shift.label, count) for shift, count in response.context["shifts"]] == [
        ("beze změny", 1)
    ]
    assert response.context["not_rated"] == 0


def test_overview_counts_no_goal_that_only_gathers_others(
    cast: Cast, reader_client: Client
) -> None:
    make_goal(cast.program, "")
    gathering = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.1.1", parent=gathering, fulfilment="partly")

    context = reader_client.get("/programy/nas/").context

    goals = context["parts"][0]
    assert (goals.done, goals.total) == (1, 1)
    assert (context["goal_count"], context["goals_not_assessed"]) == (1, 0)
    make_goal(cast.program, "1.2")
    context = reader_client.get("/programy/nas/").context
    assert (context["parts"][0].done, context["parts"][0].total) == (1, 2)
    assert (context["goal_count"], context["goals_not_assessed"]) == (2, 1)
