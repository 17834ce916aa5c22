"""Levels set in the grid: by one key in a cell, or the same for every ticked row."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.audit import EditConflict
from accounts.writing import new_key
from indicators.actions import (
    AssessmentConflict,
    Edit,
    IndicatorMoved,
    RatingConflict,
    ReasonMissing,
    assess_indicator,
    rate_indicators,
)
from indicators.forms import VERDICTS, BulkForm, LevelForm
from indicators.grid import Cell, GridRow, Question, grid_row, grid_rows, rater_of
from indicators.models import Assessment, Indicator, Moment, Rating
from indicators.rows import rows_of
from indicators.views.common import (
    chart_around,
    in_order,
    list_address,
    load_adopted,
    load_shown,
    page_context,
    row_of,
    row_page,
    say_moved,
    shown_chart,
)
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from programs.models import ProgramState
from programs.views.editing import SentForm


@require_POST
def indicator_rate(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    """Set one level; answers with the row, whatever comes of it.

    422 asks for the reason of a correction, 409 shows what somebody else has set meanwhile.
    """
    access = load_program(request.user, slug)
    try:
        return _set_level(request, access, load_shown(access, pk))
    except IndicatorMoved:
        return say_moved()


def _set_level(request: HtmxRequest, access: ProgramAccess, indicator: Indicator) -> HttpResponse:
    form = LevelForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    sent, level = SentForm(request), form.cleaned_data
    line = grid_row(access, row_of(access, indicator))
    cell = line.cell(level["moment"], level["rater"])
    if not cell.may_rate:
        raise PermissionDenied
    if sent.is_repeated:
        return row_page(request, access, indicator, saved=True)
    rating = _rating(access, line, cell)
    rating.verdict = level["verdict"]
    opened = level["opened_version"]
    if sent.earlier and _is_own(cell.rating, access):
        # The answer to what they set before got lost; nobody else has touched it since.
        opened = cell.version
    key = (level["moment"], level["rater"])
    edit = Edit(rating, opened, reason=level["reason"])
    adopted = load_adopted(access, indicator)

    def question(**answer: Any) -> Question:
        return Question(cell, level["verdict"], reason=level["reason"], **answer)

    try:
        return sent.saved(
            lambda: assess_indicator(adopted=adopted, edits={key: edit}, by=access.user),
            lambda _saved: row_page(request, access, indicator, saved=True),
        )
    except AssessmentConflict as refused:
        ask = question(**_saved_meanwhile(refused.conflicts[key], rating))
        return row_page(request, access, indicator, question=ask, status=409)
    except ReasonMissing:
        tried = "reason" in request.POST
        ask = question(needs_reason=True, reason_is_missing=tried)
        return row_page(request, access, indicator, question=ask, status=422)


def _rating(access: ProgramAccess, line: GridRow, cell: Cell) -> Rating:
    """The rating of a cell, a new one where nobody has rated yet."""
    if cell.rating is not None:
        fresh: Rating = Rating.objects.select_related("assessment__adopted__program").get(
            pk=cell.rating.pk
        )
        return fresh
    assessment = line.row.assessment(cell.moment) or Assessment(
        adopted=line.row.adopted, indicator=line.row.indicator, moment=cell.moment
    )
    assessment.adopted.program = access.program
    return Rating(assessment=assessment, rater=cell.rater)


def _is_own(rating: Rating | None, access: ProgramAccess) -> bool:
    if rating is None:
        return False
    last = rating.history.order_by("-history_id").first()
    return last is not None and last.history_user_id == access.user.pk


def _saved_meanwhile(conflict: EditConflict, mine: Rating) -> dict[str, Any]:
    current = conflict.current
    if not isinstance(current, Rating):
        return {"needs_reason": False, "saved": Rating(rater=mine.rater)}
    change = current.history.select_related("history_user").first()
    settled = current.is_rated and current.assessment.baseline_is_settled
    return {
        "needs_reason": settled,
        "saved": current,
        "saved_by": str(change.history_user or "") if change else "",
    }


# --- several rows at once -------------------------------------------------------------------


@require_POST
def indicators_rate(request: HtmxRequest, slug: str) -> HttpResponse:
    """Set one level for every ticked row, after a question when something would be lost.

    The question lists ratings that would be overwritten (status 200), asks for the reason of
    corrections (422) or shows what others have set meanwhile (409).
    """
    access = load_program(request.user, slug)
    rater = rater_of(access)
    if rater is None:
        raise PermissionDenied
    form, sent = BulkForm(request.POST, auto_id="confirm_%s"), SentForm(request)
    back = list_address(request, access)
    if sent.is_repeated:
        return _done(request, access, [], back) if request.htmx else redirect(back)
    if not form.is_valid():
        lines = _ticked(access, [])
        return _ask(request, access, form, lines, status=422)
    ticks = {tick.indicator: tick.versions for tick in form.cleaned_data["ticked"]}
    lines = _ticked(access, list(ticks))
    if len(lines) != len(ticks):
        raise Http404
    moment, verdict = Moment(form.cleaned_data["moment"]), form.cleaned_data["verdict"]
    cells = [(line, line.cell(moment, rater)) for line in lines]
    cells = [(line, cell) for line, cell in cells if cell.may_rate and cell.verdict != verdict]
    overwritten = [line for line, cell in cells if cell.rating and cell.rating.is_rated]
    if overwritten and "confirmed" not in request.POST:
        return _ask(request, access, form, lines, overwritten=overwritten)
    edits = []
    for line, cell in cells:
        rating = _rating(access, line, cell)
        rating.verdict = verdict
        edits.append(Edit(rating, ticks[line.row.indicator.pk][moment]))
    reason = form.cleaned_data["reason"]
    try:
        return sent.saved(
            lambda: rate_indicators(
                program=access.program, edits=edits, by=access.user, reason=reason
            ),
            lambda _saved: _done(request, access, [line for line, _cell in cells], back),
        )
    except RatingConflict as refused:
        changed = {rating.assessment.indicator_id for rating in refused.current}
        conflicts = [line for line in lines if line.row.indicator.pk in changed]
        return _ask(
            request,
            access,
            form,
            lines,
            overwritten=overwritten or conflicts,
            conflicts=conflicts,
            status=409,
        )
    except ReasonMissing:
        form.add_error("reason", _("The program is running: say why the baseline is corrected."))
        return _ask(request, access, form, lines, overwritten=overwritten, status=422)


def _ticked(access: ProgramAccess, keys: Sequence[int]) -> list[GridRow]:
    indicators = Indicator.objects.of_program(access.program).filter(pk__in=keys)
    return grid_rows(access, rows_of(access.program, access.visibilities, indicators))


def _ask(
    request: HtmxRequest,
    access: ProgramAccess,
    form: BulkForm,
    lines: Sequence[GridRow],
    *,
    overwritten: Sequence[GridRow] = (),
    conflicts: Sequence[GridRow] = (),
    status: int = 200,
) -> HttpResponse:
    valid = form.is_valid() or "verdict" in form.cleaned_data
    moment = form.cleaned_data.get("moment", "")
    rater = rater_of(access)
    verdict = form.cleaned_data.get("verdict", "") if valid else ""
    settled = moment == Moment.BASELINE and access.program.state != ProgramState.PREPARATION
    context = {
        **page_context(access),
        "form": form,
        "lines": lines,
        "overwritten": [(line, line.cell(moment, str(rater))) for line in overwritten],
        "conflicts": conflicts,
        "moment": moment,
        "verdict": verdict,
        "verdict_label": dict(VERDICTS).get(verdict, ""),
        "moment_label": Moment(moment).label if moment else "",
        "needs_reason": settled and bool(overwritten),
        "form_key": request.POST.get("form_key", ""),
        "list_address": list_address(request, access),
    }
    name = "_rating_confirm.html" if request.htmx else "rating_confirm.html"
    return render(request, f"indicators/{name}", context, status=status)


def _done(
    request: HtmxRequest, access: ProgramAccess, lines: Sequence[GridRow], back: str
) -> HttpResponse:
    count = len(lines)
    words = ngettext(
        "The level was set for %(count)d indicator.",
        "The level was set for %(count)d indicators.",
        count,
    ) % {"count": count}
    if not request.htmx:
        messages.success(request, words)
        return redirect(back)
    fresh = _ticked(access, [line.row.indicator.pk for line in lines])
    rater = shown_chart(request)
    criteria = {line.row.adopted.criterion_id: line.row.indicator for line in fresh}
    context = {
        **page_context(access),
        "lines": fresh,
        "charts": [
            chart_around(access, indicator, rater) for indicator in criteria.values() if rater
        ],
        "list_address": back,
        "in_order": in_order(request),
        "words": words,
    }
    answer = render(request, "indicators/_rated_rows.html", context)
    # The key of the next bulk change; its presence says that this one is saved.
    answer.headers["X-Saved"] = new_key(access.user)
    return answer
