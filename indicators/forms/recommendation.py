"""One recommendation, three forms: what it says, what the town says, what became of it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.models import User
from indicators.models import Indicator
from litvinov.forms import DateInput, NarrativeInput, RecordsField
from programs.access import ProgramAccess
from programs.models import Activity, Goal, Recommendation, Response

NEEDS_REASON = (Response.PARTLY, Response.REJECTED)


class IndicatorsField(RecordsField):
    """Indicators ticked in a list, each with the criterion it belongs to."""

    def label_from_instance(self, indicator: Any) -> str:
        code = _now("Criterion %(code)s") % {"code": indicator.criterion.code}
        return f"{code}: {indicator}"


class RecommendationForm(VersionedModelForm):
    """What the program recommends, what it follows from and who is to act."""

    indicators = IndicatorsField(
        queryset=Indicator.objects.none(), required=False, label=_("Indicators")
    )

    class Meta:
        model = Recommendation
        fields = [
            "finding",
            "conclusion",
            "title",
            "text",
            "priority",
            "due_on",
            "responsible",
            "state",
            "addressees",
            "goals",
            "target_groups",
            "activity",
            "visibility",
        ]
        field_classes = {
            "addressees": RecordsField,
            "goals": RecordsField,
            "target_groups": RecordsField,
        }
        widgets = {
            "finding": NarrativeInput(rows=4),
            "conclusion": NarrativeInput(rows=4),
            "text": NarrativeInput(rows=6),
            "due_on": DateInput,
        }
        help_texts = {
            "finding": _("What was found out. Write functions, not names."),
            "conclusion": _("What follows from it."),
            "title": _("In one sentence what should be done; the report cites it by its number."),
            "due_on": _("By when it should be carried out; it may be after the program."),
            "responsible": _("Who in the program looks after it."),
        }
        error_messages = {"title": {"required": _("Say in one sentence what is recommended.")}}

    def __init__(self, *args: Any, access: ProgramAccess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        program, fields = access.program, self.fields
        people = Q(memberships__program=program) | Q(pk=self.instance.responsible_id)
        fields["responsible"].queryset = User.objects.filter(people).distinct().by_name()  # type: ignore[attr-defined]
        fields["addressees"].queryset = program.actors.all()  # type: ignore[attr-defined]
        fields["goals"].queryset = Goal.objects.filter(program=program).coded()  # type: ignore[attr-defined]
        fields["target_groups"].queryset = program.target_groups.all()  # type: ignore[attr-defined]
        fields["activity"].queryset = (  # type: ignore[attr-defined]
            Activity.objects.visible_in(access.visibilities)
            .filter(phase__program=program)
            .select_related("phase")
        )
        own = Indicator.objects.of_program(program)
        fields["indicators"].queryset = own  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            linked = own.filter(recommendation_links__recommendation=self.instance)
            self.initial["indicators"] = list(linked)


class ResponseForm(VersionedModelForm):
    """What the town says; a refusal, even a partial one, needs a reason."""

    class Meta:
        model = Recommendation
        fields = ["response", "response_reason", "responded_on", "next_step"]
        widgets = {
            "response": forms.RadioSelect,
            "response_reason": forms.Textarea(attrs={"rows": 4}),
            "responded_on": DateInput,
            "next_step": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "response_reason": _("Needed where the town does not accept all of it."),
            "next_step": _("What happens now, who does it and by when."),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [("", _("not answered yet")), *Response.choices]
        self.fields["response"].choices = choices  # type: ignore[attr-defined]
        self.fields["responded_on"].widget.attrs["max"] = today.isoformat()
        if not self.instance.response:
            self.initial["responded_on"] = today

    def clean_responded_on(self) -> date | None:
        return _not_in_future(self.cleaned_data["responded_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        response, reason = cleaned.get("response"), cleaned.get("response_reason")
        if response in NEEDS_REASON and not reason:
            self.add_error("response_reason", _("Say why the town does not accept all of it."))
        if response == "":
            if reason:
                self.add_error("response", _("Choose the response that the reason belongs to."))
            cleaned["responded_on"] = None
        elif response and cleaned.get("responded_on") is None and "responded_on" not in self.errors:
            self.add_error("responded_on", _("Enter the date of the response."))
        return cleaned


class FollowUpForm(VersionedModelForm):
    """What became of a recommendation after the program had ended."""

    class Meta:
        model = Recommendation
        fields = ["follow_up", "follow_up_note", "followed_up_on"]
        widgets = {
            "follow_up": forms.RadioSelect,
            "follow_up_note": forms.Textarea(attrs={"rows": 4}),
            "followed_up_on": DateInput,
        }
        help_texts = {
            "follow_up_note": _("How it is known, or why it was abandoned."),
            "followed_up_on": _("The day on which it was so."),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [("", _("not known yet")), *self.fields["follow_up"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["follow_up"].choices = choices  # type: ignore[attr-defined]
        self.fields["followed_up_on"].widget.attrs["max"] = today.isoformat()
        if not self.instance.follow_up:
            self.initial["followed_up_on"] = today

    def clean_followed_up_on(self) -> date | None:
        return _not_in_future(self.cleaned_data["followed_up_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        state, told_on = cleaned.get("follow_up"), cleaned.get("followed_up_on")
        if state == "":
            if cleaned.get("follow_up_note"):
                self.add_error("follow_up", _("Choose the state that the note belongs to."))
            cleaned["followed_up_on"] = None
        elif state and told_on is None and "followed_up_on" not in self.errors:
            self.add_error("followed_up_on", _("Enter the day on which it was so."))
        return cleaned


def _not_in_future(day: date | None, today: date) -> date | None:
    if day is not None and day > today:
        raise ValidationError(_("This day is still to come; check the date."), code="future")
    return day
