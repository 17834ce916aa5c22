"""The catalogue of criteria, as methodologists write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from indicators.models import CatalogueArea, CriteriaCatalogue, Criterion, Indicator


class CatalogueForm(VersionedModelForm):
    """How a version of the catalogue is called."""

    class Meta:
        model = CriteriaCatalogue
        fields = ["title", "version_name"]
        help_texts = {
            "version_name": _("Usually the year it holds from, for example 2027."),
        }
        error_messages = {
            "title": {"required": _("Write the title of the catalogue.")},
            "version_name": {
                "required": _("Write how the version is called."),
                "unique": _("There already is a catalogue of this version."),
            },
        }


class CatalogueAreaForm(VersionedModelForm):
    class Meta:
        model = CatalogueArea
        fields = ["code", "name"]
        help_texts = {"code": _("A number; areas are listed by it.")}
        error_messages = {"name": {"required": _("Write the name of the area.")}}


class CriterionForm(VersionedModelForm):
    class Meta:
        model = Criterion
        fields = ["code", "name", "mandatory"]
        widgets = {"name": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": _("Numbers divided by dots; printed as “Criterion 1.1”."),
            "mandatory": _("Every program should work on it."),
        }
        error_messages = {"name": {"required": _("Write the wording of the criterion.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and not self.initial.get("code"):
            self.initial["code"] = _next_code(self.instance.area)


def _next_code(area: CatalogueArea) -> str:
    """One more than the highest number below the code of the area."""
    prefix = f"{area.code}."
    codes = area.criteria.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(rest) for code in codes if (rest := code.removeprefix(prefix)).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1}"


class CatalogueIndicatorForm(VersionedModelForm):
    class Meta:
        model = Indicator
        fields = ["name", "short_name"]
        widgets = {"name": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "short_name": _("For charts and narrow tables; at most 42 characters."),
        }
        error_messages = {"name": {"required": _("Write the wording of the indicator.")}}
