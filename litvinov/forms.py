"""How forms are drawn."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from litvinov import czech


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


class LinesField(forms.Field):
    """Short texts, each on a line of its own; empty lines and repeated texts are left out."""

    widget = forms.Textarea

    def __init__(self, *, max_item_length: int = 200, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.max_item_length = max_item_length

    def to_python(self, value: Any) -> list[str]:
        lines = value.splitlines() if isinstance(value, str) else value or []
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        for line in value:
            if len(line) > self.max_item_length:
                message = _("One line may have at most %(limit)d characters.")
                params = {"limit": self.max_item_length}
                raise ValidationError(message, code="too_long", params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class NumberField(forms.DecimalField):
    """A number as Czechs write it, 12,5 or 22 695; a decimal point is understood, too."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a number, for example 12,5 or 22 695.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace("−", "-").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return czech.number(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
