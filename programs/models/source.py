"""Documents a program cites."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from litvinov.fields import CzechCharField
from programs.models.base import PositionedRecord, visibility_field, visibility_is_known


class Source(PositionedRecord):
    """A document or a database cited in the report as "Zdroj 5"; its number is its position."""

    name = CzechCharField(_("name"), max_length=250)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    data_date = models.CharField(_("date of the data"), max_length=50, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    visibility = visibility_field()

    search_fields = ["name", "kind", "author", "data_date", "url"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["program", "name"], name="source_name_unique_in_program"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2100),
                name="source_year_is_plausible",
            ),
            visibility_is_known("source"),
        ]

    def __str__(self) -> str:
        return self.name
