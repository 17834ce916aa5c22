"""The tree of goals."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from programs import citations, goal_tree
from programs.actions.guards import ForeignRecord
from programs.models import Goal, Program
from programs.models.goal import sort_key


class CodeTaken(ValidationError):
    """Another goal of the program has the code, or the program has a long-term goal already."""

    def __init__(self, code: str) -> None:
        message = (
            _("The code %(code)s is already used by another goal.")
            if code
            else _("The program already has its long-term goal; give this one a code.")
        )
        super().__init__({"code": ValidationError(message, code="taken", params={"code": code})})


@transaction.atomic
def save_goal(*, goal: Goal, opened_version: int, by: User) -> Goal:
    """Add or change a goal, its wording or its evaluation.

    When its code changes, texts of the program that cite it follow. Raises
    accounts.audit.EditConflict when somebody saved it since, CodeTaken when its code is
    taken, ForeignRecord when its superior goal belongs to another program.
    """
    if goal.parent and goal.parent.program_id != goal.program_id:
        raise ForeignRecord(str(goal.parent))
    # People who change the tree at once take turns, so that no code is given twice.
    program = Program.objects.select_for_update().get(pk=goal.program_id)
    audit.claim(goal, version=opened_version)
    goals = list(Goal.objects.filter(program=program).exclude(pk=goal.pk))
    if any(other.code == goal.code for other in goals):
        raise CodeTaken(goal.code)
    before = (
        "" if goal._state.adding else Goal.objects.values_list("code", flat=True).get(pk=goal.pk)
    )
    if before and goal.code and before != goal.code:
        mapping = {other.code: other.code for other in goals} | {before: goal.code}
        citations.follow(goal, mapping)
        _follow(program, mapping, besides={goal.pk}, by=by)
    audit.save_record(goal, by=by)
    return goal


@transaction.atomic
def delete_goal(*, goal: Goal, by: User) -> None:
    """Delete a goal; what was linked to it stays. Raises ValidationError when it has sub-goals."""
    Program.objects.select_for_update().get(pk=goal.program_id)
    below = ", ".join(goal.children.values_list("code", flat=True))
    if below:
        raise ValidationError(
            _("The goal has sub-goals (%(codes)s). Delete them first, or put them elsewhere."),
            params={"codes": below},
        )
    audit.delete_record(goal, by=by)


@transaction.atomic
def move_goal(*, goal: Goal, rank: int, by: User) -> Goal:
    """Put a goal at a rank among its siblings, 1 being the first; a rank too far is the last.

    The codes of the siblings are dealt out anew, gaps stay where they were. Everything below
    them and every text of the program that cites them follows; each record that changes gets
    an entry in its history. Raises ValidationError when the codes would not fit.
    """
    program = Program.objects.select_for_update().get(pk=goal.program_id)
    goals = list(Goal.objects.filter(program=program))
    _give_codes(program, goals, goal_tree.moved(goals, goal, rank), by=by)
    goal.refresh_from_db()
    return goal


@transaction.atomic
def renumber_goals(*, program: Program, by: User) -> int:
    """Close the gaps among the codes of a program; says how many records changed.

    Texts that cite the goals follow as in `move_goal`.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    goals = list(Goal.objects.filter(program=program))
    return _give_codes(program, goals, goal_tree.closed_up(goals), by=by)


def _give_codes(program: Program, goals: list[Goal], codes: goal_tree.Codes, *, by: User) -> int:
    mapping = goal_tree.renaming(goals, codes)
    _require_codes_fit(goals, codes)
    changed = {
        goal.pk: code for goal in goals if (code := codes.get(goal.pk)) and code != goal.code
    }
    if not changed:
        return 0
    # Codes are unique: first out of the way, then to where they belong.
    for number, key in enumerate(changed, start=1):
        aside = f"9999.9999.9999.9999.{number}"
        Goal.objects.filter(pk=key).update(code=aside, sort_key=sort_key(aside))
    rewritten = 0
    for goal in goals:
        followed = citations.follow(goal, mapping)
        if followed or goal.pk in changed:
            goal.code = changed.get(goal.pk, goal.code)
            audit.save_record(goal, by=by)
            rewritten += 1
    return rewritten + _follow(program, mapping, besides={goal.pk for goal in goals}, by=by)


def _follow(program: Program, mapping: Mapping[str, str], *, besides: set[int], by: User) -> int:
    """Rewrite the codes in the texts of all records but some goals; says how many changed."""
    rewritten = 0
    for record in citations.records_of(program, lock=True):
        if isinstance(record, Goal) and record.pk in besides:
            continue
        if citations.follow(record, mapping):
            audit.save_record(record, by=by)
            rewritten += 1
    return rewritten


def _require_codes_fit(goals: list[Goal], codes: goal_tree.Codes) -> None:
    """Goals put below others only by their codes could meet those that belong there."""
    longest = Goal._meta.get_field("code").max_length or 0
    given: dict[str, Goal] = {}
    for goal in goals:
        code = codes.get(goal.pk, goal.code)
        if code in given or len(code) > longest:
            raise ValidationError(
                _(
                    "Two goals would get the code %(code)s. Choose the superior goal"
                    " of %(first)s and %(second)s first."
                )
                if code in given
                else _("The code %(code)s would be too long."),
                params={"code": code, "first": given.get(code, goal).code, "second": goal.code},
            )
        given[code] = goal
