"""The reports of a program: each with its identification and its switches of optional parts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.roles import Permission
from litvinov.fields import one_of
from programs.models import Program
from reporting.structure import Part

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class ReportKind(models.TextChoices):
    FINAL = "final", pgettext_lazy("report", "final")
    INTERIM = "interim", pgettext_lazy("report", "interim")


def _switch(label: StrPromise, help_text: StrPromise | str = "") -> models.BooleanField:
    return models.BooleanField(label, default=True, help_text=help_text)


class ReportQuerySet(models.QuerySet["Report"]):
    def newest_of(self, program: Program) -> Report:
        """The report a program is printed with; one that was not saved as long as it has none."""
        return self.filter(program=program).first() or Report(program=program)


class Report(Audited):
    """What stands on the title page of one report, and which optional parts it has.

    The file number and the reference number are those of the records service (act no. 499/2004,
    decree no. 259/2012); who prepared it is a function, never a name.
    """

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="reports", verbose_name=_("program")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.FINAL)
    reference_number = models.CharField(_("reference number"), max_length=60, blank=True)
    file_number = models.CharField(_("file number"), max_length=60, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    prepared_by = models.CharField(_("prepared by (function)"), max_length=200, blank=True)
    with_summary = _switch(_("executive summary"))
    with_methodology = _switch(_("methodology and its limits"))
    with_levels = _switch(
        _("levels and shifts"),
        _("The scale is an addition to the methodology; without it the report only has words."),
    )
    with_charts = _switch(_("charts"))
    with_consultations = _switch(_("log of consultations"))
    with_statistics = _switch(_("consultations in numbers"))
    with_people = _switch(_("lists of actors, working groups and target groups"))

    with_publicity = models.BooleanField(
        _("publicity of the European Union"),
        default=False,
        help_text=_("The text below and the logos stand at the foot of the title page."),
    )
    publicity = models.TextField(_("text of the publicity"), blank=True)

    program_lookup = "program"
    edited_with = Permission.EDIT_FRAME

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        # One without a date is being written, so it is the newest.
        ordering = ["program", models.F("dated_on").desc(nulls_first=True), "-pk"]
        constraints = [one_of("kind", ReportKind.values, model="report")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for part in Part if getattr(self, f"with_{part.value}"))

    def day(self, today: date) -> date:
        """The day the report speaks of: its own, or today as long as it is being written."""
        return self.dated_on or today
