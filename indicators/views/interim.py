"""Interim states of an indicator: there may be several between its start and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from indicators.actions import delete_interim
from indicators.models import Assessment, Indicator, Moment
from indicators.views.editor import edit_indicator
from litvinov.http import HtmxRequest
from programs.access import load_program
from programs.views.editing import SentForm, delete_record


@require_http_methods(["GET", "POST"])
def interim_add(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return redirect(sent.earlier_answer)

    def done(indicator: Indicator) -> HttpResponse:
        messages.success(request, _("The interim state was added."))
        return redirect("indicators:indicator_detail", slug, indicator.pk)

    return edit_indicator(
        request, access, pk, sent, done=done, template="interim_form.html", is_new=True
    )


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
