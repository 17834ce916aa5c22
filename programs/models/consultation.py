"""The log of consultations, kept as they happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.models import User
from accounts.roles import Permission, Visibility
from actors.models import Actor, TargetGroup
from litvinov.fields import one_of
from programs.models.evidence import Evidence
from programs.models.goal import Goal
from programs.models.phase import Activity, Phase
from programs.models.program import Program


class ConsultationKind(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("consultation", "meeting")
    INDIVIDUAL = "individual", pgettext_lazy("consultation", "individual consultation")
    FOCUS_GROUP = "focus_group", pgettext_lazy("consultation", "focus group")
    REMOTE = "remote", pgettext_lazy("consultation", "by phone or online")
    VISIT = "visit", pgettext_lazy("consultation", "visit to the locality")
    TRAINING = "training", pgettext_lazy("consultation", "training")
    DESK_WORK = "desk_work", pgettext_lazy("consultation", "work with documents")
    OTHER = "other", pgettext_lazy("consultation", "other")


SMALLEST_TOLD_COUNT = 5
"""Fewer people of a target group could be recognised (GDPR; groups under five)."""


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def logged_by(self, user: User) -> Self:
        """The entries that a person wrote first, whoever changed them since."""
        rows = Consultation.history.filter(history_user=user, history_type="+")
        return self.filter(pk__in=rows.values("id"))

    def loose(self) -> Self:
        """The entries that belong to no activity yet."""
        return self.filter(activity__isnull=True)

    def with_links(self, visibilities: Iterable[Visibility]) -> Self:
        """Everything a list of consultations shows, in a fixed number of queries.

        `activity` is None also where the activity has none of the visibilities.
        """
        activities = Activity.objects.visible_in(visibilities)
        return self.select_related("phase").prefetch_related(
            models.Prefetch("activity", activities),
            "goals",
            "actors",
            "attendances__target_group",
        )


class Attendance(models.Model):
    """How many people of a target group took part; an unknown number is not zero."""

    consultation = models.ForeignKey(
        "programs.Consultation", models.CASCADE, related_name="attendances"
    )
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="attendances")
    count = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["target_group__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "target_group"],
                name="attendance_group_unique_in_consultation",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gte=1),
                name="attendance_count_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return str(self.target_group)

    @property
    def is_few(self) -> bool:
        """Whether the people could be recognised; only the team is told how many they were."""
        return self.count is not None and self.count < SMALLEST_TOLD_COUNT


class Consultation(Audited):
    """One entry of the log. `phase` follows from the date; before and after them it is none."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name=_("program"))
    phase = models.ForeignKey(
        Phase,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("phase"),
    )
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("activity"),
    )
    held_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=20, choices=ConsultationKind)
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="consultations", verbose_name=_("goals")
    )
    actors = models.ManyToManyField(
        Actor, blank=True, related_name="consultations", verbose_name=_("actors")
    )
    target_groups = models.ManyToManyField(
        TargetGroup,
        through=Attendance,
        related_name="consultations",
        verbose_name=_("target groups"),
    )
    outcome = models.TextField(_("outcome"))
    team_note = models.TextField(_("team note"), blank=True)
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="consultations", verbose_name=_("evidence")
    )

    program_lookup = "program"
    search_fields = ["outcome"]
    search_team_fields = ["team_note"]
    edited_with = Permission.EDIT_CONSULTATIONS

    _history_m2m_fields = ["goals", "actors", "target_groups", "evidence"]

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["program", "-held_on"], name="consultation_log")]
        constraints = [
            models.CheckConstraint(condition=~Q(outcome=""), name="consultation_has_outcome"),
            one_of("kind", ConsultationKind.values, model="consultation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {date_format(self.held_on, 'SHORT_DATE_FORMAT')}"

    def title_in_history(self) -> str:
        return capfirst(str(self))
