"""The first axis: goals, what was to come of them, and what is recommended."""

from dataclasses import dataclass, field
from datetime import date

from litvinov.narrative import Blocks
from reporting.structure.basic import Term


@dataclass(frozen=True, slots=True)
class Goal:
    """`code` is empty for the long-term goal; `depth` 0 is a specific goal, 1 its sub-goal."""

    code: str
    depth: int
    short_title: str
    wording: str
    state: Term | None
    fulfilment: Term | None
    reason: str
    position: Term | None
    addressed_by_recommendation: bool
    recommendations: tuple[int, ...]
    evaluation: Blocks
    sources: tuple[int, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Output:
    number: int
    text: str
    goals: tuple[str, ...]
    recommendations: tuple[int, ...]
    delivered: Term | None
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`finding` and `conclusion` are what it follows from, `response` is the town's."""

    number: int
    finding: Blocks
    conclusion: Blocks
    title: str
    text: Blocks
    goals: tuple[str, ...]
    indicators: tuple[str, ...]
    addressees: tuple[str, ...]
    target_groups: tuple[str, ...]
    state: Term
    activity: str
    priority: Term | None
    due_on: date | None
    response: Term | None
    responded_on: date | None
    response_reason: str
    next_step: str
    follow_up: Term | None
    followed_up_on: date | None
    follow_up_note: str
    evidence: tuple[int, ...]
    key: int = field(default=0, compare=False)
