from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from actors.models import Locality
from programs.models import Program


class ProgramFrameForm(VersionedModelForm):
    """What a program is, where and when it takes place."""

    class Meta:
        model = Program
        fields = [
            "title",
            "locality",
            "theme",
            "first_month",
            "last_month",
            "state",
            "provider",
            "team",
        ]
        help_texts = {
            "team": _("Functions, not names, for example local consultant, expert, methodologist."),
            "provider": _("Who prepares the report, for example the agency's regional office."),
        }
        error_messages = {"title": {"required": _("Name the program.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "locality" in self.fields:
            localities = Locality.objects.select_related("municipality")
            self.fields["locality"].queryset = localities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_period(self, cleaned)
        return cleaned


def check_period(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """A program ends after it begins, and lasts no longer than a program can."""
    first, last = cleaned.get("first_month"), cleaned.get("last_month")
    if first and last and last < first:
        form.add_error(
            "last_month",
            ValidationError(_("The program cannot end before it begins."), code="order"),
        )
    elif first and last and (last.year - first.year) * 12 + last.month - first.month >= 60:
        form.add_error(
            "last_month",
            ValidationError(_("A program lasts five years at the most; check the years.")),
        )
