from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import delete_record, save_record
from accounts.roles import Role, Visibility
from indicators.models import IndicatorRecommendation, Moment
from programs.models import Output, Recommendation
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_criterion,
    make_evidence,
    make_goal,
    make_member,
    make_phase,
    make_recommendation,
    make_target_group,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/doporuceni/"
ADD = "/programy/nas/doporuceni/nove/"


def at(noun: str, recommendation: Recommendation) -> str:
    return reverse(f"indicators:recommendation_{noun}", args=["nas", recommendation.pk])


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_recommendation_added_with_everything_it_concerns(
    cast: Cast, expert_client: Client
) -> None:
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    group = make_target_group(cast.program)
    activity = make_activity(make_phase(cast.program))
    criterion = make_criterion(indicator_count=2)
    adopt(cast.program, criterion)
    first, second = criterion.indicators.all()

    send(
        expert_client,
        ADD,
        finding="Děti nemají kam jít.",
        conclusion="Chybí zázemí.",
        title="Otevřít klub pro starší děti",
        text="Město otevře klub.",
        priority="high",
        due_on="2025-06-30",
        responsible=cast.consultant.pk,
        addressees=[actor.pk],
        goals=[goal.pk],
        target_groups=[group.pk],
        indicators=[first.pk, second.pk],
        activity=activity.pk,
    )

    saved = Recommendation.objects.get()
    assert (saved.position, saved.version, saved.priority) == (1, 1, "high")
    assert (saved.responsible, saved.activity) == (cast.consultant, activity)
    assert [*saved.goals.all(), *saved.addressees.all(), *saved.target_groups.all()] == [
        goal,
        actor,
        group,
    ]
    assert {link.indicator for link in saved.indicator_links.all()} == {first, second}


def test_links_to_indicators_change_with_the_recommendation(
    cast: Cast, expert_client: Client
) -> None:
    criterion = make_criterion(indicator_count=2)
    adopt(cast.program, criterion)
    first, second = criterion.indicators.all()
    left_over = make_criterion("9.9").indicators.get()
    recommendation = make_recommendation(cast.program)
    for indicator in (first, left_over):
        link = IndicatorRecommendation(recommendation=recommendation, indicator=indicator)
        save_record(link, by=None)

    send(expert_client, at("edit", recommendation), indicators=[second.pk])

    linked = {link.indicator for link in recommendation.indicator_links.all()}
    assert linked == {second, left_over}
    assert IndicatorRecommendation.history.filter(history_type="-").get().indicator == first


def test_bad_recommendation_told_next_to_its_field(cast: Cast, expert_client: Client) -> None:
    response = send(expert_client, ADD, title="", finding="Pečlivě popsané.", due_on="31. 2. 2025")

    assert response.status_code == 422
    assert errors_of(response) == {
        "title": ["Napište jednou větou, co se doporučuje."],
        "due_on": ["Zadejte platné datum."],
    }
    assert "Pečlivě popsané." in response.content.decode()
    assert "31. 2. 2025" in response.content.decode()


def test_records_of_another_program_not_taken(cast: Cast, expert_client: Client) -> None:
    foreign = cast.strange_program
    strange_criterion = make_criterion()
    adopt(foreign, strange_criterion)

    response = send(
        expert_client,
        ADD,
        title="Doporučení",
        goals=[make_goal(foreign).pk],
        addressees=[make_actor(foreign).pk],
        target_groups=[make_target_group(foreign).pk],
        indicators=[strange_criterion.indicators.get().pk],
        activity=make_activity(make_phase(foreign)).pk,
        responsible=cast.stranger.pk,
    )

    assert set(errors_of(response)) == {
        "goals",
        "addressees",
        "target_groups",
        "indicators",
        "activity",
        "responsible",
    }
    assert not Recommendation.objects.exists()


def test_responsible_person_who_left_stays_chosen(cast: Cast, expert_client: Client) -> None:
    recommendation = make_recommendation(cast.program, responsible=cast.consultant)
    cast.consultant.memberships.get().delete()

    send(expert_client, at("edit", recommendation), priority="low")

    recommendation.refresh_from_db()
    assert (recommendation.responsible, recommendation.priority) == (cast.consultant, "low")


