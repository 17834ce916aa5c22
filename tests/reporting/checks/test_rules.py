"""The list of rules, and the page of the documentation that prints it."""

import re
from pathlib import Path

from django.utils import translation

from reporting.checks import RULES, Severity

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in RULES]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_documentation_lists_every_rule() -> None:
    with translation.override(None):
        rows = [
            f"| `{rule.name}` | {_severity(rule.severity, final=rule.final_only)} | {rule.title} |"
            for rule in RULES
        ]

    assert [line for line in PAGE.read_text().splitlines() if line.startswith("| `")] == rows


def _severity(severity: Severity, *, final: bool) -> str:
    if final:
        return "blocks a final report" if severity == Severity.BLOCKS else "advice"
    return severity.value
