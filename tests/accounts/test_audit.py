"""Every change leaves who, when and what, and nobody overwrites what they have not seen."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import Audited, EditConflict, change, claim, delete_record, save_record
from accounts.models import User
from programs.models import Attendance, Consultation, Goal, Theme
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_goal,
    make_phase,
    make_program,
    make_target_group,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def jana() -> User:
    return make_user("jana@example.cz", name="Jana")


@pytest.fixture
def goal() -> Goal:
    return make_goal(make_program(), "1.1")


def rows_of(record: Audited) -> list[tuple[int, str, User | None]]:
    """Version, type and author of every change, oldest first."""
    return [
        (row.version, row.history_type, row.history_user)
        for row in record.history.order_by("history_id")
    ]


def test_save_record_new_record_is_its_first_version(jana: User) -> None:
    theme = Theme(name="Bydlení")

    save_record(theme, by=jana)

    theme.refresh_from_db()
    assert (theme.name, theme.version) == ("Bydlení", 1)
    assert rows_of(theme) == [(1, "+", jana)]
    assert theme.history.get().name == "Bydlení"


def test_save_record_each_save_is_one_version_and_one_row(jana: User) -> None:
    theme = Theme(name="Bydlení")
    petr = make_user(name="Petr")

    for name, author in (("Bydlení", jana), ("Dluhy", petr), ("Prevence", None)):
        theme.name = name
        save_record(theme, by=author)

    theme.refresh_from_db()
    assert (theme.name, theme.version) == ("Prevence", 3)
    assert rows_of(theme) == [(1, "+", jana), (2, "~", petr), (3, "~", None)]
    assert [row.name for row in theme.history.order_by("history_id")] == [
        *("Bydlení", "Dluhy", "Prevence")
    ]


def test_save_record_remembers_when(jana: User) -> None:
    before = timezone.now()
    theme = Theme(name="Bydlení")
    save_record(theme, by=jana)
    created, updated = theme.created_at, theme.updated_at

    save_record(theme, by=jana)

    theme.refresh_from_db()
    assert before <= created <= updated < theme.updated_at <= timezone.now()
    assert theme.created_at == created
    latest = theme.history.latest()
    assert latest.updated_at == theme.updated_at
    assert abs(latest.history_date - theme.updated_at) < timedelta(seconds=5)


def test_save_record_with_links_is_one_row_that_knows_them(jana: User) -> None:
    program = make_program()
    phase = make_phase(program)
    first, second = make_goal(program, "1.1"), make_goal(program, "1.2")
    actor = make_actor(program, "Charita Most")
    activity = make_activity(phase, goals=[first])

    save_record(activity, by=jana, links={"goals": [first, second], "actors": [actor]})

    assert rows_of(activity) == [(1, "+", None), (2, "~", jana)]
    old, new = activity.history.order_by("history_id")
    assert [link.goal for link in old.goals.order_by("pk")] == [first]
    assert [link.goal for link in new.goals.order_by("pk")] == [first, second]
    assert [link.actor for link in new.actors.all()] == [actor]
    assert list(activity.goals.order_by("code")) == [first, second]


def test_save_record_only_links_changed_is_a_change_too(jana: User) -> None:
    program = make_program()
    goal = make_goal(program)
    activity = make_activity(make_phase(program), goals=[goal])

    save_record(activity, by=jana, links={"goals": []})

    latest = activity.history.latest()
    assert rows_of(activity) == [(1, "+", None), (2, "~", jana)]
    assert (activity.goals.count(), latest.goals.count()) == (0, 0)


def test_save_record_links_not_named_stay(jana: User) -> None:
    program = make_program()
    goal, actor = make_goal(program), make_actor(program)
    activity = make_activity(make_phase(program), goals=[goal], actors=[actor])

    save_record(activity, by=jana, links={"goals": []})

    assert list(activity.actors.all()) == [actor]
    assert [link.actor for link in activity.history.latest().actors.all()] == [actor]


def test_change_with_attendances_is_one_row_with_their_counts(jana: User) -> None:
    program = make_program()
    young, women = make_target_group(program, "mládež"), make_target_group(program, "ženy")
    consultation = Consultation(
        program=program, held_on=date(2024, 2, 1), kind="meeting", outcome="Dohoda."
    )

    with change(consultation, by=jana):
        consultation.save()
        consultation.goals.set([make_goal(program)])
        Attendance.objects.create(consultation=consultation, target_group=young, count=12)
        Attendance.objects.create(consultation=consultation, target_group=women, count=None)

    assert rows_of(consultation) == [(1, "+", jana)]
    links = consultation.history.get().target_groups.order_by("pk")
    assert [(link.target_group, link.count) for link in links] == [(young, 12), (women, None)]


def test_change_of_a_count_only_is_one_row_and_leaves_the_old_count_in_the_old_row(
    jana: User,
) -> None:
    program = make_program()
    young = make_target_group(program, "mládež")
    consultation = make_consultation(program, counts={young: 12})

    with change(consultation, by=jana):
        consultation.save()
        consultation.attendances.update(count=15)

    assert rows_of(consultation) == [(1, "+", None), (2, "~", jana)]
    old, new = consultation.history.order_by("history_id")
    assert [link.count for link in old.target_groups.all()] == [12]
    assert [link.count for link in new.target_groups.all()] == [15]


def test_change_saving_more_than_once_is_still_one_row(jana: User, goal: Goal) -> None:
    with change(goal, by=jana):
        goal.wording = "První."
        goal.save()
        goal.wording = "Druhé."
        goal.save()

    goal.refresh_from_db()
    assert (goal.wording, goal.version) == ("Druhé.", 2)
    assert rows_of(goal) == [(1, "+", None), (2, "~", jana)]


def test_change_that_fails_leaves_no_record_and_no_history(jana: User) -> None:
    program = make_program()
    consultation = Consultation(
        program=program, held_on=date(2024, 2, 1), kind="meeting", outcome="Dohoda."
    )

    def save_and_fail() -> None:
        with change(consultation, by=jana):
            consultation.save()
            consultation.goals.set([make_goal(program)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()

    assert Consultation.objects.count() == 0
    assert Consultation.history.count() == 0
    assert Consultation.goals.through.objects.count() == 0
    assert Goal.history.count() == 0


def test_change_refused_by_the_database_leaves_the_record_as_it_was(jana: User, goal: Goal) -> None:
    goal.wording = ""

    with pytest.raises(IntegrityError), transaction.atomic():
        save_record(goal, by=jana)

    goal.refresh_from_db()
    assert (goal.wording, goal.version) == ("Znění cíle 1.1.", 1)
    assert rows_of(goal) == [(1, "+", None)]


def test_change_after_one_that_failed_is_written(jana: User, goal: Goal) -> None:
    with pytest.raises(RuntimeError), change(goal, by=jana):
        raise RuntimeError
    goal.refresh_from_db()

    goal.wording = "Nové znění."
    save_record(goal, by=jana)

    assert rows_of(goal) == [(1, "+", None), (2, "~", jana)]
    assert Goal.objects.get().wording == "Nové znění."


@pytest.mark.parametrize("version", [0, 1, 3])
def test_claim_another_version_than_the_saved_is_a_conflict(
    jana: User, goal: Goal, version: int
) -> None:
    opened = Goal.objects.get()
    goal.wording = "Mezitím změněno."
    save_record(goal, by=jana)

    with pytest.raises(EditConflict) as refused:
        claim(opened, version=version)

    assert isinstance(refused.value.current, Goal)
    assert (refused.value.current.wording, refused.value.current.version) == (
        *("Mezitím změněno.", 2),
    )


def test_claim_version_zero_of_a_saved_record_is_a_conflict(goal: Goal) -> None:
    with pytest.raises(EditConflict) as refused:
        claim(goal, version=0)

    assert refused.value.current == goal


def test_claim_saved_version_lets_save(jana: User, goal: Goal) -> None:
    claim(goal, version=1)
    save_record(goal, by=jana)
    claim(goal, version=2)

    assert goal.version == 2


def test_claim_new_record_lets_save() -> None:
    theme = Theme(name="Bydlení")

    claim(theme, version=0)

    assert Theme.objects.count() == 0


def test_claim_deleted_record_is_a_conflict_with_nothing(jana: User, goal: Goal) -> None:
    opened = Goal.objects.get()
    delete_record(goal, by=jana)

    with pytest.raises(EditConflict) as refused:
        claim(opened, version=1)

    assert refused.value.current is None


def test_claim_new_record_that_was_opened_as_saved_is_a_conflict(goal: Goal) -> None:
    """What was opened is gone and is about to be created anew without anybody's consent."""
    restored = Goal(program=goal.program, code="1.2", wording="Znění.")

    with pytest.raises(EditConflict) as refused:
        claim(restored, version=1)

    assert refused.value.current is None


