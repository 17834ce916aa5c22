from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.audit import delete_record, save_record
from programs.models import Consultation
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_target_group,
)
from tests.conftest import Cast
from tests.forms import errors_of, form_of, send, sent

ADD = "/programy/nas/realizace/konzultace/nova/"
TYPED = {"kind": "meeting", "outcome": "Dohodnuto setkání s aktéry."}


def edit_address(consultation: Consultation) -> str:
    return reverse("programs:consultation_edit", args=["nas", consultation.pk])


def test_consultation_logged_with_everything(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    group = make_target_group(cast.program, "Děti")

    response = send(
        expert_client,
        ADD,
        held_on=date(2024, 3, 31),
        goals=[goal.pk],
        actors=[actor.pk],
        **{f"attends_{group.pk}": True, f"count_{group.pk}": 12},
        team_note="Jen pro tým.",
        **TYPED,
    )

    consultation = Consultation.objects.get()
    assert response.status_code == 302
    assert consultation.phase == phase
    assert list(consultation.goals.all()) == [goal]
    assert list(consultation.actors.all()) == [actor]
    assert [(row.target_group, row.count) for row in consultation.attendances.all()] == [
        (group, 12)
    ]
    assert consultation.history.get().history_user == cast.expert


def test_today_is_offered(cast: Cast, expert_client: Client) -> None:
    assert form_of(expert_client, ADD)["held_on"].value() == timezone.localdate()


def test_another_leads_to_empty_form(cast: Cast, expert_client: Client) -> None:
    data = sent(form_of(expert_client, ADD), **TYPED) | {"another": "1"}

    response = expert_client.post(ADD, data, follow=True)

    assert response.redirect_chain == [(ADD, 302)]
    assert "Konzultace je uložena." in response.content.decode()
    assert response.context["form"]["outcome"].value() == ""


def test_another_keeps_an_earlier_date(cast: Cast, expert_client: Client) -> None:
    data = sent(form_of(expert_client, ADD), held_on=date(2024, 2, 1), **TYPED) | {"another": "1"}

    response = expert_client.post(ADD, data, follow=True)

    assert response.context["form"]["held_on"].value() == date(2024, 2, 1)


def test_last_used_values_are_offered_and_not_ticked(cast: Cast, expert_client: Client) -> None:
    first, second = make_goal(cast.program, "1.1"), make_goal(cast.program, "1.2")
    third = make_goal(cast.program, "1.3")
    actor = make_actor(cast.program)
    send(expert_client, ADD, goals=[first.pk], kind="visit", outcome="První.")
    send(expert_client, ADD, goals=[second.pk], actors=[actor.pk], kind="remote", outcome="Druhá.")

    form = form_of(expert_client, ADD)

    assert form["kind"].value() == "remote"
    offered = [choice.choice_label for choice in form.goal_offer.lately]
    assert offered == [str(second), str(first)]
    assert [choice.choice_label for choice in form.goal_offer.others] == [str(third)]
    assert [choice.choice_label for choice in form.actor_offer.lately] == [str(actor)]
    assert form["goals"].value() == []
    assert form["outcome"].value() == ""


def test_what_a_colleague_used_is_not_offered(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    make_consultation(cast.program, goals=[goal])

    assert form_of(expert_client, ADD).goal_offer.lately == []


def test_similar_one_begins_like_the_earlier_without_date_and_outcome(
    cast: Cast, expert_client: Client
) -> None:
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    group = make_target_group(cast.program)
    earlier = make_consultation(
        cast.program,
        kind="visit",
        goals=[goal],
        actors=[actor],
        counts={group: 7},
        team_note="Jen k tehdy.",
    )

    form = form_of(expert_client, f"{ADD}?podle={earlier.pk}")

    assert form["kind"].value() == "visit"
    assert form["goals"].value() == [goal.pk]
    assert form["actors"].value() == [actor.pk]
    assert form[f"attends_{group.pk}"].value() is True
    # How many came, what was said and what the team thought of it was then.
    assert form[f"count_{group.pk}"].value() is None
    assert form["held_on"].value() == timezone.localdate()
    assert form["outcome"].value() == ""
    assert form["team_note"].value() == ""


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "²"])
def test_similar_to_nothing_is_an_empty_form(cast: Cast, expert_client: Client, key: str) -> None:
    form = form_of(expert_client, f"{ADD}?podle={key}")

    assert form["kind"].value() == ""


def test_similar_to_one_of_another_program_is_an_empty_form(
    cast: Cast, expert_client: Client
) -> None:
    foreign = make_consultation(cast.strange_program, kind="visit")

    assert form_of(expert_client, f"{ADD}?podle={foreign.pk}")["kind"].value() == ""


