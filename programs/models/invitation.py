"""Invitations to the team of a program."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from litvinov.fields import one_of
from programs.models.program import Program


class InvitationState(models.TextChoices):
    """What became of an invitation; it is told by its dates and stored nowhere."""

    OPEN = "open", pgettext_lazy("invitation", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("invitation", "expired")


def hash_of(token: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, moment: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=moment
        )

    def unanswered(self) -> Self:
        """All but the accepted ones: who accepted is a member, or was one."""
        return self.filter(accepted_at__isnull=True).select_related("invited_by")

    def with_token(self, token: str) -> Invitation | None:
        """The invitation a link leads to; None when there is no such link."""
        people = self.select_related("program", "invited_by", "accepted_by")
        return people.filter(token_hash=hash_of(token)).first()


class Invitation(models.Model):
    """A role in a program offered to somebody by e-mail.

    The link in the message carries a secret; only its SHA-256 in hexadecimal digits is kept.
    It works once and until it expires or is withdrawn.
    """

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="invitations", verbose_name=_("program")
    )
    email = models.EmailField(_("E-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sent_invitations",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accepted_invitations",
        verbose_name=_("accepted by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            one_of("role", Role.values, model="invitation"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        return InvitationState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN

    @property
    def last_day(self) -> date:
        """The last day on which it can be accepted."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))

    @property
    def role_description(self) -> str:
        return Role(self.role).description