def test_delete_record_keeps_the_record_and_its_links_in_history(jana: User) -> None:
    program = make_program()
    goal, actor = make_goal(program, "1.1"), make_actor(program, "Charita Most")
    young = make_target_group(program, "mládež")
    consultation = make_consultation(program, goals=[goal], actors=[actor], counts={young: 7})
    key = consultation.pk

    delete_record(consultation, by=jana)

    rows = list(Consultation.history.filter(id=key).order_by("history_id"))
    assert Consultation.objects.count() == 0
    assert [(row.history_type, row.history_user) for row in rows] == [
        *(("+", None), ("~", jana), ("-", jana))
    ]
    assert [row.outcome for row in rows] == ["Dohodnut další postup."] * 3
    kept = rows[1]
    assert [link.goal for link in kept.goals.all()] == [goal]
    assert [link.actor for link in kept.actors.all()] == [actor]
    assert [(link.target_group, link.count) for link in kept.target_groups.all()] == [(young, 7)]


def test_delete_record_that_may_not_be_deleted_leaves_no_trace(jana: User) -> None:
    program = make_program()
    parent = make_goal(program, "1.1")
    make_goal(program, "1.1.1", parent=parent)

    with pytest.raises(IntegrityError):
        delete_record(parent, by=jana)

    assert Goal.objects.filter(code="1.1").count() == 1
    assert rows_of(parent) == [(1, "+", None)]


def test_history_author_deleted_leaves_the_change_without_a_name(jana: User, goal: Goal) -> None:
    save_record(goal, by=jana)

    jana.delete()

    assert rows_of(goal) == [(1, "+", None), (2, "~", None)]