def test_town_does_not_change_what_is_recommended(cast: Cast, town_client: Client) -> None:
    recommendation = make_recommendation(cast.program, title="Původní")

    answers = [
        town_client.post(at(noun, recommendation), {"title": "Jiné", "opened_version": 1})
        for noun in ("edit", "delete", "move")
    ]
    sneaked = sent(form_of(town_client, at("respond", recommendation)), response="accepted")
    town_client.post(at("respond", recommendation), {**sneaked, "title": "Jiné"})

    recommendation.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (recommendation.title, recommendation.response) == ("Původní", "accepted")


def test_town_responds(cast: Cast, town_client: Client) -> None:
    goal = make_goal(cast.program)
    recommendation = make_recommendation(cast.program, goals=[goal])

    answer = send(
        town_client,
        at("respond", recommendation),
        response="partly",
        response_reason="Na celý úvazek nejsou peníze.",
        next_step="Rada projedná poloviční úvazek.",
    )

    saved = Recommendation.objects.get()
    assert answer["Location"] == at("detail", recommendation) + "#vyjadreni"
    assert (saved.response, saved.responded_on) == ("partly", timezone.localdate())
    assert saved.next_step == "Rada projedná poloviční úvazek."
    assert list(saved.goals.all()) == [goal]
    page = page_of(town_client, at("detail", recommendation))
    assert "přijato částečně" in page
    assert "Na celý úvazek nejsou peníze." in page


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"response": "rejected"},
            "response_reason",
            "Uveďte, proč obec doporučení nepřijímá celé.",
        ),
        ({"response": "partly"}, "response_reason", "Uveďte, proč obec doporučení nepřijímá celé."),
        (
            {"response": "", "response_reason": "Protože."},
            "response",
            "Vyberte vyjádření, ke kterému důvod patří.",
        ),
        (
            {"response": "accepted", "responded_on": timezone.localdate() + timedelta(days=2)},
            "responded_on",
            "Tento den teprve přijde; zkontrolujte datum.",
        ),
        (
            {"response": "accepted", "responded_on": ""},
            "responded_on",
            "Zadejte datum vyjádření.",
        ),
        (
            {"response": "maybe"},
            "response",
            'Vyberte platnou možnost, "maybe" není k dispozici.',
        ),
    ],
)
def test_bad_response_told_next_to_its_field(
    cast: Cast, town_client: Client, typed: dict[str, Any], field: str, message: str
) -> None:
    recommendation = make_recommendation(cast.program)

    response = send(
        town_client, at("respond", recommendation), **{"next_step": "Další krok.", **typed}
    )

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Další krok." in response.content.decode()
    assert Recommendation.objects.get().version == 1


def test_response_taken_back(cast: Cast, town_client: Client) -> None:
    recommendation = make_recommendation(
        cast.program, response="accepted", responded_on=date(2024, 5, 1)
    )

    send(town_client, at("respond", recommendation), response="")

    recommendation.refresh_from_db()
    assert (recommendation.response, recommendation.responded_on) == ("", None)


def test_what_became_of_it_noted(cast: Cast, expert_client: Client) -> None:
    recommendation = make_recommendation(cast.program, due_on=date(2024, 1, 1))

    send(
        expert_client,
        at("follow_up", recommendation),
        follow_up="done",
        follow_up_note="Klub je otevřen.",
    )

    page = page_of(expert_client, at("detail", recommendation))
    assert "Klub je otevřen." in page
    assert "po termínu" not in page


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"follow_up": "", "follow_up_note": "Klub je otevřen."},
            "follow_up",
            "Vyberte stav, ke kterému poznámka patří.",
        ),
        (
            {"follow_up": "done", "followed_up_on": ""},
            "followed_up_on",
            "Zadejte den, ke kterému to platí.",
        ),
    ],
)
def test_bad_state_told_next_to_its_field(
    cast: Cast, expert_client: Client, typed: dict[str, Any], field: str, message: str
) -> None:
    recommendation = make_recommendation(cast.program)

    response = send(expert_client, at("follow_up", recommendation), **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}


def test_response_sent_while_the_text_was_changed_keeps_both(
    cast: Cast, town_client: Client
) -> None:
    recommendation = make_recommendation(cast.program)
    opened = form_of(town_client, at("respond", recommendation))
    recommendation.text = "Nový text."
    save_record(recommendation, by=cast.expert)

    refused = town_client.post(at("respond", recommendation), sent(opened, response="accepted"))
    town_client.post(at("respond", recommendation), sent(refused.context["form"]))

    saved = Recommendation.objects.get()
    assert refused.status_code == 409
    assert (saved.text, saved.response) == ("Nový text.", "accepted")


