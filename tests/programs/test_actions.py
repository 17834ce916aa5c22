"""Rules that no database can hold, and what every change leaves behind."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.audit import EditConflict, save_record
from programs import actions
from programs.actions import ForeignRecord
from programs.models import Activity, Consultation, Goal
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_recommendation,
    make_target_group,
)
from tests.conftest import Cast


def log(cast: Cast, **changes: object) -> Consultation:
    values = {
        "held_on": date(2024, 2, 29),
        "kind": "meeting",
        "outcome": "Dohoda.",
        **{key: value for key, value in changes.items() if key in {"held_on", "activity"}},
    }
    return actions.save_consultation(
        consultation=Consultation(program=cast.program, **values),
        opened_version=0,
        goals=changes.get("goals", []),  # type: ignore[arg-type]
        actors=changes.get("actors", []),  # type: ignore[arg-type]
        attendances=changes.get("attendances", {}),  # type: ignore[arg-type]
        by=cast.expert,
    )


def test_consultation_gets_phase_of_its_date(cast: Cast) -> None:
    phase = make_phase(cast.program)

    assert log(cast).phase == phase


def test_consultation_before_first_phase_has_none(cast: Cast) -> None:
    make_phase(cast.program)

    assert log(cast, held_on=date(2023, 12, 31)).phase is None


def test_consultation_moves_to_phase_of_changed_date(cast: Cast) -> None:
    make_phase(cast.program, 1)
    second = make_phase(cast.program, 2)
    consultation = log(cast)

    consultation.held_on = date(2024, 5, 1)
    actions.save_consultation(
        consultation=consultation,
        opened_version=1,
        goals=[],
        actors=[],
        attendances={},
        by=cast.expert,
    )

    assert Consultation.objects.get().phase == second


def test_consultation_keeps_everything_in_one_history_row(cast: Cast) -> None:
    goal, actor = make_goal(cast.program), make_actor(cast.program)
    group = make_target_group(cast.program)

    consultation = log(cast, goals=[goal], actors=[actor], attendances={group: 12})

    row = consultation.history.get()
    assert (row.history_type, row.history_user) == ("+", cast.expert)
    assert [link.goal for link in row.goals.all()] == [goal]
    assert [link.actor for link in row.actors.all()] == [actor]
    assert [(link.target_group, link.count) for link in row.target_groups.all()] == [(group, 12)]


def test_consultation_refuses_goal_of_another_program(cast: Cast) -> None:
    with pytest.raises(ForeignRecord):
        log(cast, goals=[make_goal(cast.strange_program)])

    assert not Consultation.objects.exists()


def test_consultation_refuses_actor_of_another_program(cast: Cast) -> None:
    with pytest.raises(ForeignRecord):
        log(cast, actors=[make_actor(cast.strange_program)])


def test_consultation_refuses_target_group_of_another_program(cast: Cast) -> None:
    with pytest.raises(ForeignRecord):
        log(cast, attendances={make_target_group(cast.strange_program): 3})


def test_consultation_refuses_activity_of_another_program(cast: Cast) -> None:
    foreign = make_activity(make_phase(cast.strange_program))

    with pytest.raises(ForeignRecord):
        log(cast, activity=foreign)


def test_second_save_of_one_version_refused(cast: Cast) -> None:
    consultation = make_consultation(cast.program)
    seen_by_second = Consultation.objects.get(pk=consultation.pk)
    consultation.outcome = "První."
    save_record(consultation, by=cast.expert)

    seen_by_second.outcome = "Druhý."
    with pytest.raises(EditConflict) as conflict:
        actions.save_consultation(
            consultation=seen_by_second,
            opened_version=1,
            goals=[],
            actors=[],
            attendances={},
            by=cast.consultant,
        )

    assert conflict.value.current == consultation
    assert Consultation.objects.get().outcome == "První."


def test_activity_added_to_end_of_its_phase(cast: Cast) -> None:
    phase = make_phase(cast.program)
    make_activity(phase, 1)
    make_activity(phase, 4)

    activity = actions.save_activity(
        activity=Activity(phase=phase, title="Nová"),
        opened_version=0,
        goals=[],
        actors=[],
        by=cast.expert,
    )

    assert activity.position == 5


def test_deleted_activity_lets_its_consultations_and_recommendations_go_with_a_trace(
    cast: Cast,
) -> None:
    activity = make_activity(make_phase(cast.program), goals=[make_goal(cast.program)])
    consultation = make_consultation(cast.program, activity=activity)
    recommendation = make_recommendation(cast.program, activity=activity)

    actions.delete_activity(activity=activity, by=cast.expert)

    consultation.refresh_from_db()
    recommendation.refresh_from_db()
    assert (consultation.activity, recommendation.activity) == (None, None)
    assert consultation.history.first().history_user == cast.expert
    assert recommendation.history.first().history_user == cast.expert


def test_deleted_activity_keeps_its_goals_in_history(cast: Cast) -> None:
    goal = make_goal(cast.program)
    activity = make_activity(make_phase(cast.program), goals=[goal])
    key = activity.pk

    actions.delete_activity(activity=activity, by=cast.expert)

    deleted, before, _created = Activity.history.filter(id=key).order_by("-history_id")
    assert deleted.history_type == "-"
    assert [link.goal for link in before.goals.all()] == [goal]


def test_goal_code_taken_refused(cast: Cast) -> None:
    make_goal(cast.program, "1.1")

    with pytest.raises(ValidationError) as refused:
        actions.save_goal(
            goal=Goal(program=cast.program, code="1.1", wording="Jiný."),
            opened_version=0,
            by=cast.expert,
        )

    assert list(refused.value.error_dict) == ["code"]


def test_same_code_in_another_program_allowed(cast: Cast) -> None:
    make_goal(cast.strange_program, "1.1")

    goal = actions.save_goal(
        goal=Goal(program=cast.program, code="1.1", wording="Náš."),
        opened_version=0,
        by=cast.expert,
    )

    assert goal.pk


def test_goal_below_goal_of_another_program_refused(cast: Cast) -> None:
    foreign = make_goal(cast.strange_program, "1.1")

    with pytest.raises(ForeignRecord):
        actions.save_goal(
            goal=Goal(program=cast.program, code="1.1.1", parent=foreign, wording="Dílčí."),
            opened_version=0,
            by=cast.expert,
        )


def test_phase_comment_leaves_its_author(cast: Cast) -> None:
    phase = make_phase(cast.program)

    phase.expert_comment = "Komentář."
    actions.comment_phase(phase=phase, opened_version=1, by=cast.expert)

    latest = phase.history.first()
    assert (latest.history_user, latest.expert_comment) == (cast.expert, "Komentář.")
