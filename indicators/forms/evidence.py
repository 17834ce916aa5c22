from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.editing import VersionedModelForm
from accounts.roles import Visibility
from indicators.evidence_places import label_of, records_in
from litvinov.forms import DateInput, RecordsField
from litvinov.uploads import MEGABYTE, largest_file
from programs.access import ProgramAccess
from programs.evidence_files import Upload, upload_of
from programs.file_types import ACCEPT
from programs.models import Evidence


class PlacesField(RecordsField):
    """Records that evidence is attached to, ticked in a list."""

    def label_from_instance(self, record: Any) -> str:
        return label_of(record)


class WebAddressField(forms.URLField):
    """An address that a browser opens as a page and as nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class EvidenceForm(VersionedModelForm):
    """A file or a link, and what it is attached to.

    The file itself was put aside before the form; `aside` is the ticket for it, which goes
    back and forth with the form until it is saved. `file_error` says why there is none.
    """

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    aside = forms.CharField(required=False, widget=forms.HiddenInput)
    url = WebAddressField(
        label=_("Web address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"required": _("Enter the web address.")},
        help_text=_("Instead of a file, evidence may be a page on the web."),
    )
    activities = PlacesField(queryset=None, required=False, label=_("Activities"))
    consultations = PlacesField(queryset=None, required=False, label=_("Consultations"))
    recommendations = PlacesField(queryset=None, required=False, label=_("Recommendations"))
    assessments = PlacesField(queryset=None, required=False, label=_("Indicators"))

    class Meta:
        model = Evidence
        fields = ["title", "description", "dated_on", "url", "visibility"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3}), "dated_on": DateInput}
        help_texts = {
            "title": _("What it is; the report lists it under this title."),
            "dated_on": _("When it was made or holds, not when it was uploaded."),
            "visibility": _("Who may read it and download it."),
        }
        error_messages = {"title": {"required": _("Name the evidence.")}}

    def __init__(
        self,
        *args: Any,
        access: ProgramAccess,
        file_error: ValidationError | None = None,
        attach_to: Collection[tuple[str, int]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.file_error = access, file_error
        self.upload: Upload | None = None
        is_new = self.instance._state.adding
        if self.instance.is_file:
            del self.fields["url"]
        elif not is_new:
            del self.fields["file"], self.fields["aside"]
            self.fields["url"].required, self.fields["url"].help_text = True, ""
        if "file" in self.fields:
            self._describe_file(self.fields["file"])
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (value, label)
            for value, label in Visibility.choices
            if Visibility(value) in access.visibilities
        ]
        self._offer_places(is_new, attach_to)

    def _describe_file(self, field: forms.Field) -> None:
        field.widget.attrs["data-largest"] = largest_file()
        field.widget.attrs["data-too-large"] = too_large().message
        field.help_text = _(
            "PDF, DOCX, XLSX, ODT, ODS, TXT, CSV, PNG or JPEG of at most %(limit)d MB. Check that "
            "no names of clients or children are in it, nor the place where a photograph was "
            "taken; the file is kept just as it is. Before it is sent, a draft does not keep it."
        ) % {"limit": largest_file() // MEGABYTE}
        if self.instance.is_file:
            field.label = _("Replace the file")

    def _offer_places(self, is_new: bool, attach_to: Collection[tuple[str, int]]) -> None:
        self.places = records_in(self.access.program, self.access.visibilities)
        for kind, records in self.places.items():
            field: Any = self.fields[kind]
            field.queryset = records
            if not is_new:
                self.initial[kind] = list(records.filter(evidence=self.instance))
            elif asked := [pk for asked, pk in attach_to if asked == kind]:
                self.initial[kind] = list(records.filter(pk__in=asked))

    @property
    def chosen(self) -> Upload | None:
        """The file that lies aside for this form."""
        if "aside" not in self.fields:
            return None
        return upload_of(str(self["aside"].value() or ""), self.access.user)

    @property
    def attached_to(self) -> dict[str, Collection[Audited]]:
        return {kind: self.cleaned_data[kind] for kind in self.places}

    def clean_aside(self) -> str:
        """No ticket is ever compared with another, so none stays among the values."""
        ticket = self.cleaned_data["aside"]
        self.upload = upload_of(ticket, self.access.user)
        if ticket and self.upload is None and self.file_error is None:
            self.file_error = ValidationError(
                _("The file is no longer here. Please choose it again."), code="gone"
            )
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.fields:
            return cleaned
        if self.file_error:
            self.add_error("file", self.file_error)
        elif self.upload and cleaned.get("url"):
            self.add_error("url", _("Attach either a file or a link, not both."))
        elif not (self.upload or self.instance.is_file or cleaned.get("url") or self.errors):
            self.add_error("file", _("Choose a file, or enter a web address below."))
        return cleaned


def too_large() -> ValidationError:
    """What the form says of a file that was thrown away because of its size."""
    return ValidationError(
        _("The file is too large; it may have at most %(limit)d MB.")
        % {"limit": largest_file() // MEGABYTE},
        code="too_large",
    )
