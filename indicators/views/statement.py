"""The words about an indicator at one moment, written in its row."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import writing
from accounts.editing import Conflict, resolve_conflict
from indicators.actions import (
    AssessmentConflict,
    Edit,
    IndicatorMoved,
    ReasonMissing,
    assess_indicator,
)
from indicators.forms import StatementForm
from indicators.grid import grid_row
from indicators.models import Assessment, Indicator, Moment
from indicators.views.common import (
    list_address,
    load_adopted,
    load_shown,
    page_context,
    row_of,
    row_page,
    say_moved,
)
from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from programs.views.editing import SentForm, writing_context

MOMENTS = {"vychozi": Moment.BASELINE, "zaver": Moment.FINAL}


@require_http_methods(["GET", "POST"])
def statement_edit(request: HtmxRequest, slug: str, pk: int, when: str) -> HttpResponse:
    """A part of the row: the form, or once it is saved the whole row again.

    Somebody who follows the address itself is led to the editor of the indicator.
    """
    access = load_program(request.user, slug)
    if when not in MOMENTS:
        raise Http404
    if not request.htmx:
        return redirect("indicators:indicator_edit", slug, pk)
    try:
        return _edit_statement(request, access, pk, when)
    except IndicatorMoved:
        return _moved(request, access, pk, when)


def _moved(request: HtmxRequest, access: ProgramAccess, pk: int, when: str) -> HttpResponse:
    """What was typed waits as a draft in the row of what came of the indicator."""
    heir = Indicator.objects.standing_for(access.program, pk)
    sent = SentForm(request)
    if heir is not None and sent.key is not None:
        writing.keep_draft(
            user=access.user,
            address=reverse("indicators:statement_edit", args=[access.program.slug, heir.pk, when]),
            key=sent.key,
            fields=writing.sent_fields(request.POST),
        )
    return say_moved()


def _edit_statement(
    request: HtmxRequest, access: ProgramAccess, pk: int, when: str
) -> HttpResponse:
    indicator = load_shown(access, pk)
    moment = MOMENTS[when]
    line = grid_row(access, row_of(access, indicator))
    statement = next(shown for shown in line.statements if shown.moment == moment)
    if not statement.may_write:
        raise PermissionDenied
    adopted = load_adopted(access, indicator)
    assessment = statement.assessment or Assessment(indicator=indicator, moment=moment)
    assessment.adopted = adopted
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return row_page(request, access, indicator, saved=True)

    def form_of(record: Assessment, data: object = None) -> StatementForm:
        auto_id = f"id_{indicator.pk}_{when}_%s"
        return StatementForm(data, instance=record, auto_id=auto_id)

    form = form_of(assessment, sent.data(assessment, form_of) if sent else None)
    conflict: Conflict | None = None
    if sent and form.is_valid():
        key = (moment.value, "")
        edit = Edit(
            form.instance,
            form.cleaned_data["opened_version"],
            reason=form.cleaned_data.get("correction_reason", ""),
        )
        try:
            return sent.saved(
                lambda: assess_indicator(adopted=adopted, edits={key: edit}, by=access.user),
                lambda _saved_now: row_page(request, access, indicator, saved=True),
            )
        except AssessmentConflict as refused:
            conflict = resolve_conflict(form, refused.conflicts[key], form_of)
        except ReasonMissing:
            form.add_error(None, _("The program is running: say why the baseline is corrected."))
    page = writing_context(request, None, sent.key_text if sent else "")
    drafts = [] if sent else writing.drafts_for(request, access.user)
    if drafts:
        # Whoever comes back to the row goes on where they stopped.
        newest = drafts[0]
        writing.fill_in(form, newest.fields)
        page |= {
            "draft": newest,
            "drafts": [],
            "form_key": writing.key_of(access.user, newest.key),
        }
    context = {
        **page_context(access),
        **page,
        "form": form,
        "conflict": conflict,
        "row": line.row,
        "moment": moment,
        "when": when,
        "list_address": list_address(request, access),
    }
    status = 409 if conflict else 422 if sent else 200
    return render(request, "indicators/_statement_form.html", context, status=status)
