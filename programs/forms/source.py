from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from programs.actions.source import NameOfSourceTaken
from programs.models import Source


class SourceForm(VersionedModelForm):
    """A document or a database that the program cites."""

    url = forms.URLField(
        label=_("Web address"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Source
        fields = ["name", "kind", "author", "year", "data_date", "url", "visibility"]
        help_texts = {
            "kind": _("For example: strategy, statistics, interview, web page."),
            "author": _("An institution or a function, never the name of a private person."),
            "data_date": _("When the data hold, for example 31. 12. 2022 or school year 2022/23."),
            "visibility": _("Who may see that the source exists."),
        }
        error_messages = {"name": {"required": _("Name the source.")}}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        namesakes = Source.objects.filter(program_id=self.instance.program_id, name=name)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise NameOfSourceTaken().error_dict["name"][0]
        return name
