"""A report counted: its summary, and its consultations in numbers.

Pure functions over what an audience may see, so that nothing it may not see is counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from litvinov import czech
from reporting.structure import (
    Actor,
    Assessment,
    Attendance,
    Consultation,
    Count,
    Criterion,
    Goal,
    GoalCell,
    MonthCount,
    Output,
    Participation,
    Passage,
    Phase,
    Recommendation,
    Statistics,
    Summary,
    Term,
)

_ORDER = (
    *("much_better", "better", "same", "worse", "much_worse", "undetermined"),
    *("in_progress", "closed", "suspended", "postponed", "cancelled", "not_started"),
    *("fulfilled", "mostly", "partly", "not_realised", "not_assessed"),
    *("yes", "partly", "no", "accepted", "partly", "rejected"),
)


def summarise(
    *,
    passages: tuple[Passage, ...],
    goals: Sequence[Goal],
    criteria: Sequence[Criterion],
    outputs: Sequence[Output],
    recommendations: Sequence[Recommendation],
    phases: Sequence[Phase],
    consultation_count: int,
) -> Summary:
    indicators = [indicator for criterion in criteria for indicator in criterion.indicators]
    shifts = [indicator.expert_shift for indicator in indicators]
    evaluated = evaluated_goals(goals)
    return Summary(
        passages=passages,
        goals=_cells(evaluated),
        goal_count=len(evaluated),
        indicator_count=len(indicators),
        shifts=counted(shifts),
        not_rated=shifts.count(None),
        differing=sum(_differs(indicator.final) for indicator in indicators),
        output_count=len(outputs),
        outputs=counted(output.delivered for output in outputs),
        recommendation_count=len(recommendations),
        responses=counted(recommendation.response for recommendation in recommendations),
        activity_count=sum(len(phase.activities) for phase in phases),
        consultation_count=consultation_count,
    )


def _differs(assessment: Assessment) -> bool:
    expert, town = assessment.expert, assessment.town
    return expert is not None and town is not None and expert.level != town.level


def evaluated_goals(goals: Iterable[Goal]) -> list[Goal]:
    """Goals with a code, but those that only gather sub-goals and have no state of their own.

    The same ones as `evaluated` of programs.models.goal.GoalQuerySet.
    """
    coded = [goal for goal in goals if goal.code]
    gathering = {above for goal in coded for above in _goals_above(goal.code)}
    return [goal for goal in coded if goal.state or goal.fulfilment or goal.code not in gathering]


def _goals_above(code: str) -> Iterator[str]:
    while "." in code:
        code = code.rpartition(".")[0]
        yield code


def counted(terms: Iterable[Term | None]) -> tuple[Count, ...]:
    """How many of each there are, from the best to the worst; None is left out."""
    counts = Counter(term for term in terms if term is not None)
    return tuple(Count(term, counts[term]) for term in sorted(counts, key=_rank))


def _rank(term: Term) -> int:
    """What has no place in an order keeps the one in which it came."""
    return _ORDER.index(term.code) if term.code in _ORDER else len(_ORDER)


def _cells(goals: Iterable[Goal]) -> tuple[GoalCell, ...]:
    cells: dict[tuple[Term | None, Term | None], list[str]] = {}
    for goal in goals:
        cells.setdefault((goal.state, goal.fulfilment), []).append(goal.code)
    ordered = sorted(
        cells, key=lambda terms: [_rank(term) if term else len(_ORDER) for term in terms]
    )
    return tuple(GoalCell(*terms, tuple(cells[terms])) for terms in ordered)


def statistics(
    *,
    phases: Sequence[Phase],
    others: Sequence[Consultation],
    goals: Sequence[Goal],
    actors: Sequence[Actor],
    smallest_told: int | None,
) -> Statistics:
    """The consultations counted; `smallest_told` is the smallest number of people that may be
    told to the audience, None where every number may. Silent are those of `actors` and `goals`.
    """
    log = [one for phase in phases for one in phase.consultations] + list(others)
    by_goal = Counter(code for one in log for code in one.goals)
    by_actor = Counter(name for one in log for name in one.actors)
    by_month = Counter(one.held_on.replace(day=1) for one in log)
    return Statistics(
        total=len(log),
        outside_phases=len(others),
        phases=tuple(
            Count(Term(str(phase.number), f"Fáze {phase.number}"), len(phase.consultations))
            for phase in phases
        ),
        months=tuple(MonthCount(month, by_month[month]) for month in sorted(by_month)),
        kinds=_descending(counted(one.kind for one in log)),
        goals=tuple(
            Count(Term(goal.code, goal.short_title or goal.wording), by_goal[goal.code])
            for goal in goals
            if goal.code and by_goal[goal.code]
        ),
        actors=_descending(Count(Term("", name), by_actor[name]) for name in by_actor),
        people=_people(log, smallest_told),
        silent_goals=tuple(goal.code for goal in goals if goal.code and not by_goal[goal.code]),
        silent_actors=tuple(actor.name for actor in actors if not by_actor[actor.name]),
    )


def _descending(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda one: (-one.count, czech.sort_key(one.term.label))))


def _people(log: Iterable[Consultation], smallest_told: int | None) -> tuple[Participation, ...]:
    groups: dict[str, list[Attendance]] = {}
    for consultation in log:
        for attendance in consultation.attendances:
            groups.setdefault(attendance.target_group, []).append(attendance)
    return tuple(
        _participation(group, groups[group], smallest_told)
        for group in sorted(groups, key=czech.sort_key)
    )


def _participation(
    group: str, attendances: Sequence[Attendance], smallest_told: int | None
) -> Participation:
    """A sum that leaves out withheld counts would be wrong, and one that has them in gives a
    single one away to whoever subtracts the others; so both are withheld.
    """
    few = any(attendance.few for attendance in attendances)
    known = [one.count for one in attendances if one.count is not None]
    people = sum(known) if known and not few else None
    if smallest_told is not None and people is not None and 0 < people < smallest_told:
        few, people = True, None
    unknown = sum(one.count is None and not one.few for one in attendances)
    return Participation(group, len(attendances), people, few, unknown)
