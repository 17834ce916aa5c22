"""What the pages of indicators have in common: the row, its chart, the way back to the list."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.roles import Permission
from indicators.actions import AssessmentConflict, DayTaken, ReasonMissing, assess_indicator
from indicators.charts import Chart, criterion_chart
from indicators.forms import IndicatorEditor
from indicators.grid import Question, grid_row, rater_of
from indicators.models import AdoptedCriterion, Indicator, Rater
from indicators.rows import IndicatorRow, rows_of
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess
from programs.views.editing import SentForm, writing_context

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


def load_adopted(access: ProgramAccess, indicator: Indicator) -> AdoptedCriterion:
    return get_object_or_404(
        AdoptedCriterion.objects.select_related("program", "criterion"),
        program=access.program,
        criterion=indicator.criterion_id,
    )


def row_of(access: ProgramAccess, indicator: Indicator) -> IndicatorRow:
    return rows_of(access.program, access.visibilities, [indicator])[0]


def page_context(access: ProgramAccess) -> dict[str, Any]:
    return {
        "access": access,
        "program": access.program,
        "may_edit": bool(EDITING & access.permissions),
        "rater": rater_of(access),
        "columns": 7 if rater_of(access) else 6,
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
    rater = shown_chart(request) if saved else None
    chart = chart_around(access, indicator, rater) if rater else None
    context = {
        **page_context(access),
        "list_address": list_address(request, access),
        "line": grid_row(access, row, question),
        "in_order": in_order(request),
        "focus": True,
        "saved": saved,
        "chart": chart,
    }
    return render(request, "indicators/_indicator_row.html", context, status=status)


def in_order(request: HtmxRequest) -> bool:
    """Whether the list that a part is meant for stands in the order of the catalogue."""
    return not parse_qs(urlsplit(request.htmx.current_url or "").query).get("sort")


def shown_chart(request: HtmxRequest) -> str | None:
    """Whose chart stands on the page that a part is meant for; None where there is none."""
    asked = parse_qs(urlsplit(request.htmx.current_url or "").query).get("chart", [""])[-1]
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


def save_editor(
    sent: SentForm,
    editor: IndicatorEditor,
    adopted: AdoptedCriterion,
    *,
    by: User,
    done: Callable[[Any], HttpResponse],
) -> HttpResponse | None:
    """Save what was sent once; None when it was refused and the editor says why."""
    if not editor.is_valid():
        return None
    try:
        return sent.saved(
            lambda: assess_indicator(adopted=adopted, edits=editor.edits(), by=by), done
        )
    except AssessmentConflict as refused:
        editor.show_conflicts(refused)
    except (DayTaken, ReasonMissing) as refused:
        editor.show_refusal(refused)
    return None


def editor_context(
    request: HtmxRequest,
    access: ProgramAccess,
    editor: IndicatorEditor,
    indicator: Indicator,
    sent: SentForm | None,
) -> dict[str, Any]:
    """What a page with the editor shows; a draft it was asked for is filled in."""
    writing = writing_context(request, None, sent.key_text if sent else "")
    if writing["draft"]:
        editor.fill_in(writing["draft"].fields)
    return {
        **page_context(access),
        **writing,
        "editor": editor,
        "row": row_of(access, indicator),
        "list_address": list_address(request, access),
    }


def editor_status(editor: IndicatorEditor, sent: SentForm | None) -> int:
    return 409 if editor.has_conflict else 422 if sent else 200
