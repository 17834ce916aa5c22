from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from accounts.roles import Role, Visibility
from programs.models import Activity, Phase
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_source,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

ADD = "/programy/nas/realizace/faze-1/nova-aktivita/"
COMMENT = "/programy/nas/realizace/faze-1/komentar/"


@pytest.fixture
def phase(cast: Cast) -> Phase:
    return make_phase(cast.program)


def edit_address(activity: Activity) -> str:
    return reverse("programs:activity_edit", args=["nas", activity.pk])


def test_activity_added_with_its_links(cast: Cast, phase: Phase, expert_client: Client) -> None:
    goal, actor = make_goal(cast.program), make_actor(cast.program)

    response = send(expert_client, ADD, title="Fokusní skupina", goals=[goal.pk], actors=[actor.pk])

    activity = Activity.objects.get()
    assert response["Location"] == "/programy/nas/realizace/#faze-1"
    assert (activity.title, activity.position) == ("Fokusní skupina", 1)
    assert (list(activity.goals.all()), list(activity.actors.all())) == ([goal], [actor])


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": ""}, "title", "Pojmenujte aktivitu."),
        (
            {"title": "a" * 251},
            "title",
            "Tato hodnota má mít nejvýše 250 znaků (nyní má 251).",
        ),
        (
            {"held_to": date(2024, 2, 1)},
            "held_from",
            "Doplňte i datum, kdy aktivita začala.",
        ),
        (
            {"held_from": date(2024, 2, 2), "held_to": date(2024, 2, 1)},
            "held_to",
            "Aktivita nemůže skončit dřív, než začala.",
        ),
        ({"held_from": "únor"}, "held_from", "Zadejte platné datum."),
        (
            {"visibility": "všichni"},
            "visibility",
            'Vyberte platnou možnost, "všichni" není k dispozici.',
        ),
        ({"goals": ["999"]}, "goals", 'Vyberte platnou možnost, "999" není k dispozici.'),
        (
            {"goals": ["9" * 30]},
            "goals",
            f'Vyberte platnou možnost, "{"9" * 30}" není k dispozici.',
        ),
    ],
)
def test_bad_activity_told_next_to_its_field(
    phase: Phase,
    expert_client: Client,
    changes: dict[str, object],
    field: str,
    message: str,
) -> None:
    typed = {"title": "Setkání", "text": "Rozepsaný popis.", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Rozepsaný popis." in response.content.decode()
    assert not Activity.objects.exists()


def test_goal_and_actor_of_another_program_refused(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    goal, actor = make_goal(cast.strange_program), make_actor(cast.strange_program)

    response = send(expert_client, ADD, title="A", goals=[goal.pk], actors=[actor.pk])

    assert sorted(errors_of(response)) == ["actors", "goals"]


def test_activity_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_activity(make_phase(cast.strange_program))

    for name in ("activity_detail", "activity_edit", "activity_delete", "activity_history"):
        address = reverse(f"programs:{name}", args=["nas", foreign.pk])
        assert expert_client.get(address).status_code == 404


def test_phase_that_does_not_exist_not_found(cast: Cast, expert_client: Client) -> None:
    assert expert_client.get(ADD).status_code == 404
    assert expert_client.get(COMMENT).status_code == 404


def test_activity_moves_to_the_end_of_another_phase(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    second = make_phase(cast.program, 2)
    make_activity(second, 1)
    activity = make_activity(phase)

    response = send(expert_client, edit_address(activity), phase=second.pk)

    activity.refresh_from_db()
    assert response["Location"] == "/programy/nas/realizace/#faze-2"
    assert (activity.phase, activity.position) == (second, 2)


def test_phase_of_another_program_refused(cast: Cast, phase: Phase, expert_client: Client) -> None:
    foreign = make_phase(cast.strange_program)
    activity = make_activity(phase)

    response = send(expert_client, edit_address(activity), phase=foreign.pk)

    assert sorted(errors_of(response)) == ["phase"]


def test_activity_cites_sources_of_its_program(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    source, foreign = make_source(cast.program), make_source(cast.strange_program)

    refused = send(expert_client, ADD, title="A", sources=[foreign.pk])
    send(expert_client, ADD, title="A", sources=[source.pk])

    assert sorted(errors_of(refused)) == ["sources"]
    assert list(Activity.objects.get().sources.all()) == [source]


def order(phase: Phase) -> list[str]:
    return [activity.title for activity in phase.activities.all()]


def move(client: Client, activity: Activity, rank: object) -> int:
    address = reverse("programs:activity_move", args=["nas", activity.pk])
    return client.post(address, {"rank": rank}).status_code


def test_activities_are_put_in_order_within_their_phase(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    for number, title in enumerate("ABC", start=1):
        make_activity(phase, number, title=title)
    other = make_activity(make_phase(cast.program, 2), 1, title="D")
    last = Activity.objects.get(title="C")

    assert move(expert_client, last, 1) == 302

    assert order(phase) == ["C", "A", "B"]
    shown = expert_client.get("/programy/nas/realizace/").context["phases"]
    assert [order(phase) for phase in shown] == [["C", "A", "B"], ["D"]]
    assert last.history.first().history_user == cast.expert
    assert other.history.count() == 1
    assert move(expert_client, last, "první") == 400


@pytest.mark.parametrize("role", [Role.TOWN, Role.READER, None])
def test_others_do_not_move_activities(cast: Cast, phase: Phase, role: Role | None) -> None:
    make_activity(phase, 1, title="A")
    last = make_activity(phase, 2, title="B")

    status = move(client_of(cast.member(role) if role else cast.stranger), last, 1)

    assert status == (403 if role else 404)
    assert order(phase) == ["A", "B"]


def test_activity_has_a_page_of_its_own(
    cast: Cast, phase: Phase, expert_client: Client, reader_client: Client
) -> None:
    activity = make_activity(phase, text="Popis.", method="rozhovory", place="Janov")
    hidden = make_source(cast.program, name="Tajný zdroj", visibility=Visibility.TEAM)
    activity.sources.add(hidden)
    make_consultation(cast.program, activity=activity, outcome="Dohodnut postup.")

    page = expert_client.get(activity.get_absolute_url()).content.decode()
    read = reader_client.get(activity.get_absolute_url()).content.decode()

    for text in ("Popis.", "rozhovory", "Janov", "Dohodnut postup."):
        assert text in page
        assert text in read
    assert "Tajný zdroj" in page
    assert "Tajný zdroj" not in read
    assert "Vyjmout" in page
    assert "Vyjmout" not in read


def test_hidden_activity_has_no_page_for_the_town(phase: Phase, town_client: Client) -> None:
    hidden = make_activity(phase, visibility=Visibility.TEAM)

    assert town_client.get(hidden.get_absolute_url()).status_code == 404


def test_second_save_refused_with_both_versions(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    activity = make_activity(phase, text="Původní.")
    opened = form_of(expert_client, edit_address(activity))
    activity.text = "Verze konzultanta."
    save_record(activity, by=cast.consultant)

    response = expert_client.post(edit_address(activity), sent(opened, text="Moje verze."))

    found = response.context["conflict"].differences
    assert response.status_code == 409
    assert [(one.label, one.theirs, one.mine) for one in found] == [
        ("Popis", "Verze konzultanta.", "Moje verze.")
    ]


def test_text_for_deleted_activity_not_lost(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    activity = make_activity(phase)
    opened = form_of(expert_client, edit_address(activity))
    address = edit_address(activity)
    delete_record(activity, by=cast.consultant)

    refused = expert_client.post(address, sent(opened, text="Dlouho psaný text."))
    expert_client.post(address, sent(refused.context["form"]))

    assert refused.status_code == 409
    assert Activity.objects.get().text == "Dlouho psaný text."


def test_text_for_an_activity_of_a_deleted_phase_not_lost(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    opened = form_of(expert_client, ADD)
    delete_record(phase, by=cast.consultant)

    refused = expert_client.post(ADD, sent(opened, title="Besídka", text="Dlouho psaný text."))

    row = Phase.history.filter(history_type="-").get().history_id
    undelete = reverse("programs:record_undelete", args=["nas", "phase", row])
    assert refused.status_code == 409
    assert ("Popis", "Dlouho psaný text.") in refused.context["typed"]
    assert undelete in refused.content.decode()
    assert not Activity.objects.exists()
    expert_client.post(undelete)
    assert send(expert_client, ADD, title="Besídka").status_code == 302


def test_activity_deleted_after_question(cast: Cast, phase: Phase, expert_client: Client) -> None:
    activity = make_activity(phase)
    address = reverse("programs:activity_delete", args=["nas", activity.pk])

    assert "Smazat aktivitu?" in expert_client.get(address).content.decode()
    expert_client.post(address)

    assert not Activity.objects.exists()


def test_hidden_activity_not_shown_to_town(cast: Cast, phase: Phase, town_client: Client) -> None:
    make_activity(phase, 1, title="Pro všechny")
    make_activity(phase, 2, title="Jen pro tým", visibility=Visibility.TEAM)

    page = town_client.get("/programy/nas/realizace/").content.decode()

    assert "Pro všechny" in page
    assert "Jen pro tým" not in page


def test_comment_saved_and_formatted(phase: Phase, expert_client: Client) -> None:
    send(expert_client, COMMENT, expert_comment="První.\n\n- bod **tučně**\n- <b>bod</b>")

    page = expert_client.get("/programy/nas/realizace/").content.decode()

    assert "<ul><li><p>bod <strong>tučně</strong></p></li>" in page
    assert "&lt;b&gt;bod&lt;/b&gt;" in page


def test_second_comment_refused(cast: Cast, phase: Phase, expert_client: Client) -> None:
    opened = form_of(expert_client, COMMENT)
    phase.expert_comment = "Cizí."
    save_record(phase, by=cast.consultant)

    response = expert_client.post(COMMENT, sent(opened, expert_comment="Můj."))

    assert response.status_code == 409
    assert (phase.history.first().expert_comment, "Můj." in response.content.decode()) == (
        "Cizí.",
        True,
    )


def test_history_tells_who_and_what(
    cast: Cast, phase: Phase, expert_client: Client, reader_client: Client
) -> None:
    send(expert_client, COMMENT, expert_comment="Nový komentář.")

    page = reader_client.get("/programy/nas/realizace/faze-1/historie/").content.decode()

    assert str(cast.expert) in page
    assert "Komentář experta" in page
    assert "Nový komentář." in page
