import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.restoring import restore_deleted
from programs import actions
from programs.models import Goal
from tests.builders import (
    make_activity,
    make_consultation,
    make_goal,
    make_output,
    make_phase,
    make_recommendation,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

ADD = "/programy/nas/cile/novy/"


def test_sub_goal_added(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "2.10")

    send(expert_client, ADD, code="2.10.3", parent=parent.pk, wording="Dílčí cíl.")

    goal = Goal.objects.get(code="2.10.3")
    assert (goal.parent, goal.program) == (parent, cast.program)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"code": "1.9", "wording": ""}, "wording", "Napište znění cíle."),
        ({"code": "1.1"}, "code", "Kód 1.1 už má jiný cíl."),
        ({"code": ""}, "code", "Dlouhodobý cíl už program má; zadejte tomuto cíli kód."),
        (
            {"code": "1,5"},
            "code",
            "Zadejte čísla oddělená tečkami, například 1.1.5.",
        ),
        ({"code": "1.1."}, "code", "Zadejte čísla oddělená tečkami, například 1.1.5."),
        (
            {"code": "1." * 15 + "1"},
            "code",
            "Tato hodnota má mít nejvýše 30 znaků (nyní má 31).",
        ),
        (
            {"short_title": "a" * 151},
            "short_title",
            "Tato hodnota má mít nejvýše 150 znaků (nyní má 151).",
        ),
    ],
)
def test_bad_goal_told_next_to_its_field(
    cast: Cast,
    expert_client: Client,
    changes: dict[str, object],
    field: str,
    message: str,
) -> None:
    make_goal(cast.program, "")
    make_goal(cast.program, "1.1")
    typed = {"code": "1.2", "wording": "Pečlivě napsané znění.", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivě napsané znění." in response.content.decode() or field == "wording"
    assert Goal.objects.filter(program=cast.program).count() == 2


def test_code_outside_its_branch_refused(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "1.1")

    response = send(expert_client, ADD, code="1.2.1", parent=parent.pk, wording="Dílčí.")

    assert errors_of(response) == {"code": ["Kód musí začínat kódem nadřazeného cíle, tedy 1.1."]}


def test_sub_goal_without_code_refused(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "1.1")

    response = send(expert_client, ADD, code="", parent=parent.pk, wording="Dílčí.")

    assert errors_of(response) == {"code": ["Cíl pod jiným cílem musí mít kód."]}


def test_code_below_another_goal_needs_it_as_superior(cast: Cast, expert_client: Client) -> None:
    make_goal(cast.program, "1.1")

    response = send(expert_client, ADD, code="1.1.6", wording="Dílčí.")

    assert errors_of(response) == {
        "parent": ["Kód 1.1.6 patří pod cíl 1.1; vyberte ho jako nadřazený."]
    }


def test_goal_with_a_wrong_place_is_still_reworded(cast: Cast, expert_client: Client) -> None:
    make_goal(cast.program, "1.1")
    goal = make_goal(cast.program, "1.1.6")

    send(expert_client, reverse("programs:goal_edit", args=["nas", goal.pk]), wording="Jinak.")

    assert Goal.objects.get(pk=goal.pk).wording == "Jinak."


def test_first_goal_is_the_long_term_one_and_others_are_offered_the_next_code(
    cast: Cast, expert_client: Client
) -> None:
    assert not form_of(expert_client, ADD)["code"].value()

    make_goal(cast.program, "")
    parent = make_goal(cast.program, "1.4")
    child = make_goal(cast.program, "1.4.2", parent=parent)
    make_goal(cast.program, "1.4.2.1", parent=child)

    offered = {
        asked: (form["parent"].value(), form["code"].value())
        for asked in ("", parent.pk, child.pk, "x", "9" * 40)
        for form in [form_of(expert_client, f"{ADD}?parent={asked}")]
    }
    assert offered == {
        "": (None, "1.5"),
        parent.pk: (parent.pk, "1.4.3"),
        child.pk: (child.pk, "1.4.2.2"),
        "x": (None, "1.5"),
        "9" * 40: (None, "1.5"),
    }


def test_superior_goal_of_another_program_is_not_preselected(
    cast: Cast, expert_client: Client
) -> None:
    foreign = make_goal(cast.strange_program, "1.1")

    form = form_of(expert_client, f"{ADD}?parent={foreign.pk}")

    assert form["parent"].value() is None


def test_goal_of_another_program_not_offered_and_not_taken(
    cast: Cast, expert_client: Client
) -> None:
    foreign = make_goal(cast.strange_program, "1.1")

    response = send(expert_client, ADD, code="1.1.1", parent=foreign.pk, wording="Dílčí.")

    assert errors_of(response) == {"parent": ["Vyberte platnou možnost. Tato není k dispozici."]}


def test_goal_cannot_be_moved_below_itself(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "1.1")
    child = make_goal(cast.program, "1.1.1", parent=parent)

    response = send(
        expert_client, reverse("programs:goal_edit", args=["nas", parent.pk]), parent=child.pk
    )

    assert list(errors_of(response)) == ["parent"]


def test_code_used_by_sub_goals_stays(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.1.1", parent=parent)

    response = send(
        expert_client, reverse("programs:goal_edit", args=["nas", parent.pk]), code="1.7"
    )

    assert errors_of(response) == {
        "code": ["Tento kód používají dílčí cíle; změňte nejdřív kódy jejich."]
    }


def test_forged_goal_id_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_goal(cast.strange_program)

    response = expert_client.get(reverse("programs:goal_edit", args=["nas", foreign.pk]))

    assert response.status_code == 404


def delete_address(goal: Goal) -> str:
    return reverse("programs:goal_delete", args=["nas", goal.pk])


def test_deletion_asks_and_tells_what_loses_its_link(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, "1.1", wording="Znění.")
    make_activity(make_phase(cast.program), goals=[goal], text="K cíli 1.1 i k cílům 1.1–1.2.")
    make_consultation(cast.program, goals=[goal])
    make_consultation(cast.program, goals=[goal])
    make_recommendation(cast.program, goals=[goal])
    make_output(cast.program, goals=[goal])

    page = expert_client.get(delete_address(goal)).content.decode()

    assert "Smazat cíl?" in page
    assert "zůstanou: 1 aktivita, 2 konzultace, 1 výstup, 1 doporučení." in page
    assert "Texty se na cíl odkazují na 2 místech" in page
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_goal_deleted_and_brought_back_with_its_links(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, "1.1")
    activity = make_activity(make_phase(cast.program), goals=[goal])
    output = make_output(cast.program, goals=[goal])

    response = expert_client.post(delete_address(goal), follow=True)

    assert "Cíl je smazán." in response.content.decode()
    assert not Goal.objects.filter(program=cast.program).exists()
    assert list(activity.goals.all()) == list(output.goals.all()) == []

    restore_deleted(model=Goal, object_id=goal.pk, by=cast.expert)

    assert list(activity.goals.all()) == list(output.goals.all()) == [goal]


def test_goal_with_sub_goals_is_not_deleted(cast: Cast, expert_client: Client) -> None:
    parent = make_goal(cast.program, "1.1")
    make_goal(cast.program, "1.1.1", parent=parent)
    make_goal(cast.program, "1.1.2", parent=parent)

    asked = expert_client.get(delete_address(parent)).content.decode()
    refused = expert_client.post(delete_address(parent))

    assert "Cíl má dílčí cíle (1.1.1, 1.1.2)" in asked
    assert refused.status_code == 422
    assert "Nejdřív smažte je" in refused.content.decode()
    assert Goal.objects.filter(pk=parent.pk).exists()


def test_deletion_needs_the_right_and_the_program(cast: Cast) -> None:
    goal = make_goal(cast.program, "1.1")
    foreign = make_goal(cast.strange_program, "1.1")

    answers = [
        client_of(cast.town).post(delete_address(goal)).status_code,
        client_of(cast.stranger).post(delete_address(goal)).status_code,
        client_of(cast.expert).post(delete_address(foreign)).status_code,
    ]

    assert answers == [403, 404, 404]
    assert Goal.objects.count() == 2


def test_wording_of_a_goal_deleted_meanwhile_is_not_lost(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, "1.1")
    address = reverse("programs:goal_edit", args=["nas", goal.pk])
    opened = form_of(expert_client, address)
    actions.delete_goal(goal=goal, by=cast.consultant)

    response = expert_client.post(address, sent(opened, wording="Psáno mezitím."))

    assert response.status_code == 409
    assert "Psáno mezitím." in response.content.decode()


def test_goals_of_many_levels_stand_in_lists_within_lists(
    cast: Cast, expert_client: Client
) -> None:
    parent = make_goal(cast.program, "1.1")
    for depth in range(3, 7):
        parent = make_goal(cast.program, ".".join("1" * depth), parent=parent)

    page = expert_client.get("/programy/nas/cile/").content.decode()

    assert page.count('<ol class="goals"') == 5
    assert "Cíl 1.1.1.1.1.1" in page
    assert f"/cile/novy/?parent={parent.pk}" in page


def test_html_in_wording_stays_text(cast: Cast, expert_client: Client) -> None:
    send(expert_client, ADD, code="1.1", wording="<script>alert(1)</script> & =1+1")

    page = expert_client.get("/programy/nas/cile/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; =1+1" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("state", ["suspended", "postponed"])
def test_pause_needs_reason_and_position(cast: Cast, expert_client: Client, state: str) -> None:
    goal = make_goal(cast.program)

    response = send(
        expert_client,
        reverse("programs:goal_evaluate", args=["nas", goal.pk]),
        implementation_state=state,
        evaluation="Rozepsané vyhodnocení.",
    )

    assert errors_of(response) == {
        "state_reason": ["Uveďte, proč je cíl pozastaven nebo odložen."],
        "state_position": ["Uveďte, čí je to stanovisko."],
    }
    assert "Rozepsané vyhodnocení." in response.content.decode()


def test_unknown_state_refused(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)

    response = send(
        expert_client,
        reverse("programs:goal_evaluate", args=["nas", goal.pk]),
        implementation_state="hotovo",
    )

    assert errors_of(response) == {
        "implementation_state": ['Vyberte platnou možnost, "hotovo" není k dispozici.']
    }


def test_second_evaluation_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    address = reverse("programs:goal_evaluate", args=["nas", goal.pk])
    opened = form_of(expert_client, address)
    goal.evaluation = "Verze konzultanta."
    save_record(goal, by=cast.consultant)

    response = expert_client.post(address, sent(opened, evaluation="Moje verze."))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Verze konzultanta." in page
    assert "Moje verze." in page
    assert str(cast.consultant) in page
    assert Goal.objects.get().evaluation == "Verze konzultanta."


def test_saving_again_after_conflict_is_deliberate(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    address = reverse("programs:goal_evaluate", args=["nas", goal.pk])
    opened = form_of(expert_client, address)
    goal.evaluation = "Verze konzultanta."
    save_record(goal, by=cast.consultant)
    refused = expert_client.post(address, sent(opened, evaluation="Moje verze."))

    expert_client.post(address, sent(refused.context["form"]))

    assert Goal.objects.get().evaluation == "Moje verze."


def test_goal_list_says_what_is_not_given(cast: Cast, reader_client: Client) -> None:
    make_goal(cast.program, "1.1")

    page = reader_client.get("/programy/nas/cile/").content.decode()

    assert page.count("neuvedeno") == 2
    assert "Upravit znění" not in page


def test_empty_goal_list_teaches(cast: Cast, expert_client: Client) -> None:
    page = expert_client.get("/programy/nas/cile/").content.decode()

    assert "Program zatím nemá žádné cíle." in page
