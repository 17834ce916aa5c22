"""What was planned and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from litvinov.fields import MonthField, first_of_month, one_of
from programs.models.base import PositionedRecord


class StepTiming(models.TextChoices):
    RANGE = "range", _("from–to")
    OPEN_ENDED = "open_ended", _("open end")
    CONTINUOUS = "continuous", _("continuously")


class ScheduleStep(PositionedRecord):
    """A planned step. `time_text` keeps how the plan put it, such as "od 09/2023"."""

    description = models.TextField(_("description"))
    timing = models.CharField(
        _("timing"), max_length=20, choices=StepTiming, default=StepTiming.RANGE
    )
    first_month = MonthField(_("first month"), null=True, blank=True)
    last_month = MonthField(_("last month"), null=True, blank=True)
    time_text = models.CharField(_("original wording"), max_length=100, blank=True)
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)

    search_fields = ["description", "time_text", "responsible"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("step of the schedule")
        verbose_name_plural = _("steps of the schedule")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    timing=StepTiming.RANGE, first_month__isnull=False, last_month__isnull=False
                )
                | Q(
                    timing=StepTiming.OPEN_ENDED,
                    first_month__isnull=False,
                    last_month__isnull=True,
                )
                | Q(
                    timing=StepTiming.CONTINUOUS,
                    first_month__isnull=True,
                    last_month__isnull=True,
                ),
                name="step_months_fit_its_timing",
            ),
            models.CheckConstraint(
                condition=Q(last_month__isnull=True) | Q(last_month__gte=F("first_month")),
                name="step_ends_after_it_begins",
            ),
            first_of_month("first_month", model="step"),
            first_of_month("last_month", model="step"),
            one_of("timing", StepTiming.values, model="step"),
        ]

    def __str__(self) -> str:
        return self.description
