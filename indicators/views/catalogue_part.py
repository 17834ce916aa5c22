"""Areas, criteria and indicators of a draft of the catalogue."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import Audited, EditConflict
from accounts.history import recall
from accounts.roles import Permission
from indicators import actions
from indicators.forms import CatalogueAreaForm, CatalogueIndicatorForm, CriterionForm
from indicators.models import (
    CatalogueArea,
    CataloguePublished,
    CriteriaCatalogue,
    Criterion,
    Indicator,
)
from indicators.views.catalogue import say_published
from programs.access import require_global
from programs.views.editing import (
    delete_record,
    edit_record,
    load_record,
    load_whole,
    part_of,
    rank_of,
)

AREAS = CatalogueArea.objects.select_related("catalogue")
CRITERIA = Criterion.objects.select_related("area__catalogue")
INDICATORS = Indicator.objects.select_related("criterion__area__catalogue")

WITHIN: dict[type[Audited], list[str]] = {
    CriteriaCatalogue: [],
    CatalogueArea: ["catalogue"],
    Criterion: ["area__catalogue"],
    Indicator: ["criterion__area__catalogue"],
}
"""The path from a part to its catalogue."""

Part = CatalogueArea | Criterion | Indicator


@require_http_methods(["GET", "POST"])
def catalogue_area_add(request: HttpRequest, pk: int) -> HttpResponse:
    catalogue = _load_whole(request, CriteriaCatalogue.objects, pk)
    return _edit_area(request, part_of(catalogue, CatalogueArea(catalogue=catalogue)))


@require_http_methods(["GET", "POST"])
def catalogue_area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_area(request, _load_edited(request, AREAS, pk))


@require_http_methods(["GET", "POST"])
def catalogue_area_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _delete(
        request,
        _load(request, AREAS, pk),
        question=_("Delete this area?"),
        consequence=_("Its criteria and their indicators are deleted with it."),
        label=_("Delete the area"),
        done=_("The area was deleted; the history of the catalogue can bring it back."),
    )


@require_http_methods(["GET", "POST"])
def criterion_add(request: HttpRequest, pk: int) -> HttpResponse:
    area = _load_whole(request, AREAS, pk)
    return _edit_criterion(request, part_of(area, Criterion(area=area)))


@require_http_methods(["GET", "POST"])
def criterion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_criterion(request, _load_edited(request, CRITERIA, pk))


@require_POST
def criterion_move(request: HttpRequest, pk: int) -> HttpResponse:
    criterion = _load(request, CRITERIA, pk)
    return _move(
        request,
        criterion,
        lambda user: actions.move_criterion(criterion=criterion, rank=rank_of(request), by=user),
    )


@require_http_methods(["GET", "POST"])
def criterion_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _delete(
        request,
        _load(request, CRITERIA, pk),
        question=_("Delete this criterion?"),
        consequence=_("Its indicators are deleted with it."),
        label=_("Delete the criterion"),
        done=_("The criterion was deleted; the history of the catalogue can bring it back."),
    )


@require_http_methods(["GET", "POST"])
def catalogue_indicator_add(request: HttpRequest, pk: int) -> HttpResponse:
    criterion = _load_whole(request, CRITERIA, pk)
    return _edit_indicator(request, part_of(criterion, Indicator(criterion=criterion)))


@require_http_methods(["GET", "POST"])
def catalogue_indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_indicator(request, _load_edited(request, INDICATORS, pk))


@require_POST
def catalogue_indicator_move(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = _load(request, INDICATORS, pk)
    return _move(
        request,
        indicator,
        lambda user: actions.move_catalogue_indicator(
            indicator=indicator, rank=rank_of(request), by=user
        ),
    )


@require_http_methods(["GET", "POST"])
def catalogue_indicator_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _delete(
        request,
        _load(request, INDICATORS, pk),
        question=_("Delete this indicator?"),
        consequence=_("It disappears from this draft only; earlier versions keep theirs."),
        label=_("Delete the indicator"),
        done=_("The indicator was deleted; the history of the catalogue can bring it back."),
    )


def _load(request: HttpRequest, records: Any, pk: int) -> Any:
    """A part, for somebody who keeps code lists; raises PermissionDenied or Http404."""
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    return get_object_or_404(records.all(), pk=pk)


def _load_edited(request: HttpRequest, records: Any, pk: int) -> Any:
    """As `_load`, or the part as it last was when it was deleted while somebody wrote."""
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    part = load_record(request, records.all(), pk)
    _recall_what_held(part)
    return part


def _load_whole(request: HttpRequest, records: Any, pk: int) -> Any:
    """As `_load`, or what a new part is to belong to when it was deleted while somebody wrote."""
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    whole = load_whole(request, records.all(), id=pk)
    _recall_what_held(whole)
    return whole


def _recall_what_held(deleted: Any) -> None:
    """What held a deleted part may have been deleted with it."""
    if hasattr(deleted, "deletion"):
        recall([deleted], WITHIN[type(deleted)])


def _edit_area(request: HttpRequest, area: CatalogueArea) -> HttpResponse:
    def save(form: Any, user: Any) -> CatalogueArea:
        return actions.save_catalogue_area(
            area=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    return _edit(
        request, area, CatalogueAreaForm, save, _("The area was saved."), "catalogue_area_form"
    )


def _edit_criterion(request: HttpRequest, criterion: Criterion) -> HttpResponse:
    def save(form: Any, user: Any) -> Criterion:
        return actions.save_criterion(
            criterion=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    return _edit(
        request, criterion, CriterionForm, save, _("The criterion was saved."), "criterion_form"
    )


def _edit_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    def save(form: Any, user: Any) -> Indicator:
        return actions.save_catalogue_indicator(
            indicator=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    return _edit(
        request,
        indicator,
        CatalogueIndicatorForm,
        save,
        _("The indicator was saved."),
        "catalogue_indicator_form",
    )


def _edit(
    request: HttpRequest,
    part: Part,
    form_class: Callable[..., Any],
    save: Callable[[Any, Any], Any],
    message: str,
    template: str,
) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = part.owning_catalogue
    if catalogue.published_on and request.method == "GET":
        return say_published(request, catalogue)

    def form_of(record: Any, data: Any = None) -> Any:
        return form_class(data, instance=record)

    return edit_record(
        request,
        None,
        part,
        form_of=form_of,
        save=lambda form: save(form, user),
        done=lambda saved: _to_part(request, saved, message),
        template=f"indicators/{template}.html",
        context={"catalogue": catalogue},
        anew=False,
        history_url=_history_of(catalogue),
    )


def _history_of(catalogue: CriteriaCatalogue) -> str:
    """Where what was deleted can be brought back; a whole draft is among the code lists."""
    if CriteriaCatalogue.objects.filter(pk=catalogue.pk).exists():
        return reverse("catalogue_history", args=[catalogue.pk])
    return reverse("code_lists")


def _delete(
    request: HttpRequest, part: Part, *, question: str, consequence: str, label: str, done: str
) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = part.owning_catalogue
    if catalogue.published_on and request.method == "GET":
        return say_published(request, catalogue)

    def delete() -> None:
        try:
            actions.delete_catalogue_part(part=part, by=user)
        except EditConflict as gone:
            raise Http404 from gone

    def answer() -> HttpResponse:
        messages.success(request, done)
        return redirect("catalogue_detail", catalogue.pk)

    return delete_record(
        request,
        None,
        part,
        delete=delete,
        done=answer,
        question=question,
        consequence=consequence,
        label=label,
        back_url=reverse("catalogue_detail", args=[catalogue.pk]),
    )


def _move(request: HttpRequest, part: Part, move: Callable[[Any], None]) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    try:
        move(user)
    except CataloguePublished:
        return say_published(request, part.owning_catalogue)
    except EditConflict as gone:
        raise Http404 from gone
    return _to_part(request, part)


def _to_part(request: HttpRequest, part: Part, message: str = "") -> HttpResponse:
    """Back to the catalogue, at the part that was changed."""
    if message:
        messages.success(request, message)
    response = redirect("catalogue_detail", part.owning_catalogue.pk)
    response["Location"] += f"#{part._meta.model_name}-{part.pk}"
    return response
