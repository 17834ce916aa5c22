"""Ukazatele: a row for each indicator, edited in place or on a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import Audited
from accounts.writing import new_key
from indicators.charts import Chart, charts_of
from indicators.filters import IndicatorFilter, ready_views
from indicators.forms import VERDICTS, BulkForm
from indicators.grid import grid_row, grid_rows, interim_days
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    Indicator,
    IndicatorRecommendation,
    Rater,
)
from indicators.rows import IndicatorRow, rows_of
from indicators.views.common import (
    EDITING,
    chart_around,
    chart_rater,
    list_address,
    load_indicator,
    page_context,
    row_of,
    row_page,
)
from indicators.views.editor import edit_indicator
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from programs.views.editing import SentForm
from programs.views.history import show_history

PAGE_SIZE = 50


@require_safe
def indicator_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    program = access.program
    adopted = AdoptedCriterion.objects.filter(program=program).select_related("criterion")
    indicators = Indicator.objects.of_program(program).with_levels(program, access.visibilities)
    chosen = IndicatorFilter(request.GET, queryset=indicators, access=access, adopted=adopted)
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_of(program, access.visibilities, page.object_list)
    in_order = not chosen.chosen("sort")
    all_days = interim_days(access)
    days = [] if chosen.chosen("interim") == "none" else all_days
    context = {
        **page_context(access, days),
        "has_interims": bool(all_days),
        "list_address": request.get_full_path(),
        "filter": chosen,
        "page": page,
        "lines": grid_rows(access, rows, days),
        "views": [
            (name, label, indicators.filter(condition).count())
            for name, (label, condition) in ready_views(access).items()
        ],
        "view": chosen.chosen("view"),
        "in_order": in_order,
        "charts": _charts(access, rows, chosen.chosen("chart")).values() if in_order else (),
        "chart_choice": chosen.chosen("chart") or Rater.EXPERT.value,
        "count_of_all": indicators.count(),
        "bulk_form": BulkForm(auto_id="bulk_%s"),
        "form_key": new_key(access.user),
        "verdicts": VERDICTS,
    }
    return render(request, "indicators/indicator_list.html", context)


def _charts(access: ProgramAccess, rows: list[IndicatorRow], choice: str) -> dict[int, Chart]:
    """The charts of whole criteria whose indicators the page shows, filtered or not."""
    if choice == "none" or not rows:
        return {}
    criteria = {row.adopted.criterion_id for row in rows}
    whole = Indicator.objects.of_program(access.program).filter(criterion__in=criteria)
    every = rows_of(access.program, access.visibilities, whole)
    return charts_of(every, choice or Rater.EXPERT)


@require_safe
def indicator_row(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    """One row again, after its editing was cancelled."""
    access = load_program(request.user, slug)
    return row_page(request, access, load_indicator(access, pk))


@require_safe
def indicator_detail(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    indicator = load_indicator(access, pk)
    links = IndicatorRecommendation.objects.filter(
        indicator=indicator, recommendation__program=access.program
    ).filter(recommendation__visibility__in=list(access.visibilities))
    order = list(Indicator.objects.of_program(access.program))
    place = order.index(indicator)
    context = {
        **page_context(access),
        "list_address": list_address(request, access),
        "line": grid_row(access, row_of(access, indicator)),
        "chart": chart_around(access, indicator, chart_rater(request)),
        "recommendations": [link.recommendation for link in links.select_related("recommendation")],
        "previous": order[place - 1] if place else None,
        "following": order[place + 1] if place + 1 < len(order) else None,
        "place": place + 1,
        "count": len(order),
    }
    return render(request, "indicators/indicator_detail.html", context)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    if not EDITING & access.permissions:
        raise PermissionDenied
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return _saved(request, access, load_indicator(access, pk))
    return edit_indicator(
        request,
        access,
        pk,
        sent,
        done=lambda indicator: _saved(request, access, indicator),
        template="_indicator_editor_row.html" if request.htmx else "indicator_edit.html",
    )


@require_safe
def indicator_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    indicator = load_indicator(access, pk)
    records: list[tuple[str, Audited, Audited | None]] = []
    for assessment in (
        Assessment.objects.visible_in(access.visibilities)
        .filter(adopted__program=access.program, indicator=indicator)
        .prefetch_related("ratings")
    ):
        moment = assessment.moment_name
        records.append((moment, assessment, None))
        for rating in assessment.ratings.all():
            records.append((f"{moment} – {rating.get_rater_display()}", rating, assessment))
    return show_history(request, access, str(indicator), records)


def _saved(request: HtmxRequest, access: ProgramAccess, indicator: Indicator) -> HttpResponse:
    if request.htmx:
        return row_page(request, access, indicator, saved=True)
    messages.success(request, _("The indicator was saved."))
    back = list_address(request, access)
    return redirect(back if "#" in back else f"{back}#ukazatel-{indicator.pk}")
