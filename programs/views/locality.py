"""Localities (SVL) of a town, kept on its page in the code lists."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Permission
from actors import actions
from actors.models import Locality, Municipality
from programs.access import require_global
from programs.forms import LocalityForm
from programs.views.code_list_history import show_code_list_history
from programs.views.editing import delete_record, edit_record, load_record


@require_http_methods(["GET", "POST"])
def locality_add(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_locality(
        request, user, Locality(municipality=get_object_or_404(Municipality, pk=pk))
    )


@require_http_methods(["GET", "POST"])
def locality_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    localities = Locality.objects.select_related("municipality")
    return _edit_locality(request, user, load_record(request, localities, pk))


def _edit_locality(request: HttpRequest, user: User, locality: Locality) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> LocalityForm:
        return LocalityForm(data, instance=record)

    def save(form: Any) -> Any:
        return actions.save_local_record(
            record=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    def done(saved: Locality) -> HttpResponse:
        messages.success(request, _("The locality was saved."))
        return redirect("municipality_detail", saved.municipality_id)

    return edit_record(
        request,
        None,
        locality,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/locality_form.html",
        context={"municipality": locality.municipality},
    )


@require_http_methods(["GET", "POST"])
def locality_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    locality = get_object_or_404(Locality.objects.select_related("municipality"), pk=pk)
    town = reverse("municipality_detail", args=[locality.municipality_id])

    def delete() -> None:
        actions.delete_from_register(record=locality, by=user)

    def done() -> HttpResponse:
        messages.success(request, _("The locality was deleted."))
        return redirect(town)

    return delete_record(
        request,
        None,
        locality,
        delete=delete,
        done=done,
        question=_("Delete the locality?"),
        consequence=_("Only a locality without a program can be deleted."),
        label=_("Delete the locality"),
        back_url=town,
    )


@require_safe
def locality_history(request: HttpRequest, pk: int) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    locality = get_object_or_404(Locality.objects.select_related("municipality"), pk=pk)
    return show_code_list_history(
        request,
        locality,
        kind="locality",
        back_url=reverse("municipality_detail", args=[locality.municipality_id]),
        back_label=locality.municipality.name,
    )
