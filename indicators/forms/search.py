"""What to search for, and where."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import search
from programs.models import Program

EVERYWHERE = "all"


class SearchForm(forms.Form):
    """Lives in the address: ?q=…&program=…&kind=…"""

    q = forms.CharField(
        required=False,
        max_length=200,
        label=_("What to search for"),
        widget=forms.TextInput(attrs={"type": "search", "data-shortcut": "/"}),
    )
    program = forms.ChoiceField(required=False, label=_("Where"))
    kind = forms.ChoiceField(required=False, label=_("Kind of record"))

    def __init__(self, *args: Any, programs: Iterable[Program], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programs = {program.slug: program for program in programs}
        self.models = {model._meta.model_name: model for model in search.searched_models()}
        kinds = {
            name: capfirst(str(model._meta.verbose_name_plural))
            for name, model in self.models.items()
        }
        where: Any = self.fields["program"]
        where.choices = [
            (EVERYWHERE, _("all my programs")),
            *((slug, program.title) for slug, program in self.programs.items()),
        ]
        what: Any = self.fields["kind"]
        what.choices = [("", _("everything")), *kinds.items()]

    @property
    def chosen_program(self) -> Program | None:
        """The program to search in; None for all of the person's."""
        return self.programs.get(self.cleaned_data["program"])

    @property
    def chosen_model(self) -> str:
        """The label of the kind of record, empty for every kind."""
        model = self.models.get(self.cleaned_data["kind"])
        return model._meta.label_lower if model else ""
