"""What is done for every ticked row of the grid at once, after a question that shows it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from accounts.writing import new_key
from indicators.actions import (
    Edit,
    IndicatorMoved,
    PlanConflict,
    RatingConflict,
    ReasonMissing,
    plan_criteria,
    rate_indicators,
)
from indicators.forms import VERDICTS, BulkForm, CriteriaPlanForm, TickedForm
from indicators.grid import GridRow, grid_rows, rater_of
from indicators.models import AdoptedCriterion, Indicator, Moment
from indicators.rows import rows_of
from indicators.views.common import (
    chart_around,
    in_order,
    list_address,
    page_context,
    say_moved,
    shown_chart,
    shown_days,
    was_taken,
)
from indicators.views.rating import rating_of
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from programs.models import ProgramState
from programs.views.editing import SentForm

HEADINGS = {
    "rating_confirm": gettext_lazy("Set the level of several indicators"),
    "keep_confirm": gettext_lazy("Final evaluation without change"),
    "plan_form": gettext_lazy("Person and due date of the criteria"),
}


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
        return _ask(request, access, form, [], status=422)
    ticks = {tick.indicator: tick.versions for tick in form.cleaned_data["ticked"]}
    try:
        lines = _ticked(request, access, ticks)
    except IndicatorMoved:
        return _moved(request, back)
    moment, verdict = Moment(form.cleaned_data["moment"]), form.cleaned_data["verdict"]
    cells = [(line, line.cell(moment, rater)) for line in lines]
    cells = [(line, cell) for line, cell in cells if cell.may_rate and cell.verdict != verdict]
    overwritten = [line for line, cell in cells if cell.rating and cell.rating.is_rated]
    if overwritten and "confirmed" not in request.POST:
        return _ask(request, access, form, lines, overwritten=overwritten)
    edits = []
    for line, cell in cells:
        rating = rating_of(access, line, cell)
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
    except IndicatorMoved:
        return _moved(request, back)
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
        "is_ready": bool(lines and moment),
        "is_conflict": bool(conflicts),
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
    return _page(request, "rating_confirm", context, status=status)


# --- the final level as it was at the start ---------------------------------------------------


@require_POST
def indicators_keep(request: HtmxRequest, slug: str) -> HttpResponse:
    """Take the baseline level as the final one in ticked rows that have no final level yet.

    The question shows what would be set and what stays as it is; nothing is overwritten. 409
    when somebody has rated meanwhile, so that the answer was given to something else.
    """
    access = load_program(request.user, slug)
    rater = rater_of(access)
    if rater is None:
        raise PermissionDenied
    form, sent = TickedForm(request.POST), SentForm(request)
    back = list_address(request, access)
    if sent.is_repeated:
        return _done(request, access, [], back) if request.htmx else redirect(back)
    if not form.is_valid():
        return _page(request, "keep_confirm", _context(request, access, form=form), status=422)
    ticks = {tick.indicator: tick.versions for tick in form.cleaned_data["ticked"]}
    try:
        lines = _ticked(request, access, ticks)
    except IndicatorMoved:
        return _moved(request, back)
    kept, edits = [], []
    for line in lines:
        start, end = line.cell(Moment.BASELINE, rater), line.cell(Moment.FINAL, rater)
        if start.rating is None or start.rating.level is None or not end.may_rate or end.verdict:
            continue
        kept.append((line, start))
        rating = rating_of(access, line, end)
        rating.verdict = start.verdict
        edits.append(Edit(rating, ticks[line.row.indicator.pk][Moment.FINAL]))
    shown = {line.row.indicator.pk: line.versions for line in lines}

    def ask(status: int, *, conflict: bool = False) -> HttpResponse:
        context = {"lines": lines, "kept": kept, "is_conflict": conflict}
        page = _context(request, access, form=form, is_ready=bool(lines), **context)
        return _page(request, "keep_confirm", page, status=status)

    if "confirmed" not in request.POST or not kept:
        return ask(200 if kept else 422)
    if shown != ticks:
        return ask(409, conflict=True)
    try:
        return sent.saved(
            lambda: rate_indicators(program=access.program, edits=edits, by=access.user),
            lambda _saved: _done(request, access, [line for line, _cell in kept], back),
        )
    except IndicatorMoved:
        return _moved(request, back)
    except RatingConflict:
        return ask(409, conflict=True)


# --- who looks after the criteria -------------------------------------------------------------


@require_POST
def indicators_plan(request: HtmxRequest, slug: str) -> HttpResponse:
    """Give the criteria of ticked rows a person and a due date; the form shows what they have."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    back = list_address(request, access)
    sent = SentForm(request)
    if sent.is_repeated:
        return _planned(request, access, [], back) if request.htmx else redirect(back)
    if "criteria" not in request.POST:
        ticked = TickedForm(request.POST)
        if not ticked.is_valid():
            return _page(request, "plan_form", _context(request, access, form=ticked), status=422)
        keys = [tick.indicator for tick in ticked.cleaned_data["ticked"]]
        try:
            lines = _ticked(request, access, keys)
        except IndicatorMoved:
            return _moved(request, back)
        criteria = list({line.row.adopted.pk: line.row.adopted for line in lines}.values())
        form = CriteriaPlanForm(program=access.program, auto_id="plan_%s")
        return _ask_plan(request, access, form, criteria)
    form = CriteriaPlanForm(request.POST, program=access.program, auto_id="plan_%s")
    valid = form.is_valid()
    opened = form.cleaned_data.get("criteria", {})
    criteria = list(_criteria(access, opened))
    if not criteria:
        raise Http404
    if not valid:
        return _ask_plan(request, access, form, criteria, status=422)
    try:
        return sent.saved(
            lambda: plan_criteria(
                program=access.program, opened=opened, changes=form.changes, by=access.user
            ),
            lambda _saved: _planned(request, access, list(opened), back),
        )
    except PlanConflict:
        fresh = list(_criteria(access, opened))
        return _ask_plan(request, access, form, fresh, status=409)


