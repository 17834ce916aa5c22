"""Zpráva: the preview of a program's report and its PDF."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from programs.access import ProgramAccess, load_program
from reporting.reading import read_report
from reporting.renderers import html, pdf
from reporting.structure import Audience, ProgramReport


@require_safe
def report_preview(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    audience = _audience(request, access)
    context = {
        "body": mark_safe(html.body(_read(access, audience))),  # noqa: S308
        "access": access,
        "program": access.program,
        "audience": audience,
        "may_choose": Permission.VIEW_PARTNER_CONTENT in access.permissions,
    }
    return render(request, "reporting/report_preview.html", context)


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    audience = _audience(request, access)
    suffix = "" if audience == Audience.PUBLIC else "-pro-partnery"
    return HttpResponse(
        pdf.render(_read(access, audience)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slug}{suffix}.pdf"'},
    )


def _read(access: ProgramAccess, audience: Audience) -> ProgramReport:
    return read_report(access.program, audience=audience, today=timezone.localdate())


def _audience(request: HttpRequest, access: ProgramAccess) -> Audience:
    """The public edition, unless the partners' one is asked for by somebody who may read it."""
    if request.GET.get("pro") != "partnery":
        return Audience.PUBLIC
    if Permission.VIEW_PARTNER_CONTENT not in access.permissions:
        raise PermissionDenied
    return Audience.PARTNERS
