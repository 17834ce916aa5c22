"""What the report says in numbers: its one page for the mayor, and its consultations counted."""

from dataclasses import dataclass
from datetime import date

from reporting.structure.basic import Count, Passage, Term


@dataclass(frozen=True, slots=True)
class GoalCell:
    """The goals of one state and one fulfilment; None is what was not given."""

    state: Term | None
    fulfilment: Term | None
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts, never averages; levels are an ordinal scale.

    `goals` are those that are evaluated: a goal that only gathers its sub-goals is not among
    them. `shifts` count indicators by the expert's rating, `not_rated` those without one at
    the beginning or the end, `differing` those whose final level the town sees otherwise.
    `passages` are the few sentences somebody wrote.
    """

    passages: tuple[Passage, ...]
    goals: tuple[GoalCell, ...]
    goal_count: int
    indicator_count: int
    shifts: tuple[Count, ...]
    not_rated: int
    differing: int
    output_count: int
    outputs: tuple[Count, ...]
    recommendation_count: int
    responses: tuple[Count, ...]
    activity_count: int
    consultation_count: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    month: date
    count: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Consultations with a target group and how many people came to them.

    `people` is None when nobody counted them, or when the number is withheld, which `few`
    says; `uncounted` says at how many consultations nobody counted.
    """

    target_group: str
    consultations: int
    people: int | None
    few: bool
    uncounted: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The log of consultations in numbers; a consultation counts with each goal and actor it had.

    `phases` have the number of the phase as code, `goals` that of the goal, `actors` none.
    """

    total: int
    outside_phases: int
    phases: tuple[Count, ...]
    months: tuple[MonthCount, ...]
    kinds: tuple[Count, ...]
    goals: tuple[Count, ...]
    actors: tuple[Count, ...]
    people: tuple[Participation, ...]
    silent_goals: tuple[str, ...]
    silent_actors: tuple[str, ...]
