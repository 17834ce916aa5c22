"""The page of all code lists, and the catalogue of criteria among them."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from indicators.actions import publish_catalogue
from indicators.models import CataloguePublished, CriteriaCatalogue
from programs.access import require_global
from programs.models import Abbreviation, NarrativeSection, Theme


@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    require_global(request.user, Permission.EDIT_CODE_LISTS)
    context = {
        "catalogues": CriteriaCatalogue.objects.annotate(
            criterion_count=Count("areas__criteria", distinct=True),
            indicator_count=Count("areas__criteria__indicators", distinct=True),
        ),
        "themes": Theme.objects.annotate(program_count=Count("programs")),
        "sections": NarrativeSection.objects.all(),
        "abbreviations": Abbreviation.objects.filter(program__isnull=True),
    }
    return render(request, "indicators/code_lists.html", context)


@require_http_methods(["GET", "POST"])
def catalogue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of the catalogue; a draft is published from here, after a question."""
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    catalogue = get_object_or_404(
        CriteriaCatalogue.objects.prefetch_related("areas__criteria__indicators"), pk=pk
    )
    if request.method == "POST":
        try:
            publish_catalogue(catalogue=catalogue, published_on=timezone.localdate(), by=user)
        except CataloguePublished:
            messages.error(request, _("The catalogue is published already; nothing was changed."))
        else:
            messages.success(request, _("The catalogue was published and never changes again."))
        return redirect("catalogue_detail", pk)
    return render(request, "indicators/catalogue_detail.html", {"catalogue": catalogue})
