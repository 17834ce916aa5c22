"""Ukazatele: a row for each indicator, edited in place or on a page of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import Audited
from accounts.roles import Permission
from indicators.actions import AssessmentConflict, assess_indicator
from indicators.filters import IndicatorFilter
from indicators.forms import IndicatorEditor
from indicators.models import AdoptedCriterion, Assessment, Indicator
from indicators.rows import IndicatorRow, rows_of
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from programs.views.history import show_history

PAGE_SIZE = 50
EDITING = {
    Permission.EDIT_BASELINE,
    Permission.EDIT_EVALUATION,
    Permission.RATE_AS_EXPERT,
    Permission.RATE_AS_TOWN,
}


@require_safe
def indicator_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    program = access.program
    adopted = AdoptedCriterion.objects.filter(program=program).select_related("criterion")
    indicators = Indicator.objects.of_program(program).with_expert_levels(
        program, access.visibilities
    )
    chosen = IndicatorFilter(
        request.GET,
        queryset=indicators,
        program=program,
        adopted=adopted,
        visibilities=access.visibilities,
    )
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_context(access),
        "list_address": request.get_full_path(),
        "filter": chosen,
        "page": page,
        "rows": rows_of(program, access.visibilities, page.object_list),
        "has_any": page.paginator.count or indicators.exists(),
    }
    return render(request, "indicators/indicator_list.html", context)


@require_safe
def indicator_row(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    """One row again, after its editing was cancelled."""
    access = load_program(request.user, slug)
    indicator = _indicator(access, pk)
    return _row_page(request, access, indicator)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    if not EDITING & access.permissions:
        raise PermissionDenied
    indicator = _indicator(access, pk)
    adopted = get_object_or_404(
        AdoptedCriterion, program=access.program, criterion=indicator.criterion_id
    )
    data = request.POST if request.method == "POST" else None
    editor = IndicatorEditor(access, adopted, indicator, data)
    if data is not None and editor.is_valid():
        try:
            assess_indicator(adopted=adopted, edits=editor.edits(), by=access.user)
        except AssessmentConflict as refused:
            editor.show_conflicts(refused)
        else:
            return _saved(request, access, indicator)
    invalid = data is not None
    context = {
        **_context(access),
        "editor": editor,
        "row": _row(access, indicator),
        "list_address": _list_address(request, access),
    }
    template = "_indicator_editor_row.html" if request.htmx else "indicator_edit.html"
    status = 409 if editor.has_conflict else 422 if invalid else 200
    return render(request, f"indicators/{template}", context, status=status)


@require_safe
def indicator_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    indicator = _indicator(access, pk)
    records: list[tuple[str, Audited, Audited | None]] = []
    for assessment in (
        Assessment.objects.visible_in(access.visibilities)
        .filter(adopted__program=access.program, indicator=indicator)
        .prefetch_related("ratings")
    ):
        moment = assessment.get_moment_display()
        records.append((moment, assessment, None))
        for rating in assessment.ratings.all():
            records.append((f"{moment} – {rating.get_rater_display()}", rating, assessment))
    return show_history(request, access, str(indicator), records)


def _indicator(access: ProgramAccess, pk: int) -> Indicator:
    return get_object_or_404(Indicator.objects.of_program(access.program), pk=pk)


def _row(access: ProgramAccess, indicator: Indicator) -> IndicatorRow:
    return rows_of(access.program, access.visibilities, [indicator])[0]


def _context(access: ProgramAccess) -> dict[str, Any]:
    return {
        "access": access,
        "program": access.program,
        "may_edit": bool(EDITING & access.permissions),
    }


def _row_page(
    request: HtmxRequest, access: ProgramAccess, indicator: Indicator, *, saved: bool = False
) -> HttpResponse:
    context = {
        **_context(access),
        "list_address": _list_address(request, access),
        "row": _row(access, indicator),
        "focus": True,
        "saved": saved,
    }
    return render(request, "indicators/_indicator_row.html", context)


def _saved(request: HtmxRequest, access: ProgramAccess, indicator: Indicator) -> HttpResponse:
    if request.htmx:
        return _row_page(request, access, indicator, saved=True)
    messages.success(request, _("The indicator was saved."))
    return redirect(f"{_list_address(request, access)}#ukazatel-{indicator.pk}")


def _list_address(request: HtmxRequest, access: ProgramAccess) -> str:
    """Back to the list as it was filtered; never to another site."""
    shown = request.htmx.current_url_abs_path
    asked = request.POST.get("next") or request.GET.get("next") or shown or ""
    own = redirect("indicators:indicator_list", access.program.slug)["Location"]
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith(own) else own
