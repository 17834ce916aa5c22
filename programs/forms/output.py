from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from litvinov.forms import RecordsField
from programs.access import ProgramAccess
from programs.models import Goal, Output, Recommendation
from programs.models.output import Delivery


class OutputForm(VersionedModelForm):
    """A planned result, what it belongs to, and whether it came about."""

    class Meta:
        model = Output
        fields = ["text", "goals", "recommendations", "delivered"]
        field_classes = {"goals": RecordsField, "recommendations": RecordsField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "delivered": _("Judged at the end of the program; until then leave it open."),
        }
        error_messages = {"text": {"required": _("Write what the output is.")}}

    def __init__(self, *args: Any, access: ProgramAccess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = Goal.objects.filter(program=access.program).coded()
        visible = Recommendation.objects.visible_in(access.visibilities)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        self.fields["recommendations"].queryset = visible.filter(program=access.program)  # type: ignore[attr-defined]
        self.fields["delivered"] = forms.ChoiceField(
            label=self.fields["delivered"].label,
            help_text=self.fields["delivered"].help_text,
            choices=[("", pgettext_lazy("output", "not judged yet")), *Delivery.choices],
            required=False,
            widget=forms.RadioSelect,
        )
