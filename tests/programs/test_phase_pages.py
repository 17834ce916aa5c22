from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.audit import delete_record, save_record
from accounts.roles import Role, Visibility
from programs import actions
from programs.models import Phase
from tests.builders import make_activity, make_consultation, make_phase
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

COURSE = "/programy/nas/realizace/"
ADD = "/programy/nas/realizace/faze/nova/"
LAYOUT = "/programy/nas/realizace/faze/rozvrhnout/"
COMMENT = "/programy/nas/realizace/faze-1/komentar/"


def address(name: str, phase: Phase) -> str:
    return reverse(f"programs:{name}", args=["nas", phase.pk])


def test_months_after_the_last_phase_are_proposed(cast: Cast, expert_client: Client) -> None:
    make_phase(cast.program)

    form = form_of(expert_client, ADD)

    assert form["first_month"].value() == date(2024, 4, 1)
    assert form["last_month"].value() == date(2024, 6, 1)


def test_first_phase_begins_with_the_program(cast: Cast, expert_client: Client) -> None:
    form = form_of(expert_client, ADD)

    assert form["first_month"].value() == date(2023, 7, 1)
    assert form["last_month"].value() == date(2023, 9, 1)


def test_phase_added_and_its_consultations_follow(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program, held_on=date(2023, 8, 1))

    response = send(expert_client, ADD, first_month="2023-07", last_month="2023-09")

    assert response["Location"] == f"{COURSE}#faze-1"
    consultation.refresh_from_db()
    assert consultation.phase == Phase.objects.get()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"first_month": ""}, "first_month", "Zadejte měsíc, kterým fáze začíná."),
        ({"first_month": "léto"}, "first_month", "Zadejte měsíc, například 7/2023."),
        ({"last_month": ""}, "last_month", "Zadejte měsíc, kterým fáze končí."),
        ({"last_month": "2023-06"}, "last_month", "Fáze nemůže skončit dřív, než začne."),
        (
            {"first_month": "2023-12", "last_month": "2024-01"},
            "first_month",
            "Fáze se nesmějí překrývat; některé z těchto měsíců už má Fáze 1.",
        ),
    ],
)
def test_bad_months_told_next_to_their_field(
    cast: Cast, expert_client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    make_phase(cast.program)
    typed = {"first_month": "2023-10", "last_month": "2023-12", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert Phase.objects.count() == 1


def test_months_outside_the_program_are_warned_about(cast: Cast, expert_client: Client) -> None:
    data = sent(form_of(expert_client, ADD), first_month="2023-05", last_month="2023-06")

    response = expert_client.post(ADD, data, follow=True)

    assertContains(response, "Fáze přesahuje období programu")
    assert Phase.objects.exists()


def test_months_changed_by_two_people_refused(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    opened = form_of(expert_client, address("phase_edit", phase))
    phase.last_month = date(2024, 2, 1)
    save_record(phase, by=cast.consultant)

    response = expert_client.post(
        address("phase_edit", phase), sent(opened, first_month="2024-01", last_month="2024-05")
    )

    assert response.status_code == 409
    phase.refresh_from_db()
    assert phase.last_month == date(2024, 2, 1)


def test_phase_deleted_after_a_question(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)

    assertContains(expert_client.get(address("phase_delete", phase)), "Smazat fázi?")
    expert_client.post(address("phase_delete", phase))

    assert not Phase.objects.exists()


def test_phase_with_activities_is_not_deleted_and_says_why(
    cast: Cast, expert_client: Client
) -> None:
    phase = make_phase(cast.program)
    make_activity(phase)

    response = expert_client.post(address("phase_delete", phase))

    assertContains(response, "Ve fázi jsou aktivity.", status_code=422)
    assert Phase.objects.exists()


def test_deleted_phase_comes_back_with_its_consultations(cast: Cast, expert_client: Client) -> None:
    first, second = make_phase(cast.program, 1), make_phase(cast.program, 2)
    before = make_consultation(cast.program, held_on=date(2024, 2, 1))
    actions.delete_phase(phase=first, by=cast.expert)
    after = make_consultation(cast.program, held_on=date(2024, 3, 1))
    row = Phase.history.filter(history_type="-").get()

    expert_client.post(reverse("programs:record_undelete", args=["nas", "phase", row.history_id]))

    back = Phase.objects.get(first_month=date(2024, 1, 1))
    second.refresh_from_db()
    assert (back.position, second.position) == (1, 2)
    assert set(back.consultations.all()) == {before, after}


def test_deleted_phase_whose_months_were_taken_stays_deleted(
    cast: Cast, expert_client: Client
) -> None:
    phase = make_phase(cast.program)
    actions.delete_phase(phase=phase, by=cast.expert)
    make_phase(cast.program)
    row = Phase.history.filter(history_type="-").get()

    page = expert_client.post(
        reverse("programs:record_undelete", args=["nas", "phase", row.history_id]), follow=True
    )

    assertContains(page, "Fáze se nesmějí překrývat")
    assert Phase.objects.count() == 1


def test_empty_course_lays_itself_out(cast: Cast, expert_client: Client) -> None:
    assertContains(expert_client.get(COURSE), "Rozvrhnout po čtvrtletích")

    page = expert_client.post(LAYOUT, follow=True)

    assertContains(page, "Fáze jsou rozvrženy po čtvrtletích.")
    assert Phase.objects.filter(program=cast.program).count() == 4
    assertContains(expert_client.post(LAYOUT, follow=True), "Program už fáze má.")
    assert Phase.objects.filter(program=cast.program).count() == 4


def test_reader_is_offered_nothing_to_change(cast: Cast, reader_client: Client) -> None:
    empty = reader_client.get(COURSE)
    make_activity(make_phase(cast.program))

    for page in (empty, reader_client.get(COURSE)):
        for words in ("Rozvrhnout", "Přidat", "Upravit", "Smazat", "Posunout"):
            assertNotContains(page, words)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TOWN, 403), (Role.READER, 403), (Role.METHODOLOGIST, 403), (None, 404)],
)
def test_others_change_no_phase(cast: Cast, role: Role | None, status: int) -> None:
    client = client_of(cast.member(role) if role else cast.stranger)
    phase = make_phase(cast.program)
    months = {"first_month": "2023-07", "last_month": "2023-07", "opened_version": 0}

    answers = [
        client.post(ADD, months),
        client.post(address("phase_edit", phase), {**months, "opened_version": 1}),
        client.post(address("phase_delete", phase)),
        client.post(LAYOUT),
    ]

    assert [answer.status_code for answer in answers] == [status] * 4
    assert Phase.objects.get().first_month == date(2024, 1, 1)


