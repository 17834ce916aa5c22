"""The register of evidence: files and links that prove what is said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from litvinov.fields import CzechCharField
from programs.models.base import PositionedRecord, visibility_field, visibility_is_known


class Evidence(PositionedRecord):
    """A file or a link, cited as "Příloha 3"; its number is its position.

    A file lies outside the web root under `stored_as`, a name of ours; `file_name` is what
    it is called when somebody downloads it. `content_type` was found in the content, `size`
    is in bytes and `sha256` in hexadecimal digits. A deleted file stays on the disk, so that
    it can come back.
    """

    title = CzechCharField(_("title"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    stored_as = models.CharField(max_length=100, blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=150, blank=True)
    content_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    visibility = visibility_field()

    edited_with = Permission.EDIT_EVIDENCE
    search_fields = ["title", "description", "file_name", "url"]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.CheckConstraint(
                condition=(Q(stored_as="") & ~Q(url=""))
                | (~Q(stored_as="") & Q(url="") & ~Q(file_name="") & Q(size__isnull=False)),
                name="evidence_is_file_or_link",
            ),
            visibility_is_known("evidence"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        return bool(self.stored_as)
