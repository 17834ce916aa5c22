"""Towns (obce) that programs are founded in; a code list kept by methodologists."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from accounts.models import User
from accounts.roles import Permission
from actors import actions
from actors.models import Locality, Municipality
from programs.access import require_global
from programs.filters import MunicipalityFilter
from programs.forms import MunicipalityForm
from programs.tables import MunicipalityTable
from programs.views.code_list_history import show_code_list_history
from programs.views.editing import delete_record, edit_record, load_record
from programs.views.register import deleted_records


class MunicipalityList(SingleTableMixin, FilterView):
    table_class = MunicipalityTable
    filterset_class = MunicipalityFilter
    template_name = "programs/municipality_list.html"
    table_pagination = {"per_page": 50}

    def get_queryset(self) -> QuerySet[Municipality]:
        require_global(self.request.user, Permission.EDIT_CODE_LISTS)
        localities = Locality.objects.filter(municipality=OuterRef("pk")).order_by()
        counted = localities.values("municipality").annotate(count=Count("pk")).values("count")
        return Municipality.objects.annotate(locality_count=Coalesce(Subquery(counted), 0))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            has_any=Municipality.objects.exists(),
            deleted=deleted_records(Municipality),
            **kwargs,
        )


@require_safe
def municipality_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    municipality = get_object_or_404(Municipality, pk=pk)
    context = {
        "municipality": municipality,
        "localities": Locality.objects.filter(municipality=municipality),
        "deleted": deleted_records(Locality, municipality=municipality),
    }
    return render(request, "programs/municipality_detail.html", context)


@require_http_methods(["GET", "POST"])
def municipality_add(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_municipality(request, user, Municipality())


@require_http_methods(["GET", "POST"])
def municipality_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_municipality(request, user, load_record(request, Municipality.objects.all(), pk))


def _edit_municipality(
    request: HttpRequest, user: User, municipality: Municipality
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> MunicipalityForm:
        return MunicipalityForm(data, instance=record)

    def save(form: Any) -> Municipality:
        return actions.save_municipality(
            municipality=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=user,
        )

    def done(saved: Municipality) -> HttpResponse:
        messages.success(request, _("The municipality was saved."))
        return redirect("municipality_detail", saved.pk)

    is_saved = not municipality._state.adding
    detail = reverse("municipality_detail", args=[municipality.pk]) if is_saved else ""
    return edit_record(
        request,
        None,
        municipality,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/municipality_form.html",
        context={"back_url": detail or reverse("municipality_list")},
    )


@require_http_methods(["GET", "POST"])
def municipality_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    municipality = get_object_or_404(Municipality, pk=pk)

    def delete() -> None:
        actions.delete_from_register(record=municipality, by=user)

    def done() -> HttpResponse:
        messages.success(request, _("The municipality was deleted."))
        return redirect("municipality_list")

    return delete_record(
        request,
        None,
        municipality,
        delete=delete,
        done=done,
        question=_("Delete the municipality?"),
        consequence=_(
            "Only a municipality without localities and without a register can be deleted."
        ),
        label=_("Delete the municipality"),
        back_url=reverse("municipality_detail", args=[pk]),
    )


@require_safe
def municipality_history(request: HttpRequest, pk: int) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    municipality = get_object_or_404(Municipality, pk=pk)
    return show_code_list_history(
        request,
        municipality,
        kind="municipality",
        back_url=reverse("municipality_detail", args=[pk]),
        back_label=municipality.name,
    )
