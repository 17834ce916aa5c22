"""Forms that know which version they were opened with, and what to show when it is old."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import BLANK_CHOICE_DASH, Model
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from accounts.audit import Audited, EditConflict
from litvinov import czech
from litvinov.words import Piece, compare


class VersionedModelForm(forms.ModelForm):
    """Sends back the version of the record it was opened with; 0 is "there was none"."""

    opened_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    told_by_record: Collection[str] = ()
    """Fields of the form that are no fields of the model but follow from them alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = self.instance
        self.fields["opened_version"].initial = 0 if instance._state.adding else instance.version
        for form_field in self.fields.values():
            _name_the_empty_choice(form_field)

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


TAKE_SAVED = "take_saved"
"""In a form sent again after a conflict: fields for which the saved version shall hold."""


@dataclass(frozen=True)
class Difference:
    """A field that two people filled differently, in words for the screen.

    `base` is what both of them began with, None where that is not known; the pieces
    compare each version with it, or without it the two with each other.
    """

    name: str
    label: str
    base: str | None
    theirs: str
    mine: str

    @property
    def theirs_pieces(self) -> tuple[Piece, ...]:
        return compare(self.mine if self.base is None else self.base, self.theirs)

    @property
    def mine_pieces(self) -> tuple[Piece, ...]:
        return compare(self.theirs if self.base is None else self.base, self.mine)


@dataclass(frozen=True)
class Conflict:
    """What a person sees whose save was refused: all versions, nothing typed lost.

    `taken` names fields that only the other person changed; the form has their version.
    """

    current: Audited | None
    differences: list[Difference]
    taken: list[str] = field(default_factory=list)

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
    """Put the versions side by side and let the next save be a deliberate one.

    A field that only one of the two people changed is settled: the form gets that value.
    The submitted form gets the version that is saved now; for a deleted record it gets
    0, so that saving again creates the record anew.
    """
    mine.data = data = mine.data.copy()  # type: ignore[attr-defined]
    opened, current = mine.cleaned_data.get("opened_version"), conflict.current
    data[mine.add_prefix("opened_version")] = str(current.version if current else 0)
    if current is None:
        return Conflict(None, [])
    theirs, base = form_of(current), _Base(current, opened, form_of)
    found, taken = [], []
    for name, form_field in mine.fields.items():
        if name == "opened_version":
            continue
        saved = _in_words(form_field, theirs.get_initial_for_field(form_field, name))
        typed = _in_words(form_field, mine.cleaned_data.get(name))
        began = base.in_words(name, form_field)
        if saved == typed or began == saved:
            continue
        label = str(mine[name].label)
        if began == typed:
            data.setlist(mine.add_prefix(name), posted(theirs, name))
            taken.append(label)
            continue
        found.append(Difference(mine.add_prefix(name), label, began, saved, typed))
    return Conflict(current, found, taken)


def take_saved(data: QueryDict, form: forms.ModelForm) -> QueryDict:
    """What was sent, with the saved values where the person decided for them.

    `form` is an unbound one made from what is saved now.
    """
    chosen = set(data.getlist(TAKE_SAVED))
    changed = data.copy()
    for name in form.fields:
        if form.add_prefix(name) in chosen:
            changed.setlist(form.add_prefix(name), posted(form, name))
    return changed


def typed_in_words(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What somebody filled in, by the labels of the fields, whether it is right or not."""
    form.is_valid()
    typed = []
    for shown in form.visible_fields():
        value = form.cleaned_data.get(shown.name, shown.data)
        if value in (None, "", False) or (hasattr(value, "__len__") and not len(value)):
            continue
        typed.append((str(shown.label), _in_words(shown.field, value)))
    return typed


def posted(form: forms.BaseForm, name: str) -> list[str]:
    """What a browser would send for a field of an unbound form, were it left as it is."""
    form_field = form.fields[name]
    value = form_field.prepare_value(form.get_initial_for_field(form_field, name))
    if isinstance(form_field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = form_field.widget.format_value(value)
    if shown is None:
        return []
    return [str(item) for item in shown] if isinstance(shown, list | tuple) else [str(shown)]


class _Base:
    """What a record was when a form was opened, as far as its history tells."""

    def __init__(
        self, current: Audited, opened: int | None, form_of: Callable[[Any], forms.ModelForm]
    ) -> None:
        rows = current.history.filter(version=opened).order_by("-history_id")
        self.row = rows.first()
        self.form = form_of(self.row.instance) if self.row else None

    def in_words(self, name: str, form_field: forms.Field) -> str | None:
        if self.row is None or self.form is None:
            return None
        if name in getattr(self.row.instance, "_history_m2m_fields", ()):
            return _in_words(form_field, self._linked(name))
        told = {model_field.name for model_field in self.row.instance._meta.fields}
        if name not in told | set(getattr(self.form, "told_by_record", ())):
            return None
        return _in_words(form_field, self.form.get_initial_for_field(form_field, name))

    def _linked(self, name: str) -> list[Any]:
        """Linked records as the history row has them; the links themselves have moved on."""
        model_field = self.row.instance._meta.get_field(name)
        links = HistoricalRecords.m2m_models[model_field].objects.filter(history=self.row)
        keys = links.values_list(f"{model_field.m2m_reverse_field_name()}_id", flat=True)
        return list(model_field.related_model._default_manager.filter(pk__in=list(keys)))


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
    if isinstance(value, list):
        return "\n".join(value) or _("not filled in")
    if isinstance(value, Decimal):
        return czech.number(value)
    # Browsers send texts with CRLF; a difference nobody can see is none.
    return str(value).replace("\r\n", "\n").strip()


def _names(records: Iterable[Any]) -> str:
    return ", ".join(str(record) for record in records)