def test_two_editing_one_recommendation_see_both_versions(
    cast: Cast, expert_client: Client
) -> None:
    criterion = make_criterion()
    adopt(cast.program, criterion)
    recommendation = make_recommendation(cast.program)
    opened = form_of(expert_client, at("edit", recommendation))
    recommendation.title = "Název konzultanta"
    save_record(recommendation, by=cast.consultant)

    response = expert_client.post(
        at("edit", recommendation),
        sent(opened, title="Můj název", indicators=[criterion.indicators.get().pk]),
    )

    told = [(found.theirs, found.mine) for found in response.context["conflict"].differences]
    assert response.status_code == 409
    assert ("Název konzultanta", "Můj název") in told
    assert Recommendation.objects.get().title == "Název konzultanta"
    assert not IndicatorRecommendation.objects.exists()


def test_detail_shows_the_chain_and_what_is_missing_in_it(
    cast: Cast, reader_client: Client
) -> None:
    recommendation = make_recommendation(
        cast.program, finding="Děti **nemají** kam jít.", title="Otevřít klub"
    )

    page = page_of(reader_client, at("detail", recommendation))

    parts = ("Děti <strong>nemají</strong> kam jít.", "Závěr zatím není popsán.", "Otevřít klub")
    assert [part in page for part in parts] == [True, True, True]
    places = [page.index(f'chain__title">{title}') for title in ("Zjištění", "Závěr", "Doporučení")]
    assert places == sorted(places)
    assert "Vyjádřit se za obec" not in page
    assert "Upravit doporučení" not in page


def test_hidden_activity_and_evidence_not_named(cast: Cast, town_client: Client) -> None:
    hidden: dict[str, Any] = {"visibility": Visibility.TEAM, "title": "Utajeno"}
    activity = make_activity(make_phase(cast.program), **hidden)
    recommendation = make_recommendation(cast.program, activity=activity)
    evidence = make_evidence(cast.program, **hidden)
    save_record(recommendation, by=None, links={"evidence": [evidence]})

    assert "Utajeno" not in page_of(town_client, at("detail", recommendation))
    assert "Utajeno" in page_of(client_of(cast.expert), at("detail", recommendation))


def test_recommendation_of_the_team_hidden_from_town(cast: Cast, town_client: Client) -> None:
    hidden = make_recommendation(
        cast.program, title="Utajené", visibility=Visibility.TEAM, responsible=cast.consultant
    )

    answers = {
        noun: town_client.get(at(noun, hidden)).status_code
        for noun in ("detail", "respond", "follow_up", "history")
    }

    assert answers == dict.fromkeys(answers, 404)
    page = page_of(town_client, LIST)
    assert "Utajené" not in page
    assert str(cast.consultant) not in page
    assert "Program zatím nemá žádná doporučení." in page


def test_recommendation_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_recommendation(cast.strange_program)

    answers = {
        noun: expert_client.get(at(noun, foreign)).status_code
        for noun in ("detail", "edit", "follow_up", "delete", "history")
    }

    assert answers == dict.fromkeys(answers, 404)


def make_row(cast: Cast) -> dict[str, Recommendation]:
    today = timezone.localdate()
    past, future = today - timedelta(days=1), today + timedelta(days=1)
    cases: dict[str, dict[str, Any]] = {
        "Zpožděné": {"due_on": past, "priority": "high"},
        "Dnešní": {"due_on": today},
        "Budoucí": {"due_on": future, "responsible": cast.consultant},
        "Hotové": {"due_on": past, "follow_up": "done", "response": "accepted"},
        "Odmítnuté": {"due_on": past, "response": "rejected", "response_reason": "Ne."},
        "Bez termínu": {"text": "Dětský klub v přízemí."},
    }
    return {
        title: make_recommendation(cast.program, number, title=title, **fields)
        for number, (title, fields) in enumerate(cases.items(), start=1)
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?due=overdue", {"Zpožděné"}),
        ("?response=rejected", {"Odmítnuté"}),
        ("?response=none", {"Zpožděné", "Dnešní", "Budoucí", "Bez termínu"}),
        ("?priority=high", {"Zpožděné"}),
        ("?priority=none&response=accepted", {"Hotové"}),
        ("?text=detsky+KLUB", {"Bez termínu"}),
        ("?text=nic+takoveho", set()),
    ],
)
def test_filters_live_in_the_address(
    cast: Cast, reader_client: Client, query: str, titles: set[str]
) -> None:
    row = make_row(cast)

    page = page_of(reader_client, LIST + query)

    assert {title for title in row if f">{title}</a>" in page} == titles


