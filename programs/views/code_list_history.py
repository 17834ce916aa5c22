"""Who changed what in the code lists; an earlier or a deleted record comes back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.history import history_of
from accounts.restoring import restore_deleted, restore_version
from accounts.roles import Permission, Visibility
from actors.models import Locality, Municipality
from programs.access import require_global
from programs.models import Abbreviation, Theme
from programs.views.history import PAGE_SIZE

KINDS: dict[str, Any] = {
    "municipality": Municipality,
    "locality": Locality,
    "theme": Theme,
    "abbreviation": Abbreviation,
}


def show_code_list_history(
    request: HttpRequest, record: Any, *, kind: str, back_url: str, back_label: str
) -> HttpResponse:
    """The history of a record of a code list, for those who keep them."""
    changes: Any = history_of(record, visibilities=Visibility)
    page: Any = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": str(record),
        "record": record,
        "kind": kind,
        "changes": page.object_list,
        "page": page,
        "back_url": back_url,
        "back_label": back_label,
    }
    return render(request, "programs/code_list_history.html", context)


@require_safe
def theme_history(request: HttpRequest, pk: int) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _in_code_lists(request, get_object_or_404(Theme, pk=pk), kind="theme")


@require_safe
def abbreviation_history(request: HttpRequest, pk: int) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    shared = get_object_or_404(Abbreviation, pk=pk, program__isnull=True)
    return _in_code_lists(request, shared, kind="abbreviation")


def _in_code_lists(request: HttpRequest, record: Any, *, kind: str) -> HttpResponse:
    return show_code_list_history(
        request, record, kind=kind, back_url=reverse("code_lists"), back_label=_("Code lists")
    )


@require_POST
def code_list_restore(request: HttpRequest, kind: str, row: int) -> HttpResponse:
    """Give a record the state a row of its history tells of, or bring a deleted one back."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    shared = {"program__isnull": True} if model is Abbreviation else {}
    told = get_object_or_404(model.history.filter(**shared), history_id=row)
    record = model._default_manager.filter(pk=told.id).first()
    try:
        if record is not None:
            restore_version(record=record, row=told, by=user)
        else:
            restore_deleted(model=model, object_id=told.id, by=user)
    except model.DoesNotExist:
        messages.error(request, _("The record is not deleted; nothing was changed."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The earlier version was restored."))
    asked = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return redirect(asked if own else "code_lists")
