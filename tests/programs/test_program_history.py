"""The history of a whole program: who, what and when, and what comes back from it."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import delete_record, save_record
from indicators.models import Moment
from programs.models import Activity, Consultation, Goal, Phase, Program
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_goal,
    make_narrative,
    make_phase,
    make_program_section,
    make_section,
    make_target_group,
)
from tests.conftest import Cast, client_of

HISTORY = "/programy/nas/historie/"


def seen(client: Client, **asked: Any) -> list[tuple[str, str, str]]:
    entries = client.get(HISTORY, asked).context["entries"]
    return [(entry.kind, entry.change.what, entry.title) for entry in entries]


def test_changes_of_all_kinds_newest_first(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    activity = make_activity(phase, title="Setkání")
    criterion = make_criterion()
    assess(adopt(cast.program, criterion), criterion.indicators.get(), Moment.BASELINE, expert=2)
    delete_record(activity, by=cast.consultant)

    found = seen(expert_client)

    assert found[0] == ("Aktivita", "smazáno", "Setkání")
    assert [kind for kind, what, _title in found if what == "založeno"][:5] == [
        "Hodnocení",
        "Vyhodnocení",
        "Převzaté kritérium",
        "Aktivita",
        "Fáze",
    ]


def test_filtered_by_person_kind_time_and_deletion(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    goal.wording = "Nové znění."
    save_record(goal, by=cast.consultant)
    old = goal.history.order_by("history_id").first()
    old.history_date = timezone.make_aware(datetime(2020, 5, 1, 12))  # noqa: DTZ001
    old.save()
    consultation = make_consultation(cast.program)
    delete_record(consultation, by=cast.expert)

    assert {kind for kind, *_ in seen(expert_client, person=cast.consultant.pk)} == {"Cíl"}
    assert {kind for kind, *_ in seen(expert_client, kind="consultation")} == {"Konzultace"}
    assert seen(expert_client, since="2020-05-01", until="2020-05-01") == [
        ("Cíl", "založeno", "1.1 Nové znění.")
    ]
    assert [what for _kind, what, _title in seen(expert_client, deleted="on")] == ["smazáno"]


def test_words_compared(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, wording="Obec zapojí rodiče.")
    goal.wording = "Obec zapojí školy."
    save_record(goal, by=cast.consultant)

    page = expert_client.get(HISTORY).content.decode()

    assert "[odstraněno: </span>rodiče.<span" in page
    assert "[přidáno: </span>školy.<span" in page


def test_earlier_version_restored_with_one_click(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, wording="Původní znění.")
    row = goal.history.get()
    goal.wording = "Nové znění."
    save_record(goal, by=cast.consultant)

    answer = expert_client.post(
        reverse("programs:version_restore", args=["nas", "goal", row.history_id])
    )

    assert answer["Location"] == HISTORY
    assert Goal.objects.get().wording == "Původní znění."


def test_every_version_but_the_present_one_is_offered(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, wording="Původní znění.")
    goal.wording = "Nové znění."
    save_record(goal, by=cast.consultant)

    page = expert_client.get(HISTORY, {"kind": "goal"}).content.decode()

    created = goal.history.order_by("history_id").first()
    assert re.findall(r'action="([^"]*/obnovit/)"', page) == [
        reverse("programs:version_restore", args=["nas", "goal", created.history_id])
    ]


def test_deleted_record_brought_back(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    consultation = make_consultation(cast.program, goals=[goal], outcome="Dohoda.")
    delete_record(consultation, by=cast.expert)
    [entry] = expert_client.get(HISTORY, {"deleted": "on"}).context["entries"]
    address = reverse("programs:record_undelete", args=["nas", "consultation", entry.change.row])

    expert_client.post(address)
    again = expert_client.post(address, follow=True)

    assert list(Consultation.objects.get().goals.all()) == [goal]
    assert "není smazaný" in again.content.decode()


def addresses(cast: Cast) -> list[str]:
    goal = make_goal(cast.program)
    row = goal.history.get().history_id
    activity = make_activity(make_phase(cast.program))
    delete_record(activity, by=cast.expert)
    deleted = Activity.history.first().history_id
    return [
        reverse("programs:version_restore", args=["nas", "goal", row]),
        reverse("programs:record_undelete", args=["nas", "activity", deleted]),
    ]


def test_restoring_refused_to_those_who_only_read(cast: Cast) -> None:
    found = addresses(cast)

    for user, status in ((cast.reader, 403), (cast.town, 403), (cast.stranger, 404)):
        assert [client_of(user).post(address).status_code for address in found] == [status] * 2


def test_rows_of_another_program_or_kind_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_goal(cast.strange_program).history.get().history_id

    for kind, row in (("goal", foreign), ("theme", 1), ("neni", 1), ("goal", 999_999)):
        address = reverse("programs:version_restore", args=["nas", kind, row])
        assert expert_client.post(address).status_code == 404


def test_town_does_not_restore_the_experts_rating(cast: Cast) -> None:
    criterion = make_criterion()
    assessment = assess(
        adopt(cast.program, criterion), criterion.indicators.get(), Moment.FINAL, expert=1
    )
    rating = assessment.ratings.get()
    row = rating.history.get().history_id
    address = reverse("programs:version_restore", args=["nas", "rating", row])

    assert client_of(cast.town).post(address).status_code == 403
    assert client_of(cast.expert).post(address).status_code == 302


def test_memberships_are_no_business_of_a_reader(cast: Cast, reader_client: Client) -> None:
    assert "Členství" not in {kind for kind, *_ in seen(reader_client)}
    assert "Členství" in {kind for kind, *_ in seen(client_of(cast.town))}


def test_another_site_is_never_led_to(cast: Cast, expert_client: Client) -> None:
    row = make_goal(cast.program).history.get().history_id
    address = reverse("programs:version_restore", args=["nas", "goal", row])

    answer = expert_client.post(address, {"next": "https://example.cz/"})

    assert answer["Location"] == HISTORY


@pytest.mark.parametrize("query", ["person=999999", "kind=nic", "since=vcera", "page=x"])
def test_filter_that_makes_no_sense(cast: Cast, expert_client: Client, query: str) -> None:
    assert expert_client.get(f"{HISTORY}?{query}").status_code == 200


def test_rating_called_as_it_was_when_its_assessment_is_gone_too(
    cast: Cast, expert_client: Client
) -> None:
    criterion = make_criterion()
    assessment = assess(
        adopt(cast.program, criterion), criterion.indicators.get(), Moment.BASELINE, expert=2
    )
    delete_record(assessment, by=cast.expert)

    found = seen(expert_client)

    rating = "Ukazatel 1.1 číslo 1. – Výchozí stav – Expert"
    assert ("Hodnocení", "smazáno", rating) in found
    assert ("Hodnocení", "založeno", rating) in found


def restore(client: Client, record: Any, row: Any) -> str:
    kind = record._meta.model_name
    address = reverse("programs:version_restore", args=["nas", kind, row.history_id])
    return client.post(address, follow=True).content.decode()


def bring_back(client: Client, model: Any, key: int) -> str:
    row = model.history.filter(id=key, history_type="-").first()
    address = reverse("programs:record_undelete", args=["nas", model._meta.model_name, row.pk])
    return client.post(address, follow=True).content.decode()


def test_restored_wording_of_a_goal_says_that_its_place_stays(
    cast: Cast, expert_client: Client
) -> None:
    goal = make_goal(cast.program, "1.1", wording="Původní znění.")
    row = goal.history.get()
    goal.code, goal.wording = "1.2", "Nové znění."
    save_record(goal, by=cast.expert)

    page = restore(expert_client, goal, row)

    goal.refresh_from_db()
    assert (goal.code, goal.wording) == ("1.2", "Původní znění.")
    assert "Dřívější verze je obnovena. Beze změny zůstává: kód." in page


def test_restored_frame_leaves_the_actors_that_were_taken_since(
    cast: Cast, expert_client: Client
) -> None:
    program = cast.program
    row, before = program.history.first(), program.title
    actor = make_actor(program)
    make_consultation(program, actors=[actor])
    program.title = "Jiný název"
    save_record(program, by=cast.expert)

    page = restore(expert_client, program, row)

    program.refresh_from_db()
    assert program.title == before
    assert list(program.actors.all()) == [actor]
    assert "Beze změny zůstává: aktéři." in page


def test_actor_of_a_restored_consultation_is_in_the_program_again(
    cast: Cast, expert_client: Client
) -> None:
    actor, group = make_actor(cast.program), make_target_group(cast.program)
    consultation = make_consultation(cast.program, actors=[actor], counts={group: 3})
    other = make_consultation(cast.program, actors=[actor])
    row, key = consultation.history.get(), other.pk
    save_record(consultation, by=cast.expert, links={"actors": [], "target_groups": []})
    delete_record(other, by=cast.expert)
    save_record(cast.program, by=None, links={"actors": [], "target_groups": []})

    restore(expert_client, consultation, row)

    assert list(cast.program.actors.all()) == [actor]
    assert list(cast.program.target_groups.all()) == [group]

    save_record(
        Program.objects.get(pk=cast.program.pk), by=None, links={"actors": [], "target_groups": []}
    )
    bring_back(expert_client, Consultation, key)

    assert list(cast.program.actors.all()) == [actor]


def test_consultation_restored_to_an_older_day_is_in_the_phase_of_that_day(
    cast: Cast, expert_client: Client
) -> None:
    consultation = make_consultation(cast.program, held_on=date(2024, 1, 10))
    row = consultation.history.get()
    phase = make_phase(cast.program)
    consultation.held_on = date(2025, 1, 10)
    save_record(consultation, by=cast.expert)

    restore(expert_client, consultation, row)

    consultation.refresh_from_db()
    assert (consultation.held_on, consultation.phase) == (date(2024, 1, 10), phase)


def test_consultation_brought_back_is_in_the_phase_of_its_day(
    cast: Cast, expert_client: Client
) -> None:
    consultation = make_consultation(cast.program, held_on=date(2024, 1, 10))
    key = consultation.pk
    delete_record(consultation, by=cast.expert)
    phase = make_phase(cast.program)

    bring_back(expert_client, Consultation, key)

    assert Consultation.objects.get().phase == phase


def test_phase_whose_months_another_has_taken_stays_deleted_and_says_why(
    cast: Cast, expert_client: Client
) -> None:
    phase = make_phase(cast.program)
    key = phase.pk
    delete_record(phase, by=cast.expert)
    other = make_phase(cast.program)

    page = bring_back(expert_client, Phase, key)

    assert list(Phase.objects.all()) == [other]
    assert "Fáze se nesmějí překrývat" in page
    assert "Fáze 1" in page


def test_phase_brought_back_stands_by_its_months(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    consultation = make_consultation(cast.program, held_on=date(2024, 1, 10))
    key = phase.pk
    delete_record(phase, by=cast.expert)
    later = make_phase(cast.program, 1, first_month=date(2024, 4, 1), last_month=date(2024, 6, 1))

    bring_back(expert_client, Phase, key)

    later.refresh_from_db()
    consultation.refresh_from_db()
    assert (Phase.objects.get(pk=key).position, later.position) == (1, 2)
    assert consultation.phase_id == key


def test_latest_changes_say_whose_they_are(cast: Cast, expert_client: Client) -> None:
    make_program_section(cast.program, 1, make_section("uvod", 1, "Úvodní oddíl"))
    consultation = make_consultation(cast.program)
    title = consultation.title_in_history()
    delete_record(consultation, by=cast.consultant)
    left = cast.program.membership_set.get(user=cast.reader)
    delete_record(left, by=cast.consultant)

    latest = expert_client.get("/programy/nas/").context["changes"]

    told = [(change.kind, change.what, change.title) for change in latest]
    assert told[0] == ("Členství", "smazáno", str(cast.reader))
    # What deleting does on the way is no change of its own.
    assert told[1] == ("Konzultace", "smazáno", title)
    assert ("Členství", "založeno", str(cast.town)) in told
    assert [each for each in told if not each[2]] == []


def test_latest_changes_name_no_record_that_is_hidden_now(cast: Cast, town_client: Client) -> None:
    section = make_section("uvod", 1)
    narrative = make_narrative(cast.program, section, topic="Veřejné téma", text="")
    narrative.topic, narrative.visibility = "Tajné téma", "team"
    save_record(narrative, by=cast.expert)

    latest = town_client.get("/programy/nas/").context["changes"]

    assert "Tajné" not in str([change.title for change in latest])


def test_long_history_of_a_record_is_read_by_pages(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, wording="Verze 0.")
    for number in range(1, 35):
        goal.wording = f"Verze {number}."
        save_record(goal, by=cast.expert)
    address = reverse("programs:goal_history", args=["nas", goal.pk])

    def told(number: int) -> list[str]:
        page = expert_client.get(address, {"page": number})
        (history,) = page.context["histories"]
        return [change.fields[-1].new for change in history["changes"]]

    assert told(1) == [f"Verze {number}." for number in range(34, 4, -1)]
    assert told(2)[:4] == ["Verze 4.", "Verze 3.", "Verze 2.", "Verze 1."]
    assert len(told(2)) == 5
    assert "Strana 1 z 2" in expert_client.get(address).content.decode()


def test_history_of_an_indicator_goes_on_in_the_next_part(
    cast: Cast, expert_client: Client
) -> None:
    criterion = make_criterion()
    adopted, indicator = adopt(cast.program, criterion), criterion.indicators.get()
    for moment in (Moment.BASELINE, Moment.FINAL):
        assessment = assess(adopted, indicator, moment, expert=2, statement="Stav 0.")
        for number in range(1, 26):
            assessment.statement = f"Stav {number}."
            save_record(assessment, by=cast.expert)
    address = reverse("indicators:indicator_history", args=["nas", indicator.pk])

    pages = [expert_client.get(address, {"page": page}).context["histories"] for page in (1, 2)]

    counts = [[len(history["changes"]) for history in page] for page in pages]
    assert sum(map(sum, counts)) == 2 * (26 + 1)
    assert [sum(page) for page in counts] == [30, 24]
    assert [history["heading"] for history in pages[0]] != [
        history["heading"] for history in pages[1]
    ]
