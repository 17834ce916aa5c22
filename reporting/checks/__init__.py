"""Kontrola úplnosti: what is missing in a report or contradicts itself.

Each rule is a pure function over the structure of the report; nothing here asks the database.
"""

from collections.abc import Iterator

from reporting.checks import (
    claims,
    course,
    criteria,
    frame,
    goals,
    numbers,
    privacy,
    recommendations,
    references,
    wording,
)
from reporting.checks.finding import Checked, Finding, Rule, Severity
from reporting.checks.target import Kind, Target

RULES: tuple[Rule, ...] = (
    *frame.RULES,
    *references.RULES,
    *goals.RULES,
    *criteria.RULES,
    *course.RULES,
    *recommendations.RULES,
    *numbers.RULES,
    *wording.RULES,
    *claims.RULES,
    *privacy.RULES,
)

__all__ = ["RULES", "Checked", "Finding", "Kind", "Rule", "Severity", "Target", "run"]


def run(checked: Checked) -> tuple[Finding, ...]:
    """What every rule finds, what blocks the report first."""
    found = [finding for rule in RULES for finding in _findings(rule, checked)]
    return tuple(sorted(found, key=lambda finding: finding.severity != Severity.BLOCKS))


def _findings(rule: Rule, checked: Checked) -> Iterator[Finding]:
    severity = rule.severity_in(checked.report)
    for problem in rule.check(checked):
        yield Finding(rule.name, severity, problem.sentence, problem.target, rule.title)
