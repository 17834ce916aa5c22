"""Taking actors from the register of the town, and leaving them there."""

import pytest
from django.core.exceptions import ValidationError

from accounts.audit import EditConflict
from actors.actions import NameTaken
from actors.models import Actor, ActorKind
from programs import actions
from programs.models import Program
from tests.builders import (
    make_activity,
    make_actor,
    make_consultation,
    make_phase,
    make_program,
    make_recommendation,
    make_target_group,
    make_user,
)

pytestmark = pytest.mark.django_db


def sibling(program: Program) -> Program:
    """Another program of the same town."""
    return make_program(locality=program.locality)


def test_actor_added_on_the_fly_is_of_the_town_and_taken() -> None:
    program, user = make_program(), make_user()

    actor = actions.add_actor(
        program=program, name="  Azylový   dům ", kind=ActorKind.FACILITY, by=user
    )

    assert (actor.name, actor.kind) == ("Azylový dům", ActorKind.FACILITY)
    assert actor.municipality == program.locality.municipality
    assert list(program.actors.all()) == [actor]
    assert actor.history.get().history_user == user
    assert program.history.first().history_user == user


@pytest.mark.parametrize("name", ["městská policie", "Mestska  policie", "MP"])
def test_actor_of_a_known_name_is_taken_not_doubled(name: str) -> None:
    program = make_program()
    known = make_actor(sibling(program), "Městská policie", aliases=["MP"])

    actor = actions.add_actor(program=program, name=name, kind=ActorKind.BODY, by=make_user())

    assert actor == known
    assert list(program.actors.all()) == [known]
    assert Actor.objects.count() == 1


def test_name_comes_before_the_other_name_of_another() -> None:
    program = make_program()
    make_actor(program, "Azyl", aliases=["Dům"])
    house = make_actor(program, "Dům")

    assert (
        actions.add_actor(program=program, name="dum", kind=ActorKind.BODY, by=make_user()) == house
    )


def test_actor_taken_already_is_no_change() -> None:
    program = make_program()
    make_actor(program, "Školy")
    version = Program.objects.get().version

    actions.add_actor(program=program, name="školy", kind=ActorKind.GROUP, by=make_user())

    assert Program.objects.get().version == version


def test_actor_of_another_town_is_somebody_else() -> None:
    program = make_program()
    foreign = make_actor(make_program(), "Školy")

    actor = actions.add_actor(program=program, name="Školy", kind=ActorKind.GROUP, by=make_user())

    assert actor != foreign


@pytest.mark.parametrize(
    ("name", "kind"), [("", "body"), ("   ", "body"), ("a" * 201, "body"), ("Školy", "person")]
)
def test_actor_without_a_sound_name_and_kind_refused(name: str, kind: str) -> None:
    program = make_program()

    with pytest.raises(ValidationError):
        actions.add_actor(program=program, name=name, kind=kind, by=make_user())

    assert Actor.objects.count() == 0


def test_program_is_not_stale_after_an_actor_was_added() -> None:
    program = make_program()

    actions.add_actor(program=program, name="Školy", kind=ActorKind.GROUP, by=make_user())

    assert program.version == Program.objects.get().version


def test_record_of_another_town_not_taken() -> None:
    program = make_program()
    foreign = make_actor(make_program())

    with pytest.raises(actions.ForeignRecord):
        actions.take_records(program=program, records=[foreign], by=make_user())

    assert not program.actors.exists()


def test_actor_that_the_program_names_cannot_be_left() -> None:
    program = make_program()
    actor = make_actor(program)
    make_consultation(program, actors=[actor])
    make_consultation(program, actors=[actor])
    make_activity(make_phase(program), actors=[actor])
    make_recommendation(program).addressees.add(actor)

    with pytest.raises(ValidationError) as refused:
        actions.leave_record(program=program, record=actor, by=make_user())

    assert refused.value.messages == [
        "Program tento záznam stále uvádí: 2 konzultace, 1 aktivita, 1 doporučení. "
        "Nejdřív změňte to."
    ]
    assert list(program.actors.all()) == [actor]


def test_actor_that_only_another_program_names_can_be_left() -> None:
    program = make_program()
    other, actor = sibling(program), make_actor(program)
    other.actors.add(actor)
    make_consultation(other, actors=[actor])

    actions.leave_record(program=program, record=actor, by=make_user())

    assert not program.actors.exists()
    assert list(other.actors.all()) == [actor]
    assert Actor.objects.filter(pk=actor.pk).exists()


def test_unused_actor_deleted_from_the_register() -> None:
    program, user = make_program(), make_user()
    actor = make_actor(program)

    actions.delete_taken(program=program, record=actor, by=user)

    assert not Actor.objects.exists()
    assert program.history.first().history_user == user


def test_actor_used_elsewhere_not_deleted() -> None:
    program = make_program()
    actor = make_actor(program)
    sibling(program).actors.add(actor)

    with pytest.raises(ValidationError) as refused:
        actions.delete_taken(program=program, record=actor, by=make_user())

    assert refused.value.messages == [
        "Záznam používá i jiný program obce, proto v rejstříku zůstává."
    ]
    assert Actor.objects.exists()


def test_actor_named_elsewhere_without_being_taken_not_deleted() -> None:
    program = make_program()
    actor = make_actor(program)
    make_consultation(sibling(program), actors=[actor])

    with pytest.raises(ValidationError):
        actions.delete_taken(program=program, record=actor, by=make_user())

    assert Actor.objects.exists()


def test_actor_with_parts_not_deleted() -> None:
    program = make_program()
    town = make_actor(program, "Město")
    make_actor(program, "Odbor sociálních věcí", parent=town)

    with pytest.raises(ValidationError) as refused:
        actions.delete_taken(program=program, record=town, by=make_user())

    assert refused.value.messages == [
        "Nelze smazat, protože se používá: Aktér Odbor sociálních věcí."
    ]
    assert list(program.actors.all())[0] == town


def test_target_group_that_was_counted_cannot_be_left() -> None:
    program = make_program()
    group = make_target_group(program)
    make_consultation(program, counts={group: 3})

    with pytest.raises(ValidationError):
        actions.leave_record(program=program, record=group, by=make_user())

    assert list(program.target_groups.all()) == [group]


def test_saved_actor_of_a_taken_name_refused_and_offered() -> None:
    program = make_program()
    known = make_actor(sibling(program), "Školy")
    actor = Actor(municipality=program.locality.municipality, name="skoly", kind="group")

    with pytest.raises(NameTaken) as refused:
        actions.save_taken(program=program, record=actor, opened_version=0, by=make_user())

    assert refused.value.existing == known
    assert refused.value.messages == ["Obec už má v rejstříku: Školy."]


def test_actor_saved_meanwhile_not_overwritten() -> None:
    program = make_program()
    actor = make_actor(program)

    with pytest.raises(EditConflict):
        actions.save_taken(program=program, record=actor, opened_version=0, by=make_user())
