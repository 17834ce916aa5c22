"""Levels set in the grid: one at a time, or the same for several indicators."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.forms.assessment import VERDICTS
from indicators.models import Moment, Rater

MOMENTS = [
    (Moment.BASELINE.value, pgettext_lazy("short", "Baseline")),
    (Moment.FINAL.value, pgettext_lazy("short", "Final")),
]
UNCHOSEN = "unchosen"


class LevelForm(forms.Form):
    """One level as a key sets it; `opened_version` is 0 where nobody has rated yet.

    An interim state is told by its day.
    """

    moment = forms.ChoiceField(choices=Moment.choices)
    day = forms.DateField(required=False)
    rater = forms.ChoiceField(choices=Rater.choices)
    verdict = forms.ChoiceField(choices=VERDICTS, required=False)
    opened_version = forms.IntegerField(min_value=0)
    reason = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("moment") == Moment.INTERIM) != (cleaned.get("day") is not None):
            raise ValidationError("Interim states, and only they, have a day.", code="day")
        return cleaned


@dataclass(frozen=True)
class Tick:
    """A ticked row: the indicator and the versions of the person's ratings of it."""

    indicator: int
    versions: dict[str, int]


class TicksField(forms.MultipleChoiceField):
    """Ticked rows, each as "indicator.version at the start.version at the end"."""

    def valid_value(self, value: str) -> bool:
        parts = value.split(".")
        return len(parts) == 3 and all(part.isdigit() and len(part) < 10 for part in parts)

    def clean(self, value: Any) -> Any:
        ticks = []
        for text in super().clean(value):
            indicator, *versions = (int(part) for part in text.split("."))
            moments = (Moment.BASELINE, Moment.FINAL)
            ticks.append(Tick(indicator, dict(zip(moments, versions, strict=True))))
        return ticks


class TickedForm(forms.Form):
    """The ticked rows alone, for what needs no more to be said."""

    ticked = TicksField(
        error_messages={
            "required": _("Tick the rows first."),
            "invalid_choice": _("The rows were sent damaged; open the list again."),
        }
    )


class BulkForm(TickedForm):
    """The same level for every ticked row."""

    moment = forms.ChoiceField(choices=MOMENTS, initial=Moment.FINAL.value, label=_("Moment"))
    verdict = forms.ChoiceField(
        choices=[(UNCHOSEN, _("choose")), *VERDICTS],
        initial=UNCHOSEN,
        required=False,
        label=_("Level"),
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason of the correction"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_verdict(self) -> str:
        verdict: str = self.cleaned_data["verdict"]
        if verdict == UNCHOSEN:
            raise ValidationError(_("Choose the level to be set."), code="required")
        return verdict
