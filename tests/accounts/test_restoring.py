"""What was can come back: an older version, and a deleted record with its links."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.audit import delete_record, save_record
from accounts.models import User
from accounts.ordering import put_at
from accounts.restoring import restore_deleted, restore_version
from programs.actions import delete_program
from programs.models import (
    Activity,
    Consultation,
    ContextFigure,
    Goal,
    Phase,
    Program,
    Recommendation,
    Source,
)
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_figure,
    make_goal,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
    make_source,
    make_target_group,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def jana() -> User:
    return make_user(name="Jana Nováková")


def make_later_phase(program: Program) -> Phase:
    return make_phase(program, 2, first_month=date(2024, 4, 1), last_month=date(2024, 6, 1))


# --- an older version -----------------------------------------------------------------------


def test_older_version_comes_back_with_its_links(jana: User) -> None:
    program = make_program()
    goal, actor = make_goal(program), make_actor(program)
    young = make_target_group(program)
    consultation = make_consultation(
        program, outcome="Původní.", goals=[goal], actors=[actor], counts={young: 7}
    )
    row = consultation.history.get()
    consultation.outcome = "Jiný."
    save_record(consultation, by=jana, links={"goals": [], "actors": []})
    consultation.attendances.all().delete()

    restore_version(record=consultation, row=row, by=jana)

    found = Consultation.objects.get()
    assert found.outcome == "Původní."
    assert list(found.goals.all()) == [goal]
    assert list(found.actors.all()) == [actor]
    assert [(row.target_group, row.count) for row in found.attendances.all()] == [(young, 7)]
    assert found.version == 3
    latest = found.history.first()
    assert (latest.history_type, latest.history_user) == ("~", jana)


def test_goal_keeps_the_code_that_texts_cite_now(jana: User) -> None:
    program = make_program()
    above = make_goal(program, "1.1")
    goal = make_goal(program, "1.1.1", parent=above, wording="Původní znění.")
    row = goal.history.get()
    goal.code, goal.parent, goal.wording = "1.2", None, "Nové znění."
    save_record(goal, by=jana)
    make_goal(program, "1.1.1", parent=above)

    kept = restore_version(record=goal, row=row, by=jana)

    found = Goal.objects.get(pk=goal.pk)
    assert (found.code, found.parent, found.wording) == ("1.2", None, "Původní znění.")
    assert kept == ["nadřazený cíl", "kód"]


def test_record_keeps_its_place_when_others_moved(jana: User) -> None:
    program = make_program()
    first, second = make_source(program, 1, name="Původní"), make_source(program, 2)
    row = first.history.get()
    first.name = "Jiný"
    save_record(first, by=jana)
    put_at(record=first, row=Source.objects.filter(program=program), rank=2, by=jana)
    first.refresh_from_db()

    kept = restore_version(record=first, row=row, by=jana)

    found = Source.objects.get(pk=first.pk)
    assert (found.name, kept) == ("Původní", ["pořadí"])
    assert list(Source.objects.filter(program=program)) == [second, found]


def test_version_that_differs_in_the_place_alone_is_refused(jana: User) -> None:
    program = make_program()
    first, _second = make_source(program, 1), make_source(program, 2)
    row = first.history.get()
    put_at(record=first, row=Source.objects.filter(program=program), rank=2, by=jana)
    first.refresh_from_db()

    with pytest.raises(ValidationError, match="neobnovuje: pořadí"):
        restore_version(record=first, row=row, by=jana)


def test_version_that_differs_in_links_and_the_place_is_restored(jana: User) -> None:
    program = make_program()
    goal = make_goal(program)
    recommendation = make_recommendation(program, 1, goals=[goal])
    make_recommendation(program, 2)
    row = recommendation.history.get()
    put_at(
        record=recommendation, row=Recommendation.objects.filter(program=program), rank=2, by=jana
    )
    recommendation.refresh_from_db()
    save_record(recommendation, by=jana, links={"goals": []})

    restore_version(record=recommendation, row=row, by=jana)

    assert list(recommendation.goals.all()) == [goal]


def test_activity_back_in_its_phase_gets_the_last_place_there(jana: User) -> None:
    program = make_program()
    phase, later = make_phase(program, 1), make_later_phase(program)
    activity = make_activity(phase, 1)
    row = activity.history.get()
    activity.phase = later
    save_record(activity, by=jana)
    make_activity(phase, 1)

    restore_version(record=activity, row=row, by=jana)

    found = Activity.objects.get(pk=activity.pk)
    assert (found.phase, found.position) == (phase, 2)


def test_version_that_belonged_to_what_is_gone_says_what_to_restore_first(jana: User) -> None:
    program = make_program()
    phase, later = make_phase(program, 1), make_later_phase(program)
    activity = make_activity(phase, 1)
    row = activity.history.get()
    activity.phase = later
    save_record(activity, by=jana)
    delete_record(phase, by=jana)

    with pytest.raises(ValidationError, match="Obnovte nejprve"):
        restore_version(record=activity, row=row, by=jana)


def test_version_linked_to_what_is_gone_comes_without_it(jana: User) -> None:
    program = make_program()
    activity = make_activity(make_phase(program))
    consultation = make_consultation(program, activity=activity)
    row = consultation.history.get()
    delete_record(activity, by=jana)
    consultation.refresh_from_db()

    restore_version(record=consultation, row=row, by=jana)

    assert Consultation.objects.get().activity is None


# --- a deleted record -----------------------------------------------------------------------


def test_deleted_goal_comes_back_under_its_key_with_all_that_linked_it(jana: User) -> None:
    program = make_program()
    goal, source = make_goal(program, wording="Znění."), make_source(program)
    save_record(goal, by=None, links={"sources": [source]})
    consultation = make_consultation(program, goals=[goal])
    activity = make_activity(make_phase(program), goals=[goal])
    key = goal.pk
    delete_record(goal, by=jana)
    assert list(consultation.goals.all()) == []

    restore_deleted(model=Goal, object_id=key, by=jana)

    found = Goal.objects.get(pk=key)
    assert found.wording == "Znění."
    assert list(found.sources.all()) == [source]
    assert list(consultation.goals.all()) == [found]
    assert list(activity.goals.all()) == [found]
    assert consultation.history.first().history_user == jana


def test_deleted_activity_gets_its_consultations_back_unless_they_moved_on(jana: User) -> None:
    program = make_program()
    phase = make_phase(program)
    activity, other = make_activity(phase, 1), make_activity(phase, 2)
    back, moved = (make_consultation(program, activity=activity) for _ in range(2))
    recommendation = make_recommendation(program, activity=activity)
    key = activity.pk
    delete_record(activity, by=jana)
    moved.refresh_from_db()
    moved.activity = other
    save_record(moved, by=jana)

    restore_deleted(model=Activity, object_id=key, by=jana)

    for record in (back, moved):
        record.refresh_from_db()
    assert back.activity_id == key
    assert moved.activity == other
    assert Recommendation.objects.get(pk=recommendation.pk).activity_id == key


def test_deleted_consultation_comes_back_with_who_took_part(jana: User) -> None:
    program = make_program()
    consultation = make_consultation(
        program, goals=[make_goal(program)], counts={make_target_group(program): 12}
    )
    key = consultation.pk
    delete_record(consultation, by=jana)

    restore_deleted(model=Consultation, object_id=key, by=jana)

    found = Consultation.objects.get(pk=key)
    assert [row.count for row in found.attendances.all()] == [12]
    assert found.goals.count() == 1


def test_record_whose_place_is_taken_comes_back_at_the_end(jana: User) -> None:
    program = make_program()
    first, _second = make_source(program, 1), make_source(program, 2)
    key = first.pk
    delete_record(first, by=jana)
    make_source(program, 1, name="Nový na prvním místě")

    restore_deleted(model=Source, object_id=key, by=jana)

    assert Source.objects.get(pk=key).position == 3


def test_record_whose_code_is_taken_stays_deleted(jana: User) -> None:
    program = make_program()
    goal = make_goal(program, "1.1")
    key = goal.pk
    delete_record(goal, by=jana)
    make_goal(program, "1.1")

    with pytest.raises(ValidationError, match="kód už má jiný cíl"):
        restore_deleted(model=Goal, object_id=key, by=jana)

    assert not Goal.objects.filter(pk=key).exists()


def test_record_that_belonged_to_what_is_gone_says_what_to_restore_first(jana: User) -> None:
    program = make_program()
    phase = make_phase(program)
    activity = make_activity(phase)
    key = activity.pk
    delete_record(activity, by=jana)
    delete_record(phase, by=jana)

    with pytest.raises(ValidationError, match="Obnovte nejprve"):
        restore_deleted(model=Activity, object_id=key, by=jana)

    restore_deleted(model=Phase, object_id=phase.pk or activity.phase_id, by=jana)
    restore_deleted(model=Activity, object_id=key, by=jana)
    assert Activity.objects.get().phase.first_month == date(2024, 1, 1)


def test_sub_goal_comes_back_after_its_superior_goal(jana: User) -> None:
    program = make_program()
    above = make_goal(program, "1.1")
    goal = make_goal(program, "1.1.1", parent=above)
    key, key_above = goal.pk, above.pk
    delete_record(goal, by=jana)
    delete_record(above, by=jana)

    with pytest.raises(ValidationError, match="nadřazený cíl.* Obnovte nejprve"):
        restore_deleted(model=Goal, object_id=key, by=jana)

    for one in (key_above, key):
        restore_deleted(model=Goal, object_id=one, by=jana)
    assert Goal.objects.get(pk=key).parent_id == key_above


def test_deleted_source_is_cited_again(jana: User) -> None:
    program = make_program()
    source = make_source(program)
    narrative = make_narrative(program, make_section("uvod", 1))
    save_record(narrative, by=None, links={"sources": [source]})
    key = source.pk
    delete_record(source, by=jana)

    restore_deleted(model=Source, object_id=key, by=jana)

    assert list(narrative.sources.values_list("pk", flat=True)) == [key]


def test_record_that_was_not_deleted_is_refused(jana: User) -> None:
    goal = make_goal(make_program())

    with pytest.raises(Goal.DoesNotExist):
        restore_deleted(model=Goal, object_id=goal.pk, by=jana)


def test_record_held_by_another_is_not_deleted(jana: User) -> None:
    program = make_program()
    source = make_source(program)
    make_figure(program, source=source)
    goal = make_goal(program)
    save_record(goal, by=None, links={"sources": [source]})

    with pytest.raises(Exception, match="protected"):
        delete_record(source, by=jana)

    assert list(goal.sources.all()) == [source]


def test_program_comes_back_with_its_goals_and_figures(jana: User) -> None:
    program = make_program()
    make_goal(program, "1.1.1", parent=make_goal(program, "1.1"))
    figure = make_figure(program, source=make_source(program))
    key, source = program.pk, figure.source
    delete_program(program=program, by=jana)
    assert not Goal.objects.exists()

    restore_deleted(model=Program, object_id=key, by=jana)

    assert list(Goal.objects.order_by("code").values_list("code", "parent__code")) == [
        ("1.1", None),
        ("1.1.1", "1.1"),
    ]
    assert ContextFigure.objects.get().source == source
