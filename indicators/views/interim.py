"""Interim states of an indicator: there may be several between its start and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from indicators.actions import (
    delete_interim,
)
from indicators.forms import IndicatorEditor
from indicators.models import Assessment, Moment
from indicators.views.common import (
    editor_context,
    editor_status,
    load_adopted,
    load_indicator,
    save_editor,
)
from litvinov.http import HtmxRequest
from programs.access import load_program
from programs.views.editing import SentForm, delete_record


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

    saved = None if sent is None else save_editor(sent, editor, adopted, by=access.user, done=done)
    if saved is not None:
        return saved
    context = {**editor_context(request, access, editor, indicator, sent), "is_new": True}
    status = editor_status(editor, sent)
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
