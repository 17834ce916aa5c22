"""Which criteria a program has taken, and what its recommendations say of indicators."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Permission
from indicators.models.catalogue import Criterion, Indicator
from programs.models import Program, Recommendation


class AdoptedCriterionManager(models.Manager["AdoptedCriterion"]):
    def get_by_natural_key(
        self, program: str, version_name: str, criterion: str
    ) -> AdoptedCriterion:
        return self.get(
            program__slug=program,
            criterion__area__catalogue__version_name=version_name,
            criterion__code=criterion,
        )


class AdoptedCriterion(Audited):
    """A criterion taken by a program; all criteria of a program are of one catalogue."""

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="adopted_criteria", verbose_name=_("program")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="adoptions", verbose_name=_("criterion")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)

    program_lookup = "program"
    edited_with = Permission.EDIT_FRAME
    title_related = ["criterion"]
    # A program moves between versions of the catalogue as a whole.
    not_restored = ("criterion",)
    search_fields = []

    objects = AdoptedCriterionManager()

    class Meta:
        verbose_name = _("adopted criterion")
        verbose_name_plural = _("adopted criteria")
        ordering = ["program", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "criterion"], name="adopted_criterion_unique_in_program"
            ),
            models.UniqueConstraint(
                fields=["program", "position"], name="adopted_position_unique_in_program"
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)

    def more_to_search(self) -> Iterable[str]:
        """The wording of its indicators, which belongs to all programs alike."""
        return self.criterion.indicators.values_list("name", flat=True)

    def natural_key(self) -> tuple[str, str, str]:
        return (self.program.slug, *self.criterion.natural_key())

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "programs.program",
        "indicators.criterion",
    ]

    def clean(self) -> None:
        """Raises ValidationError when the program uses another version of the catalogue."""
        others = AdoptedCriterion.objects.filter(program_id=self.program_id).exclude(pk=self.pk)
        own = self.criterion.area.catalogue_id
        if others.exclude(criterion__area__catalogue=own).exists():
            raise ValidationError(
                _("%(criterion)s is of another version of the catalogue than the program uses.")
                % {"criterion": self.criterion}
            )


class IndicatorRecommendationManager(models.Manager["IndicatorRecommendation"]):
    def get_by_natural_key(
        self, program: str, recommendation: int, version_name: str, criterion: str, position: int
    ) -> IndicatorRecommendation:
        return self.get(
            recommendation__program__slug=program,
            recommendation__position=recommendation,
            indicator__criterion__area__catalogue__version_name=version_name,
            indicator__criterion__code=criterion,
            indicator__position=position,
        )


class IndicatorRecommendation(Audited):
    """A recommendation that concerns an indicator.

    The link lives here because recommendations, a part of programs, know no indicators.
    """

    recommendation = models.ForeignKey(
        Recommendation,
        models.CASCADE,
        related_name="indicator_links",
        verbose_name=_("recommendation"),
    )
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="recommendation_links",
        verbose_name=_("indicator"),
    )

    program_lookup = "recommendation__program"
    edited_with = Permission.EDIT_EVALUATION
    part_of = "recommendation"
    title_related = ["recommendation", "indicator"]
    not_restored = ("indicator",)

    objects = IndicatorRecommendationManager()

    class Meta:
        verbose_name = _("indicator of a recommendation")
        verbose_name_plural = _("indicators of recommendations")
        ordering = ["recommendation__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "indicator"],
                name="indicator_unique_in_recommendation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} – {self.indicator}"

    def natural_key(self) -> tuple[str, int, str, str, int]:
        return (*self.recommendation.natural_key(), *self.indicator.natural_key())

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "programs.recommendation",
        "indicators.indicator",
    ]

    def clean(self) -> None:
        """Raises ValidationError for an indicator that the program does not have."""
        program = self.recommendation.program
        if not Indicator.objects.of_program(program).filter(pk=self.indicator_id).exists():
            raise ValidationError(_("The program does not have this indicator now."))
