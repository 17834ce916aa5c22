"""Every change of a town's register: its localities, actors and groups."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.audit import Audited
from accounts.models import User
from accounts.ordering import put_at
from actors.models import GroupMember, LocalRecord, Municipality, WorkingGroup, folded_name
from litvinov import czech

NAMED_IN_REFUSAL = 5


class NameTaken(ValidationError):
    """The town has a record of this name already; `existing` is the one."""

    def __init__(self, existing: LocalRecord) -> None:
        message = gettext_lazy("The municipality already has %(name)s.")
        params = {"name": existing.name}
        super().__init__({"name": ValidationError(message, code="taken", params=params)})
        self.existing = existing


@transaction.atomic
def save_municipality(*, municipality: Municipality, opened_version: int, by: User) -> Municipality:
    """Add or change a town; raises accounts.audit.EditConflict."""
    audit.claim(municipality, version=opened_version)
    audit.save_record(municipality, by=by)
    return municipality


@transaction.atomic
def save_local_record(*, record: Any, opened_version: int, by: User) -> Any:
    """Add or change an actor, a group or a locality in the register of its town.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened, and
    NameTaken when the town has another record of that name.
    """
    # People who change a register at once take turns, so that no name is given twice.
    town = Municipality.objects.select_for_update().get(pk=record.municipality_id)
    audit.claim(record, version=opened_version)
    records = type(record)._default_manager
    saved = records.filter(pk=record.pk).first()
    if saved is None or folded_name(saved.name) != folded_name(record.name):
        namesake = records.exclude(pk=record.pk).namesake(town, record.name)
        if namesake is not None:
            raise NameTaken(namesake)
    audit.save_record(record, by=by)
    return record


@transaction.atomic
def save_member(*, member: GroupMember, opened_version: int, by: User) -> GroupMember:
    """Add a seat to the end of its group, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since, and ValidationError
    when the group has a seat of this function.
    """
    # Two people adding at once take turns, so that each seat gets a place of its own.
    WorkingGroup.objects.select_for_update().get(pk=member.group_id)
    audit.claim(member, version=opened_version)
    seats = GroupMember.objects.filter(group_id=member.group_id)
    if seats.exclude(pk=member.pk).filter(function=member.function).exists():
        raise ValidationError(
            {"function": ValidationError(_("The group already has this seat."), code="taken")}
        )
    if member._state.adding:
        member.position = (seats.aggregate(last=Max("position"))["last"] or 0) + 1
    audit.save_record(member, by=by)
    return member


@transaction.atomic
def move_member(*, member: GroupMember, rank: int, by: User) -> None:
    """Put a seat at a rank among those of its group; see `accounts.ordering.put_at`."""
    WorkingGroup.objects.select_for_update().get(pk=member.group_id)
    seats = GroupMember.objects.filter(group_id=member.group_id)
    put_at(record=member, row=seats, rank=rank, by=by)


def delete_from_register(*, record: Audited, by: User) -> None:
    """Delete a record; ValidationError says what holds it, and then nothing is deleted.

    Programs are not named: whoever keeps the register need not know of them.
    """
    try:
        audit.delete_record(record, by=by)
    except ProtectedError as error:
        held_by = sorted(
            (
                f"{other._meta.verbose_name} {other}"
                for other in error.protected_objects
                if isinstance(other, LocalRecord | GroupMember)
            ),
            key=czech.sort_key,
        )
        if not held_by:
            message = _("It cannot be deleted, because a program uses it.")
            raise ValidationError(message) from error
        names = ", ".join(held_by[:NAMED_IN_REFUSAL])
        if len(held_by) > NAMED_IN_REFUSAL:
            names = _("%(names)s and others") % {"names": names}
        raise ValidationError(
            _("It cannot be deleted, because it is used: %(names)s.") % {"names": capfirst(names)}
        ) from error
