from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from actors.models import Locality, Municipality
from programs.forms.actor import LocalRecordForm


class MunicipalityForm(VersionedModelForm):
    class Meta:
        model = Municipality
        fields = ["name", "code", "district", "region", "ico"]
        help_texts = {
            "code": _("Six digits, for example 567256. It tells towns of one name apart."),
            "ico": _("Eight digits; the last one is checked against the others."),
        }
        error_messages = {
            "name": {"required": _("Name the municipality.")},
            "code": {"unique": _("Another municipality has this code.")},
        }


class LocalityForm(LocalRecordForm):
    class Meta:
        model = Locality
        fields = ["name", "description"]
        error_messages = {"name": {"required": _("Name the locality.")}}
