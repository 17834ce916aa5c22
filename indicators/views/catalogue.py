"""Versions of the catalogue of criteria: drafted, published, followed by the next one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import EditConflict
from accounts.models import User
from accounts.roles import Permission
from indicators import actions
from indicators.forms import CatalogueForm
from indicators.models import CriteriaCatalogue, Criterion, Indicator
from indicators.versions import compare_versions
from programs.access import require_global
from programs.views.editing import delete_record, edit_record, load_record


@require_safe
def catalogue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of the catalogue with all its parts; a draft with the tools to write it."""
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = get_object_or_404(
        CriteriaCatalogue.objects.select_related("previous").prefetch_related(
            "areas__criteria__indicators", "next_versions"
        ),
        pk=pk,
    )
    context = {"catalogue": catalogue, "is_draft": catalogue.published_on is None}
    return render(request, "indicators/catalogue_detail.html", context)


@require_http_methods(["GET", "POST"])
def catalogue_add(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_catalogue(request, user, CriteriaCatalogue())


@require_http_methods(["GET", "POST"])
def catalogue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = load_record(request, CriteriaCatalogue.objects.all(), pk)
    if catalogue.published_on and request.method == "GET":
        return say_published(request, catalogue)
    return _edit_catalogue(request, user, catalogue)


@require_http_methods(["GET", "POST"])
def catalogue_next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version with everything the last one holds."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    last = get_object_or_404(CriteriaCatalogue, pk=pk)

    def form_of(record: Any, data: Any = None) -> CatalogueForm:
        return CatalogueForm(data, instance=record)

    def save(form: Any) -> CriteriaCatalogue:
        return actions.draft_next_version(
            catalogue=last,
            version_name=form.cleaned_data["version_name"],
            title=form.cleaned_data["title"],
            by=user,
        )

    return edit_record(
        request,
        None,
        CriteriaCatalogue(title=last.title),
        form_of=form_of,
        save=save,
        done=lambda saved: _to_catalogue(
            request, saved, _("The draft of the next version holds all that the last one does.")
        ),
        template="indicators/catalogue_form.html",
        context={"last": last},
    )


@require_http_methods(["GET", "POST"])
def catalogue_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to publish a draft, showing what would be fixed for good."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = get_object_or_404(CriteriaCatalogue.objects.select_related("previous"), pk=pk)
    if catalogue.published_on:
        return say_published(request, catalogue)
    if request.method == "POST":
        try:
            actions.publish_catalogue(
                catalogue=catalogue, published_on=timezone.localdate(), by=user
            )
        except actions.CatalogueIncomplete:
            # The page below says what is missing.
            pass
        else:
            message = _("The catalogue was published and never changes again.")
            return _to_catalogue(request, catalogue, message)
    criteria = Criterion.objects.filter(area__catalogue=catalogue)
    missing = list(actions.missing_parts(catalogue))
    previous = catalogue.previous
    context = {
        "catalogue": catalogue,
        "missing": missing,
        "area_count": catalogue.areas.count(),
        "criterion_count": criteria.count(),
        "mandatory_count": criteria.filter(mandatory=True).count(),
        "indicator_count": Indicator.objects.filter(criterion__area__catalogue=catalogue).count(),
        "comparison": compare_versions(previous, catalogue) if previous else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/catalogue_publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
def catalogue_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = get_object_or_404(CriteriaCatalogue, pk=pk)
    if catalogue.published_on and request.method == "GET":
        return say_published(request, catalogue)

    def delete() -> None:
        try:
            actions.delete_catalogue(catalogue=catalogue, by=user)
        except EditConflict as gone:
            raise Http404 from gone

    def done() -> HttpResponse:
        messages.success(request, _("The draft was deleted; it can be brought back below."))
        return redirect("code_lists")

    return delete_record(
        request,
        None,
        catalogue,
        delete=delete,
        done=done,
        question=_("Delete this draft of the catalogue?"),
        consequence=_("Its areas, criteria and indicators are deleted with it."),
        label=_("Delete the draft"),
        back_url=reverse("catalogue_detail", args=[pk]),
    )


def _edit_catalogue(request: HttpRequest, user: User, catalogue: CriteriaCatalogue) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> CatalogueForm:
        return CatalogueForm(data, instance=record)

    def save(form: Any) -> CriteriaCatalogue:
        return actions.save_catalogue(
            catalogue=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    return edit_record(
        request,
        None,
        catalogue,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_catalogue(request, saved, _("The catalogue was saved.")),
        template="indicators/catalogue_form.html",
        anew=False,
        history_url=reverse("code_lists"),
    )


def say_published(request: HttpRequest, catalogue: CriteriaCatalogue) -> HttpResponse:
    messages.error(request, _("The catalogue is published already; nothing was changed."))
    return redirect("catalogue_detail", catalogue.pk)


def _to_catalogue(request: HttpRequest, catalogue: CriteriaCatalogue, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("catalogue_detail", catalogue.pk)
