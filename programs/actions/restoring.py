"""Bringing back an older version or a deleted record, and what follows from it in a program."""

from typing import Any

from django.db import transaction

from accounts import audit, restoring
from accounts.audit import Audited
from accounts.models import User
from actors.models import LocalRecord
from programs.actions.actor import take_records
from programs.actions.membership import take_turns, tell_of_role, welcome_back
from programs.actions.phase import settle_phases
from programs.models import Consultation, Membership, Phase, Program


@transaction.atomic
def restore_record(
    *, program: Program, record: Audited, row: Any, link: str, by: User
) -> list[str]:
    """Give a record the state that a row of its history tells of; says what of it stays.

    Nobody becomes responsible who has left the program, and consultations stay in the phase
    of their date; actors and target groups it is linked to are in the program again. A member
    hears of getting an earlier role, with `link` to the program. Raises ValidationError as
    accounts.restoring.restore_version does, LastConsultant among them.
    """
    role = None
    if isinstance(record, Membership):
        take_turns(program.pk)
        role = Membership.objects.get(pk=record.pk).role
    then = getattr(row, "responsible_id", None)
    has_left = isinstance(then, int) and not _is_member(program, then)
    kept = restoring.restore_version(
        record=record, row=row, by=by, without=["responsible"] if has_left else ()
    )
    _take_again(program, record, by=by)
    if isinstance(record, Consultation):
        settle_phases(program=program, by=by)
    if isinstance(record, Membership) and record.role != role:
        tell_of_role(membership=record, link=link, by=by)
    return kept


@transaction.atomic
def undelete_record(
    *, program: Program, model: type[Audited], object_id: int, link: str, by: User
) -> Audited:
    """Bring a deleted record back with its links; a person hears that they are in the team again.

    `link` leads to the program. Raises ValidationError as accounts.restoring.restore_deleted
    does, and when phases would overlap.
    """
    record: Any = restoring.restore_deleted(model=model, object_id=object_id, by=by)
    responsible = getattr(record, "responsible_id", None)
    if isinstance(responsible, int) and not _is_member(program, responsible):
        record.responsible = None
        audit.save_record(record, by=by)
    _take_again(program, record, by=by)
    if isinstance(record, Phase | Consultation):
        settle_phases(program=program, by=by)
    if isinstance(record, Membership):
        welcome_back(membership=record, link=link, by=by)
    return record


def _take_again(program: Program, record: Any, *, by: User) -> None:
    """The program takes back from its town what it has left and the record is linked to."""
    if isinstance(record, Program):
        return
    for field in record._meta.many_to_many:
        if issubclass(field.related_model, LocalRecord):
            linked = getattr(record, field.name)
            of_town = linked.filter(municipality=program.locality.municipality_id)
            take_records(program=program, records=list(of_town), by=by)


def _is_member(program: Program, user: int) -> bool:
    return Membership.objects.filter(program=program, user=user).exists()
