"""The catalogue in the operator's administration: drafts can be mended, what was published
only looked at."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.sites import OperatorSite
from indicators import actions
from indicators.models import CatalogueArea, CriteriaCatalogue, Criterion, Indicator

site = OperatorSite(name="admin")


class DraftForm(VersionedModelForm):
    """Refuses what somebody else has saved meanwhile; here versions are not put side by side."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        part: Any = self.instance
        if not part._state.adding:
            saved = type(part)._default_manager.filter(pk=part.pk).first()
            if saved is None or saved.version != cleaned.get("opened_version"):
                raise ValidationError(_("Somebody has saved it meanwhile; open it again."))
        area, code = cleaned.get("area") or getattr(part, "area", None), cleaned.get("code")
        if isinstance(part, Criterion) and area and code:
            others = Criterion.objects.filter(area__catalogue=area.catalogue_id, code=code)
            if others.exclude(pk=part.pk).exists():
                raise actions.CatalogueCodeTaken(code)
        return cleaned


class DraftAdmin(admin.ModelAdmin):
    """Everything goes through the actions, and so leaves a trace in the history."""

    form = DraftForm
    # Deleting many at once would pass by the rules for each.
    actions = None
    parent = ""
    writes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        parent = (self.parent,) if self.parent else ()
        shown = (*parent, *self.writes, *(self.told if obj else ()))
        if obj is None or self.has_change_permission(request, obj):
            return (*shown, "opened_version")
        return shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        return (*self.told, self.parent) if self.parent else self.told

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_draft(obj)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Nothing is added to what is published."""
        drafts = {
            "catalogue": CriteriaCatalogue.objects.filter(published_on=None),
            "area": CatalogueArea.objects.filter(catalogue__published_on=None),
            "criterion": Criterion.objects.filter(area__catalogue__published_on=None),
        }
        kwargs["queryset"] = drafts[db_field.name]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_catalogue_part(part=obj, by=_user(request))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        part: Any = self.get_object(request, object_id)
        if part is None:
            return super().history_view(request, object_id, extra_context)
        response: HttpResponse = redirect("catalogue_history", part.owning_catalogue.pk)
        return response


@admin.register(CriteriaCatalogue, site=site)
class CriteriaCatalogueAdmin(DraftAdmin):
    list_display = ("title", "version_name", "published_on")
    writes = ("title", "version_name")
    # A catalogue is published on its own page, which shows what will be fixed.
    told = ("published_on", "previous")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        opened = form.cleaned_data["opened_version"]
        actions.save_catalogue(catalogue=obj, opened_version=opened, by=_user(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_catalogue(catalogue=obj, by=_user(request))


@admin.register(CatalogueArea, site=site)
class CatalogueAreaAdmin(DraftAdmin):
    list_display = ("code", "name", "catalogue")
    list_filter = ("catalogue",)
    list_select_related = ("catalogue",)
    parent = "catalogue"
    writes = ("code", "name")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        opened = form.cleaned_data["opened_version"]
        actions.save_catalogue_area(area=obj, opened_version=opened, by=_user(request))


@admin.register(Criterion, site=site)
class CriterionAdmin(DraftAdmin):
    list_display = ("code", "name", "mandatory", "area")
    list_filter = ("area__catalogue", "mandatory")
    list_select_related = ("area",)
    parent = "area"
    writes = ("code", "name", "mandatory")
    told = ("position", "previous")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        opened = form.cleaned_data["opened_version"]
        actions.save_criterion(criterion=obj, opened_version=opened, by=_user(request))


@admin.register(Indicator, site=site)
class IndicatorAdmin(DraftAdmin):
    list_display = ("name", "short_name", "criterion")
    list_filter = ("criterion__area__catalogue",)
    list_select_related = ("criterion",)
    parent = "criterion"
    writes = ("name", "short_name")
    told = ("position", "previous")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        opened = form.cleaned_data["opened_version"]
        actions.save_catalogue_indicator(indicator=obj, opened_version=opened, by=_user(request))


def _is_draft(part: Any) -> bool:
    return part is None or part.owning_catalogue.published_on is None


def _user(request: HttpRequest) -> Any:
    return request.user
