"""The tree of goals and the codes that say where each of them stands; asks no database.

The order of goals is the order of their codes. Moving a goal among its siblings therefore
deals their codes out anew, and whatever is below them takes the new beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from programs.models import Goal
from programs.models.goal import sort_key

Codes = dict[int, str]
"""New codes of goals by their keys; a goal that keeps its code is among them, too."""


@dataclass
class Branch:
    """A goal with those below it; `rank` is its place among its siblings, 1 being the first."""

    goal: Goal
    rank: int = 1
    is_first: bool = True
    is_last: bool = True
    branches: list[Branch] = field(default_factory=list)


def branches(goals: Iterable[Goal]) -> list[Branch]:
    """The goals that have a code, each below its superior, in the order of their codes."""
    coded = sorted((goal for goal in goals if goal.code), key=lambda goal: sort_key(goal.code))
    known = {goal.pk: Branch(goal) for goal in coded}
    top: list[Branch] = []
    for goal in coded:
        above = known.get(goal.parent_id) if goal.parent_id else None
        (above.branches if above else top).append(known[goal.pk])
    for siblings in [top, *(branch.branches for branch in known.values())]:
        for rank, branch in enumerate(siblings, start=1):
            branch.rank = rank
            branch.is_first, branch.is_last = rank == 1, rank == len(siblings)
    return top


def next_code(goals: Iterable[Goal], parent: Goal | None) -> str:
    """The code that comes after the last one below a goal, or after the last specific one."""
    codes = [goal.code for goal in goals if goal.code and goal.parent_id == (parent and parent.pk)]
    last = max(codes, key=sort_key, default="")
    beginning, dot, number = last.rpartition(".")
    if parent:
        # Whatever stood below before, the code begins with that of the superior goal.
        begins = last.startswith(f"{parent.code}.")
        return f"{parent.code}.{int(number) + 1 if begins else 1}"
    return f"{beginning}{dot}{int(number) + 1}" if last else "1.1"


def moved(goals: Iterable[Goal], goal: Goal, rank: int) -> Codes:
    """Codes after a goal was put at a rank among its siblings; a rank too far is the last."""
    listed = list(goals)
    siblings = [branch for branch in _siblings(branches(listed), goal)]
    codes = [branch.goal.code for branch in siblings]
    own = next(branch for branch in siblings if branch.goal.pk == goal.pk)
    siblings.remove(own)
    siblings.insert(max(rank, 1) - 1, own)
    changed: Codes = {other.pk: other.code for other in listed if other.code}
    for branch, code in zip(siblings, codes, strict=True):
        _take_along(branch, branch.goal.code, code, changed)
    return changed


def closed_up(goals: Iterable[Goal]) -> Codes:
    """Codes without gaps: 1.1, 1.2, 1.3 and below each of them 1.1.1, 1.1.2."""
    codes: Codes = {}
    counts: dict[str, int] = {}
    for branch in branches(goals):
        beginning, dot, _number = branch.goal.code.rpartition(".")
        counts[beginning] = counts.get(beginning, 0) + 1
        _number_below(branch, f"{beginning}{dot}{counts[beginning]}", codes)
    return codes


def renaming(goals: Iterable[Goal], codes: Codes) -> Mapping[str, str]:
    """From the code of every goal to the one it gets."""
    return {goal.code: codes.get(goal.pk, goal.code) for goal in goals if goal.code}


def _siblings(level: Sequence[Branch], goal: Goal) -> list[Branch]:
    if any(branch.goal.pk == goal.pk for branch in level):
        return list(level)
    for branch in level:
        if found := _siblings(branch.branches, goal):
            return found
    return []


def _take_along(branch: Branch, old: str, new: str, codes: Codes) -> None:
    code = branch.goal.code
    if code == old or code.startswith(f"{old}."):
        codes[branch.goal.pk] = new + code.removeprefix(old)
    for below in branch.branches:
        _take_along(below, old, new, codes)


def _number_below(branch: Branch, code: str, codes: Codes) -> None:
    codes[branch.goal.pk] = code
    for number, below in enumerate(branch.branches, start=1):
        _number_below(below, f"{code}.{number}", codes)
