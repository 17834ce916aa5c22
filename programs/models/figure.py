"""Figures that describe the locality: inhabitants, crime index, jobs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from litvinov.fields import one_of
from programs.models.base import PositionedRecord, visibility_field, visibility_is_known
from programs.models.source import Source


class DatePrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class ContextFigure(PositionedRecord):
    """A figure or, where there is no number, a text; with where and when it holds.

    Zero is a number. `derivation` says where a figure comes from that no source gives.
    """

    name = models.CharField(_("name"), max_length=250)
    area = models.CharField(_("area"), max_length=150, blank=True)
    value = models.DecimalField(_("number"), max_digits=18, decimal_places=4, null=True, blank=True)
    value_text = models.CharField(_("value in words"), max_length=100, blank=True)
    unit = models.CharField(pgettext_lazy("figure", "unit"), max_length=100, blank=True)
    date_from = models.DateField(_("from"), null=True, blank=True)
    date_to = models.DateField(_("to"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=10, choices=DatePrecision, blank=True
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("source"),
    )
    derivation = models.CharField(_("derivation"), max_length=250, blank=True)
    visibility = visibility_field()

    search_fields = ["name", "area", "value_text", "unit", "derivation"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_text="")
                | (Q(value__isnull=True) & ~Q(value_text="")),
                name="figure_is_number_or_text",
            ),
            models.CheckConstraint(
                condition=Q(date_to__isnull=True)
                | Q(date_from__isnull=False, date_to__gte=F("date_from")),
                name="figure_dates_are_ordered",
            ),
            models.CheckConstraint(
                condition=Q(date_from__isnull=True, date_precision="")
                | (Q(date_from__isnull=False) & ~Q(date_precision="")),
                name="figure_date_has_precision",
            ),
            one_of("date_precision", ["", *DatePrecision.values], model="figure"),
            visibility_is_known("figure"),
        ]

    def __str__(self) -> str:
        return self.name
