"""The page of all code lists."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from indicators.models import CriteriaCatalogue
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
        "deleted_drafts": CriteriaCatalogue.history.filter(history_type="-").exclude(
            id__in=CriteriaCatalogue.objects.values("pk")
        ),
        "themes": Theme.objects.annotate(program_count=Count("programs")),
        "sections": NarrativeSection.objects.all(),
        "abbreviations": Abbreviation.objects.filter(program__isnull=True),
    }
    return render(request, "indicators/code_lists.html", context)
