"""Who is in the team of a program, and in what role."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, mail
from accounts.models import User
from programs.changes import kinds
from programs.models import Invitation, LastConsultant, Membership, Program


@transaction.atomic
def save_membership(
    *, membership: Membership, opened_version: int, link: str, by: User
) -> Membership:
    """Change a role; whoever has it hears of it, with a link to the program.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened, and
    LastConsultant when the program would be left without a consultant.
    """
    take_turns(membership.program_id)
    audit.claim(membership, version=opened_version)
    membership.clean()
    before = Membership.objects.get(pk=membership.pk).role
    audit.save_record(membership, by=by)
    if before != membership.role:
        tell_of_role(membership=membership, link=link, by=by)
    return membership


@transaction.atomic
def add_member(*, membership: Membership, link: str, by: User) -> Membership:
    """Give somebody who has an account a role in a program.

    An invitation that waits for them there is withdrawn. Raises ValidationError when they
    have a role in the program already.
    """
    take_turns(membership.program_id)
    program, user = membership.program, membership.user
    if Membership.objects.filter(program=program, user=user).exists():
        raise ValidationError(_("The person is in the team of the program already."))
    audit.save_record(membership, by=by)
    welcome_back(membership=membership, link=link, by=by)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """Take somebody out of the team: access ends at once, what they wrote stays theirs.

    What they were responsible for in the program waits for somebody else; what still waits
    when they are brought back is theirs again. Raises LastConsultant when the program would
    be left without a consultant.
    """
    take_turns(membership.program_id)
    if membership.is_last_consultant:
        raise LastConsultant
    cut: dict[str, list[int]] = {}
    for record in list(responsibilities(membership)):
        record.responsible = None
        audit.save_record(record, by=by)
        cut.setdefault(f"{record._meta.label_lower}.responsible", []).append(record.pk)
    _tell(membership, "mail/membership_removed", link="", by=by)
    audit.delete_record(membership, by=by, cut=cut)


def take_turns(program: int) -> None:
    """Two consultants leaving at once must not both be told that the other one stays."""
    Program.objects.select_for_update().get(pk=program)


def tell_of_role(*, membership: Membership, link: str, by: User) -> None:
    """Tell somebody that their role has changed, whatever changed it."""
    _tell(membership, "mail/membership_changed", link=link, by=by)


def welcome_back(*, membership: Membership, link: str, by: User) -> None:
    """Tell somebody who was brought back, and withdraw the invitation that waits for them."""
    _withdraw_waiting(membership)
    _tell(membership, "mail/membership_added", link=link, by=by)


def responsibilities(membership: Membership) -> Iterator[Any]:
    """Every record of the program the person is responsible for, of any application."""
    for model in kinds().values():
        named = {field.name: field for field in model._meta.fields}
        if not isinstance(named.get("responsible"), models.ForeignKey):
            continue
        within = {model.program_lookup: membership.program_id, "responsible": membership.user_id}
        yield from model._default_manager.filter(**within)


def _withdraw_waiting(membership: Membership) -> None:
    now = timezone.now()
    invited = Invitation.objects.filter(
        program=membership.program_id, email__iexact=membership.user.email
    )
    invited.open_at(now).update(withdrawn_at=now)


def _tell(membership: Membership, prefix: str, *, link: str, by: User) -> None:
    if membership.user != by:
        told = {"membership": membership, "program": membership.program, "by": by}
        mail.send(prefix, membership.user.email, told, link=link)
