from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.roles import Permission
from litvinov import czech
from litvinov.forms import NarrativeInput, RecordsField
from programs.access import ProgramAccess
from programs.models import Narrative, Source
from programs.models.narrative import SUMMARY_CODE, SUMMARY_LETTERS


class NarrativeForm(VersionedModelForm):
    """One text of a section; a section with several texts gives each its topic."""

    class Meta:
        model = Narrative
        fields = ["topic", "text", "sources", "visibility"]
        field_classes = {"sources": RecordsField}
        widgets = {"text": NarrativeInput(rows=16)}
        help_texts = {
            "topic": _("Printed beside the text; needed only where a section has several texts."),
        }

    def __init__(self, *args: Any, access: ProgramAccess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.filter(program=access.program)
        if self.instance.section.code == SUMMARY_CODE:
            self.fields["text"].help_text = _(
                "The summary has one page: all its texts together at most about %(letters)s "
                "letters, %(words)s words. The shorter they are, the more tables and charts stay "
                "beside them."
            ) % {"letters": czech.number(SUMMARY_LETTERS), "words": SUMMARY_LETTERS // 7}
        self.fields["sources"].queryset = sources.visible_in(access.visibilities)  # type: ignore[attr-defined]
        if Permission.EDIT_TEAM_CONTENT not in access.permissions:
            del self.fields["visibility"]
