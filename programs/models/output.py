"""What a program planned to bring about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from litvinov.fields import one_of
from programs.models.base import PositionedRecord
from programs.models.goal import Goal
from programs.models.recommendation import Recommendation


class Delivery(models.TextChoices):
    YES = "yes", pgettext_lazy("output", "delivered")
    PARTLY = "partly", pgettext_lazy("output", "partly delivered")
    NO = "no", pgettext_lazy("output", "not delivered")


class Output(PositionedRecord):
    """A planned result; an empty `delivered` means that nobody has judged it yet."""

    text = models.TextField(_("text"))
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="outputs", verbose_name=_("goals")
    )
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="outputs", verbose_name=_("recommendations")
    )
    delivered = models.CharField(_("delivered"), max_length=10, choices=Delivery, blank=True)

    search_fields = ["text"]

    _history_m2m_fields = ["goals", "recommendations"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="output_has_text"),
            one_of("delivered", ["", *Delivery.values], model="output"),
        ]

    def __str__(self) -> str:
        return self.text
