"""The title page of a report and its optional parts."""

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
        ]
        help_texts = {
            "kind": _("An interim report is written while the program goes on."),
            "reference_number": _("As the records service gave it, for example MUL/1234/2024."),
            "dated_on": _("A report without a date is being written and speaks of today."),
            "prepared_by": _("A function, never the name of a person."),
        }
        widgets = {"dated_on": DateInput, "kind": forms.RadioSelect}

    @property
    def title_page(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("with_")]

    @property
    def optional_parts(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith("with_")]
