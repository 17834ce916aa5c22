from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from litvinov.forms import DateInput, NarrativeInput, RecordsField
from programs.models import Activity, Goal, Phase


class ActivityForm(VersionedModelForm):
    """A row of the report's table of what was done in a phase."""

    class Meta:
        model = Activity
        fields = [
            "title",
            "goals",
            "actors",
            "text",
            "held_from",
            "held_to",
            "method",
            "place",
            "visibility",
        ]
        field_classes = {"goals": RecordsField, "actors": RecordsField}
        widgets = {
            "text": NarrativeInput(),
            "held_from": DateInput,
            "held_to": DateInput,
        }
        error_messages = {"title": {"required": _("Name the activity.")}}
        help_texts = {
            "held_from": _("Not needed; without dates the activity takes the months of its phase."),
        }

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = Goal.objects.filter(program=phase.program).coded()  # type: ignore[attr-defined]
        self.fields["actors"].queryset = phase.program.actors.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("held_from"), cleaned.get("held_to")
        if last and not first and "held_from" not in self.errors:
            self.add_error("held_from", _("Enter also when the activity began."))
        if first and last and last < first:
            self.add_error(
                "held_to",
                ValidationError(_("The activity cannot end before it begins."), code="order"),
            )
        return cleaned


class PhaseCommentForm(VersionedModelForm):
    class Meta:
        model = Phase
        fields = ["expert_comment"]
        widgets = {"expert_comment": NarrativeInput(rows=10)}
