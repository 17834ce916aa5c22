"""Loose consultations become an activity, join one, and leave it again."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.audit import delete_record, save_record
from accounts.roles import Role
from litvinov import narrative
from programs.models import Activity, Consultation, Phase
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, sent

GROUP = "/programy/nas/realizace/konzultace/seskupit/"
ATTACH = "/programy/nas/realizace/konzultace/pridat-k-aktivite/"


@pytest.fixture
def phase(cast: Cast) -> Phase:
    return make_phase(cast.program)


def opened(client: Client, *consultations: Consultation) -> Any:
    response = client.get(GROUP, {"konzultace": [one.pk for one in consultations]})
    assert response.status_code == 200
    return response


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_activity_begins_with_what_its_consultations_tell(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    first, second = make_goal(cast.program, "1.1"), make_goal(cast.program, "1.2")
    police, school = make_actor(cast.program, "Policie"), make_actor(cast.program, "Škola")
    later = make_consultation(
        cast.program,
        held_on=date(2024, 3, 2),
        goals=[second, first],
        actors=[police, school],
        outcome="- první bod\n- druhý bod",
    )
    earlier = make_consultation(
        cast.program,
        held_on=date(2024, 1, 31),
        goals=[first],
        actors=[police],
        outcome="Dohodnuto.\n\nDalší odstavec.",
        team_note="TAJNÉ",
    )

    page = opened(expert_client, later, earlier)

    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert values["title"] == "Setkání – Policie"
    assert values["phase"] == phase.pk
    assert values["goals"] == [first.pk, second.pk]
    assert values["actors"] == [police.pk, school.pk]
    assert (values["held_from"], values["held_to"]) == (date(2024, 1, 31), date(2024, 3, 2))
    shown = narrative.to_html(narrative.parse(values["text"])).replace("\u00a0", " ")
    assert shown == (
        "<ul><li><p><strong>31. 1. 2024</strong> – setkání: Dohodnuto.</p>"
        "<p>Další odstavec.</p></li>"
        "<li><p><strong>2. 3. 2024</strong> – setkání:</p>"
        "<ul><li><p>první bod</p></li><li><p>druhý bod</p></li></ul></li></ul>"
    )
    assertNotContains(page, "TAJNÉ")


def test_saved_activity_takes_its_consultations_with_a_trace(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    goal = make_goal(cast.program)
    chosen = [make_consultation(cast.program, goals=[goal]) for _ in range(2)]
    left = make_consultation(cast.program)
    form = opened(expert_client, *chosen).context["form"]

    response = expert_client.post(GROUP, sent(form, title="Setkání s rodiči"))

    activity = Activity.objects.get()
    assert response["Location"] == activity.get_absolute_url()
    assert set(activity.consultations.all()) == set(chosen)
    assert list(activity.goals.all()) == [goal]
    assert chosen[0].history.first().history_user == cast.expert
    assert list(chosen[0].history.first().goals.values_list("goal", flat=True)) == [goal.pk]
    left.refresh_from_db()
    assert left.activity is None


def test_unticked_consultation_stays_loose(cast: Cast, phase: Phase, expert_client: Client) -> None:
    kept, dropped = make_consultation(cast.program), make_consultation(cast.program)
    form = opened(expert_client, kept, dropped).context["form"]

    expert_client.post(GROUP, sent(form, consultations=[kept.pk]))

    assert list(Activity.objects.get().consultations.all()) == [kept]


def test_several_phases_are_told_and_most_of_them_proposed(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    second = make_phase(cast.program, 2)
    chosen = [make_consultation(cast.program, held_on=date(2024, month, 1)) for month in (1, 4, 5)]

    page = opened(expert_client, *chosen)

    assertContains(page, "Konzultace patří do více fází")
    assert page.context["phase_counts"] == [(phase, 1), (second, 2)]
    assert page.context["form"]["phase"].value() == second.pk


def test_grouped_by_somebody_else_meanwhile_is_refused_and_told(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    free, taken = make_consultation(cast.program), make_consultation(cast.program)
    form = opened(expert_client, free, taken).context["form"]
    taken.activity = make_activity(phase, title="Cizí")
    save_record(taken, by=cast.consultant)

    refused = expert_client.post(GROUP, sent(form, title="Moje", text="Rozepsaný popis."))

    assert refused.status_code == 422
    assert errors_of(refused) == {
        "__all__": ["Konzultaci 1.\u00a02.\u00a02024 – setkání mezitím někdo zařadil jinam."]
    }
    assertContains(refused, "Rozepsaný popis.", status_code=422)
    assert not Activity.objects.filter(title="Moje").exists()
    # What is still free can be grouped right away.
    expert_client.post(GROUP, sent(refused.context["form"]))
    assert list(Activity.objects.get(title="Moje").consultations.all()) == [free]


def test_changed_by_somebody_else_meanwhile_is_told_once(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    consultation = make_consultation(cast.program)
    form = opened(expert_client, consultation).context["form"]
    consultation.outcome = "Jinak."
    save_record(consultation, by=cast.consultant)

    refused = expert_client.post(GROUP, sent(form))
    expert_client.post(GROUP, sent(refused.context["form"]))

    assert refused.status_code == 422
    assert "mezitím někdo změnil" in errors_of(refused)["__all__"][0]
    assert list(Activity.objects.get().consultations.all()) == [consultation]


def test_deleted_meanwhile_is_refused(cast: Cast, phase: Phase, expert_client: Client) -> None:
    kept, gone = make_consultation(cast.program), make_consultation(cast.program)
    form = opened(expert_client, kept, gone).context["form"]
    delete_record(gone, by=cast.consultant)

    refused = expert_client.post(GROUP, sent(form))

    assert refused.status_code == 422
    assert not Activity.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "1", "1.2.3", "1.x"])
def test_forged_versions_group_nothing(
    cast: Cast, phase: Phase, expert_client: Client, seen: str
) -> None:
    consultation = make_consultation(cast.program)
    form = opened(expert_client, consultation).context["form"]

    refused = expert_client.post(GROUP, sent(form, seen=seen))

    assert refused.status_code == 422
    assert not Activity.objects.exists()


def test_consultations_of_another_program_are_not_grouped(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    own, foreign = make_consultation(cast.program), make_consultation(cast.strange_program)
    form = opened(expert_client, own, foreign).context["form"]
    assert form["consultations"].value() == [own.pk]

    refused = expert_client.post(
        GROUP, sent(form, consultations=[foreign.pk], seen=f"{foreign.pk}.1")
    )

    assert refused.status_code == 422
    foreign.refresh_from_db()
    assert foreign.activity is None


@pytest.mark.parametrize("query", [{}, {"konzultace": "x"}, {"konzultace": "9" * 30}])
def test_nothing_ticked_leads_back_to_the_log(
    cast: Cast, phase: Phase, expert_client: Client, query: dict[str, str]
) -> None:
    page = expert_client.get(GROUP, query, follow=True)

    assert page.redirect_chain == [("/programy/nas/realizace/konzultace/", 302)]
    assert messages_of(page) == ["Nejdřív v deníku zaškrtněte volné konzultace."]


def test_program_without_phases_says_what_to_do(cast: Cast, expert_client: Client) -> None:
    page = opened(expert_client, make_consultation(cast.program))

    assertContains(page, "Nejdřív rozvrhněte fáze")


def test_added_to_an_activity_that_is_there(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    consultation, activity = make_consultation(cast.program), make_activity(phase)
    seen = opened(expert_client, consultation).context["seen"]

    response = expert_client.post(ATTACH, {"seen": seen, "activity": activity.pk})

    assert response["Location"] == activity.get_absolute_url()
    assert list(activity.consultations.all()) == [consultation]


def test_grouped_meanwhile_is_not_added_elsewhere(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    other, mine = make_activity(phase, 1), make_activity(phase, 2)
    consultation = make_consultation(cast.program)
    seen = opened(expert_client, consultation).context["seen"]
    consultation.activity = other
    save_record(consultation, by=cast.consultant)

    page = expert_client.post(ATTACH, {"seen": seen, "activity": mine.pk}, follow=True)

    assert "mezitím někdo zařadil jinam" in messages_of(page)[0]
    assert list(other.consultations.all()) == [consultation]


def test_activity_of_another_program_takes_nothing(cast: Cast, expert_client: Client) -> None:
    foreign = make_activity(make_phase(cast.strange_program))
    consultation = make_consultation(cast.program)

    response = expert_client.post(ATTACH, {"seen": f"{consultation.pk}.1", "activity": foreign.pk})

    assert response.status_code == 404
    assert not foreign.consultations.exists()


def test_taken_out_of_an_activity(cast: Cast, phase: Phase, expert_client: Client) -> None:
    activity = make_activity(phase)
    staying = make_consultation(cast.program, activity=activity)
    leaving = make_consultation(cast.program, activity=activity)
    address = reverse("programs:activity_release", args=["nas", activity.pk])

    expert_client.post(address, {"consultations": [f"{leaving.pk}.1"]})

    assert list(activity.consultations.all()) == [staying]
    leaving.refresh_from_db()
    assert leaving.history.first().history_user == cast.expert


def test_changed_meanwhile_is_not_taken_out(
    cast: Cast, phase: Phase, expert_client: Client
) -> None:
    activity = make_activity(phase)
    consultation = make_consultation(cast.program, activity=activity)
    save_record(consultation, by=cast.consultant)
    address = reverse("programs:activity_release", args=["nas", activity.pk])

    expert_client.post(address, {"consultations": [f"{consultation.pk}.1"]})

    assert list(activity.consultations.all()) == [consultation]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TOWN, 403), (Role.READER, 403), (Role.METHODOLOGIST, 403), (None, 404)],
)
def test_others_group_nothing(cast: Cast, phase: Phase, role: Role | None, status: int) -> None:
    activity = make_activity(phase)
    consultation = make_consultation(cast.program)
    grouped = make_consultation(cast.program, activity=activity)
    client = client_of(cast.member(role) if role else cast.stranger)
    release = reverse("programs:activity_release", args=["nas", activity.pk])

    answers = [
        client.get(GROUP, {"konzultace": consultation.pk}),
        client.post(GROUP, {"seen": f"{consultation.pk}.1", "title": "Moje"}),
        client.post(ATTACH, {"seen": f"{consultation.pk}.1", "activity": activity.pk}),
        client.post(release, {"consultations": [f"{grouped.pk}.1"]}),
    ]

    assert [answer.status_code for answer in answers] == [status] * 4
    assert list(activity.consultations.all()) == [grouped]
