"""Kontrola úplnosti: what is missing, and what only a person can judge."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from indicators.models import Indicator
from indicators.progress import progress_of
from indicators.rows import rows_of
from programs.access import ProgramAccess, load_program
from reporting import checks, links
from reporting.checks import Severity
from reporting.checks.parts import by_part
from reporting.models import Report
from reporting.reading import read_report
from reporting.reading.checked import read_checked
from reporting.structure import Audience
from reporting.views.preview import chosen_report


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it."""

    sentence: str
    blocks: bool
    address: str


@require_safe
def report_check(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.VIEW_PARTNER_CONTENT)
    report = chosen_report(request, access)
    findings = checks.run(read_checked(access.program, today=timezone.localdate(), report=report))
    indicators = rows_of(
        access.program, access.visibilities, Indicator.objects.of_program(access.program)
    )
    parts = [
        (part, [_shown(finding, access, report) for finding in part.findings])
        for part in by_part(findings)
    ]
    context = {
        "access": access,
        "program": access.program,
        "report": report,
        "parts": parts,
        "progress": progress_of(access.program, indicators, access.visibilities),
        "blocking": sum(finding.severity == Severity.BLOCKS for finding in findings),
        "advice": sum(finding.severity != Severity.BLOCKS for finding in findings),
    }
    return render(request, "reporting/report_check.html", context)


@require_safe
def report_comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Baseline, final state and summary side by side; no rule can tell whether they agree."""
    access = load_program(request.user, slug, needs=Permission.VIEW_PARTNER_CONTENT)
    report = chosen_report(request, access)
    read = read_report(
        access.program, audience=Audience.PARTNERS, today=timezone.localdate(), report=report
    )
    context = {"access": access, "program": access.program, "read": read}
    return render(request, "reporting/report_comparison.html", context)


def _shown(finding: checks.Finding, access: ProgramAccess, report: Report) -> Shown:
    address = links.address_of(finding.target, access.program, access.permissions, report.pk)
    return Shown(finding.sentence, finding.severity == Severity.BLOCKS, address)
