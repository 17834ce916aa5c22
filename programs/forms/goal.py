import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from litvinov.forms import NarrativeInput
from programs import goal_tree
from programs.actions import CodeTaken
from programs.models import Goal, Program
from programs.models.goal import CODE_PATTERN, NEEDS_REASON


class GoalForm(VersionedModelForm):
    """A goal's place in the tree and its wording; a new goal is offered the next free code."""

    class Meta:
        model = Goal
        fields = ["code", "parent", "short_title", "wording"]
        widgets = {"wording": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "code": _("Numbers divided by dots; leave empty for the long-term goal only."),
            "parent": _("Leave empty for a specific goal."),
        }
        error_messages = {"wording": {"required": _("Write the wording of the goal.")}}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.instance.program = program
        goals = Goal.objects.filter(program=program).coded()
        if not self.instance._state.adding:
            goals = goals.exclude(pk__in=self._own_branch())
        else:
            self._propose_codes(list(goals))
        self.fields["parent"].queryset = goals  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = pgettext_lazy("goal", "none")  # type: ignore[attr-defined]

    def _propose_codes(self, goals: list[Goal]) -> None:
        """A code for each superior goal; a program without goals begins with the long-term one."""
        codes = {goal.pk: goal_tree.next_code(goals, goal) for goal in goals}
        specific = goal_tree.next_code(goals, None)
        self.fields["parent"].widget.attrs["data-codes"] = json.dumps({"": specific, **codes})
        if Goal.objects.filter(program=self.program).exists():
            self.initial["code"] = codes.get(self.instance.parent_id or 0, specific)

    def _own_branch(self) -> list[int]:
        """The goal and all below it: none of them can be its superior."""
        prefix = f"{self.instance.sort_key}."
        below = Goal.objects.filter(program=self.program, sort_key__startswith=prefix)
        return [self.instance.pk, *below.values_list("pk", flat=True)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, parent = cleaned.get("code"), cleaned.get("parent")
        if code is None:
            return cleaned
        others = Goal.objects.filter(program=self.program).exclude(pk=self.instance.pk)
        above = None if parent else _goal_above(code, others)
        if others.filter(code=code).exists():
            self.add_error(None, CodeTaken(code))
        elif "code" in self.changed_data and self.instance.pk and self.instance.children.exists():
            self.add_error("code", _("Sub-goals use this code; change their codes first."))
        elif parent and not code:
            self.add_error("code", _("A goal below another one needs a code."))
        elif parent and not code.startswith(f"{parent.code}."):
            self.add_error(
                "code",
                ValidationError(
                    _("The code must begin with the code of the superior goal, %(code)s."),
                    params={"code": parent.code},
                ),
            )
        elif above and {"code", "parent"} & set(self.changed_data):
            self.add_error(
                "parent",
                ValidationError(
                    _("The code %(code)s belongs below goal %(above)s; choose it as superior."),
                    params={"code": code, "above": above.code},
                ),
            )
        return cleaned


def _goal_above(code: str, others: QuerySet[Goal]) -> Goal | None:
    """The nearest goal whose code a longer one begins with."""
    if not re.fullmatch(CODE_PATTERN, code):
        return None
    parts = code.split(".")
    beginnings = [".".join(parts[:length]) for length in range(1, len(parts))]
    return others.filter(code__in=beginnings).order_by("sort_key").last()


class GoalEvaluationForm(VersionedModelForm):
    """How a goal ended: state and degree are two things, and a pause needs a reason."""

    class Meta:
        model = Goal
        fields = [
            "implementation_state",
            "fulfilment",
            "state_reason",
            "state_position",
            "addressed_by_recommendation",
            "evaluation",
        ]
        widgets = {
            "state_reason": forms.Textarea(attrs={"rows": 3}),
            "evaluation": NarrativeInput(rows=10),
        }
        help_texts = {
            "state_reason": _("Needed for a suspended or postponed goal."),
            "state_position": _("Whose position it is that the goal is suspended or postponed."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("implementation_state") in NEEDS_REASON:
            if not cleaned.get("state_reason"):
                self.add_error("state_reason", _("Say why the goal is suspended or postponed."))
            if not cleaned.get("state_position"):
                self.add_error("state_position", _("Say whose position it is."))
        return cleaned
