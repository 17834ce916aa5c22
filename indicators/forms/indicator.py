"""The editor of one indicator: what a person may change of its statements and ratings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from accounts.editing import (
    TAKE_SAVED,
    Conflict,
    VersionedModelForm,
    resolve_conflict,
    take_saved,
)
from accounts.roles import Permission
from indicators.actions import AssessmentConflict, Edit
from indicators.models import AdoptedCriterion, Assessment, Indicator, Moment, Rater, Rating
from indicators.shift import Level
from litvinov.forms import DateInput, NarrativeInput
from programs.access import ProgramAccess

CANNOT_JUDGE = "cannot_judge"
VERDICTS = [
    ("", _("Not rated")),
    *((str(level.value), f"{level.value} {level.label}") for level in Level),
    (CANNOT_JUDGE, _("Cannot be judged")),
]
"""Not rated, level 0 and "cannot be judged" are three different answers."""


class AssessmentForm(VersionedModelForm):
    class Meta:
        model = Assessment
        fields = [
            "statement",
            "as_of",
            "justification",
            "contribution",
            "is_refinement",
            "visibility",
        ]
        widgets = {
            "statement": NarrativeInput(rows=5),
            "as_of": DateInput,
            "justification": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "statement": _("In words"),
            "justification": _("Justification of the shift"),
            "is_refinement": _("A lower level refines the baseline; it is no worsening"),
        }

    def __init__(self, *args: Any, access: ProgramAccess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.moment == Moment.BASELINE:
            for name in ("justification", "contribution", "is_refinement"):
                del self.fields[name]
        if Permission.EDIT_TEAM_CONTENT not in access.permissions:
            del self.fields["visibility"]


class RatingForm(VersionedModelForm):
    verdict = forms.ChoiceField(
        choices=VERDICTS, required=False, widget=forms.RadioSelect, label=_("Level")
    )

    class Meta:
        model = Rating
        fields = ["to_verify", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    field_order = ["verdict"]
    told_by_record = ["verdict"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.instance
        self.initial["verdict"] = (
            CANNOT_JUDGE
            if rating.cannot_judge
            else ""
            if rating.level is None
            else str(rating.level)
        )
        if rating.rater == Rater.TOWN:
            # The town says what it thinks; checking is the expert's business.
            del self.fields["to_verify"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        verdict = cleaned.get("verdict", "")
        self.instance.cannot_judge = verdict == CANNOT_JUDGE
        self.instance.level = int(verdict) if verdict.isdigit() else None
        return cleaned


Key = tuple[str, str]


@dataclass
class EditorPart:
    """One form of the editor with its heading."""

    heading: str
    form: VersionedModelForm
    conflict: Conflict | None = None


class IndicatorEditor:
    """The forms one person gets for one indicator, saved together or not at all.

    A moment that exists but is not visible to the person is left out whole: they must
    neither read it nor write over it.
    """

    def __init__(
        self,
        access: ProgramAccess,
        adopted: AdoptedCriterion,
        indicator: Indicator,
        data: Any = None,
    ) -> None:
        self.access = access
        self.data = data
        # Several editors may be open on one page.
        self.auto_id = f"id_{indicator.pk}_%s"
        saved = {
            assessment.moment: assessment
            for assessment in Assessment.objects.filter(adopted=adopted, indicator=indicator)
            .exclude(moment=Moment.INTERIM)
            .prefetch_related("ratings")
        }
        self.moments: dict[str, list[EditorPart]] = {}
        self.parts: dict[Key, EditorPart] = {}
        for moment in (Moment.BASELINE, Moment.FINAL):
            assessment = saved.get(moment) or Assessment(
                adopted=adopted, indicator=indicator, moment=moment
            )
            if assessment.visibility in access.visibilities:
                self._add_moment(assessment)

    def _add_moment(self, assessment: Assessment) -> None:
        may = self.access.permissions
        statement = (
            Permission.EDIT_BASELINE
            if assessment.moment == Moment.BASELINE
            else Permission.EDIT_EVALUATION
        )
        for rater, permission, heading in (
            (Rater.EXPERT, Permission.RATE_AS_EXPERT, _("Expert's rating")),
            (Rater.TOWN, Permission.RATE_AS_TOWN, _("Municipality's rating")),
        ):
            if permission in may:
                saved = None if assessment._state.adding else assessment.rating_by(rater)
                rating = saved or Rating(assessment=assessment, rater=rater)
                self._add_part(rating, rater, heading)
        if statement in may:
            self._add_part(assessment, "", _("Statement"))

    def _add_part(self, record: Assessment | Rating, rater: str, heading: Any) -> None:
        moment = record.moment if isinstance(record, Assessment) else record.assessment.moment
        part = EditorPart(str(heading), self._form_of(record, self.data))
        self.parts[moment, rater] = part
        self.moments.setdefault(moment, []).append(part)

    def _form_of(self, record: Any, data: Any = None) -> VersionedModelForm:
        if data is not None and TAKE_SAVED in data and not record._state.adding:
            data = take_saved(data, self._form_of(record))
        if isinstance(record, Assessment):
            return AssessmentForm(
                data,
                instance=record,
                access=self.access,
                prefix=record.moment,
                auto_id=self.auto_id,
            )
        prefix = f"{record.assessment.moment}-{record.rater}"
        return RatingForm(data, instance=record, prefix=prefix, auto_id=self.auto_id)

    def __iter__(self) -> Iterator[tuple[str, list[EditorPart]]]:
        for moment, parts in self.moments.items():
            yield str(Moment(moment).label), parts

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def is_valid(self) -> bool:
        return all([part.form.is_valid() for part in self.parts.values()])

    @property
    def has_conflict(self) -> bool:
        return any(part.conflict for part in self.parts.values())

    def edits(self) -> dict[Key, Edit]:
        """What was really changed, with the versions it was changed from."""
        return {
            key: Edit(part.form.instance, part.form.cleaned_data["opened_version"])
            for key, part in self.parts.items()
            if part.form.has_changed()
        }

    def show_conflicts(self, refused: AssessmentConflict) -> None:
        form_of: Callable[[Any], ModelForm] = self._form_of
        for key, conflict in refused.conflicts.items():
            part = self.parts[key]
            part.conflict = resolve_conflict(part.form, conflict, form_of)
