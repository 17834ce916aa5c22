"""How forms are drawn."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """The markup of the government's design system around plain Django widgets."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class DateInput(forms.DateInput):
    """A date as browsers want it; they show it in the person's own way."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class NarrativeInput(forms.Textarea):
    """A longer text in the Markdown subset, with a toolbar, a preview and a count of words."""

    def __init__(self, rows: int = 8, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": rows, "data-narrative": "", **(attrs or {})})


class RecordsField(forms.ModelMultipleChoiceField):
    """Records ticked in a list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            # SQLite does not take a forged number this long for one that merely does not exist.
            message = self.error_messages["invalid_choice"]
            raise ValidationError(
                message, code="invalid_choice", params={"value": max(value, key=len)}
            ) from error
