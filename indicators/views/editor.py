"""The editor of an indicator: everything a person may change of it, saved together."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.models import User
from indicators.actions import (
    AssessmentConflict,
    DayTaken,
    IndicatorMoved,
    ReasonMissing,
    assess_indicator,
)
from indicators.forms import IndicatorEditor, typed_in_editor
from indicators.models import AdoptedCriterion, Assessment, Indicator, Moment
from indicators.views.common import (
    list_address,
    load_adopted,
    load_indicator,
    page_context,
    row_of,
    shown_days,
    was_taken,
)
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess
from programs.views.editing import SentForm, writing_context


def edit_indicator(
    request: HtmxRequest,
    access: ProgramAccess,
    pk: int,
    sent: SentForm | None,
    *,
    done: Callable[[Indicator], HttpResponse],
    template: str,
    is_new: bool = False,
) -> HttpResponse:
    """Show the editor, save what was sent once, refuse without losing anything.

    `is_new` asks for a new interim state alone. When the program moves to another version of
    the catalogue at that very moment, the editor of what came of the indicator has what was
    typed; when nothing came of it, a page gives it back to be copied.
    """
    moved = False
    while True:
        try:
            indicator = load_indicator(access, pk)
        except Http404:
            if sent and was_taken(access, pk):
                return _show_left(request, access, pk)
            raise
        editor, adopted = _open(request, access, indicator, is_new=is_new)
        if sent is None or moved:
            break
        try:
            saved = _save(sent, editor, adopted, by=access.user, done=partial(done, indicator))
        except IndicatorMoved:
            moved = True
            continue
        if saved is not None:
            return saved
        break
    writing = writing_context(request, None, sent.key_text if sent else "")
    if writing["draft"]:
        editor.fill_in(writing["draft"].fields)
    context = {
        **page_context(access, shown_days(request, access) if request.htmx else ()),
        **writing,
        "editor": editor,
        "row": row_of(access, indicator),
        "list_address": list_address(request, access),
        "is_new": is_new,
        "moved": moved,
    }
    status = 409 if moved or editor.has_conflict else 422 if sent else 200
    return render(request, f"indicators/{template}", context, status=status)


def _open(
    request: HtmxRequest, access: ProgramAccess, indicator: Indicator, *, is_new: bool
) -> tuple[IndicatorEditor, AdoptedCriterion]:
    adopted = load_adopted(access, indicator)
    data = request.POST if request.method == "POST" else None
    new = Assessment(adopted=adopted, indicator=indicator, moment=Moment.INTERIM)
    only = new if is_new else None
    return IndicatorEditor(access, adopted, indicator, data, only=only), adopted


def _save(
    sent: SentForm,
    editor: IndicatorEditor,
    adopted: AdoptedCriterion,
    *,
    by: User,
    done: Callable[[], HttpResponse],
) -> HttpResponse | None:
    """None when it was refused and the editor says why."""
    if not editor.is_valid():
        return None

    def answer(_saved: Any) -> HttpResponse:
        return done()

    try:
        return sent.saved(
            lambda: assess_indicator(adopted=adopted, edits=editor.edits(), by=by), answer
        )
    except AssessmentConflict as refused:
        editor.show_conflicts(refused)
    except (DayTaken, ReasonMissing) as refused:
        editor.show_refusal(refused)
    return None


def _show_left(request: HtmxRequest, access: ProgramAccess, pk: int) -> HttpResponse:
    """Nothing in the version the program has moved to stands for the indicator."""
    context = {
        **page_context(access),
        "indicator": Indicator.objects.get(pk=pk),
        "typed": typed_in_editor(request.POST),
        "list_address": list_address(request, access),
    }
    return render(request, "indicators/indicator_left.html", context, status=409)
