"""Corrections of a baseline that was already settled (zpřesnění výchozího stavu)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from indicators.models.assessment import Assessment, Rater
from indicators.shift import Level
from litvinov.fields import one_of


class BaselineCorrection(Audited):
    """What a baseline said before it was corrected, and why it was.

    An empty `rater` says that the statement was corrected and `old_statement` is what it
    was; otherwise that rater's level was, and neither `old_level` nor `old_cannot_judge`
    means that it had not been rated.
    """

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="corrections", verbose_name=_("assessment")
    )
    rater = models.CharField(_("rater"), max_length=10, choices=Rater, blank=True)
    old_statement = models.TextField(_("earlier statement"), blank=True)
    old_level = models.PositiveSmallIntegerField(
        _("earlier level"), choices=Level, null=True, blank=True
    )
    old_cannot_judge = models.BooleanField(_("cannot be judged earlier"), default=False)
    reason = models.TextField(_("reason of the correction"))
    corrected_on = models.DateField(_("corrected on"), default=timezone.localdate)

    program_lookup = "assessment__adopted__program"
    search_fields = ["old_statement", "reason"]
    part_of = "assessment"
    title_related = ["assessment__indicator"]

    class Meta:
        verbose_name = _("correction of the baseline")
        verbose_name_plural = _("corrections of the baseline")
        ordering = ["assessment", "corrected_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(old_level__isnull=True) | Q(old_cannot_judge=False),
                name="correction_is_level_or_cannot_judge",
            ),
            one_of("rater", ["", *Rater.values], model="correction"),
        ]

    def __str__(self) -> str:
        return str(self.assessment)
