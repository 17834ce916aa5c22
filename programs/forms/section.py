from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.models import User
from litvinov.forms import DateInput, RecordsField
from programs.models import NarrativeSection, Program, ProgramSection


class ProgramSectionForm(VersionedModelForm):
    """Who writes a section and until when."""

    class Meta:
        model = ProgramSection
        fields = ["responsible", "due_on"]
        widgets = {"due_on": DateInput}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__program=program).by_name()
        self.fields["responsible"].queryset = members  # type: ignore[attr-defined]


class SectionChoiceForm(forms.Form):
    """Sections of the code list that a program does not write yet."""

    sections = RecordsField(
        queryset=NarrativeSection.objects.none(),
        label=_("Sections"),
        error_messages={"required": _("Tick at least one section.")},
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = ProgramSection.objects.filter(program=program).values("section_id")
        self.fields["sections"].queryset = NarrativeSection.objects.exclude(pk__in=taken)  # type: ignore[attr-defined]


class NarrativeSectionForm(VersionedModelForm):
    """A section of the code list."""

    class Meta:
        model = NarrativeSection
        fields = ["title", "code", "prompt", "counterpart"]
        widgets = {"prompt": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": _("Letters without accents, digits and underscores; it never changes again."),
            "prompt": _("What belongs there; it stands above the text while somebody writes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = NarrativeSection.objects.exclude(pk=self.instance.pk)
        self.fields["counterpart"].queryset = others  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            # The report knows the sections of the common frame by their codes.
            del self.fields["code"]