def test_phase_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_phase(cast.strange_program)

    for name in ("phase_edit", "phase_delete"):
        assert expert_client.get(address(name, foreign)).status_code == 404


def test_comment_stays_with_its_phase_when_numbers_change(
    cast: Cast, expert_client: Client
) -> None:
    phase = make_phase(cast.program, 1)
    opened = form_of(expert_client, COMMENT)
    earlier = Phase(
        program=cast.program, first_month=date(2023, 10, 1), last_month=date(2023, 12, 1)
    )
    actions.save_phase(phase=earlier, opened_version=0, by=cast.consultant)

    refused = expert_client.post(COMMENT, sent(opened, expert_comment="Můj komentář."))
    expert_client.post(COMMENT, sent(refused.context["form"]))

    phase.refresh_from_db()
    earlier.refresh_from_db()
    assert refused.status_code == 409
    assert (phase.position, phase.expert_comment) == (2, "Můj komentář.")
    assert earlier.expert_comment == ""


def test_comment_on_a_deleted_phase_is_not_lost(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    opened = form_of(expert_client, COMMENT)
    delete_record(phase, by=cast.consultant)

    refused = expert_client.post(COMMENT, sent(opened, expert_comment="Dlouho psaný."))
    data = sent(refused.context["form"]) | {"opened_phase": refused.context["phase"].pk or ""}
    data["opened_phase"] = opened["opened_phase"].value()
    expert_client.post(COMMENT, data)

    assert refused.status_code == 409
    assert Phase.objects.get().expert_comment == "Dlouho psaný."


def test_comment_is_written_beside_what_happened(cast: Cast, expert_client: Client) -> None:
    phase = make_phase(cast.program)
    make_activity(phase, title="Setkání s rodiči")
    make_consultation(cast.program, outcome="Dohodnut postup.")
    make_consultation(cast.program, outcome="Mimo fázi.", held_on=date(2023, 7, 1))

    page = expert_client.get(COMMENT)

    assertContains(page, "Setkání s\u00a0rodiči")
    assertContains(page, "Dohodnut postup.")
    assertNotContains(page, "Mimo fázi.")


def test_hidden_activities_are_not_shown_in_the_course(cast: Cast, reader_client: Client) -> None:
    make_activity(make_phase(cast.program), title="Tajná", visibility=Visibility.TEAM)

    assertNotContains(reader_client.get(COURSE), "Tajná")
