"""What a check finds: a sentence for a person, how much it matters, and where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from reporting.structure import ProgramReport


class Severity(StrEnum):
    BLOCKS = "blocks"
    """A report with this must not be issued."""
    ADVICE = "advice"


class Kind(StrEnum):
    """What is mended: the names of the records, as in their addresses."""

    REPORT = "report"
    PROGRAM = "program"
    SECTION = "section"
    NARRATIVE = "narrative"
    FIGURE = "figure"
    GOAL = "goal"
    EVALUATION = "evaluation"
    STEP = "step"
    OUTPUT = "output"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    PHASE = "phase"
    COMMENT = "comment"
    ACTIVITY = "activity"
    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    FOLLOW_UP = "follow_up"
    ABBREVIATION = "abbreviation"
    SOURCE = "source"
    EVIDENCE = "evidence"
    ACTOR = "actor"
    WORKING_GROUP = "working_group"
    TARGET_GROUP = "target_group"


@dataclass(frozen=True, slots=True)
class Target:
    """The form a finding is mended in; `field` is the field of the form, `code` a section's.

    Without a key the list of such records is meant.
    """

    kind: Kind
    key: int = 0
    field: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says, before it is known which rule said it."""

    sentence: str
    target: Target


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules look at.

    `report` is the reading for partners, `public` the one for the public: only there do
    names of people and small counts do harm. `unused` are the abbreviations the program
    explains and its texts never use.
    """

    report: ProgramReport
    public: ProgramReport
    unused: tuple[str, ...] = ()


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
    rule: str
    severity: Severity
    sentence: str
    target: Target
