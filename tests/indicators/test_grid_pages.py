"""Levels set by a key, several at once, statements in place, and corrections of a baseline."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Role, Visibility
from accounts.writing import new_key
from indicators.actions import (
    AssessmentConflict,
    DayTaken,
    Edit,
    RatingConflict,
    ReasonMissing,
    assess_indicator,
    delete_interim,
    rate_indicators,
)
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    BaselineCorrection,
    Indicator,
    Moment,
    Rater,
    Rating,
)
from indicators.rows import rows_of
from programs.models import ProgramState
from tests.builders import (
    adopt,
    assess,
    make_correction,
    make_criterion,
    make_recommendation,
    make_source,
    rate,
)
from tests.conftest import Cast, client_of
from tests.forms import sent, sent_editor

LIST = "/programy/nas/ukazatele/"
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{LIST}"}
REASON = "Doplněna data odboru."


@pytest.fixture
def adopted(cast: Cast) -> AdoptedCriterion:
    return adopt(cast.program, make_criterion(indicator_count=2))


@pytest.fixture
def indicator(adopted: AdoptedCriterion) -> Indicator:
    found: Indicator = adopted.criterion.indicators.order_by("position")[0]
    return found


@pytest.fixture
def running(cast: Cast) -> None:
    cast.program.state = ProgramState.RUNNING
    save_record(cast.program, by=None)


def set_level(client: Client, indicator: Indicator, **fields: Any) -> Any:
    address = reverse("indicators:indicator_rate", args=["nas", indicator.pk])
    values = {
        "moment": "final",
        "rater": "expert",
        "verdict": "3",
        "opened_version": 0,
        **fields,
    }
    return client.post(address, values, headers=HTMX)


# --- one level ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "level", "cannot_judge"),
    [("0", 0, False), ("4", 4, False), ("cannot_judge", None, True), ("", None, False)],
)
def test_key_sets_the_level_and_answers_with_row_and_chart(
    adopted: AdoptedCriterion,
    indicator: Indicator,
    expert_client: Client,
    verdict: str,
    level: int | None,
    cannot_judge: bool,
) -> None:
    response = set_level(expert_client, indicator, verdict=verdict)

    rating = Rating.objects.get()
    page = response.content.decode()
    assert (rating.level, rating.cannot_judge) == (level, cannot_judge)
    assert rating.assessment.moment == Moment.FINAL
    assert f'id="ukazatel-{indicator.pk}"' in page
    assert f'id="graf-{adopted.pk}"' in page
    assert 'data-version="1"' in page


@pytest.mark.parametrize(
    ("role", "rater", "allowed"),
    [
        (Role.EXPERT, "expert", True),
        (Role.EXPERT, "town", False),
        (Role.TOWN, "town", True),
        (Role.TOWN, "expert", False),
        (Role.CONSULTANT, "expert", False),
        (Role.METHODOLOGIST, "expert", False),
        (Role.READER, "town", False),
    ],
)
def test_each_role_sets_its_own_level_only(
    cast: Cast, indicator: Indicator, role: Role, rater: str, allowed: bool
) -> None:
    response = set_level(client_of(cast.member(role)), indicator, rater=rater)

    assert response.status_code == (200 if allowed else 403)
    assert Rating.objects.exists() == allowed


def test_level_of_a_foreign_program_not_found(
    cast: Cast, indicator: Indicator, stranger_client: Client, expert_client: Client
) -> None:
    foreign = adopt(cast.strange_program, make_criterion()).criterion.indicators.get()

    assert set_level(stranger_client, indicator).status_code == 404
    assert set_level(expert_client, foreign).status_code == 404
    assert not Rating.objects.exists()


def test_hidden_moment_is_not_set_by_town(
    adopted: AdoptedCriterion, indicator: Indicator, town_client: Client
) -> None:
    assess(adopted, indicator, Moment.FINAL, visibility=Visibility.TEAM)

    response = set_level(town_client, indicator, rater="town")

    assert response.status_code == 403
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"verdict": "5"}, {"moment": "interim"}, {"rater": "king"}, {"opened_version": "-1"}]
)
def test_forged_level_refused(
    indicator: Indicator, expert_client: Client, bad: dict[str, str]
) -> None:
    assert set_level(expert_client, indicator, **bad).status_code == 400
    assert not Rating.objects.exists()


def test_level_sent_twice_with_one_key_is_saved_once(
    cast: Cast, indicator: Indicator, expert_client: Client
) -> None:
    key = new_key(cast.expert)

    answers = [set_level(expert_client, indicator, form_key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Rating.objects.get().version == 1


def test_another_level_after_a_lost_answer_is_no_conflict_with_oneself(
    cast: Cast, indicator: Indicator, expert_client: Client
) -> None:
    key = new_key(cast.expert)
    set_level(expert_client, indicator, form_key=key, verdict="2")

    response = set_level(expert_client, indicator, form_key=key, verdict="4")

    assert response.status_code == 200
    assert Rating.objects.get().level == 4


def test_level_of_another_is_not_overwritten_unseen(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assessment = assess(adopted, indicator, Moment.FINAL)
    rating = rate(assessment, Rater.EXPERT, 1)
    save_record(rating, by=cast.consultant)

    response = set_level(expert_client, indicator, verdict="4", opened_version=1)

    question = response.context["line"].question
    assert response.status_code == 409
    assert (question.verdict, question.saved.level) == ("4", 1)
    assert question.saved_by == str(cast.consultant)
    assert Rating.objects.get().level == 1


# --- corrections of the baseline ------------------------------------------------------------


@pytest.mark.usefixtures("running")
def test_settled_level_needs_a_reason_and_keeps_what_it_was(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.BASELINE, expert=1)
    change = {"moment": "baseline", "verdict": "2", "opened_version": 1}

    first = set_level(expert_client, indicator, **change)
    empty = set_level(expert_client, indicator, **change, reason="  ")
    assert (first.status_code, empty.status_code) == (422, 422)
    assert "Uveďte, proč se výchozí stav zpřesňuje." in empty.content.decode()
    assert Rating.objects.get().level == 1

    saved = set_level(expert_client, indicator, **change, reason=REASON)

    kept = BaselineCorrection.objects.get()
    assert saved.status_code == 200
    assert (kept.rater, kept.old_level, kept.reason) == (Rater.EXPERT, 1, REASON)
    assert REASON in saved.content.decode()
    assert Rating.objects.get().level == 2


@pytest.mark.usefixtures("running")
def test_empty_baseline_is_filled_in_without_a_reason(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.BASELINE)

    response = set_level(expert_client, indicator, moment="baseline")

    assert response.status_code == 200
    assert not BaselineCorrection.objects.exists()


def test_baseline_is_free_while_the_program_is_prepared(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.BASELINE, expert=1)

    response = set_level(expert_client, indicator, moment="baseline", opened_version=1)

    assert response.status_code == 200
    assert not BaselineCorrection.objects.exists()


@pytest.mark.usefixtures("running")
def test_editor_asks_for_the_reason_at_the_field(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.BASELINE, statement="Původně.", expert=1)
    address = reverse("indicators:indicator_edit", args=["nas", indicator.pk])
    editor = expert_client.get(address).context["editor"]
    changes = {"baseline__statement": "Nově.", "baseline__expert__verdict": "3"}

    refused = expert_client.post(address, sent_editor(editor, **changes))

    parts = refused.context["editor"].parts
    assert refused.status_code == 422
    for key in (("baseline", ""), ("baseline", "expert")):
        assert list(parts[key].form.errors) == ["correction_reason"]
    assert "Nově." in refused.content.decode()

    reasons = {
        "baseline__correction_reason": REASON,
        "baseline__expert__correction_reason": REASON,
    }
    expert_client.post(address, sent_editor(editor, **changes, **reasons))

    assert Assessment.objects.get().statement == "Nově."
    assert {kept.rater: kept.old_statement for kept in BaselineCorrection.objects.all()} == {
        "": "Původně.",
        "expert": "",
    }


@pytest.mark.usefixtures("running")
def test_action_refuses_a_correction_without_reason_whatever_the_form(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assessment = assess(adopted, indicator, Moment.BASELINE, statement="Původně.")
    assessment.statement = "Nově."
    key = (Moment.BASELINE.value, "")

    with pytest.raises(ReasonMissing) as refused:
        assess_indicator(adopted=adopted, edits={key: Edit(assessment, 1)}, by=cast.expert)

    assert refused.value.keys == [key]
    assert Assessment.objects.get().statement == "Původně."


@pytest.mark.usefixtures("running")
def test_restoring_an_old_baseline_is_no_way_around_the_reason(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assessment = assess(adopted, indicator, Moment.BASELINE, statement="Starší.")
    first: Any = assessment.history.get()
    assessment.statement = "Platná."
    save_record(assessment, by=None)

    address = reverse("programs:version_restore", args=["nas", "assessment", first.history_id])
    expert_client.post(address)

    assert Assessment.objects.get().statement == "Platná."


def test_correction_of_a_hidden_text_stays_hidden_once_a_later_one_is_published(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assessment = assess(
        adopted, indicator, Moment.BASELINE, statement="Veřejně.", visibility=Visibility.TEAM
    )
    make_correction(assessment, old_statement="TAJNÉ", reason="TAJNÉ")
    assessment.visibility = Visibility.PUBLIC
    save_record(assessment, by=None)
    shown = make_correction(assessment, old_statement="Veřejně.")

    (public,) = rows_of(cast.program, {Visibility.PUBLIC}, [indicator])
    (team,) = rows_of(cast.program, set(Visibility), [indicator])

    assert public.corrections == [shown]
    assert len(team.corrections) == 2


# --- several rows ---------------------------------------------------------------------------


def set_all(client: Client, headers: Any = None, **fields: Any) -> Any:
    ticks = [line.tick for line in client.get(LIST).context["lines"]]
    values = {"ticked": ticks, "moment": "final", "verdict": "2", **fields}
    return client.post(reverse("indicators:indicators_rate", args=["nas"]), values, headers=headers)


@pytest.mark.usefixtures("adopted")
def test_ticked_rows_get_the_level_and_the_filter_stays(town_client: Client) -> None:
    response = set_all(town_client, next=f"{LIST}?sort=final")

    assert response["Location"] == f"{LIST}?sort=final"
    assert [rating.level for rating in Rating.objects.all()] == [2, 2]
    assert {rating.rater for rating in Rating.objects.all()} == {Rater.TOWN}


def test_overwriting_is_asked_about_first(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.FINAL, expert=4)

    asked = set_all(expert_client)

    assert asked.status_code == 200
    assert [line.row.indicator for line, _cell in asked.context["overwritten"]] == [indicator]
    assert [rating.level for rating in Rating.objects.all()] == [4]

    set_all(expert_client, confirmed="1")
    assert sorted(rating.level for rating in Rating.objects.all()) == [2, 2]  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ticked": []}, "Nejdříve zaškrtněte řádky."),
        ({"verdict": "unchosen"}, "Zvolte úroveň, která se má nastavit."),
        ({"ticked": ["1.x.0"]}, "Výběr řádků přišel poškozený; otevřete seznam znovu."),
    ],
)
@pytest.mark.usefixtures("adopted")
def test_incomplete_bulk_change_says_what_is_missing(
    expert_client: Client, fields: dict[str, Any], message: str
) -> None:
    response = set_all(expert_client, **fields)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Rating.objects.exists()


def test_bulk_change_of_what_another_rated_meanwhile_saves_nothing(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    ticks = [line.tick for line in expert_client.get(LIST).context["lines"]]
    assess(adopted, indicator, Moment.FINAL, expert=4)
    values = {"ticked": ticks, "moment": "final", "verdict": "2", "confirmed": "1"}
    address = reverse("indicators:indicators_rate", args=["nas"])

    response = expert_client.post(address, values)

    assert response.status_code == 409
    assert [line.row.indicator for line in response.context["conflicts"]] == [indicator]
    assert [rating.level for rating in Rating.objects.all()] == [4]

    fresh = [line.tick for line in response.context["lines"]]
    expert_client.post(address, {**values, "ticked": fresh})
    assert [rating.level for rating in Rating.objects.all()] == [2, 2]


@pytest.mark.usefixtures("running")
def test_bulk_correction_of_the_baseline_needs_one_reason(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.BASELINE, expert=4)

    refused = set_all(expert_client, moment="baseline", confirmed="1")
    assert refused.status_code == 422
    assert [rating.level for rating in Rating.objects.all()] == [4]

    set_all(expert_client, moment="baseline", confirmed="1", reason=REASON)
    assert [rating.level for rating in Rating.objects.all()] == [2, 2]
    assert BaselineCorrection.objects.get().reason == REASON


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.METHODOLOGIST, Role.READER])
@pytest.mark.usefixtures("adopted")
def test_bulk_change_refused_to_who_does_not_rate(cast: Cast, role: Role) -> None:
    assert set_all(client_of(cast.member(role)), ticked=[]).status_code == 403


def test_indicators_of_another_program_not_rated(cast: Cast, expert_client: Client) -> None:
    foreign = adopt(cast.strange_program, make_criterion()).criterion.indicators.get()

    response = set_all(expert_client, ticked=[f"{foreign.pk}.0.0"])

    assert response.status_code == 404
    assert not Rating.objects.exists()


def test_one_conflict_leaves_every_rating_as_it_was(cast: Cast, adopted: AdoptedCriterion) -> None:
    edits = []
    for indicator in adopted.criterion.indicators.all():
        rating = rate(assess(adopted, indicator, Moment.FINAL), Rater.EXPERT, 1)
        rating.level = 3
        edits.append(Edit(rating, 1))
    save_record(Rating.objects.get(pk=edits[0].record.pk), by=cast.consultant)

    with pytest.raises(RatingConflict):
        rate_indicators(program=cast.program, edits=edits, by=cast.expert)

    assert {rating.level for rating in Rating.objects.all()} == {1}


# --- statements in place --------------------------------------------------------------------


def statement_address(indicator: Indicator, when: str = "zaver") -> str:
    return reverse("indicators:statement_edit", args=["nas", indicator.pk, when])


def test_statement_saved_in_its_place(indicator: Indicator, expert_client: Client) -> None:
    address = statement_address(indicator)
    form = expert_client.get(address, headers=HTMX).context["form"]

    response = expert_client.post(address, sent(form, statement="Po."), headers=HTMX)

    assert response.content.decode().strip().startswith("<tbody")
    assert Assessment.objects.get(moment=Moment.FINAL).statement == "Po."


def test_statement_of_another_is_shown_beside_mine(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    final = assess(adopted, indicator, Moment.FINAL, statement="Před.")
    address = statement_address(indicator)
    form = expert_client.get(address, headers=HTMX).context["form"]
    final.statement = "Konzultant."
    save_record(final, by=cast.consultant)

    response = expert_client.post(address, sent(form, statement="Moje."), headers=HTMX)

    (difference,) = response.context["conflict"].differences
    assert response.status_code == 409
    assert (difference.theirs, difference.mine) == ("Konzultant.", "Moje.")


def test_statement_rights_and_addresses(
    indicator: Indicator, town_client: Client, stranger_client: Client, expert_client: Client
) -> None:
    assert town_client.get(statement_address(indicator), headers=HTMX).status_code == 403
    assert town_client.get(statement_address(indicator, "vychozi"), headers=HTMX).status_code == 200
    assert stranger_client.get(statement_address(indicator)).status_code == 404
    assert expert_client.get(statement_address(indicator, "potom")).status_code == 404
    plain = expert_client.get(statement_address(indicator))
    assert plain["Location"] == reverse("indicators:indicator_edit", args=["nas", indicator.pk])


# --- interim states -------------------------------------------------------------------------


def add_interim(client: Client, indicator: Indicator, **changes: Any) -> Any:
    address = reverse("indicators:interim_add", args=["nas", indicator.pk])
    shown = client.get(address)
    fields = {f"interim-new-{name}".replace("-", "__"): value for name, value in changes.items()}
    return client.post(address, sent_editor(shown.context["editor"], **fields))


def test_interim_states_added_edited_shown_and_deleted(
    cast: Cast, indicator: Indicator, expert_client: Client
) -> None:
    for day, level in (("2024-03-01", "2"), ("2024-01-01", "1")):
        add_interim(
            expert_client, indicator, as_of=day, statement=f"Stav {day}.", expert__verdict=level
        )

    page = expert_client.get(LIST).content.decode()
    assert page.index("Stav 2024-01-01.") < page.index("Stav 2024-03-01.")
    early, late = Assessment.objects.filter(moment=Moment.INTERIM).order_by("as_of")
    assert (early.as_of, early.ratings.get().level) == (date(2024, 1, 1), 1)

    address = reverse("indicators:indicator_edit", args=["nas", indicator.pk])
    editor = expert_client.get(address).context["editor"]
    changed = {f"interim__{late.pk}__statement": "Opraveno."}
    expert_client.post(address, sent_editor(editor, **changed))
    late.refresh_from_db()
    assert late.statement == "Opraveno."

    gone = reverse("indicators:interim_delete", args=["nas", late.pk])
    assert "Smazat průběžný stav?" in expert_client.get(gone).content.decode()
    expert_client.post(gone)
    assert list(Assessment.objects.filter(moment=Moment.INTERIM)) == [early]


def test_second_interim_state_of_one_day_refused_at_the_date(
    adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, 3, 1))

    taken = add_interim(expert_client, indicator, as_of="2024-03-01", statement="Psáno.")
    undated = add_interim(expert_client, indicator, statement="Psáno.")

    for refused in (taken, undated):
        (form,) = (part.form for key, part in refused.context["editor"].parts.items() if not key[1])
        assert refused.status_code == 422
        assert list(form.errors) == ["as_of"]
        assert "Psáno." in refused.content.decode()
    assert Assessment.objects.count() == 1


def test_action_refuses_two_interim_states_of_one_day(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    day = date(2024, 3, 1)
    assess(adopted, indicator, Moment.INTERIM, as_of=day)
    new = Assessment(adopted=adopted, indicator=indicator, moment=Moment.INTERIM, as_of=day)

    with pytest.raises(DayTaken):
        assess_indicator(adopted=adopted, edits={("new", ""): Edit(new, 0)}, by=cast.expert)


def test_only_interim_states_are_ever_deleted(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, expert_client: Client
) -> None:
    final = assess(adopted, indicator, Moment.FINAL)

    with pytest.raises(ValueError, match="interim"):
        delete_interim(assessment=final, by=cast.expert)
    address = reverse("indicators:interim_delete", args=["nas", final.pk])
    assert expert_client.post(address).status_code == 404


def test_interim_of_another_program_and_role_refused(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, town_client: Client
) -> None:
    interim = assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, 3, 1))
    address = reverse("indicators:interim_delete", args=["nas", interim.pk])

    assert town_client.post(address).status_code == 403
    assert client_of(cast.stranger).post(address).status_code == 404
    assert Assessment.objects.filter(pk=interim.pk).exists()


# --- the list and the detail ----------------------------------------------------------------


def listed(client: Client, **query: str) -> list[int]:
    return [line.row.indicator.position for line in client.get(LIST, query).context["lines"]]


def test_ready_views_with_counts(cast: Cast, expert_client: Client, town_client: Client) -> None:
    adopted = adopt(cast.program, make_criterion(indicator_count=4))
    whole, worse, different, empty = adopted.criterion.indicators.order_by("position")
    for indicator, before, after, town in (
        (whole, 1, 2, 2),
        (worse, 3, 1, 1),
        (different, 1, "?", 4),
    ):
        baseline = assess(adopted, indicator, Moment.BASELINE, expert=before, statement="Před.")
        rate(baseline, Rater.TOWN, before)
        assess(adopted, indicator, Moment.FINAL, expert=after, town=town, statement="Po.")

    assert listed(expert_client, view="missing") == [empty.position]
    assert listed(town_client, view="missing") == [empty.position]
    assert listed(expert_client, view="different") == [different.position]
    assert listed(expert_client, view="worse") == [worse.position]
    counts = {name: count for name, _l, count in expert_client.get(LIST).context["views"]}
    assert counts == {"missing": 1, "different": 1, "worse": 1}


def test_reader_has_nothing_to_fill_in(adopted: AdoptedCriterion, reader_client: Client) -> None:
    views = [name for name, _label, _count in reader_client.get(LIST).context["views"]]

    assert views == ["different", "worse"]
    assert listed(reader_client, view="missing") == []


def test_hidden_moment_is_not_missing_from_the_town(
    adopted: AdoptedCriterion, indicator: Indicator, town_client: Client
) -> None:
    for moment in (Moment.BASELINE, Moment.FINAL):
        assess(adopted, indicator, moment, visibility=Visibility.TEAM)

    assert listed(town_client, view="missing") == [2]


def test_orders(cast: Cast, expert_client: Client) -> None:
    adopted = adopt(cast.program, make_criterion(indicator_count=3))
    one, two, three = adopted.criterion.indicators.order_by("position")
    for indicator, before, after in ((one, 2, 4), (two, 3, 1), (three, 0, 2)):
        assess(adopted, indicator, Moment.BASELINE, expert=before)
        assess(adopted, indicator, Moment.FINAL, expert=after)
    save_record(Rating.objects.get(assessment__indicator=two, level=3), by=None)

    assert listed(expert_client) == [1, 2, 3]
    assert listed(expert_client, sort="baseline") == [3, 1, 2]
    assert listed(expert_client, sort="final") == [2, 3, 1]
    assert listed(expert_client, sort="shift") == [2, 1, 3]
    assert listed(expert_client, sort="changed")[0] == 2
    assert listed(expert_client, sort="nonsense") == [1, 2, 3]


def test_disagreement_said_in_words(
    adopted: AdoptedCriterion, indicator: Indicator, reader_client: Client
) -> None:
    assess(adopted, indicator, Moment.FINAL, expert=1, town=3)

    page = " ".join(reader_client.get(LIST).content.decode().split())

    assert "neshoda hodnocení</span> o 2 úrovně" in page


def test_chart_of_the_town_on_wish(
    adopted: AdoptedCriterion, indicator: Indicator, reader_client: Client
) -> None:
    for moment, town in ((Moment.BASELINE, 0), (Moment.FINAL, 4)):
        assess(adopted, indicator, moment, town=town)

    (expert,) = reader_client.get(LIST).context["charts"]
    (town,) = reader_client.get(LIST, {"chart": "town"}).context["charts"]

    assert [bool(bar.arrow) for bar in expert.drawings[0].bars] == [False, False]
    assert [bool(bar.arrow) for bar in town.drawings[0].bars] == [True, False]
    assert list(reader_client.get(LIST, {"chart": "none"}).context["charts"]) == []


def test_detail_shows_everything_and_leads_on(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, reader_client: Client
) -> None:
    baseline = assess(adopted, indicator, Moment.BASELINE, statement="Na začátku.", expert=1)
    source = make_source(cast.program, 1, name="Zpráva odboru")
    hidden = make_source(cast.program, 2, name="TAJNÝ", visibility=Visibility.TEAM)
    save_record(baseline, by=None, links={"sources": [source, hidden]})
    make_correction(baseline, reason=REASON)
    recommendation = make_recommendation(cast.program, 1, title="Zřídit skupinu")
    recommendation.indicator_links.create(indicator=indicator)
    secret = make_recommendation(cast.program, 2, title="TAJNÉ", visibility=Visibility.TEAM)
    secret.indicator_links.create(indicator=indicator)

    response = reader_client.get(reverse("indicators:indicator_detail", args=["nas", indicator.pk]))

    page = response.content.decode()
    for text in ("Na začátku.", "Zpráva odboru", REASON, "Zřídit skupinu", "Ukazatel 1 z 2"):
        assert text in page
    assert "TAJN" not in page
    assert response.context["previous"] is None
    assert response.context["following"].position == 2


def test_detail_takes_the_same_queries_however_many_indicators(
    cast: Cast, reader_client: Client
) -> None:
    counts = []
    for position, size in enumerate((1, 30), start=1):
        adopted = adopt(cast.program, make_criterion(f"{position}.1", size), position)
        for indicator in adopted.criterion.indicators.all():
            make_correction(assess(adopted, indicator, Moment.BASELINE, expert=1))
        address = reverse("indicators:indicator_detail", args=["nas", indicator.pk])
        reader_client.get(address)
        with CaptureQueriesContext(connection) as captured:
            reader_client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_sources_linked_in_the_editor_and_hidden_ones_kept(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator, town_client: Client
) -> None:
    baseline = assess(adopted, indicator, Moment.BASELINE, statement="Na začátku.")
    offered = make_source(cast.program, 1, name="Zpráva odboru")
    hidden = make_source(cast.program, 2, name="TAJNÝ", visibility=Visibility.TEAM)
    save_record(baseline, by=None, links={"sources": [hidden]})
    address = reverse("indicators:indicator_edit", args=["nas", indicator.pk])
    shown = town_client.get(address)

    town_client.post(address, sent_editor(shown.context["editor"], baseline__sources=[offered.pk]))

    assert "TAJNÝ" not in shown.content.decode()
    assert set(baseline.sources.all()) == {offered, hidden}


def test_conflict_of_key_and_editor_is_told(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    rating = rate(assess(adopted, indicator, Moment.FINAL), Rater.EXPERT, 1)
    save_record(Rating.objects.get(), by=cast.consultant)
    rating.level = 4

    with pytest.raises(AssessmentConflict):
        assess_indicator(
            adopted=adopted, edits={("final", "expert"): Edit(rating, 1)}, by=cast.expert
        )
