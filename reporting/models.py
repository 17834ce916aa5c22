"""The reports of a program: each with its identification and its switches of optional parts.

And what was drawn of them, kept as long as it is the report as it stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.roles import Permission
from litvinov.fields import one_of
from programs.models import Program
from reporting.structure import Audience, Part

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


class RenderingState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RenderingStep(models.IntegerChoices):
    """What is being done, in order; people read it while they wait."""

    QUEUED = 1, _("It waits for its turn.")
    READING = 2, _("The program is being read.")
    DRAWING = 3, _("The file is being drawn.")


class RenderingFailure(models.TextChoices):
    ERROR = "error", _("Drawing the file ended in an error.")
    LOST = "lost", _("Whatever was drawing the file went silent, several times over.")
    OUTDATED = "outdated", _("Something in the report has changed meanwhile.")


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def without_content(self) -> Self:
        """For who only asks how far they are; a file may have megabytes."""
        return self.defer("content")

    def of_same_file(self, rendering: Rendering) -> Self:
        """All there ever were of one report in one form for one audience."""
        return self.filter(
            program=rendering.program_id,
            report=rendering.report_id,
            audience=rendering.audience,
            form=rendering.form,
        )


class Rendering(models.Model):
    """A report in one form for one audience, as it stood: the order to draw it, then the file.

    `key` says what it is made of (reporting.content_key), so there is one for each content, and
    whoever asks for the same waits for the same. Who draws it holds `claim` and says now and
    then in `alive_at` that they still do; `reporting.store` has the rules. The file is kept in
    the database, where every machine finds it and where it appears in one moment, whole.
    """

    key = models.CharField(max_length=64, unique=True)
    program = models.ForeignKey(Program, models.CASCADE, related_name="renderings")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="renderings")
    audience = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Audience])
    form = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=RenderingState, default=RenderingState.WAITING)
    step = models.PositiveSmallIntegerField(choices=RenderingStep, default=RenderingStep.QUEUED)
    failure = models.CharField(max_length=10, choices=RenderingFailure, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    task = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendered report")
        verbose_name_plural = _("rendered reports")
        ordering = ["pk"]
        constraints = [
            one_of("state", RenderingState.values, model="rendering"),
            one_of("step", RenderingStep.values, model="rendering"),
            one_of("failure", ["", *RenderingFailure.values], model="rendering"),
            one_of("audience", [one.value for one in Audience], model="rendering"),
            models.CheckConstraint(
                condition=Q(state=RenderingState.DONE, content__isnull=False)
                | (~Q(state=RenderingState.DONE) & Q(content__isnull=True)),
                name="rendering_is_done_when_it_has_content",
            ),
            models.CheckConstraint(
                condition=Q(state=RenderingState.RUNNING) ^ Q(claim=""),
                name="rendering_is_claimed_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state=RenderingState.FAILED) ^ Q(failure=""),
                name="rendering_says_why_it_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.form} {self.audience}"
