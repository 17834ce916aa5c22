from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from actors.actions import NameTaken
from actors.models import Actor, folded_name
from litvinov.forms import LinesField, RecordsField


class LocalRecordForm(VersionedModelForm):
    """Something in the register of a town; `namesake` is who has the name already."""

    namesake: Any = None

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        saved = type(self.instance)._default_manager.filter(pk=self.instance.pk).first()
        if saved is not None and folded_name(saved.name) == folded_name(name):
            return name
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        self.namesake = others.namesake(self.instance.municipality, name)
        if self.namesake is not None:
            raise NameTaken(self.namesake).error_dict["name"][0]
        return name


class ActorForm(LocalRecordForm):
    """An actor as all programs of the town see it."""

    functions = LinesField(
        label=_("Functions"),
        required=False,
        help_text=_("One on a line, for example: head of the social department. Never names."),
    )
    aliases = LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("One on a line: what else people call it."),
    )

    class Meta:
        model = Actor
        fields = ["name", "abbreviation", "kind", "parent", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "name": _("An organisation, its part or a function. Never the name of a person."),
        }
        error_messages = {
            "name": {"required": _("Name the actor.")},
            "kind": {"required": _("Choose what kind of actor it is.")},
        }

    field_order = [
        "name",
        "abbreviation",
        "kind",
        "parent",
        "functions",
        "aliases",
        "description",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["functions"] = self.instance.functions
        self.initial["aliases"] = self.instance.aliases
        register = Actor.objects.filter(municipality=self.instance.municipality)
        parent: Any = self.fields["parent"]
        parent.queryset = register.exclude(pk=self.instance.pk)
        parent.empty_label = pgettext_lazy("actor", "nothing")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.functions = cleaned.get("functions", [])
        self.instance.aliases = cleaned.get("aliases", [])
        return cleaned


class TakeForm(forms.Form):
    """Which records of the town's register the program takes."""

    records = RecordsField(queryset=Actor.objects.none())

    def __init__(
        self, *args: Any, records: QuerySet[Any], label: str, required: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["records"]
        field.queryset, field.label = records, label
        field.error_messages["required"] = required
