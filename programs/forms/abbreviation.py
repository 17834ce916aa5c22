from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from programs.models import Abbreviation


class AbbreviationForm(VersionedModelForm):
    """An abbreviation, shared or of a program; its other forms stand with commas between them."""

    other_forms = forms.CharField(
        label=_("Other forms"),
        required=False,
        max_length=200,
        help_text=_("With commas between them, for example OSZ, Agentura."),
    )

    class Meta:
        model = Abbreviation
        fields = ["abbreviation", "expansion"]
        help_texts = {"expansion": _("Leave empty for a proper name that is not spelled out.")}

    field_order = ["abbreviation", "other_forms", "expansion"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["other_forms"] = ", ".join(self.instance.all_forms[1:])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        written = cleaned.get("abbreviation", "")
        others = [form.strip() for form in cleaned.get("other_forms", "").split(",")]
        self.instance.forms = [written, *(form for form in others if form and form != written)]
        namesakes = Abbreviation.objects.filter(
            program=self.instance.program_id, abbreviation=written
        )
        if namesakes.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "abbreviation",
                ValidationError(_("This abbreviation is already in the list."), code="taken"),
            )
        return cleaned
