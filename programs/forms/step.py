from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from programs.models import ScheduleStep
from programs.models.schedule import StepTiming


class StepForm(VersionedModelForm):
    """A planned step; which months it needs depends on its timing."""

    class Meta:
        model = ScheduleStep
        fields = [
            "description",
            "timing",
            "first_month",
            "last_month",
            "responsible",
            "time_text",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "timing": forms.RadioSelect,
        }
        help_texts = {
            "timing": _("With an open end only the first month is given, continuously none."),
            "responsible": _("Functions or organisations, not names."),
            "time_text": _("As the plan put it, for example “from 09/2023”. Not needed."),
        }
        error_messages = {"description": {"required": _("Write what is to be done.")}}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        timing = cleaned.get("timing")
        if timing == StepTiming.RANGE:
            self._need("first_month", _("Enter the month the step begins in."))
            self._need("last_month", _("Enter the month the step ends in."))
        elif timing == StepTiming.OPEN_ENDED:
            self._need("first_month", _("Enter the month the step begins in."))
            self._refuse("last_month", _("A step with an open end has no last month."))
        elif timing == StepTiming.CONTINUOUS:
            for name in ("first_month", "last_month"):
                self._refuse(name, _("A step that goes on continuously has no months."))
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last and last < first and "last_month" not in self.errors:
            message = _("The step cannot end before it begins.")
            self.add_error("last_month", ValidationError(message, code="order"))
        return cleaned

    def _need(self, name: str, message: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(message, code="required"))

    def _refuse(self, name: str, message: Any) -> None:
        if self.cleaned_data.get(name):
            self.add_error(name, ValidationError(message, code="not_wanted"))
