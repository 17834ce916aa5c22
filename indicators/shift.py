"""Levels of an indicator and the shift (posun) between two of them.

The scale is ordinal: shifts are named and counted, never averaged.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    NOT_MET = 0, _("Not met")
    FORMALLY = 1, _("Met formally")
    PARTLY = 2, _("Met partly")
    MOSTLY = 3, _("Mostly met")
    FULLY = 4, _("Fully met")


class Shift(models.TextChoices):
    MUCH_BETTER = "much_better", _("marked improvement")
    BETTER = "better", _("improvement")
    SAME = "same", _("no change")
    WORSE = "worse", _("worsening")
    MUCH_WORSE = "much_worse", _("marked worsening")
    UNDETERMINED = "undetermined", _("cannot be determined")


WORSENINGS = (Shift.WORSE, Shift.MUCH_WORSE)


def shift_between(baseline: int, final: int) -> Shift:
    """The shift from one level to another of the same rater."""
    difference = final - baseline
    if difference >= 2:
        return Shift.MUCH_BETTER
    if difference <= -2:
        return Shift.MUCH_WORSE
    return {1: Shift.BETTER, 0: Shift.SAME, -1: Shift.WORSE}[difference]
