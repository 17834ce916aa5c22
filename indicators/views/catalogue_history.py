"""Who changed what in a catalogue; in a draft, what was can come back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.restoring import restore_deleted, restore_version
from accounts.roles import Permission
from indicators.catalogue_changes import KINDS, CatalogueChanges, history_of_catalogue
from indicators.models import CriteriaCatalogue
from programs.access import require_global

PAGE_SIZE = 30


@require_safe
def catalogue_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The history of a catalogue and all its parts, even of a draft that was deleted."""
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = CriteriaCatalogue.objects.filter(pk=pk).first()
    last = CriteriaCatalogue.history.filter(id=pk).first()
    if catalogue is None and last is None:
        raise Http404
    is_published = catalogue is not None and catalogue.published_on is not None
    changes: Any = CatalogueChanges(pk, may_restore=not is_published)
    page: Any = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "catalogue": catalogue,
        "title": str(catalogue or last.instance),
        "pk": pk,
        "page": page,
        "entries": page.object_list,
    }
    return render(request, "indicators/catalogue_history.html", context)


@require_POST
def catalogue_version_restore(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Give a part of a draft the state that a row of its history tells of."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    model, told = _told(pk, kind, row)
    record = get_object_or_404(model.objects.all(), pk=told.id)
    try:
        restore_version(record=record, row=told, by=user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The earlier version was restored."))
    return redirect("catalogue_history", pk)


@require_POST
def catalogue_undelete(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Bring back a deleted draft, or a deleted part of one, with what it held."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    model, told = _told(pk, kind, row)
    try:
        restore_deleted(model=model, object_id=told.id, by=user)
    except model.DoesNotExist:
        messages.error(request, _("The record is not deleted; nothing was changed."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The record is back, with everything linked to it."))
    return redirect("catalogue_history", pk)


def _told(pk: int, kind: str, row: int) -> tuple[Any, Any]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind], get_object_or_404(history_of_catalogue(pk)[kind], history_id=row)
