"""What the pages of indicators have in common: the row, its chart, the way back to the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.roles import Permission
from indicators.actions import IndicatorMoved
from indicators.charts import Chart, criterion_chart
from indicators.grid import Question, grid_row, interim_days, rater_of
from indicators.models import AdoptedCriterion, Indicator, Rater
from indicators.rows import IndicatorRow, rows_of
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess

EDITING = {
    Permission.EDIT_BASELINE,
    Permission.EDIT_EVALUATION,
    Permission.RATE_AS_EXPERT,
    Permission.RATE_AS_TOWN,
}


def load_indicator(access: ProgramAccess, pk: int) -> Indicator:
    """An indicator of the program; addresses from before it moved to a newer version of the
    catalogue lead to what came of theirs. Raises Http404 for anything else."""
    indicator = Indicator.objects.standing_for(access.program, pk)
    if indicator is None:
        raise Http404
    return indicator


def load_shown(access: ProgramAccess, pk: int) -> Indicator:
    """An indicator of the program as a page that is still open shows it.

    Raises IndicatorMoved when the program has moved to another version of the catalogue
    since, Http404 for an indicator the program never had.
    """
    indicator = Indicator.objects.of_program(access.program).filter(pk=pk).first()
    if indicator is None:
        if was_taken(access, pk):
            raise IndicatorMoved
        raise Http404
    return indicator


def was_taken(access: ProgramAccess, pk: int) -> bool:
    """Whether the program once took the criterion of an indicator."""
    criteria = Indicator.objects.filter(pk=pk).values("criterion")
    history: Any = AdoptedCriterion.history
    found: bool = history.filter(program=access.program, criterion__in=criteria).exists()
    return found


def say_moved() -> HttpResponse:
    """For a part of a page that shows indicators of an earlier version of the catalogue."""
    words = _("The program has moved to another version of the catalogue; open the page again.")
    return HttpResponse(words, status=409, headers={"X-Moved": "1"})


def load_adopted(access: ProgramAccess, indicator: Indicator) -> AdoptedCriterion:
    return get_object_or_404(
        AdoptedCriterion.objects.select_related("program", "criterion"),
        program=access.program,
        criterion=indicator.criterion_id,
    )


def row_of(access: ProgramAccess, indicator: Indicator) -> IndicatorRow:
    return rows_of(access.program, access.visibilities, [indicator])[0]


def page_context(access: ProgramAccess, days: Sequence[date] = ()) -> dict[str, Any]:
    """What every page and part of it knows; `days` are the interim states with a column."""
    rater, may_plan = rater_of(access), Permission.EDIT_FRAME in access.permissions
    return {
        "access": access,
        "program": access.program,
        "may_edit": bool(EDITING & access.permissions),
        "rater": rater,
        "may_plan": may_plan,
        "may_tick": bool(rater or may_plan),
        "days": days,
        "columns": (7 if rater or may_plan else 6) + len(days),
    }


def chart_around(access: ProgramAccess, indicator: Indicator, rater: str) -> Chart:
    """The chart of the criterion an indicator belongs to."""
    together = Indicator.objects.of_program(access.program).filter(criterion=indicator.criterion_id)
    rows = rows_of(access.program, access.visibilities, together)
    return criterion_chart(rows[0].adopted, rows, rater)


def row_page(
    request: HtmxRequest,
    access: ProgramAccess,
    indicator: Indicator,
    *,
    saved: bool = False,
    question: Question | None = None,
    status: int = 200,
) -> HttpResponse:
    """One row of the grid again, with the chart of its criterion when something was saved."""
    row = row_of(access, indicator)
    days = shown_days(request, access)
    rater = shown_chart(request) if saved else None
    chart = chart_around(access, indicator, rater) if rater else None
    context = {
        **page_context(access, days),
        "list_address": list_address(request, access),
        "line": grid_row(access, row, question, days=days),
        "in_order": in_order(request),
        "focus": True,
        "saved": saved,
        "chart": chart,
    }
    return render(request, "indicators/_indicator_row.html", context, status=status)


def in_order(request: HtmxRequest) -> bool:
    """Whether the list that a part is meant for stands in the order of the catalogue."""
    return not _asked(request, "sort")


def shown_days(request: HtmxRequest, access: ProgramAccess) -> list[date]:
    """The interim states that have a column on the page that a part is meant for."""
    return [] if _asked(request, "interim") == "none" else interim_days(access)


def _asked(request: HtmxRequest, name: str) -> str:
    """What the address of the page says, also when only a part of it is asked for."""
    if not request.htmx:
        return request.GET.get(name, "")
    return parse_qs(urlsplit(request.htmx.current_url or "").query).get(name, [""])[-1]


def shown_chart(request: HtmxRequest) -> str | None:
    """Whose chart stands on the page that a part is meant for; None where there is none."""
    asked = _asked(request, "chart")
    if not request.htmx or asked == "none" or not in_order(request):
        return None
    return Rater.TOWN if asked == Rater.TOWN else Rater.EXPERT


def chart_rater(request: HttpRequest) -> str:
    """Whose chart the page shows, as its address says."""
    asked = request.GET.get("chart")
    return Rater.TOWN if asked == Rater.TOWN else Rater.EXPERT


def list_address(request: HtmxRequest, access: ProgramAccess) -> str:
    """Back to the list as it was filtered, or to the detail; never to another site."""
    shown = request.htmx.current_url_abs_path
    asked = request.POST.get("next") or request.GET.get("next") or shown or ""
    own = redirect("indicators:indicator_list", access.program.slug)["Location"]
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith(own) else own