def test_filter_by_person_offers_only_those_in_the_list(cast: Cast, reader_client: Client) -> None:
    make_row(cast)
    make_member(cast.program, Role.EXPERT)

    response = reader_client.get(LIST, {"responsible": cast.consultant.pk})

    offered = response.context["filter"].form.fields["responsible"].queryset
    assert list(offered) == [cast.consultant]
    assert [found.title for found, _late in response.context["rows"]] == ["Budoucí"]


def test_overdue_said_in_words_where_it_is_so(cast: Cast, reader_client: Client) -> None:
    row = make_row(cast)

    rows = reader_client.get(LIST).context["rows"]

    assert {found.title for found, late in rows if late} == {"Zpožděné"}
    assert "po termínu" in page_of(reader_client, at("detail", row["Zpožděné"]))
    assert set(Recommendation.objects.overdue(timezone.localdate())) == {row["Zpožděné"]}


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    page = page_of(expert_client, LIST)

    assert "Program zatím nemá žádná doporučení." in page
    assert "co se zjistilo, co z toho vyplývá" in page


def test_recommendation_moved(cast: Cast, expert_client: Client) -> None:
    first, second = (make_recommendation(cast.program, number) for number in (1, 2))

    expert_client.post(at("move", second), {"rank": 1})

    assert list(Recommendation.objects.all()) == [second, first]


def test_deleted_recommendation_comes_back_with_its_links(
    cast: Cast, expert_client: Client
) -> None:
    criterion = make_criterion()
    adopted = adopt(cast.program, criterion)
    assess(adopted, criterion.indicators.get(), Moment.BASELINE)
    recommendation = make_recommendation(cast.program)
    output = Output(program=cast.program, position=1, text="Výstup")
    save_record(output, by=None, links={"recommendations": [recommendation]})
    link = IndicatorRecommendation(
        recommendation=recommendation, indicator=criterion.indicators.get()
    )
    save_record(link, by=None)

    expert_client.post(at("delete", recommendation))
    gone = Recommendation.objects.exists()
    row = Recommendation.history.filter(history_type="-").get().history_id
    expert_client.post(reverse("programs:record_undelete", args=["nas", "recommendation", row]))

    assert gone is False
    assert list(output.recommendations.all()) == [recommendation]
    assert recommendation.indicator_links.get().indicator == criterion.indicators.get()


def test_restoring_leaves_what_the_town_says(cast: Cast, expert_client: Client) -> None:
    recommendation = make_recommendation(cast.program, title="Původní")
    row = recommendation.history.get().history_id
    recommendation.title, recommendation.response = "Jiné", "accepted"
    recommendation.next_step = "Město zadá studii."
    save_record(recommendation, by=None)
    address = reverse("programs:version_restore", args=["nas", "recommendation", row])

    page = expert_client.post(address, follow=True).content.decode()

    recommendation.refresh_from_db()
    assert (recommendation.title, recommendation.response) == ("Původní", "accepted")
    assert recommendation.next_step == "Město zadá studii."
    assert "Beze změny zůstává: vyjádření obce, další krok." in page


def test_deletion_asks_first(cast: Cast, expert_client: Client) -> None:
    recommendation = make_recommendation(cast.program)

    page = page_of(expert_client, at("delete", recommendation))

    assert "Smazat doporučení?" in page
    assert Recommendation.objects.exists()


def test_recommendation_deleted_while_the_town_answers_gives_back_what_was_typed(
    cast: Cast, town_client: Client, expert_client: Client
) -> None:
    recommendation = make_recommendation(cast.program, visibility=Visibility.PARTNERS)
    address = at("respond", recommendation)
    page = town_client.get(address)
    fields = sent(page.context["form"], response="rejected", response_reason="Není na to rozpočet.")
    delete_record(recommendation, by=cast.expert)

    refused = town_client.post(address, {**fields, "form_key": page.context["form_key"]})

    told = refused.content.decode()
    assert refused.status_code == 409
    assert ("Odůvodnění vyjádření", "Není na to rozpočet.") in refused.context["typed"]
    assert str(cast.expert) in told
    assert "Záznam smazán: " in told
    # The town may not bring it back, and its answer makes no recommendation.
    assert "Obnovit" not in told
    assert not Recommendation.objects.exists()
    assert town_client.get(address).status_code == 404
