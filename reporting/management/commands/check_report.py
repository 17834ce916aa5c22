"""Say what is missing in the report of a program or contradicts itself."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from reporting import checks
from reporting.checks import Finding, Severity
from reporting.management.commands.render_report import program_of
from reporting.reading.checked import read_checked


class Command(BaseCommand):
    help = "Check the newest report of a program; exits with 1 when something blocks its issuing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="address of the program, for example litvinov-janov")
        parser.add_argument("--json", action="store_true", help="print JSON for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings. Raises CommandError for an unknown program."""
        program = program_of(options["slug"])
        with translation.override("cs"):
            findings = checks.run(read_checked(program, today=timezone.localdate()))
        if options["json"]:
            with translation.override("cs"):
                content = [encode(finding) for finding in findings]
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                sign = "!" if finding.severity == Severity.BLOCKS else "-"
                self.stdout.write(f"{sign} {finding.sentence}  [{finding.rule}]")
            blocking = sum(finding.severity == Severity.BLOCKS for finding in findings)
            self.stdout.write(f"{blocking} blocking, {len(findings) - blocking} to consider")
        if any(finding.severity == Severity.BLOCKS for finding in findings):
            sys.exit(1)


def encode(finding: Finding) -> dict[str, Any]:
    target = finding.target
    return {
        "rule": finding.rule,
        "title": str(finding.title),
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "target": {
            "kind": target.kind.value,
            "key": target.key,
            "field": target.field,
            "code": target.code,
        },
    }
