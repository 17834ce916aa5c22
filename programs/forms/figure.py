from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from accounts.roles import Visibility
from litvinov.forms import DateInput, NumberField
from programs.models import ContextFigure, Source


class FigureForm(VersionedModelForm):
    """A figure about the locality: a number or words, and where and when it holds."""

    class Meta:
        model = ContextFigure
        fields = [
            "name",
            "area",
            "value",
            "value_text",
            "unit",
            "date_from",
            "date_to",
            "date_precision",
            "source",
            "derivation",
            "visibility",
        ]
        field_classes = {"value": NumberField}
        widgets = {"date_from": DateInput, "date_to": DateInput}
        help_texts = {
            "area": _("Where it holds, for example the locality, the town or the whole country."),
            "value": _("For example 12,5 or 22 695; zero is a number, too."),
            "value_text": _("Only where there is no number, for example: not monitored."),
            "unit": _("For example: inhabitants, per cent, cases a year."),
            "date_from": _("The day, or the first of a period."),
            "date_to": _("Only for a period."),
            "date_precision": _("What of the date is known."),
            "derivation": _("How the figure was reckoned when no source has it as it stands."),
            "visibility": _("Who may see that the figure exists."),
        }
        error_messages = {"name": {"required": _("Name the figure.")}}

    def __init__(self, *args: Any, visibilities: Collection[Visibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.filter(program_id=self.instance.program_id)
        field: Any = self.fields["source"]
        field.queryset = sources.visible_in(visibilities)
        field.label_from_instance = lambda source: f"{source.position}. {source.name}"
        field.empty_label = pgettext_lazy("source", "none")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_value(cleaned)
        self._clean_dates(cleaned)
        return cleaned

    def _clean_value(self, cleaned: dict[str, Any]) -> None:
        if "value" in self.errors or "value_text" in self.errors:
            return
        number, words = cleaned.get("value"), cleaned.get("value_text")
        if number is None and not words:
            self.add_error("value", _("Enter the number, or the value in words."))
        if number is not None and words:
            message = _("Either a number or words: leave one of them empty.")
            self.add_error("value_text", ValidationError(message, code="both"))

    def _clean_dates(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("date_from"), cleaned.get("date_to")
        precision = cleaned.get("date_precision")
        if "date_from" in self.errors:
            return
        if first is None and (last or precision):
            self.add_error("date_from", _("Enter also the date, or leave its precision empty."))
        if first and last and last < first:
            message = _("The period cannot end before it begins.")
            self.add_error("date_to", ValidationError(message, code="order"))
        if first and not precision and "date_precision" not in self.errors:
            message = _("Choose whether the day, the month or only the year is known.")
            self.add_error("date_precision", message)