def test_actors_added_on_the_fly_or_taken_by_name(cast: Cast, expert_client: Client) -> None:
    ticked, known = make_actor(cast.program, "Škola"), make_actor(cast.program, "Městská policie")
    typed = "městská  POLICIE\n\nKomunitní pracovnice\nkomunitni pracovnice\n"

    send(
        expert_client,
        ADD,
        actors=[ticked.pk],
        new_actors=typed,
        new_actor_kind="function",
        **TYPED,
    )

    consultation = Consultation.objects.get()
    added = cast.program.actors.get(name="komunitni pracovnice")
    assert set(consultation.actors.all()) == {ticked, known, added}
    assert added.kind == "function"
    assert added.municipality == cast.program.locality.municipality
    assert cast.program.actors.count() == 3


def test_new_actor_sent_twice_is_added_once(cast: Cast, expert_client: Client) -> None:
    shown = expert_client.get(ADD)
    data = sent(shown.context["form"], new_actors="Nový spolek", **TYPED)
    data["form_key"] = shown.context["form_key"]

    answers = [expert_client.post(ADD, data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Consultation.objects.count() == 1
    assert cast.program.actors.count() == 1


def test_new_actor_is_not_added_when_the_form_is_refused(cast: Cast, expert_client: Client) -> None:
    response = send(expert_client, ADD, new_actors="Nový spolek", kind="", outcome="Text.")

    assert response.status_code == 422
    assert response.context["form"]["new_actors"].value() == "Nový spolek"
    assert not cast.program.actors.exists()


def test_new_actor_waits_for_the_conflict_to_be_settled(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program)
    address = edit_address(consultation)
    opened = form_of(expert_client, address)
    consultation.outcome = "Verze konzultanta."
    save_record(consultation, by=cast.consultant)

    response = expert_client.post(address, sent(opened, outcome="Moje.", new_actors="Nový spolek"))

    assert response.status_code == 409
    assert [found.label for found in response.context["conflict"].differences] == ["Výsledek"]
    assert response.context["form"]["new_actors"].value() == "Nový spolek"
    assert not cast.program.actors.exists()


def test_too_long_name_of_an_actor_told(cast: Cast, expert_client: Client) -> None:
    response = send(expert_client, ADD, new_actors="a" * 201, **TYPED)

    assert errors_of(response) == {
        "new_actors": ["Název má nejvýše 200 znaků; každého aktéra napište na vlastní řádek."]
    }


def test_name_of_a_person_is_warned_about_and_saved(cast: Cast, expert_client: Client) -> None:
    data = sent(form_of(expert_client, ADD), kind="meeting", outcome="Volala paní Nováková.")

    response = expert_client.post(ADD, data, follow=True)

    assert Consultation.objects.get().outcome == "Volala paní Nováková."
    assertContains(response, "Vypadá to, že text jmenuje osobu: paní Nováková.")


def test_name_of_a_person_told_while_typing(cast: Cast, expert_client: Client) -> None:
    address = reverse("programs:consultation_naming", args=["nas"])

    named = expert_client.post(address, {"outcome": "Ok.", "new_actors": "pan Malý"})
    clean = expert_client.post(address, {"outcome": "Vedoucí odboru souhlasí."})

    assertContains(named, "pan Malý")
    assert clean.content.decode().strip() == ""


def test_unknown_number_of_people_is_kept_as_unknown(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program)

    send(expert_client, ADD, **{f"attends_{group.pk}": True}, **TYPED)

    assert Consultation.objects.get().attendances.get().count is None


def test_number_alone_means_that_the_group_took_part(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.program)

    send(expert_client, ADD, **{f"count_{group.pk}": 3}, **TYPED)

    assert Consultation.objects.get().attendances.get().count == 3


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"held_on": ""}, "held_on", "Zadejte datum konzultace."),
        ({"held_on": "31. 2. 2024"}, "held_on", "Zadejte platné datum."),
        (
            {"held_on": timezone.localdate() + timedelta(days=2)},
            "held_on",
            "Konzultace se zapisuje, až když proběhla; datum nemůže být v budoucnosti.",
        ),
        ({"held_on": date(1023, 7, 1)}, "held_on", "Zkontrolujte rok konzultace."),
        ({"kind": ""}, "kind", "Vyberte druh konzultace."),
        (
            {"kind": "schůzka"},
            "kind",
            'Vyberte platnou možnost, "schůzka" není k dispozici.',
        ),
        ({"outcome": "   "}, "outcome", "Napište, k čemu konzultace vedla."),
        ({"goals": ["999"]}, "goals", 'Vyberte platnou možnost, "999" není k dispozici.'),
        (
            {"goals": ["9" * 30]},
            "goals",
            f'Vyberte platnou možnost, "{"9" * 30}" není k dispozici.',
        ),
        ({"actors": ["x"]}, "actors", '"x" není platná hodnota.'),
    ],
)
def test_bad_consultation_told_next_to_its_field(
    cast: Cast,
    expert_client: Client,
    changes: dict[str, object],
    field: str,
    message: str,
) -> None:
    response = send(expert_client, ADD, **{**TYPED, "team_note": "Rozepsaná poznámka.", **changes})

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Rozepsaná poznámka." in response.content.decode()
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("count", "message"),
    [
        ("0", "Hodnota musí být větší nebo rovna 1."),
        ("-3", "Hodnota musí být větší nebo rovna 1."),
        ("10000", "Hodnota musí být menší nebo rovna 9999."),
        ("tři", "Zadejte celé číslo."),
    ],
)
def test_bad_number_of_people_told(
    cast: Cast, expert_client: Client, count: str, message: str
) -> None:
    group = make_target_group(cast.program)

    response = send(expert_client, ADD, **{f"count_{group.pk}": count}, **TYPED)

    assert errors_of(response) == {f"count_{group.pk}": [message]}


