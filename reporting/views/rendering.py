"""The report as a file: at once when it is drawn, otherwise a page that says how far it is."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from litvinov.http import HtmxRequest
from programs.access import ProgramAccess, load_program
from reporting import store, tasks
from reporting.formats import FORMS, Format
from reporting.models import Rendering, RenderingState, RenderingStep
from reporting.views.preview import chosen_audience, chosen_report

LOOK_AGAIN = 2
"""Seconds after which the page looks again how far it is."""
KNOWN_STEP = "krok"


@require_safe
def report_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The report in one of its forms, to be downloaded. An unknown form is 404."""
    access, rendering = _asked(request, slug, form)
    if rendering.state != RenderingState.DONE:
        return redirect(_address("rendering_detail", access, request, form))
    headers = {
        "Content-Disposition": f'attachment; filename="{rendering.name}"',
        # Kept by the browser, but never shown without asking whether it may be.
        "Cache-Control": "private, no-cache",
        "ETag": f'"{rendering.sha256}"',
    }
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged:
        return unchanged
    kept = Rendering.objects.filter(pk=rendering.pk).values_list("content", flat=True).first()
    if kept is None:
        # A newer one took its place at this very moment.
        return redirect(request.get_full_path())
    return HttpResponse(bytes(kept), content_type=FORMS[Format(form)].content_type, headers=headers)


@require_safe
def rendering_detail(request: HtmxRequest, slug: str, form: str) -> HttpResponse:
    """How far the file is; once it is done, the browser is led to it."""
    access, rendering = _asked(request, slug, form)
    file = _address("report_file", access, request, form)
    context: dict[str, Any] = {
        "access": access,
        "program": access.program,
        "rendering": rendering,
        "form": FORMS[Format(form)],
        "step": RenderingStep(rendering.step),
        "steps": len(RenderingStep),
        "file": file,
        "address": _address("rendering_detail", access, request, form),
        "retry": _address("rendering_retry", access, request, form),
        "known_step": KNOWN_STEP,
        "back": _query(reverse("reporting:report_preview", args=[slug]), request),
        "look_again": LOOK_AGAIN,
    }
    is_done = rendering.state == RenderingState.DONE
    if request.htmx:
        if is_done or rendering.state == RenderingState.FAILED:
            # The whole page again: its title says so, and it brings the file.
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.GET.get(KNOWN_STEP) == str(rendering.step):
            # What was read out once shall not be read out again.
            return HttpResponse(status=204)
        return render(request, "reporting/_rendering.html", context)
    response = render(request, "reporting/rendering_detail.html", context)
    if is_done:
        response.headers["Refresh"] = f"0; url={file}"
    return response


@require_POST
def rendering_retry(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Draw once more what has failed."""
    access, rendering = _asked(request, slug, form)
    if store.retry(rendering):
        tasks.send(rendering, priority=tasks.AT_ONCE)
    return redirect(_address("rendering_detail", access, request, form))


def _asked(request: HttpRequest, slug: str, form: str) -> tuple[ProgramAccess, Rendering]:
    access = load_program(request.user, slug)
    if form not in FORMS:
        raise Http404
    rendering = tasks.ask(
        report=chosen_report(request, access),
        audience=chosen_audience(request, access),
        form=form,
        today=timezone.localdate(),
    )
    return access, rendering


def _address(route: str, access: ProgramAccess, request: HttpRequest, form: str) -> str:
    return _query(reverse(f"reporting:{route}", args=[access.program.slug, form]), request)


def _query(path: str, request: HttpRequest) -> str:
    """The report and the edition stay those that were asked for."""
    asked = {name: request.GET[name] for name in ("pro", "zprava") if name in request.GET}
    return f"{path}?{urlencode(asked)}" if asked else path
