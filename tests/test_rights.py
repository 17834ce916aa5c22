"""Who may do what: each row of the table of rights, tried by each role over HTTP."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from actors.models import Municipality
from indicators.models import AdoptedCriterion, Assessment, CriteriaCatalogue, Moment, Rater, Rating
from programs.models import (
    Abbreviation,
    Activity,
    Consultation,
    Evidence,
    Goal,
    Membership,
    Output,
    Recommendation,
    ScheduleStep,
    Theme,
)
from reporting.formats import Format
from tests.builders import (
    adopt,
    assess,
    make_consultation,
    make_criterion,
    make_goal,
    make_member,
    make_output,
    make_phase,
    make_recommendation,
    make_step,
)
from tests.catalogue import furnish_catalogue
from tests.conftest import Cast, client_of
from tests.forms import sent, sent_editor

EXPERT, CONSULTANT, METHODOLOGIST, TOWN, READER = Role

WRITERS = {
    "frame": {EXPERT, CONSULTANT},
    "baseline statement": {EXPERT, CONSULTANT, TOWN},
    "final statement": {EXPERT, CONSULTANT},
    "output": {EXPERT, CONSULTANT},
    "schedule": {EXPERT, CONSULTANT},
    "order of goals": {EXPERT, CONSULTANT},
    "goal evaluation": {EXPERT, CONSULTANT},
    "comment": {EXPERT, CONSULTANT},
    "activity": {EXPERT, CONSULTANT},
    "expert's rating": {EXPERT},
    "town's rating": {TOWN},
    "consultation": {EXPERT, CONSULTANT},
    "recommendation": {EXPERT, CONSULTANT},
    "town's response": {CONSULTANT, TOWN},
    "what became of a recommendation": {EXPERT, CONSULTANT, TOWN},
    "inviting": {CONSULTANT},
    "roles": {CONSULTANT},
    "removing": {CONSULTANT},
    "actor": {EXPERT, CONSULTANT},
    "source": {EXPERT, CONSULTANT},
    "figure": {EXPERT, CONSULTANT},
    "municipality": {METHODOLOGIST},
    "adopted criterion": {EXPERT, CONSULTANT},
    "version of the catalogue": {EXPERT, CONSULTANT},
    "draft of the catalogue": {METHODOLOGIST},
    "evidence": {EXPERT, CONSULTANT, TOWN},
    "theme": {METHODOLOGIST},
    "shared abbreviation": {METHODOLOGIST},
}


@dataclass
class World:
    cast: Cast
    adopted: AdoptedCriterion
    goal: Goal


@pytest.fixture
def world(cast: Cast) -> World:
    criterion = make_criterion()
    adopted = adopt(cast.program, criterion)
    indicator = criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=1, town=1, statement="Před.")
    assess(adopted, indicator, Moment.FINAL, expert=1, town=1, statement="Po.")
    make_phase(cast.program)
    return World(cast, adopted, make_goal(cast.program))


def edit_indicator(client: Client, world: World, **changes: object) -> None:
    indicator = world.adopted.criterion.indicators.get()
    address = reverse("indicators:indicator_edit", args=["nas", indicator.pk])
    shown = client.get(address)
    editor = shown.context.get("editor") if shown.context else None
    data = sent_editor(editor, **changes) if editor else changes
    client.post(address, data)


def submit(client: Client, address: str, **changes: object) -> None:
    """Fill in the form at an address, or send the bare values where there is no form."""
    shown = client.get(address)
    form = shown.context.get("form") if shown.context else None
    client.post(address, sent(form, **changes) if form else {**changes, "opened_version": 0})


def write_frame(client: Client, world: World) -> bool:
    submit(client, reverse("programs:goal_add", args=["nas"]), code="1.2", wording="Nový cíl.")
    return Goal.objects.filter(program=world.cast.program, code="1.2").exists()


def write_output(client: Client, world: World) -> bool:
    submit(client, reverse("programs:output_add", args=["nas"]), text="Nový výstup.")
    return Output.objects.filter(program=world.cast.program, text="Nový výstup.").exists()


def write_step(client: Client, world: World) -> bool:
    address = reverse("programs:step_add", args=["nas"])
    submit(client, address, description="Nový krok.", timing="continuous")
    return ScheduleStep.objects.filter(program=world.cast.program).exists()


def move_goal(client: Client, world: World) -> bool:
    make_goal(world.cast.program, "1.2")
    client.post(reverse("programs:goal_move", args=["nas", world.goal.pk]), {"rank": 2})
    world.goal.refresh_from_db()
    return world.goal.code == "1.2"


def write_baseline(client: Client, world: World) -> bool:
    edit_indicator(client, world, baseline__statement="Nově před.")
    return Assessment.objects.get(moment=Moment.BASELINE).statement == "Nově před."


def write_final(client: Client, world: World) -> bool:
    edit_indicator(client, world, final__statement="Nově po.")
    return Assessment.objects.get(moment=Moment.FINAL).statement == "Nově po."


def rate_as_expert(client: Client, world: World) -> bool:
    edit_indicator(client, world, **{"final__expert__verdict": "3"})
    return Rating.objects.get(assessment__moment=Moment.FINAL, rater=Rater.EXPERT).level == 3


def rate_as_town(client: Client, world: World) -> bool:
    edit_indicator(client, world, **{"final__town__verdict": "4", "final__town__note": "Splněno"})
    rating = Rating.objects.get(assessment__moment=Moment.FINAL, rater=Rater.TOWN)
    return rating.level == 4 and rating.note == "Splněno"


def write_evaluation(client: Client, world: World) -> bool:
    submit(
        client,
        reverse("programs:goal_evaluate", args=["nas", world.goal.pk]),
        evaluation="Splněno zčásti.",
    )
    world.goal.refresh_from_db()
    return world.goal.evaluation == "Splněno zčásti."


def write_comment(client: Client, world: World) -> bool:
    submit(client, reverse("programs:phase_comment", args=["nas", 1]), expert_comment="Komentář.")
    return world.cast.program.phase_set.get().expert_comment == "Komentář."


def write_activity(client: Client, world: World) -> bool:
    submit(client, reverse("programs:activity_add", args=["nas", 1]), title="Setkání")
    return Activity.objects.filter(title="Setkání").exists()


def write_consultation(client: Client, world: World) -> bool:
    submit(
        client,
        reverse("programs:consultation_add", args=["nas"]),
        kind="meeting",
        outcome="Dohoda.",
    )
    return Consultation.objects.filter(program=world.cast.program).exists()


def write_recommendation(client: Client, world: World) -> bool:
    submit(client, reverse("indicators:recommendation_add", args=["nas"]), title="Otevřít klub")
    return Recommendation.objects.filter(title="Otevřít klub").exists()


def respond(client: Client, world: World) -> bool:
    recommendation = make_recommendation(world.cast.program)
    address = reverse("indicators:recommendation_respond", args=["nas", recommendation.pk])
    submit(client, address, response="accepted")
    recommendation.refresh_from_db()
    return recommendation.response == "accepted"


def follow_up(client: Client, world: World) -> bool:
    recommendation = make_recommendation(world.cast.program)
    address = reverse("indicators:recommendation_follow_up", args=["nas", recommendation.pk])
    submit(client, address, follow_up="done")
    recommendation.refresh_from_db()
    return recommendation.follow_up == "done"


def invite(client: Client, world: World) -> bool:
    submit(client, reverse("programs:invitation_add", args=["nas"]), emails="a@b.cz", role="town")
    return world.cast.program.invitations.exists()


def another_reader(world: World) -> Membership:
    return Membership.objects.get(user=make_member(world.cast.program, READER))


def change_role(client: Client, world: World) -> bool:
    member = another_reader(world)
    submit(client, reverse("programs:member_edit", args=["nas", member.pk]), role="town")
    return Membership.objects.get(pk=member.pk).role == TOWN


def remove_member(client: Client, world: World) -> bool:
    member = another_reader(world)
    client.post(reverse("programs:member_remove", args=["nas", member.pk]))
    return not Membership.objects.filter(pk=member.pk).exists()


def write_actor(client: Client, world: World) -> bool:
    submit(client, reverse("programs:actor_add", args=["nas"]), name="Škola", kind="body")
    return world.cast.program.actors.filter(name="Škola").exists()


def write_source(client: Client, world: World) -> bool:
    submit(client, reverse("programs:source_add", args=["nas"]), name="Strategie")
    return world.cast.program.source_set.exists()


def write_figure(client: Client, world: World) -> bool:
    submit(client, reverse("programs:figure_add", args=["nas"]), name="Obyvatelé", value="0")
    return world.cast.program.contextfigure_set.exists()


def write_municipality(client: Client, world: World) -> bool:
    town = {"name": "Smyšlenov", "code": "999123", "district": "Most", "region": "Ústecký kraj"}
    submit(client, reverse("municipality_add"), **town)
    return Municipality.objects.filter(code="999123").exists()


def order_criterion(client: Client, world: World) -> bool:
    address = reverse("indicators:adopted_criterion_edit", args=["nas", world.adopted.pk])
    submit(client, address, due_on="2024-05-31")
    world.adopted.refresh_from_db()
    return world.adopted.due_on is not None


def move_to_newer_version(client: Client, world: World) -> bool:
    catalogue = world.adopted.criterion.area.catalogue
    furnish_catalogue(catalogue)
    newer = CriteriaCatalogue.objects.get(previous=catalogue)
    address = reverse("indicators:catalogue_move", args=["nas", newer.pk])
    client.post(address, {"opened": catalogue.pk})
    return CriteriaCatalogue.objects.of_program(world.cast.program) == newer


def write_catalogue(client: Client, world: World) -> bool:
    submit(client, reverse("catalogue_add"), title="Kritéria", version_name="2030")
    return CriteriaCatalogue.objects.filter(version_name="2030").exists()


def write_evidence(client: Client, world: World) -> bool:
    address = reverse("indicators:evidence_add", args=["nas"])
    submit(client, address, title="Zápis", url="https://www.example.cz/zapis")
    return Evidence.objects.filter(title="Zápis").exists()


def write_theme(client: Client, world: World) -> bool:
    submit(client, reverse("theme_add"), name="Bydlení")
    return Theme.objects.filter(name="Bydlení").exists()


def write_abbreviation(client: Client, world: World) -> bool:
    submit(client, reverse("abbreviation_add"), abbreviation="SVL", expansion="lokalita")
    return Abbreviation.objects.filter(abbreviation="SVL").exists()


WRITES: dict[str, Callable[[Client, World], bool]] = {
    "frame": write_frame,
    "baseline statement": write_baseline,
    "final statement": write_final,
    "output": write_output,
    "schedule": write_step,
    "order of goals": move_goal,
    "goal evaluation": write_evaluation,
    "comment": write_comment,
    "activity": write_activity,
    "expert's rating": rate_as_expert,
    "town's rating": rate_as_town,
    "consultation": write_consultation,
    "recommendation": write_recommendation,
    "town's response": respond,
    "what became of a recommendation": follow_up,
    "inviting": invite,
    "roles": change_role,
    "removing": remove_member,
    "actor": write_actor,
    "source": write_source,
    "figure": write_figure,
    "municipality": write_municipality,
    "adopted criterion": order_criterion,
    "version of the catalogue": move_to_newer_version,
    "draft of the catalogue": write_catalogue,
    "evidence": write_evidence,
    "theme": write_theme,
    "shared abbreviation": write_abbreviation,
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("row", list(WRITES))
def test_row_written_only_by_its_roles(world: World, row: str, role: Role) -> None:
    client = client_of(world.cast.member(role))

    written = WRITES[row](client, world)

    assert written == (role in WRITERS[row])


@pytest.mark.parametrize("row", list(WRITES))
def test_row_not_written_by_stranger(world: World, row: str) -> None:
    client = client_of(world.cast.stranger)

    written = WRITES[row](client, world)

    assert written is False


PROGRAM_PAGES = [
    "program_detail",
    "programs:goal_list",
    "programs:output_list",
    "programs:schedule_detail",
    "programs:course_detail",
    "programs:consultation_list",
    "programs:consultation_statistics",
    "programs:actor_list",
    "programs:working_group_list",
    "programs:target_group_list",
    "programs:source_list",
    "programs:figure_list",
    "programs:abbreviation_list",
    "indicators:indicator_list",
    "indicators:recommendation_list",
    "indicators:evidence_list",
    "reporting:report_preview",
    "reporting:report_list",
]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("page", PROGRAM_PAGES)
def test_program_read_by_every_role(world: World, page: str, role: Role) -> None:
    response = client_of(world.cast.member(role)).get(reverse(page, args=["nas"]))

    assert response.status_code == 200


def write_addresses(world: World) -> list[str]:
    indicator = world.adopted.criterion.indicators.get()
    consultation = make_consultation(world.cast.program)
    output, step = make_output(world.cast.program), make_step(world.cast.program)
    return [
        reverse("programs:goal_add", args=["nas"]),
        reverse("programs:goal_edit", args=["nas", world.goal.pk]),
        reverse("programs:goal_evaluate", args=["nas", world.goal.pk]),
        reverse("programs:goal_delete", args=["nas", world.goal.pk]),
        reverse("programs:goal_renumber", args=["nas"]),
        reverse("programs:output_add", args=["nas"]),
        reverse("programs:output_edit", args=["nas", output.pk]),
        reverse("programs:output_delete", args=["nas", output.pk]),
        reverse("programs:step_add", args=["nas"]),
        reverse("programs:step_edit", args=["nas", step.pk]),
        reverse("programs:step_delete", args=["nas", step.pk]),
        reverse("programs:phase_comment", args=["nas", 1]),
        reverse("programs:activity_add", args=["nas", 1]),
        reverse("programs:actor_add", args=["nas"]),
        reverse("programs:actor_take", args=["nas"]),
        reverse("programs:working_group_add", args=["nas"]),
        reverse("programs:target_group_add", args=["nas"]),
        reverse("programs:source_add", args=["nas"]),
        reverse("programs:figure_add", args=["nas"]),
        reverse("programs:abbreviation_add", args=["nas"]),
        reverse("programs:consultation_add", args=["nas"]),
        reverse("programs:consultation_phase", args=["nas"]),
        reverse("programs:consultation_edit", args=["nas", consultation.pk]),
        reverse("programs:consultation_delete", args=["nas", consultation.pk]),
        reverse("indicators:indicator_edit", args=["nas", indicator.pk]),
        reverse("indicators:adopted_criterion_add", args=["nas"]),
        reverse("reporting:report_add", args=["nas"]),
        reverse("indicators:adopted_criterion_edit", args=["nas", world.adopted.pk]),
        reverse("indicators:adopted_criterion_delete", args=["nas", world.adopted.pk]),
    ]


@pytest.mark.parametrize("role", [METHODOLOGIST, READER])
def test_forms_refused_with_403_to_roles_that_only_read(world: World, role: Role) -> None:
    client = client_of(world.cast.member(role))

    answers = {address: client.get(address).status_code for address in write_addresses(world)}

    assert answers == dict.fromkeys(answers, 403)


def test_forms_hidden_with_404_from_stranger(world: World) -> None:
    client = client_of(world.cast.stranger)

    answers = {address: client.get(address).status_code for address in write_addresses(world)}

    assert answers == dict.fromkeys(answers, 404)


def test_pages_hidden_with_404_from_stranger(world: World) -> None:
    client = client_of(world.cast.stranger)

    answers = {page: client.get(reverse(page, args=["nas"])).status_code for page in PROGRAM_PAGES}

    assert answers == dict.fromkeys(PROGRAM_PAGES, 404)


def without_tokens(response: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_program_that_does_not_exist_looks_like_a_hidden_one(world: World) -> None:
    client = client_of(world.cast.stranger)

    hidden = client.get(reverse("program_detail", args=["nas"]))
    missing = client.get(reverse("program_detail", args=["neni"]))

    assert hidden.status_code == missing.status_code == 404
    assert without_tokens(hidden).replace("/nas/", "/neni/") == without_tokens(missing)


def test_partners_edition_refused_to_reader(world: World) -> None:
    client = client_of(world.cast.reader)

    addresses = [reverse("reporting:report_preview", args=["nas"])]
    for route in ("report_file", "rendering_detail", "rendering_retry"):
        addresses += [reverse(f"reporting:{route}", args=["nas", form]) for form in Format]
    answers = {
        (client.post if address.endswith("/znovu/") else client.get)(
            address, query_params={"pro": "partnery"}
        ).status_code
        for address in addresses
    }

    assert answers == {403}


def test_former_member_loses_access_at_once(world: World) -> None:
    client = client_of(world.cast.expert)
    world.cast.expert.memberships.get().delete()

    response = client.get(reverse("program_detail", args=["nas"]))

    assert response.status_code == 404


@pytest.mark.parametrize("role", [EXPERT, CONSULTANT, TOWN, READER])
def test_code_lists_refused_to_all_but_methodologists(world: World, role: Role) -> None:
    response = client_of(world.cast.member(role)).get(reverse("code_lists"))

    assert response.status_code == 403
