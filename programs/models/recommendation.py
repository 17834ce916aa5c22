"""Recommendations: what a program leaves behind for the town and others."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Actor, TargetGroup
from litvinov.fields import one_of
from programs.models.base import PositionedRecord, visibility_field, visibility_is_known
from programs.models.goal import Goal
from programs.models.phase import Activity


class RecommendationState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("recommendation", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("recommendation", "in progress")
    PREPARED = "prepared", pgettext_lazy("recommendation", "prepared")
    HANDED_OVER = "handed_over", pgettext_lazy("recommendation", "handed over")


class Recommendation(PositionedRecord):
    """Cited in the report as "Doporučení 1"; its indicators are linked one application above."""

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
    visibility = visibility_field()

    _history_m2m_fields = ["goals", "addressees", "target_groups"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            *PositionedRecord.Meta.constraints,
            one_of("state", RecommendationState.values, model="recommendation"),
            visibility_is_known("recommendation"),
        ]

    def __str__(self) -> str:
        return self.title
