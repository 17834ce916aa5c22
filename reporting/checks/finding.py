"""What a check finds: a sentence for a person, how much it matters, and where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise

from reporting.checks.target import Target
from reporting.checks.written import Written, written
from reporting.structure import ProgramReport, Section


class Severity(StrEnum):
    BLOCKS = "blocks"
    """A report with this must not be issued."""
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says, before it is known which rule said it."""

    sentence: str
    target: Target


@dataclass(frozen=True)
class Checked:
    """What the rules look at.

    `report` is the reading for partners, `public` the one for the public: only there do
    names of people and small counts do harm. `unused` are the abbreviations the program
    explains and its texts never use, `planned` the codes of the sections it means to write and
    `unwritten` those of them that a report may do without and has not.
    """

    report: ProgramReport
    public: ProgramReport
    unused: tuple[str, ...] = ()
    planned: frozenset[str] = frozenset()
    unwritten: tuple[Section, ...] = ()

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """What is written in the reading for partners, in the order of reading."""
        return tuple(written(self.report))

    @cached_property
    def public_texts(self) -> tuple[Written, ...]:
        return tuple(written(self.public))


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is for machines and never changes; `title` says in words what is looked for.

    What only a final report must have is an advice as long as the program goes on.
    """

    name: str
    title: str | Promise
    severity: Severity
    check: Callable[[Checked], Iterator[Problem]]
    final_only: bool = False

    def severity_in(self, report: ProgramReport) -> Severity:
        if self.final_only and report.identification.kind.code != "final":
            return Severity.ADVICE
        return self.severity


@dataclass(frozen=True, slots=True)
class Finding:
    """`title` is that of the rule."""

    rule: str
    severity: Severity
    sentence: str
    target: Target
    title: str | Promise = ""
