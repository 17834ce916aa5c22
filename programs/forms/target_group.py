from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import TargetGroup
from litvinov.forms import LinesField
from programs.forms.actor import LocalRecordForm


class TargetGroupForm(LocalRecordForm):
    aliases = LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("One on a line: what else people call it."),
    )

    class Meta:
        model = TargetGroup
        fields = ["name", "kind", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "kind": _("A target group is whom the program is for; recipients are only addressed."),
        }
        error_messages = {"name": {"required": _("Name the target group.")}}

    field_order = ["name", "kind", "aliases", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = self.instance.aliases

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.aliases = cleaned.get("aliases", [])
        return cleaned
