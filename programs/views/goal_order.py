"""The order of goals, which is the order of their codes."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from programs import actions, goal_tree
from programs.access import load_program
from programs.citations import cited_goals
from programs.models import Goal, Program
from programs.models.goal import sort_key


@require_POST
def goal_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    goal = get_object_or_404(Goal.objects.coded(), pk=pk, program=access.program)
    before = goal.code
    try:
        rank = int(request.POST.get("rank", ""))
        moved = actions.move_goal(goal=goal, rank=rank, by=access.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except ValueError:
        messages.error(request, _("The goal stays where it was: that is no place in the list."))
    else:
        if moved.code == before:
            messages.success(request, _("The goal stays where it was."))
        else:
            messages.success(
                request,
                _("Goal %(old)s is goal %(new)s now; texts that cite it follow.")
                % {"old": before, "new": moved.code},
            )
    answer = redirect("programs:goal_list", slug)
    answer["Location"] += f"#cil-{pk}"
    return answer


@dataclass(frozen=True)
class NewCode:
    """A goal and the code it would get; `cited` is how many times texts cite it."""

    goal: Goal
    code: str
    cited: int

    @property
    def changes(self) -> bool:
        return self.code != self.goal.code


@require_http_methods(["GET", "POST"])
def goal_renumber(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what closing the gaps among the codes would change, and do it when asked to."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    refused: list[str] = []
    if request.method == "POST":
        try:
            changed = actions.renumber_goals(program=access.program, by=access.user)
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(
                request,
                ngettext(
                    "The codes are closed up; %(count)d record was changed.",
                    "The codes are closed up; %(count)d records were changed.",
                    changed,
                )
                % {"count": changed},
            )
            return redirect("programs:goal_list", slug)
    rows, dangling = _new_codes(access.program)
    context = {
        "access": access,
        "program": access.program,
        "rows": rows,
        "changes": any(row.changes for row in rows),
        "following": sum(row.cited for row in rows if row.changes),
        "dangling": dangling,
        "refused": refused,
    }
    return render(request, "programs/goal_renumber.html", context, status=422 if refused else 200)


def _new_codes(program: Program) -> tuple[list[NewCode], list[str]]:
    """The codes of a program closed up, and the codes texts cite though no goal has them."""
    goals = list(Goal.objects.filter(program=program).coded())
    codes = goal_tree.closed_up(goals)
    known = {goal.code for goal in goals}
    cited = cited_goals(program, known)
    rows = [NewCode(goal, codes[goal.pk], cited[goal.code]) for goal in goals]
    return rows, sorted(set(cited) - known, key=sort_key)
