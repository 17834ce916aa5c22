from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from actors.models import Actor, ActorKind, TargetGroup
from litvinov import czech
from litvinov.forms import DateInput, NarrativeInput, RecordsField
from programs.last_used import LastUsed
from programs.models import Activity, Consultation, Goal, Program

EARLIEST = date(2000, 1, 1)
LONGEST_NAME = Actor._meta.get_field("name").max_length or 0


@dataclass(frozen=True)
class Offer:
    """Choices of a list, those used lately apart from the rest."""

    lately: list[BoundWidget]
    others: list[BoundWidget]

    @property
    def is_open(self) -> bool:
        """Whether the rest has to be seen: nothing was used lately, or something is ticked."""
        return not self.lately or any(choice.data["selected"] for choice in self.others)

    @classmethod
    def of(cls, field: BoundField, lately: Collection[int]) -> "Offer":
        choices = {int(str(choice.data["value"])): choice for choice in field.subwidgets}
        first = [choices.pop(key) for key in lately if key in choices]
        return cls(first, list(choices.values()))


class ConsultationForm(VersionedModelForm):
    """An entry of the log; target groups are ticked and, where known, counted.

    Actors that the program does not know yet are written by name, one on a line.
    """

    new_actors = forms.CharField(
        label=_("New actors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Organisations and functions the list does not have, each on a line of its own. "
            "Write functions, not names of people."
        ),
    )
    new_actor_kind = forms.ChoiceField(
        label=_("The new actors are"),
        choices=ActorKind,
        required=False,
        initial=ActorKind.ORGANISATION,
    )

    told_by_record = ("new_actors", "new_actor_kind")

    class Meta:
        model = Consultation
        fields = ["held_on", "kind", "goals", "actors", "outcome", "team_note", "activity"]
        field_classes = {"goals": RecordsField, "actors": RecordsField}
        widgets = {
            "held_on": DateInput,
            "outcome": NarrativeInput(rows=5),
            "team_note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "outcome": _("What was discussed and what it leads to. Write functions, not names."),
            "team_note": _("Only the team sees it; it is never printed."),
        }
        error_messages = {
            "held_on": {"required": _("Enter the date of the consultation.")},
            "kind": {"required": _("Choose what kind of consultation it was.")},
            "outcome": {"required": _("Write what the consultation led to.")},
        }

    def __init__(
        self,
        *args: Any,
        program: Program,
        today: date,
        last_used: LastUsed = LastUsed(),  # noqa: B008  frozen
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.today = today
        self.last_used = last_used
        if self.instance._state.adding and not self.initial.get("kind"):
            self.initial["kind"] = last_used.kind
        self.fields["held_on"].widget.attrs["max"] = today.isoformat()
        if not self.initial.get("held_on"):
            self.initial["held_on"] = today
        self.fields["goals"].queryset = Goal.objects.filter(program=program).coded()  # type: ignore[attr-defined]
        self.fields["actors"].queryset = program.actors.all()  # type: ignore[attr-defined]
        self.fields["activity"].queryset = Activity.objects.filter(  # type: ignore[attr-defined]
            phase__program=program
        ).order_by("phase__position", "position")
        self.fields["activity"].empty_label = pgettext_lazy("activity", "none")  # type: ignore[attr-defined]
        self.target_groups = list(program.target_groups.all())
        self._add_attendance_fields()

    def _add_attendance_fields(self) -> None:
        known = {}
        if not self.instance._state.adding:
            known = {row.target_group_id: row.count for row in self.instance.attendances.all()}
        for group in self.target_groups:
            self.fields[f"attends_{group.pk}"] = forms.BooleanField(
                label=group.name, required=False, initial=group.pk in known
            )
            self.fields[f"count_{group.pk}"] = forms.IntegerField(
                label=_("number of people: %(group)s") % {"group": group.name},
                required=False,
                min_value=1,
                max_value=9999,
                initial=known.get(group.pk),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def goal_offer(self) -> Offer:
        return Offer.of(self["goals"], self.last_used.goals)

    @property
    def actor_offer(self) -> Offer:
        return Offer.of(self["actors"], self.last_used.actors)

    def attendance_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """For each target group its tick and its count."""
        for group in self.target_groups:
            yield self[f"attends_{group.pk}"], self[f"count_{group.pk}"]

    @property
    def attendances(self) -> dict[TargetGroup, int | None]:
        """Who took part; a count without a tick is taken for both."""
        taken = {}
        for group in self.target_groups:
            count = self.cleaned_data.get(f"count_{group.pk}")
            if self.cleaned_data.get(f"attends_{group.pk}") or count is not None:
                taken[group] = count
        return taken

    def clean_new_actors(self) -> list[str]:
        """The names, each once whatever its case and diacritics."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["new_actors"].splitlines())
        names = {czech.fold(line): line for line in lines if line}
        for name in names.values():
            if len(name) > LONGEST_NAME:
                raise ValidationError(
                    _("A name has at most %(limit)s characters; write each actor on its own line."),
                    code="too_long",
                    params={"limit": LONGEST_NAME},
                )
        return list(names.values())

    def clean_new_actor_kind(self) -> str:
        return self.cleaned_data["new_actor_kind"] or ActorKind.ORGANISATION

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise ValidationError(_("A consultation is logged after it was held."), code="future")
        if held_on < EARLIEST:
            raise ValidationError(_("Check the year of the consultation."), code="too_early")
        return held_on