def test_records_of_another_program_refused(cast: Cast, expert_client: Client) -> None:
    goal, actor = make_goal(cast.strange_program), make_actor(cast.strange_program)
    activity = make_activity(make_phase(cast.strange_program))

    response = send(
        expert_client, ADD, goals=[goal.pk], actors=[actor.pk], activity=activity.pk, **TYPED
    )

    assert sorted(errors_of(response)) == ["activity", "actors", "goals"]
    assert not Consultation.objects.exists()


def test_forged_group_of_another_program_ignored(cast: Cast, expert_client: Client) -> None:
    group = make_target_group(cast.strange_program)
    data = sent(form_of(expert_client, ADD), **TYPED) | {f"count_{group.pk}": "5"}

    expert_client.post(ADD, data)

    assert not Consultation.objects.get().attendances.exists()


def test_consultation_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_consultation(cast.strange_program)

    for name in ("consultation_edit", "consultation_delete", "consultation_history"):
        address = reverse(f"programs:{name}", args=["nas", foreign.pk])
        assert expert_client.get(address).status_code == 404


def test_forged_id_in_post_creates_nothing(cast: Cast, expert_client: Client) -> None:
    foreign = make_consultation(cast.strange_program)
    data = sent(form_of(expert_client, ADD), **TYPED) | {"opened_version": 1}

    response = expert_client.post(edit_address(foreign), data)

    assert response.status_code == 404
    assert Consultation.objects.get() == foreign


def test_second_save_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    consultation = make_consultation(cast.program)
    opened = form_of(expert_client, edit_address(consultation))
    consultation.outcome = "Verze konzultanta."
    save_record(consultation, by=cast.consultant, links={"goals": [goal]})

    response = expert_client.post(edit_address(consultation), sent(opened, outcome="Moje verze."))

    conflict = response.context["conflict"]
    assert response.status_code == 409
    assert [
        (found.label, found.base, found.theirs, found.mine) for found in conflict.differences
    ] == [("Výsledek", "Dohodnut další postup.", "Verze konzultanta.", "Moje verze.")]
    # Only the other person has changed the goals.
    assert conflict.taken == ["Cíle"]
    assert response.context["form"]["goals"].value() == [str(goal.pk)]
    assert Consultation.objects.get().outcome == "Verze konzultanta."


def test_text_for_deleted_consultation_not_lost(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program)
    address = edit_address(consultation)
    opened = form_of(expert_client, address)
    delete_record(consultation, by=cast.consultant)

    refused = expert_client.post(address, sent(opened, outcome="Dlouho psaný text."))
    expert_client.post(address, sent(refused.context["form"]))

    assert refused.status_code == 409
    assert "Dlouho psaný text." in refused.content.decode()
    assert Consultation.objects.get().outcome == "Dlouho psaný text."


def test_deletion_asks_first(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program, outcome="Dohoda.")
    address = reverse("programs:consultation_delete", args=["nas", consultation.pk])

    question = expert_client.get(address).content.decode()
    assert "Smazat konzultaci?" in question
    assert "Dohoda." in question
    assert Consultation.objects.exists()

    expert_client.post(address)

    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("2024-03-31", "Fáze 1: leden–\u2060březen 2024"),
        ("2024-04-01", "Datum leží mimo fáze programu."),
        ("31. 3.", "Fáze se určí podle data."),
        ("2024-02-31", "Fáze se určí podle data."),
        ("", "Fáze se určí podle data."),
    ],
)
def test_phase_told_while_typing(cast: Cast, expert_client: Client, query: str, hint: str) -> None:
    make_phase(cast.program)

    response = expert_client.get(
        reverse("programs:consultation_phase", args=["nas"]), {"held_on": query}
    )

    assert response.content.decode().strip() == hint


def test_phase_of_the_refused_date_is_told_not_that_of_today(
    cast: Cast, expert_client: Client
) -> None:
    make_phase(cast.program)

    response = send(expert_client, ADD, held_on="2024-03-31", kind="", outcome="")

    assertContains(response, "Fáze 1: leden–\u2060březen 2024", status_code=422)


def test_choice_not_made_is_said_in_words(cast: Cast, expert_client: Client) -> None:
    assertNotContains(expert_client.get(ADD), "-----")


def test_team_note_in_history_only_for_team(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program, team_note="Dřívější.")
    consultation.team_note = "Nová."
    save_record(consultation, by=cast.expert)

    page = expert_client.get(
        reverse("programs:consultation_history", args=["nas", consultation.pk])
    ).content.decode()

    assert "Dřívější." in page
    assert "Nová." in page
