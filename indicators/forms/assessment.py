"""Forms of a statement about an indicator and of a rating."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.roles import Permission
from indicators.actions import DayTaken
from indicators.models import CANNOT_JUDGE, Assessment, Moment, Rater, Rating
from indicators.shift import Level
from litvinov.forms import DateInput, NarrativeInput, RecordsField
from programs.access import ProgramAccess
from programs.models import Program, Source

VERDICTS = [
    ("", _("Not rated")),
    *((str(level.value), f"{level.value} {level.label}") for level in Level),
    (CANNOT_JUDGE, _("Cannot be judged")),
]
"""Not rated, level 0 and "cannot be judged" are three different answers."""


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "The program is running: what the baseline said before stays beside it "
            "with this reason. Fill it in only when you change it."
        ),
    )


class CorrectingForm(VersionedModelForm):
    """A form whose record may correct a settled baseline; then it asks for the reason."""

    correction_reason = reason_field()
    told_by_record = ["correction_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._is_settled():
            del self.fields["correction_reason"]

    def _is_settled(self) -> bool:
        record = self.instance
        if isinstance(record, Rating):
            return record.is_rated and record.assessment.baseline_is_settled
        return bool(record.statement) and record.baseline_is_settled

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"opened_version", "correction_reason"})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.correction_reason = cleaned.get("correction_reason", "")
        if "correction_reason" not in self.fields:
            # Opened while nothing was settled yet; should it be by now, the version tells.
            self.instance.correction_reason = " "
        return cleaned


class AssessmentForm(CorrectingForm):
    class Meta:
        model = Assessment
        fields = [
            "statement",
            "as_of",
            "justification",
            "contribution",
            "is_refinement",
            "sources",
            "visibility",
        ]
        field_classes = {"sources": RecordsField}
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

    field_order = ["statement", "correction_reason"]

    def __init__(
        self, *args: Any, access: ProgramAccess, sources: Sequence[Source], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        moment = self.instance.moment
        if moment != Moment.FINAL:
            for name in ("justification", "contribution", "is_refinement"):
                del self.fields[name]
        if moment == Moment.INTERIM:
            self.fields["as_of"].required = True
            self.fields["as_of"].error_messages["required"] = _(
                "Enter the day the interim state was found on."
            )
            self.order_fields(["as_of", "statement"])
        if Permission.EDIT_TEAM_CONTENT not in access.permissions:
            del self.fields["visibility"]
        self._offer_sources(access.program, sources)

    def _offer_sources(self, program: Program, offered: Sequence[Source]) -> None:
        if not offered:
            del self.fields["sources"]
            return
        field: Any = self.fields["sources"]
        keys = [source.pk for source in offered]
        field.queryset = Source.objects.filter(program=program, pk__in=keys)
        # Read once for all forms of an editor.
        field.choices = [(source.pk, str(source)) for source in offered]
        linked = self.initial.get("sources") or []
        self.hidden_sources = [source for source in linked if source not in offered]
        self.initial["sources"] = [source for source in linked if source in offered]

    def links(self) -> Mapping[str, Iterable[Model]]:
        """Sources that shall be linked; those the person may not read stay linked."""
        if "sources" not in self.fields:
            return {}
        return {"sources": [*self.cleaned_data["sources"], *self.hidden_sources]}

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        record = self.instance
        if record.moment == Moment.INTERIM and day is not None:
            others = Assessment.objects.filter(
                adopted=record.adopted, indicator=record.indicator, moment=record.moment, as_of=day
            )
            if others.exclude(pk=record.pk).exists():
                raise ValidationError(DayTaken().message_dict["as_of"], code="taken")
        return day


class StatementForm(CorrectingForm):
    """The words alone, as they are written in a row of the grid."""

    class Meta:
        model = Assessment
        fields = ["statement"]
        widgets = {"statement": NarrativeInput(rows=5)}
        labels = {"statement": _("In words")}

    field_order = ["statement", "correction_reason"]


class RatingForm(CorrectingForm):
    verdict = forms.ChoiceField(
        choices=VERDICTS, required=False, widget=forms.RadioSelect, label=_("Level")
    )

    class Meta:
        model = Rating
        fields = ["to_verify", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    field_order = ["verdict", "correction_reason"]
    told_by_record = ["verdict", "correction_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["verdict"] = self.instance.verdict
        if self.instance.rater == Rater.TOWN:
            # The town says what it thinks; checking is the expert's business.
            del self.fields["to_verify"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.verdict = cleaned.get("verdict", "")
        return cleaned


WRITTEN = {"statement", "justification", "note", "verdict", "correction_reason"}
"""Fields of the editor that hold what somebody thought up, not only ticked."""


def typed_in_editor(data: QueryDict) -> list[tuple[str, str]]:
    """What somebody wrote into the editor of an indicator that is no longer there, by labels."""
    fields = {**RatingForm.base_fields, **AssessmentForm.base_fields}
    moments = dict(Moment.choices)
    verdicts = dict(VERDICTS)
    typed = []
    for name, text in data.items():
        place, _dash, field = name.rpartition("-")
        moment = moments.get(place.split("-")[0])
        words = verdicts.get(str(text)) if field == "verdict" else str(text).strip()
        if moment and words and text and field in WRITTEN:
            typed.append((f"{moment} – {fields[field].label}", str(words)))
    return typed
