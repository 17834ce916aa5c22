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
