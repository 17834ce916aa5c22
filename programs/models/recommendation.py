"""Recommendations: what a program leaves behind for the town and others."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission
from actors.models import Actor, TargetGroup
from litvinov.fields import one_of
from programs.models.base import (
    PositionedQuerySet,
    PositionedRecord,
    visibility_field,
    visibility_is_known,
)
from programs.models.evidence import Evidence
from programs.models.goal import Goal
from programs.models.phase import Activity


class RecommendationState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("recommendation", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("recommendation", "in progress")
    PREPARED = "prepared", pgettext_lazy("recommendation", "prepared")
    HANDED_OVER = "handed_over", pgettext_lazy("recommendation", "handed over")


class Priority(models.TextChoices):
    HIGH = "high", pgettext_lazy("priority", "high")
    MEDIUM = "medium", pgettext_lazy("priority", "medium")
    LOW = "low", pgettext_lazy("priority", "low")


class Response(models.TextChoices):
    """What the town says to a recommendation; empty means that it has not answered."""

    ACCEPTED = "accepted", pgettext_lazy("response", "accepted")
    PARTLY = "partly", pgettext_lazy("response", "accepted partly")
    REJECTED = "rejected", pgettext_lazy("response", "not accepted")


class FollowUp(models.TextChoices):
    """What became of a recommendation after the program had ended."""

    NOT_STARTED = "not_started", pgettext_lazy("follow-up", "not begun")
    IN_PROGRESS = "in_progress", pgettext_lazy("follow-up", "being carried out")
    DONE = "done", pgettext_lazy("follow-up", "carried out")
    ABANDONED = "abandoned", pgettext_lazy("follow-up", "abandoned")


SETTLED = (FollowUp.DONE, FollowUp.ABANDONED)


class RecommendationQuerySet(PositionedQuerySet):
    def overdue(self, today: date) -> Self:
        """Those that should have been carried out by now and, as far as is known, were not.

        What the town did not accept or what was abandoned is not waited for.
        """
        return self.filter(
            ~Q(response=Response.REJECTED), ~Q(follow_up__in=SETTLED), due_on__lt=today
        )


class Recommendation(PositionedRecord):
    """Cited in the report as "Doporučení 1"; its indicators are linked one application above.

    `finding` and `conclusion` are what the recommendation follows from. `due_on` is when it
    should be carried out, `responsible` who in the team looks after it.
    """

    title = models.CharField(_("title"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="recommendations", verbose_name=_("goals")
    )
    addressees = models.ManyToManyField(
        Actor, blank=True, related_name="recommendations", verbose_name=_("addressees")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="recommendations", verbose_name=_("target groups")
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=RecommendationState,
        default=RecommendationState.PLANNED,
    )
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("activity it came from"),
    )
    finding = models.TextField(_("finding"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    response = models.CharField(
        _("response of the municipality"), max_length=10, choices=Response, blank=True
    )
    response_reason = models.TextField(_("reason of the response"), blank=True)
    responded_on = models.DateField(_("date of the response"), null=True, blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    follow_up = models.CharField(
        _("state after the program"), max_length=20, choices=FollowUp, blank=True
    )
    follow_up_note = models.TextField(_("note on the state"), blank=True)
    followed_up_on = models.DateField(_("state as of"), null=True, blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="recommendations", verbose_name=_("evidence")
    )
    visibility = visibility_field()

    edited_with = Permission.EDIT_EVALUATION
    # Whoever restores what the team recommended does not speak for the town.
    not_restored = ("response", "response_reason", "responded_on", "next_step")
    search_fields = [
        *("title", "text", "finding", "conclusion"),
        *("response_reason", "next_step", "follow_up_note"),
    ]

    objects = RecommendationQuerySet.as_manager()  # type: ignore[misc]

    _history_m2m_fields = ["goals", "addressees", "target_groups", "evidence"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            *PositionedRecord.Meta.constraints,
            one_of("state", RecommendationState.values, model="recommendation"),
            one_of("priority", ["", *Priority.values], model="recommendation"),
            one_of("response", ["", *Response.values], model="recommendation"),
            one_of("follow_up", ["", *FollowUp.values], model="recommendation"),
            models.CheckConstraint(
                condition=Q(response__in=["", Response.ACCEPTED]) | ~Q(response_reason=""),
                name="recommendation_refusal_has_reason",
            ),
            visibility_is_known("recommendation"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: date) -> bool:
        """As in `RecommendationQuerySet.overdue`."""
        waits = self.response != Response.REJECTED and self.follow_up not in SETTLED
        return waits and self.due_on is not None and self.due_on < today
