"""Kontrola úplnosti: what is missing, and what only a person can judge."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from indicators.models import Indicator
from indicators.progress import progress_of
from indicators.rows import rows_of
from programs.access import load_program
from reporting import checks, links
from reporting.checks import Severity, Target
from reporting.checks.parts import Group, by_part
from reporting.reading import read_report
from reporting.reading.checked import read_checked
from reporting.structure import Audience
from reporting.views.preview import chosen_report

FOLDED_FROM = 6
"""So many advices of one rule are folded; what blocks is always open."""


@dataclass(frozen=True)
class ShownGroup:
    """What one rule found, as the page shows it: sentences and where each of them is mended."""

    title: str
    blocks: bool
    findings: list[tuple[str, str]]

    @property
    def is_folded(self) -> bool:
        return not self.blocks and len(self.findings) >= FOLDED_FROM


@require_safe
def report_check(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.VIEW_PARTNER_CONTENT)
    report = chosen_report(request, access)
    checked = read_checked(access.program, today=timezone.localdate(), report=report)
    findings = checks.run(checked)
    indicators = rows_of(
        access.program, access.visibilities, Indicator.objects.of_program(access.program)
    )

    def address(target: Target) -> str:
        return links.address_of(
            target, access.program, access.permissions, report=report.pk, sections=checked.planned
        )

    parts = [
        (part, [_shown(group, address) for group in part.groups]) for part in by_part(findings)
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


def _shown(group: Group, address: Callable[[Target], str]) -> ShownGroup:
    findings = [(finding.sentence, address(finding.target)) for finding in group.findings]
    return ShownGroup(str(group.title), group.blocks, findings)
