"""The title page of a report and its optional parts."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from litvinov.forms import DateInput
from reporting.models import Report


class ReportForm(VersionedModelForm):
    template_name = "reporting/_report_fields.html"

    class Meta:
        model = Report
        fields = [
            "kind",
            "reference_number",
            "file_number",
            "dated_on",
            "prepared_by",
            "with_summary",
            "with_methodology",
            "with_levels",
            "with_charts",
            "with_consultations",
            "with_statistics",
            "with_people",
            "with_publicity",
            "publicity",
        ]
        help_texts = {
            "kind": _("An interim report is written while the program goes on."),
            "reference_number": _("As the records service gave it, for example MUL/1234/2024."),
            "dated_on": _("A report without a date is being written and speaks of today."),
            "prepared_by": _("A function, never the name of a person."),
            "publicity": _(
                "The name and number of the project and who pays for it, as the rules of the fund "
                "ask. The operator of the application sets the logos."
            ),
        }
        widgets = {
            "dated_on": DateInput,
            "kind": forms.RadioSelect,
            "publicity": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("with_publicity") and not cleaned.get("publicity"):
            self.add_error("publicity", _("Write the text of the publicity, or leave it out."))
        return cleaned

    @property
    def title_page(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if not self._is_of_parts(field)]

    @property
    def optional_parts(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if self._is_of_parts(field)]

    @staticmethod
    def _is_of_parts(field: BoundField) -> bool:
        return field.name == "publicity" or field.name.startswith("with_")
