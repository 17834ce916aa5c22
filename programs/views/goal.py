from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import VersionedModelForm
from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import GoalEvaluationForm, GoalForm
from programs.models import Goal
from programs.views.editing import edit_record


@require_safe
def goal_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    goals = Goal.objects.filter(program=access.program)
    context = {"access": access, "program": access.program, "goals": goals}
    return render(request, "programs/goal_list.html", context)


@require_http_methods(["GET", "POST"])
def goal_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_goal(request, access, Goal(program=access.program))


@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_goal(request, access, get_object_or_404(Goal, pk=pk, program=access.program))


@require_http_methods(["GET", "POST"])
def goal_evaluate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    goal = get_object_or_404(Goal, pk=pk, program=access.program)

    def form_of(record: Any, data: Any = None) -> GoalEvaluationForm:
        return GoalEvaluationForm(data, instance=record)

    return edit_record(
        request,
        access,
        goal,
        form_of=form_of,
        save=lambda form: _save(access, form),
        done=lambda saved: _to_list(request, saved, _("The evaluation was saved.")),
        template="programs/goal_evaluation_form.html",
    )


def _edit_goal(request: HttpRequest, access: ProgramAccess, goal: Goal) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> GoalForm:
        return GoalForm(data, instance=record, program=access.program)

    return edit_record(
        request,
        access,
        goal,
        form_of=form_of,
        save=lambda form: _save(access, form),
        done=lambda saved: _to_list(request, saved, _("The goal was saved.")),
        template="programs/goal_form.html",
    )


def _save(access: ProgramAccess, form: VersionedModelForm) -> Goal:
    return actions.save_goal(
        goal=form.instance, opened_version=form.cleaned_data["opened_version"], by=access.user
    )


def _to_list(request: HttpRequest, goal: Goal, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("programs:goal_list", goal.program.slug)
