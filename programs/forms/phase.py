from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from litvinov.forms import NarrativeInput
from programs.models import Phase


class PhaseForm(VersionedModelForm):
    """The months of a phase; its number follows from them."""

    class Meta:
        model = Phase
        fields = ["first_month", "last_month"]
        error_messages = {
            "first_month": {"required": _("Enter the month the phase begins in.")},
            "last_month": {"required": _("Enter the month the phase ends in.")},
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last:
            phase = Phase(
                pk=self.instance.pk,
                program_id=self.instance.program_id,
                first_month=first,
                last_month=last,
            )
            phase.require_own_months()
        return cleaned


class PhaseCommentForm(VersionedModelForm):
    """What the expert thinks of a phase.

    The address has the number of the phase, which changes when another phase is put before
    it; the form remembers which phase it was opened for.
    """

    opened_phase = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Phase
        fields = ["expert_comment"]
        widgets = {"expert_comment": NarrativeInput(rows=10)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_phase"] = self.instance.pk
