"""Forms that know which version they were opened with, and what to show when it is old."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import BLANK_CHOICE_DASH, Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import Audited, EditConflict


class VersionedModelForm(forms.ModelForm):
    """Sends back the version of the record it was opened with; 0 is "there was none"."""

    opened_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = self.instance
        self.fields["opened_version"].initial = 0 if instance._state.adding else instance.version
        for field in self.fields.values():
            _name_the_empty_choice(field)

    def has_changed(self) -> bool:
        return any(name != "opened_version" for name in self.changed_data)


def _name_the_empty_choice(field: forms.Field) -> None:
    """Say it in words; a screen reader reads Django's row of dashes one by one."""
    words = _("choose") if field.required else _("not filled in")
    dashes = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [(value, words if label == dashes else label) for value, label in choices]


@dataclass(frozen=True)
class Difference:
    """A field that two people filled differently, in words for the screen."""

    label: str
    theirs: str
    mine: str


def differences(mine: forms.ModelForm, theirs: forms.ModelForm) -> list[Difference]:
    """Where a submitted form differs from an unbound one made from what is saved now."""
    found = []
    for name, field in mine.fields.items():
        if name == "opened_version":
            continue
        saved = theirs.get_initial_for_field(theirs.fields[name], name)
        typed = mine.cleaned_data.get(name)
        if _in_words(field, saved) != _in_words(field, typed):
            found.append(
                Difference(str(mine[name].label), _in_words(field, saved), _in_words(field, typed))
            )
    return found


@dataclass(frozen=True)
class Conflict:
    """What a person sees whose save was refused: both versions, nothing typed lost."""

    current: Audited | None
    differences: list[Difference]

    @property
    def saved_by(self) -> str:
        change = (
            self.current.history.select_related("history_user").first() if self.current else None
        )
        return str(change.history_user or "") if change else ""


def resolve_conflict(
    mine: VersionedModelForm,
    conflict: EditConflict,
    form_of: Callable[[Any], forms.ModelForm],
) -> Conflict:
    """Put both versions side by side and let the next save be a deliberate one.

    The submitted form gets the version that is saved now; for a deleted record it gets
    0, so that saving again creates the record anew.
    """
    mine.data = mine.data.copy()  # type: ignore[attr-defined]
    current = conflict.current
    mine.data[mine.add_prefix("opened_version")] = current.version if current else 0  # type: ignore[index]
    return Conflict(current, differences(mine, form_of(current)) if current else [])


def _in_words(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return _("not filled in")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return _names(value) or _("not filled in")
    if isinstance(field, forms.ModelChoiceField):
        record = value if isinstance(value, Model) else field.queryset.filter(pk=value).first()  # type: ignore[union-attr]
        return str(record)
    if isinstance(field, forms.DateField) and hasattr(value, "year"):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    # Browsers send texts with CRLF; a difference nobody can see is none.
    return str(value).replace("\r\n", "\n").strip()


def _names(records: Iterable[Any]) -> str:
    return ", ".join(str(record) for record in records)
