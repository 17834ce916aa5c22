from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.models import User
from indicators.models import AdoptedCriterion, CriteriaCatalogue, Criterion
from litvinov.forms import DateInput, RecordsField
from programs.models import Program


class AdoptedCriterionForm(VersionedModelForm):
    """Who looks after a criterion, and until when its indicators should be assessed."""

    class Meta:
        model = AdoptedCriterion
        fields = ["responsible", "due_on"]
        widgets = {"due_on": DateInput}
        help_texts = {
            "responsible": _("A member of the program; the criterion appears among their tasks."),
        }

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__program=program).by_name()
        self.fields["responsible"].queryset = members  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("nobody yet")  # type: ignore[attr-defined]


class VersionsField(forms.MultipleChoiceField):
    """Records with the versions they were shown with, each as "key.version"."""

    def valid_value(self, value: str) -> bool:
        parts = value.split(".")
        return len(parts) == 2 and all(part.isdigit() and len(part) < 10 for part in parts)

    def clean(self, value: Any) -> Any:
        pairs = (text.split(".") for text in super().clean(value))
        return {int(key): int(version) for key, version in pairs}


KEEP, NOBODY = "keep", "nobody"


class CriteriaPlanForm(forms.Form):
    """The same person, due date or both for several criteria."""

    criteria = VersionsField()
    responsible = forms.ChoiceField(label=_("Responsible person"))
    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        widget=DateInput,
        help_text=_("Leave empty to keep the dates as they are."),
    )
    no_due_date = forms.BooleanField(label=_("Take the due date away"), required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__program=program).order_by("name", "email")
        self.people = {str(person.pk): person for person in members}
        self.fields["responsible"].choices = [  # type: ignore[attr-defined]
            (KEEP, _("keep as it is")),
            (NOBODY, _("nobody yet")),
            *((key, str(person)) for key, person in self.people.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("due_on") and cleaned.get("no_due_date"):
            self.add_error("due_on", _("Either enter a date, or take the dates away."))
        if not self.errors and not self.changes:
            self.add_error("responsible", _("Choose a person or enter a date."))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What shall change, by the fields of a criterion."""
        changes: dict[str, Any] = {}
        if self.cleaned_data["responsible"] != KEEP:
            changes["responsible"] = self.people.get(self.cleaned_data["responsible"])
        if self.cleaned_data.get("due_on") or self.cleaned_data["no_due_date"]:
            changes["due_on"] = self.cleaned_data.get("due_on")
        return changes


class AdoptionForm(forms.Form):
    """Criteria of one catalogue, ticked; one the program already has is no mistake."""

    criteria = RecordsField(
        queryset=Criterion.objects.none(),
        label=_("Criteria"),
        error_messages={"required": _("Tick at least one criterion.")},
    )

    def __init__(self, *args: Any, catalogue: CriteriaCatalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Criterion.objects.filter(area__catalogue=catalogue)
        self.fields["criteria"].queryset = offered.in_catalogue_order()  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[int]:
        """Keys of the criteria that are ticked now, for the template."""
        value: Iterable[Any] = self["criteria"].value() or []
        return {int(key) for key in value if str(key).isdigit()}
