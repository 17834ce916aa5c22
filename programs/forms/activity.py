from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.roles import Visibility
from litvinov.forms import DateInput, NarrativeInput, RecordsField
from litvinov.templatetags.czech_text import month_range
from programs.models import Activity, Goal, Phase, Program, Source


class ActivityForm(VersionedModelForm):
    """A row of the report's table of what was done in a phase."""

    class Meta:
        model = Activity
        fields = [
            "phase",
            "title",
            "goals",
            "actors",
            "text",
            "held_from",
            "held_to",
            "method",
            "place",
            "sources",
            "visibility",
        ]
        field_classes = {"goals": RecordsField, "actors": RecordsField, "sources": RecordsField}
        widgets = {
            "text": NarrativeInput(),
            "held_from": DateInput,
            "held_to": DateInput,
        }
        error_messages = {"title": {"required": _("Name the activity.")}}
        help_texts = {
            "held_from": _("Not needed; without dates the activity takes the months of its phase."),
        }

    def __init__(
        self,
        *args: Any,
        program: Program,
        visibilities: Collection[Visibility],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.filter(program=program).visible_in(visibilities)
        for name, records in {
            "phase": Phase.objects.filter(program=program),
            "goals": Goal.objects.filter(program=program).coded(),
            "actors": program.actors.all(),
            "sources": sources,
        }.items():
            self.fields[name].queryset = records  # type: ignore[attr-defined]
        self.fields["phase"].label_from_instance = _with_months  # type: ignore[attr-defined]
        if not sources.exists():
            del self.fields["sources"]

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


def _with_months(phase: Phase) -> str:
    return f"{phase}: {month_range(phase.first_month, phase.last_month)}"
