"""How a program really went: phases and the activities reported in them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Permission
from actors.models import Actor
from litvinov.fields import MonthField, first_of_month
from programs.models.base import (
    PositionedRecord,
    VisibleQuerySet,
    visibility_field,
    visibility_is_known,
)
from programs.models.evidence import Evidence
from programs.models.goal import Goal
from programs.models.source import Source


class Phase(PositionedRecord):
    """A stretch of months of a program, with the expert's comment on it."""

    first_month = MonthField(_("first month"))
    last_month = MonthField(_("last month"))
    expert_comment = models.TextField(_("expert's comment"), blank=True)

    search_fields = ["expert_comment"]
    # Consultations follow the months, which is why the months are changed in one place only.
    not_restored = ("position", "first_month", "last_month")

    class Meta(PositionedRecord.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="phase_ends_after_it_begins"
            ),
            first_of_month("first_month", model="phase"),
            first_of_month("last_month", model="phase"),
        ]

    def __str__(self) -> str:
        return str(_("Phase %(number)s") % {"number": self.position})

    def require_own_months(self) -> None:
        """Raises ValidationError for months out of order, or that another phase has."""
        if self.last_month < self.first_month:
            raise ValidationError({"last_month": _("The phase cannot end before it begins.")})
        others = Phase.objects.filter(program_id=self.program_id).exclude(pk=self.pk)
        other = others.filter(
            first_month__lte=self.last_month, last_month__gte=self.first_month
        ).first()
        if other is not None:
            message = _("Phases cannot overlap; some of these months belong to %(phase)s.")
            overlap = ValidationError(message, code="overlap", params={"phase": other})
            raise ValidationError({"first_month": overlap})


class ActivityQuerySet(VisibleQuerySet):
    def get_by_natural_key(self, program: str, phase: int, position: int) -> Activity:
        return self.get(phase__program__slug=program, phase__position=phase, position=position)


class Activity(Audited):
    """A row of the report's table of what was done; linked to goals, never to indicators."""

    phase = models.ForeignKey(
        Phase, models.PROTECT, related_name="activities", verbose_name=_("phase")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=250)
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="activities", verbose_name=_("goals")
    )
    actors = models.ManyToManyField(
        Actor, blank=True, related_name="activities", verbose_name=_("actors")
    )
    text = models.TextField(_("description"), blank=True)
    method = models.CharField(_("method"), max_length=250, blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True)
    held_from = models.DateField(_("from"), null=True, blank=True)
    held_to = models.DateField(_("to"), null=True, blank=True)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="activities", verbose_name=_("sources")
    )
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="activities", verbose_name=_("evidence")
    )
    visibility = visibility_field()

    program_lookup = "phase__program"
    search_fields = ["title", "text", "method", "place"]
    edited_with = Permission.EDIT_EVALUATION

    _history_m2m_fields = ["goals", "actors", "sources", "evidence"]

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["phase__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "position"], name="activity_position_unique_in_phase"
            ),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True)
                | Q(held_from__isnull=False, held_to__gte=F("held_from")),
                name="activity_dates_are_ordered",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_title"),
            visibility_is_known("activity"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programs:activity_detail", args=[self.phase.program.slug, self.pk])

    def natural_key(self) -> tuple[str, int, int]:
        return (*self.phase.natural_key(), self.position)

    natural_key.dependencies = ["programs.phase"]  # type: ignore[attr-defined]
