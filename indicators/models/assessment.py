"""What was found about an indicator at a moment, and how it was rated."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.roles import Permission
from indicators.models.catalogue import Indicator
from indicators.models.program_criterion import AdoptedCriterion
from indicators.shift import Level
from litvinov.fields import one_of
from programs.models import Evidence, ProgramState, Source
from programs.models.base import VisibleQuerySet, visibility_field, visibility_is_known


class Moment(models.TextChoices):
    BASELINE = "baseline", _("Baseline")
    INTERIM = "interim", _("Interim state")
    FINAL = "final", _("Final evaluation")


class Contribution(models.TextChoices):
    """How the program contributed to the shift (příspěvek programu)."""

    DIRECT = "direct", pgettext_lazy("contribution", "direct")
    INDIRECT = "indirect", pgettext_lazy("contribution", "indirect")
    NONE = "none", pgettext_lazy("contribution", "none")
    UNDETERMINED = "undetermined", pgettext_lazy("contribution", "cannot be determined")


CANNOT_JUDGE = "cannot_judge"


class Rater(models.TextChoices):
    EXPERT = "expert", _("Expert")
    TOWN = "town", _("Municipality")


class AssessmentQuerySet(VisibleQuerySet):
    def get_by_natural_key(
        self, program: str, version_name: str, criterion: str, position: int, moment: str
    ) -> Assessment:
        return self.get(
            adopted__program__slug=program,
            adopted__criterion__area__catalogue__version_name=version_name,
            adopted__criterion__code=criterion,
            indicator__position=position,
            moment=moment,
        )


class Assessment(Audited):
    """A statement about an indicator at one moment of a program.

    `adopted` says whose assessment it is and that the criterion was taken by the program.
    `justification` and `contribution` explain the shift; `is_refinement` says that a lower
    level corrects the baseline and is no worsening.
    """

    adopted = models.ForeignKey(
        AdoptedCriterion, models.PROTECT, related_name="assessments", verbose_name=_("criterion")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="assessments", verbose_name=_("indicator")
    )
    moment = models.CharField(_("moment"), max_length=10, choices=Moment)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    statement = models.TextField(_("statement"), blank=True)
    justification = models.TextField(_("justification"), blank=True)
    contribution = models.CharField(
        _("contribution of the program"), max_length=20, choices=Contribution, blank=True
    )
    is_refinement = models.BooleanField(_("refines the baseline"), default=False)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="assessments", verbose_name=_("sources")
    )
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="assessments", verbose_name=_("evidence")
    )
    visibility = visibility_field()

    program_lookup = "adopted__program"
    search_fields = ["statement", "justification"]
    title_related = ["indicator"]
    # It moves with its program to another version of the catalogue.
    not_restored = ("adopted", "indicator")

    _history_m2m_fields = ["sources", "evidence"]

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["indicator", "as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["adopted", "indicator", "moment"],
                condition=~Q(moment=Moment.INTERIM),
                name="assessment_once_at_start_and_end",
            ),
            models.UniqueConstraint(
                fields=["adopted", "indicator", "as_of"],
                condition=Q(moment=Moment.INTERIM),
                name="assessment_interim_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(moment=Moment.INTERIM) | Q(as_of__isnull=False),
                name="assessment_interim_has_date",
            ),
            models.CheckConstraint(
                condition=Q(is_refinement=False) | ~Q(moment=Moment.BASELINE),
                name="assessment_baseline_refines_nothing",
            ),
            one_of("moment", Moment.values, model="assessment"),
            one_of("contribution", ["", *Contribution.values], model="assessment"),
            visibility_is_known("assessment"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} – {self.moment_name}"

    @property
    def moment_name(self) -> str:
        """Which moment it is of, in words; interim ones are told apart by their day."""
        if self.moment != Moment.INTERIM or self.as_of is None:
            return str(self.get_moment_display())
        return f"{self.get_moment_display()} {date_format(self.as_of, 'SHORT_DATE_FORMAT')}"

    def natural_key(self) -> tuple[str, str, str, int, str]:
        return (*self.adopted.natural_key(), self.indicator.position, self.moment)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "indicators.adoptedcriterion",
        "indicators.indicator",
    ]

    def edit_permission(self) -> Permission:
        if self.moment == Moment.BASELINE:
            return Permission.EDIT_BASELINE
        return Permission.EDIT_EVALUATION

    correction_reason = ""
    """Why a settled baseline is being changed; kept with what it said before."""

    def clean(self) -> None:
        if self.indicator.criterion_id != self.adopted.criterion_id:
            raise ValidationError(_("The program does not have this indicator now."))
        _require_correction(self)

    @property
    def baseline_is_settled(self) -> bool:
        """From the day the program runs, a baseline is corrected and no longer overwritten."""
        program = self.adopted.program
        return self.moment == Moment.BASELINE and program.state != ProgramState.PREPARATION

    def settled_before(self) -> Assessment | None:
        """What is saved, when saving this record would change the words of a settled baseline."""
        if self._state.adding or not self.baseline_is_settled:
            return None
        saved = Assessment.objects.filter(pk=self.pk).first()
        # Browsers send texts with CRLF; a difference nobody can see is none.
        if saved is None or not saved.statement or _same(saved.statement, self.statement):
            return None
        return saved

    @property
    def is_blank(self) -> bool:
        """Nothing was written yet; the record only carries ratings."""
        return not (self.statement or self.justification or self.contribution or self.as_of)

    def rating_by(self, rater: str) -> Rating | None:
        """The rating by the expert or the town; reads what was prefetched."""
        return next((rating for rating in self.ratings.all() if rating.rater == rater), None)


class RatingManager(models.Manager["Rating"]):
    def get_by_natural_key(
        self,
        program: str,
        version_name: str,
        criterion: str,
        position: int,
        moment: str,
        rater: str,
    ) -> Rating:
        assessment = Assessment.objects.get_by_natural_key(
            program, version_name, criterion, position, moment
        )
        return self.get(assessment=assessment, rater=rater)


class Rating(Audited):
    """A level given by one rater. Not yet rated, level 0 and "cannot be judged" differ."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="ratings", verbose_name=_("assessment")
    )
    rater = models.CharField(_("rater"), max_length=10, choices=Rater)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    cannot_judge = models.BooleanField(_("cannot be judged"), default=False)
    to_verify = models.BooleanField(_("to be verified"), default=False)
    note = models.TextField(_("note"), blank=True)

    program_lookup = "assessment__adopted__program"
    search_fields = ["note"]
    part_of = "assessment"
    title_related = ["assessment__indicator"]

    objects = RatingManager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["assessment", "rater"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "rater"], name="rating_once_by_each_rater"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(cannot_judge=False),
                name="rating_is_level_or_cannot_judge",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=0, level__lte=4),
                name="rating_level_is_on_the_scale",
            ),
            one_of("rater", Rater.values, model="rating"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()}: {self.get_level_display()}"

    def natural_key(self) -> tuple[str, str, str, int, str, str]:
        return (*self.assessment.natural_key(), self.rater)

    natural_key.dependencies = ["indicators.assessment"]  # type: ignore[attr-defined]

    def edit_permission(self) -> Permission:
        if self.rater == Rater.EXPERT:
            return Permission.RATE_AS_EXPERT
        return Permission.RATE_AS_TOWN

    correction_reason = ""
    """Why the rating of a settled baseline is being changed."""

    def clean(self) -> None:
        _require_correction(self)

    def settled_before(self) -> Rating | None:
        """What is saved, when saving this record would change the level of a settled baseline."""
        if self._state.adding or not self.assessment.baseline_is_settled:
            return None
        saved = Rating.objects.select_related("assessment").filter(pk=self.pk).first()
        if saved is None or not saved.is_rated or saved.verdict == self.verdict:
            return None
        return saved

    def title_in_history(self) -> str:
        return f"{self.assessment} – {self.get_rater_display()}"

    @property
    def is_rated(self) -> bool:
        return self.level is not None or self.cannot_judge

    @property
    def verdict(self) -> str:
        """The level as a form has it: a number, CANNOT_JUDGE, or nothing when not rated."""
        if self.cannot_judge:
            return CANNOT_JUDGE
        return "" if self.level is None else str(self.level)

    @verdict.setter
    def verdict(self, verdict: str) -> None:
        self.cannot_judge = verdict == CANNOT_JUDGE
        self.level = int(verdict) if verdict.isdigit() else None


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _require_correction(record: Assessment | Rating) -> None:
    """Whatever way a settled baseline is changed, restoring an old version among them."""
    if not record.correction_reason and record.settled_before() is not None:
        raise ValidationError(
            {
                "correction_reason": ValidationError(
                    _("The program is running: say why the baseline is corrected."),
                    code="settled",
                )
            }
        )
