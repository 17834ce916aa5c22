import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.restoring import restore_deleted
from accounts.roles import Visibility
from programs import actions
from programs.models import Output
from tests.builders import make_goal, make_output, make_recommendation
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/cile/vystupy/"
ADD = "/programy/nas/cile/vystupy/novy/"


def address(action: str, output: Output) -> str:
    return reverse(f"programs:output_{action}", args=["nas", output.pk])


def order(cast: Cast) -> list[str]:
    outputs = Output.objects.filter(program=cast.program)
    return list(outputs.values_list("text", flat=True))


def test_output_added_to_the_end_with_its_links(cast: Cast, expert_client: Client) -> None:
    make_output(cast.program, 1)
    goal = make_goal(cast.program, "1.1")
    recommendation = make_recommendation(cast.program)

    response = send(
        expert_client, ADD, text="Nový výstup.", goals=[goal], recommendations=[recommendation]
    )

    output = Output.objects.get(text="Nový výstup.")
    assert response.url == LIST
    assert (output.position, output.delivered) == (2, "")
    assert list(output.goals.all()) == [goal]
    assert list(output.recommendations.all()) == [recommendation]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"text": ""}, {"text": ["Napište, o jaký výstup jde."]}),
        (
            {"delivered": "skoro"},
            {"delivered": ['Vyberte platnou možnost, "skoro" není k dispozici.']},
        ),
    ],
)
def test_bad_output_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    response = send(expert_client, ADD, **{"text": "Pečlivě napsaný výstup.", **changes})

    assert response.status_code == 422
    assert errors_of(response) == errors
    assert "Pečlivě napsaný výstup." in response.content.decode() or "text" in errors
    assert not Output.objects.exists()


def test_goals_and_recommendations_of_another_program_not_taken(
    cast: Cast, expert_client: Client
) -> None:
    goal = make_goal(cast.strange_program, "1.1")
    recommendation = make_recommendation(cast.strange_program)

    response = send(
        expert_client, ADD, text="Výstup.", goals=[goal], recommendations=[recommendation]
    )

    assert sorted(errors_of(response)) == ["goals", "recommendations"]


def test_action_refuses_what_belongs_to_another_program(cast: Cast) -> None:
    foreign = make_recommendation(cast.strange_program)
    for goals, recommendations in (
        ([make_goal(cast.strange_program)], []),
        ([], [foreign]),
    ):
        with pytest.raises(actions.ForeignRecord):
            actions.save_output(
                output=Output(program=cast.program, text="Výstup."),
                opened_version=0,
                goals=goals,
                recommendations=recommendations,
                by=cast.expert,
            )


def test_output_judged(cast: Cast, expert_client: Client) -> None:
    output = make_output(cast.program)
    assert "zatím neposouzeno" in expert_client.get(LIST).content.decode()

    send(expert_client, address("edit", output), delivered="partly")

    page = expert_client.get(LIST).content.decode()
    assert "dodán částečně" in page
    assert "zatím neposouzeno" not in page


def test_second_save_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    output = make_output(cast.program)
    opened = form_of(expert_client, address("edit", output))
    output.text = "Konzultantova."
    save_record(output, by=cast.consultant)

    response = expert_client.post(address("edit", output), sent(opened, text="Expertova."))

    assert response.status_code == 409
    assert "Konzultantova." in response.content.decode()
    assert "Expertova." in response.content.decode()
    output.refresh_from_db()
    assert output.text == "Konzultantova."


def test_output_deleted_with_a_question_and_brought_back(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    output = make_output(cast.program, goals=[goal])

    assert "Smazat výstup?" in expert_client.get(address("delete", output)).content.decode()
    assert Output.objects.filter(pk=output.pk).exists()
    response = expert_client.post(address("delete", output), follow=True)

    assert "Výstup je smazán." in response.content.decode()
    assert not Output.objects.exists()
    restore_deleted(model=Output, object_id=output.pk, by=cast.expert)
    assert list(Output.objects.get().goals.all()) == [goal]


def test_outputs_moved(cast: Cast, expert_client: Client) -> None:
    first, second = (make_output(cast.program, place, text=f"V{place}") for place in (1, 2))

    expert_client.post(address("move", second), {"rank": 1})

    assert order(cast) == ["V2", "V1"]
    assert first.history.count() == second.history.count() == 2


def test_rights(cast: Cast) -> None:
    output = make_output(cast.program, text="Náš výstup")
    foreign = make_output(cast.strange_program)
    writes = [ADD, *(address(name, output) for name in ("edit", "delete", "move"))]

    town = [client_of(cast.town).post(path, {"rank": 1}).status_code for path in writes]
    stranger = [client_of(cast.stranger).post(path).status_code for path in [LIST, *writes]]
    forged = [
        client_of(cast.expert).post(address(name, foreign)).status_code
        for name in ("edit", "delete", "move")
    ]

    assert town == [403] * 4
    assert client_of(cast.stranger).get(LIST).status_code == 404
    assert stranger[1:] == [404] * 4
    assert forged == [404] * 3
    assert Output.objects.count() == 2


def test_reader_sees_outputs_without_buttons_and_without_hidden_recommendations(
    cast: Cast, reader_client: Client
) -> None:
    hidden = make_recommendation(cast.program, title="Tajné", visibility=Visibility.TEAM)
    output = make_output(cast.program, text="Výstup", recommendations=[hidden])

    page = reader_client.get(LIST).content.decode()
    history = reader_client.get(address("history", output)).content.decode()

    assert "Výstup" in page
    assert "Tajné" not in page + history
    assert "Upravit" not in page
    assert "/presunout/" not in page


def test_list_without_outputs_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné výstupy." in expert_client.get(LIST).content.decode()
