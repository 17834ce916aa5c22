from accounts.editing import VersionedModelForm
from programs.models import Theme


class ThemeForm(VersionedModelForm):
    class Meta:
        model = Theme
        fields = ["name"]