def _criteria(access: ProgramAccess, keys: Collection[int]) -> Any:
    taken = AdoptedCriterion.objects.filter(program=access.program, pk__in=keys)
    return taken.select_related("criterion", "responsible")


def _ask_plan(
    request: HtmxRequest,
    access: ProgramAccess,
    form: CriteriaPlanForm,
    criteria: Sequence[AdoptedCriterion],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"criteria": criteria, "is_ready": bool(criteria), "is_conflict": status == 409}
    page = _context(request, access, form=form, **context)
    return _page(request, "plan_form", page, status=status)


def _planned(
    request: HtmxRequest, access: ProgramAccess, keys: Collection[int], back: str
) -> HttpResponse:
    words = ngettext(
        "The plan of %(count)d criterion was saved.",
        "The plan of %(count)d criteria was saved.",
        len(keys),
    ) % {"count": len(keys)}
    if not request.htmx:
        messages.success(request, words)
        return redirect(back)
    context = {"criteria": _criteria(access, keys), "words": words}
    answer = render(request, "indicators/_planned_criteria.html", context)
    answer.headers["X-Saved"] = new_key(access.user)
    return answer


# --- what they have in common -----------------------------------------------------------------


def _ticked(request: HtmxRequest, access: ProgramAccess, keys: Collection[int]) -> list[GridRow]:
    """The ticked rows. Raises IndicatorMoved when the program has left the version of the
    catalogue they are of, Http404 for one it never had."""
    indicators = Indicator.objects.of_program(access.program).filter(pk__in=keys)
    rows = rows_of(access.program, access.visibilities, indicators)
    missing = set(keys) - {row.indicator.pk for row in rows}
    if missing and all(was_taken(access, key) for key in missing):
        raise IndicatorMoved
    if missing:
        raise Http404
    return grid_rows(access, rows, shown_days(request, access))


def _moved(request: HtmxRequest, back: str) -> HttpResponse:
    answer = say_moved()
    if request.htmx:
        return answer
    messages.error(request, answer.content.decode())
    return redirect(back)


def _context(request: HtmxRequest, access: ProgramAccess, **more: Any) -> dict[str, Any]:
    return {
        **page_context(access),
        "form_key": request.POST.get("form_key", ""),
        "list_address": list_address(request, access),
        "is_ready": False,
        **more,
    }


def _page(request: HtmxRequest, name: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """What is asked, in a dialog over the grid or on a page of its own."""
    part = f"indicators/_{name}.html"
    context["heading"] = HEADINGS[name]
    if request.htmx:
        return render(request, part, context, status=status)
    return render(request, "indicators/bulk_page.html", {**context, "part": part}, status=status)


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
    fresh = _ticked(request, access, [line.row.indicator.pk for line in lines])
    rater = shown_chart(request)
    criteria = {line.row.adopted.criterion_id: line.row.indicator for line in fresh}
    context = {
        **page_context(access, shown_days(request, access)),
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
