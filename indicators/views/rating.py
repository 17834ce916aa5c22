"""A level set in the grid by one key."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.audit import EditConflict
from indicators.actions import (
    AssessmentConflict,
    Edit,
    IndicatorMoved,
    ReasonMissing,
    assess_indicator,
)
from indicators.forms import LevelForm
from indicators.grid import Cell, GridRow, Question, grid_row, interim_days
from indicators.models import Assessment, Indicator, Rating
from indicators.views.common import (
    load_adopted,
    load_shown,
    row_of,
    row_page,
    say_moved,
)
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
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
    days = interim_days(access) if level["day"] else []
    if level["day"] and level["day"] not in days:
        return HttpResponse(status=400)
    line = grid_row(access, row_of(access, indicator), days=days)
    cell = line.cell(level["moment"], level["rater"], level["day"])
    if not cell.may_rate:
        raise PermissionDenied
    if sent.is_repeated:
        return row_page(request, access, indicator, saved=True)
    rating = rating_of(access, line, cell)
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


def rating_of(access: ProgramAccess, line: GridRow, cell: Cell) -> Rating:
    """The rating of a cell, a new one where nobody has rated yet."""
    if cell.rating is not None:
        fresh: Rating = Rating.objects.select_related("assessment__adopted__program").get(
            pk=cell.rating.pk
        )
        return fresh
    assessment = cell.assessment or Assessment(
        adopted=line.row.adopted,
        indicator=line.row.indicator,
        moment=cell.moment,
        as_of=cell.day,
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
