"""Interim states of an indicator: there may be several between its start and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from indicators.actions import (
    AssessmentConflict,
    DayTaken,
    ReasonMissing,
    assess_indicator,
    delete_interim,
)
from indicators.forms import IndicatorEditor
from indicators.models import Assessment, Moment
from indicators.views.common import (
    list_address,
    load_adopted,
    load_indicator,
    page_context,
    row_of,
)
from litvinov.http import HtmxRequest
from programs.access import load_program
from programs.views.editing import SentForm, delete_record, writing_context


@require_http_methods(["GET", "POST"])
def interim_add(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    indicator = load_indicator(access, pk)
    adopted = load_adopted(access, indicator)
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return redirect(sent.earlier_answer)
    new = Assessment(adopted=adopted, indicator=indicator, moment=Moment.INTERIM)
    editor = IndicatorEditor(access, adopted, indicator, request.POST if sent else None, only=new)

    def done(_none: None) -> HttpResponse:
        messages.success(request, _("The interim state was added."))
        return redirect("indicators:indicator_detail", slug, pk)

    if sent and editor.is_valid():
        try:
            return sent.saved(
                lambda: assess_indicator(adopted=adopted, edits=editor.edits(), by=access.user),
                done,
            )
        except AssessmentConflict as refused:
            editor.show_conflicts(refused)
        except (DayTaken, ReasonMissing) as refused:
            editor.show_refusal(refused)
    writing = writing_context(request, None, sent.key_text if sent else "")
    if writing["draft"]:
        editor.fill_in(writing["draft"].fields)
    context = {
        **page_context(access),
        **writing,
        "editor": editor,
        "row": row_of(access, indicator),
        "list_address": list_address(request, access),
        "is_new": True,
    }
    status = 409 if editor.has_conflict else 422 if sent else 200
    return render(request, "indicators/interim_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def interim_delete(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    interims = Assessment.objects.visible_in(access.visibilities).filter(moment=Moment.INTERIM)
    interim = get_object_or_404(interims, pk=pk, adopted__program=access.program)
    detail = reverse("indicators:indicator_detail", args=[slug, interim.indicator_id])

    def done() -> HttpResponse:
        messages.success(request, _("The interim state was deleted."))
        return redirect(detail)

    return delete_record(
        request,
        access,
        interim,
        delete=lambda: delete_interim(assessment=interim, by=access.user),
        done=done,
        question=_("Delete the interim state?"),
        consequence=_("Its ratings are deleted with it. The history can bring it back."),
        label=_("Delete the interim state"),
        back_url=detail,
    )
