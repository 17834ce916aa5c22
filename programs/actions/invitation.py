"""Inviting people by e-mail, and what becomes of it."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, mail
from accounts.actions import create_account
from accounts.models import User
from accounts.roles import Role
from programs.models import Invitation, Membership, Program
from programs.models.invitation import hash_of


class InvitationClosed(Exception):
    """The invitation was accepted or withdrawn, or has expired."""


@transaction.atomic
def invite(
    *,
    program: Program,
    emails: Collection[str],
    role: Role,
    link_of: Callable[[str], str],
    failed: Callable[[str], None] | None = None,
    by: User,
) -> list[Invitation]:
    """Offer people a role; each gets a message with a link of their own.

    `link_of` makes the link from the secret, which is kept nowhere, `failed` is told an
    address the message could not be sent to. Raises ValidationError for the field `emails`
    when somebody is in the team or invited already; nobody is invited then.
    """
    # Two people inviting at once take turns, so that nobody is invited twice.
    Program.objects.select_for_update().get(pk=program.pk)
    refused = reasons_against(program, emails)
    if refused:
        raise ValidationError({"emails": list(refused.values())})
    invitations = []
    for email in emails:
        token, expires_at = _new_secret()
        invitation = Invitation.objects.create(
            program=program,
            email=email,
            role=role,
            token_hash=hash_of(token),
            invited_by=by,
            expires_at=expires_at,
        )
        _send(invitation, link_of(token), failed)
        invitations.append(invitation)
    return invitations


def reasons_against(
    program: Program, emails: Collection[str], *, besides: Invitation | None = None
) -> dict[str, str]:
    """Why some of the addresses cannot be invited, by address.

    `besides` is an invitation that is sent again and so is no reason against itself.
    """
    members = Membership.objects.filter(program=program).values_list("user__email", flat=True)
    known = {email.lower() for email in members}
    waiting = Invitation.objects.filter(program=program).open_at(timezone.now())
    if besides is not None:
        waiting = waiting.exclude(pk=besides.pk)
    invited = set(waiting.values_list("email", flat=True))
    refused = {}
    for email in emails:
        if email in known:
            refused[email] = _("%(email)s is in the team already.") % {"email": email}
        elif email in invited:
            refused[email] = _("%(email)s is invited already; you can send it again.") % {
                "email": email
            }
    return refused


@transaction.atomic
def resend_invitation(
    *,
    invitation: Invitation,
    link_of: Callable[[str], str],
    failed: Callable[[str], None] | None = None,
    by: User,
) -> None:
    """Send an invitation with a new link and a new term; the old link ends to work.

    Raises InvitationClosed when it was accepted or withdrawn, and ValidationError when the
    person has come into the team otherwise or was invited anew meanwhile.
    """
    Program.objects.select_for_update().get(pk=invitation.program_id)
    sent = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if sent.accepted_at or sent.withdrawn_at:
        raise InvitationClosed
    refused = reasons_against(sent.program, [sent.email], besides=sent)
    if refused:
        raise ValidationError(list(refused.values()))
    token, sent.expires_at = _new_secret()
    sent.token_hash, sent.invited_by = hash_of(token), by
    sent.save(update_fields=["token_hash", "invited_by", "expires_at"])
    _send(sent, link_of(token), failed)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link of an invitation useless; raises InvitationClosed when it was accepted."""
    sent = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if sent.accepted_at or sent.withdrawn_at:
        raise InvitationClosed
    sent.withdrawn_at = timezone.now()
    sent.save(update_fields=["withdrawn_at"])


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    """Take the offered role; whoever has one in the program meanwhile keeps theirs.

    Raises InvitationClosed when it cannot be accepted any more. Somebody else's invitation
    is a programming error: views refuse it.
    """
    offered = Invitation.objects.select_for_update().select_related("program").get(pk=invitation.pk)
    if not offered.is_open:
        raise InvitationClosed
    if by.email.lower() != offered.email:
        raise ValueError("Only the person an invitation was sent to can accept it.")
    Program.objects.select_for_update().get(pk=offered.program_id)
    membership = Membership.objects.filter(program=offered.program, user=by).first()
    if membership is None:
        membership = Membership(program=offered.program, user=by, role=offered.role)
        audit.save_record(membership, by=by)
    offered.accepted_at, offered.accepted_by = timezone.now(), by
    offered.save(update_fields=["accepted_at", "accepted_by"])
    return membership


@transaction.atomic
def register_invited(*, invitation: Invitation, name: str, password: str) -> User:
    """Make an account for the invited address and accept with it.

    Raises InvitationClosed as `accept_invitation` does, and django.db.IntegrityError when
    the address has got an account meanwhile.
    """
    offered = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not offered.is_open:
        raise InvitationClosed
    user = create_account(email=offered.email, name=name, password=password)
    accept_invitation(invitation=offered, by=user)
    return user


def _new_secret() -> tuple[str, datetime]:
    """A secret for a link and when it expires: at the end of the last day it is valid."""
    last_day = timezone.localdate() + timedelta(days=settings.INVITATION_DAYS)
    midnight = datetime.combine(last_day + timedelta(days=1), time.min)
    return secrets.token_urlsafe(32), timezone.make_aware(midnight)


def _send(invitation: Invitation, link: str, failed: Callable[[str], None] | None) -> None:
    told = {
        "invitation": invitation,
        "program": invitation.program,
        "has_account": User.objects.filter(email__iexact=invitation.email).exists(),
    }
    mail.send("mail/invitation", invitation.email, told, link=link, failed=failed)
