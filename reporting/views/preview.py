"""Zpráva: the preview of a program's report."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from programs.access import ProgramAccess, load_program
from reporting.formats import FORMS
from reporting.models import Report
from reporting.reading import read_report
from reporting.renderers import html
from reporting.structure import Audience, ProgramReport


@require_safe
def report_preview(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    audience, report = chosen_audience(request, access), chosen_report(request, access)
    context = {
        "body": mark_safe(html.body(_read(access, audience, report))),  # noqa: S308
        "access": access,
        "program": access.program,
        "audience": audience,
        "report": report,
        "reports": Report.objects.filter(program=access.program),
        "forms": FORMS,
        "may_choose": Permission.VIEW_PARTNER_CONTENT in access.permissions,
        "query": request.GET.urlencode(),
    }
    return render(request, "reporting/report_preview.html", context)


def chosen_report(request: HttpRequest, access: ProgramAccess) -> Report:
    """The report the address names, otherwise the newest one. Raises Http404 for no such."""
    asked = request.GET.get("zprava", "")
    if not asked:
        return Report.objects.newest_of(access.program)
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Http404
    report: Report = get_object_or_404(Report, program=access.program, pk=asked)
    return report


def _read(access: ProgramAccess, audience: Audience, report: Report) -> ProgramReport:
    today = timezone.localdate()
    return read_report(access.program, audience=audience, today=today, report=report)


def chosen_audience(request: HttpRequest, access: ProgramAccess) -> Audience:
    """The public edition, unless the partners' one is asked for by somebody who may read it."""
    if request.GET.get("pro") != "partnery":
        return Audience.PUBLIC
    if Permission.VIEW_PARTNER_CONTENT not in access.permissions:
        raise PermissionDenied
    return Audience.PARTNERS
