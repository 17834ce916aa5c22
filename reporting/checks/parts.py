"""The parts of a report in which findings are shown together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.checks.finding import Finding, Severity
from reporting.checks.target import Kind

_PARTS: tuple[tuple[str | Promise, frozenset[Kind]], ...] = (
    (_("Title page"), frozenset({Kind.REPORT, Kind.PROGRAM})),
    (_("Texts"), frozenset({Kind.SECTION, Kind.NARRATIVE})),
    (_("Goals and outputs"), frozenset({Kind.GOAL, Kind.EVALUATION, Kind.OUTPUT})),
    (_("Schedule"), frozenset({Kind.STEP})),
    (_("Criteria and indicators"), frozenset({Kind.CRITERION, Kind.INDICATOR})),
    (
        _("Course of the program"),
        frozenset({Kind.PHASE, Kind.COMMENT, Kind.ACTIVITY, Kind.CONSULTATION}),
    ),
    (_("Recommendations"), frozenset({Kind.RECOMMENDATION, Kind.RESPONSE, Kind.FOLLOW_UP})),
    (
        _("Sources, figures and abbreviations"),
        frozenset({Kind.SOURCE, Kind.FIGURE, Kind.EVIDENCE, Kind.ABBREVIATION}),
    ),
    (_("Actors and groups"), frozenset({Kind.ACTOR, Kind.WORKING_GROUP, Kind.TARGET_GROUP})),
)


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found in a part."""

    rule: str
    title: str | Promise
    blocks: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: str | Promise
    findings: tuple[Finding, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """What was found by each rule, those that block first, otherwise in the order found."""
        rules: dict[str, list[Finding]] = {}
        for finding in self.findings:
            rules.setdefault(finding.rule, []).append(finding)
        groups = [
            Group(rule, found[0].title, found[0].severity == Severity.BLOCKS, tuple(found))
            for rule, found in rules.items()
        ]
        return tuple(sorted(groups, key=lambda group: not group.blocks))

    @property
    def blocking(self) -> int:
        return sum(finding.severity == Severity.BLOCKS for finding in self.findings)

    @property
    def advice(self) -> int:
        return len(self.findings) - self.blocking


def by_part(findings: Iterable[Finding]) -> tuple[Part, ...]:
    """Every part, also those without findings: those that block first, then as in the report."""
    found = tuple(findings)
    parts = [
        Part(title, tuple(one for one in found if one.target.kind in kinds))
        for title, kinds in _PARTS
    ]
    return tuple(sorted(parts, key=lambda part: part.blocking == 0))
