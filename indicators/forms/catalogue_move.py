from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.models import Criterion
from indicators.moving import MovePlan
from litvinov.forms import RecordsField


class CatalogueMoveForm(forms.Form):
    """What a program leaves behind when it moves, each agreed to, and what it adopts."""

    opened = forms.IntegerField(widget=forms.HiddenInput)
    leave = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("What stays in the history only"),
    )
    adopt = RecordsField(
        queryset=Criterion.objects.none(), required=False, label=_("New criteria to be adopted")
    )

    def __init__(self, *args: Any, plan: MovePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["opened"].initial = plan.old.pk
        choices: Any = [(one.key, str(one.part)) for one in plan.left]
        self.fields["leave"].choices = choices  # type: ignore[attr-defined]
        added = [criterion.pk for criterion in plan.added]
        offered = Criterion.objects.filter(pk__in=added).in_catalogue_order()
        self.fields["adopt"].queryset = offered  # type: ignore[attr-defined]

    def clean_leave(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["leave"]
        if {one.key for one in self.plan.left} - set(ticked):
            raise forms.ValidationError(
                _(
                    "Tick everything that stays in the history only, so that nothing is lost "
                    "unnoticed."
                )
            )
        return ticked

    def ticked(self, name: str) -> set[str]:
        return {str(key) for key in self[name].value() or []}

    @property
    def ticked_leave(self) -> set[str]:
        return self.ticked("leave")

    @property
    def ticked_adopt(self) -> set[int]:
        return {int(key) for key in self.ticked("adopt") if key.isdigit()}
