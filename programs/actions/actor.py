"""Actors, working groups and target groups that a program takes from its town's register."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from actors.actions import delete_from_register, save_local_record
from actors.models import Actor, ActorKind, LocalRecord, Municipality
from programs.actions.guards import ForeignRecord
from programs.involvement import TAKEN_AS, Involvement, is_used_elsewhere
from programs.models import Program


@transaction.atomic
def take_records(*, program: Program, records: Collection[LocalRecord], by: User) -> None:
    """Add records of the town's register, all of one kind, to those the program works with.

    Raises ForeignRecord for a record of another town. What is taken already stays.
    """
    for record in records:
        if record.municipality_id != program.locality.municipality_id:
            raise ForeignRecord(str(record))
    _change_links(program, add=records, by=by)


@transaction.atomic
def leave_record(*, program: Program, record: LocalRecord, by: User) -> None:
    """Take a record out of the program; it stays in the register of the town.

    Raises ValidationError as long as something of the program names it.
    """
    _require_unnamed(program, record)
    _change_links(program, remove=[record], by=by)


@transaction.atomic
def save_taken(*, program: Program, record: Any, opened_version: int, by: User) -> Any:
    """Save a record in the town's register and see that the program has taken it.

    Raises what `actors.actions.save_local_record` does, and ForeignRecord for a record of
    another town.
    """
    if record.municipality_id != program.locality.municipality_id:
        raise ForeignRecord(str(record))
    save_local_record(record=record, opened_version=opened_version, by=by)
    _change_links(program, add=[record], by=by)
    return record


@transaction.atomic
def delete_taken(*, program: Program, record: LocalRecord, by: User) -> None:
    """Delete a record from the town's register.

    Raises ValidationError when a program names it or another one has taken it.
    """
    Municipality.objects.select_for_update().get(pk=record.municipality_id)
    _require_unnamed(program, record)
    if is_used_elsewhere(program, record):
        raise ValidationError(
            _("Another program of the municipality uses it, so it stays in the register.")
        )
    delete_from_register(record=record, by=by)


@transaction.atomic
def add_actor(*, program: Program, name: str, kind: ActorKind | str, by: User) -> Actor:
    """The actor of this name, taken by the program; made anew when the town has none.

    Case, diacritics and spaces make no difference; an actor is found by its other names,
    too. Raises ValidationError when the name or the kind cannot be saved.
    """
    town = Municipality.objects.select_for_update().get(pk=program.locality.municipality_id)
    actor = Actor.objects.known_as(town, name)
    if actor is None:
        actor = Actor(municipality=town, name=" ".join(name.split()), kind=kind)
        actor.full_clean()
        audit.save_record(actor, by=by)
    _change_links(program, add=[actor], by=by)
    return actor


def _require_unnamed(program: Program, record: LocalRecord) -> None:
    involvement = Involvement.of(program, record)
    if involvement:
        raise ValidationError(
            _("The program still names it: %(what)s. Change that first.")
            % {"what": involvement.in_words()}
        )


def _change_links(
    program: Program,
    *,
    add: Collection[LocalRecord] = (),
    remove: Collection[LocalRecord] = (),
    by: User,
) -> None:
    """One change in the history of the program; none when its links stay as they are."""
    changed = [*add, *remove]
    if not changed:
        return
    model = type(changed[0])
    # Others may be taking something else at this moment; what counts is what is saved now.
    locked = Program.objects.select_for_update().get(pk=program.pk)
    taken = set(getattr(locked, TAKEN_AS[model]).all())
    wanted = (taken | set(add)) - set(remove)
    if wanted == taken:
        return
    audit.save_record(locked, by=by, links={TAKEN_AS[model]: wanted})
    program.version, program.updated_at = locked.version, locked.updated_at
