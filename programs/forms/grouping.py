from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField
from django.utils.translation import gettext_lazy as _

from litvinov import narrative
from litvinov.forms import RecordsField
from litvinov.templatetags.czech_text import typeset
from programs.forms.activity import ActivityForm
from programs.models import Consultation

SEEN = "seen"


class GroupingForm(ActivityForm):
    """A new activity and the consultations it is made of, as the person saw them."""

    consultations = RecordsField(
        label=_("Consultations of the activity"),
        queryset=Consultation.objects.none(),
        error_messages={"required": _("Tick at least one consultation.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    told_by_record = ("consultations", SEEN)

    field_order = ["phase", "title", "consultations", "text"]

    def __init__(self, *args: Any, offered: list[Consultation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["consultations"]
        field.queryset = Consultation.objects.filter(pk__in=[one.pk for one in offered]).order_by(
            "held_on", "pk"
        )
        field.label_from_instance = in_a_line
        self.initial.setdefault("consultations", [one.pk for one in offered])
        self.initial.setdefault(SEEN, versions_in_text(offered))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            seen = versions_from_text(cleaned.get(SEEN, ""))
        except ValueError:
            raise ValidationError(_("Choose the consultations in the log again.")) from None
        cleaned[SEEN] = {one.pk: seen.get(one.pk, 0) for one in cleaned.get("consultations", [])}
        return cleaned


def versions_in_text(consultations: list[Consultation]) -> str:
    """Keys and versions as a form carries them: "12.3 15.1"."""
    return " ".join(f"{one.pk}.{one.version}" for one in consultations)


def versions_from_text(text: str) -> dict[int, int]:
    """What `versions_in_text` wrote; raises ValueError for anything else."""
    pairs = (pair.split(".") for pair in text.split())
    return {key_from_text(key): int(version) for key, version in pairs}


def key_from_text(text: str) -> int:
    """A key as an address or a form carries it; raises ValueError for what cannot be one."""
    key = int(text)
    if not 0 < key <= BigIntegerField.MAX_BIGINT:
        raise ValueError(text)
    return key


def in_a_line(consultation: Consultation) -> str:
    """A consultation in a list to choose from: date, kind and how its outcome begins."""
    day = consultation.held_on
    outcome = narrative.in_a_line(consultation.outcome)
    beginning = outcome if len(outcome) <= 90 else outcome[:90].rsplit(" ", 1)[0] + "…"
    kind = consultation.get_kind_display()
    return typeset(f"{day.day}. {day.month}. {day.year} – {kind}: {beginning}")
