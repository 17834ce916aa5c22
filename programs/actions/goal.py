"""The tree of goals."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from programs.actions.guards import ForeignRecord
from programs.models import Goal, Program


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

    Raises accounts.audit.EditConflict when somebody saved it since, CodeTaken when its
    code is taken, ForeignRecord when its superior goal belongs to another program.
    """
    if goal.parent and goal.parent.program_id != goal.program_id:
        raise ForeignRecord(str(goal.parent))
    # People who change the tree at once take turns, so that no code is given twice.
    Program.objects.select_for_update().get(pk=goal.program_id)
    audit.claim(goal, version=opened_version)
    namesakes = Goal.objects.filter(program_id=goal.program_id, code=goal.code)
    if namesakes.exclude(pk=goal.pk).exists():
        raise CodeTaken(goal.code)
    audit.save_record(goal, by=by)
    return goal
