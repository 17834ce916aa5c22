from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import VersionedModelForm
from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.citations import cited_goals
from programs.forms import GoalEvaluationForm, GoalForm
from programs.goal_tree import branches
from programs.models import Goal
from programs.views.editing import delete_record, edit_record, load_record


@require_safe
def goal_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    goals = list(Goal.objects.filter(program=access.program))
    context = {
        "access": access,
        "program": access.program,
        "long_term": next((goal for goal in goals if goal.is_long_term), None),
        "branches": branches(goals),
    }
    return render(request, "programs/goal_list.html", context)


@require_http_methods(["GET", "POST"])
def goal_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new goal, below the one that `?parent=` asks for."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    asked = request.GET.get("parent", "")
    goals = Goal.objects.filter(program=access.program).coded()
    parent = goals.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    return _edit_goal(request, access, Goal(program=access.program, parent=parent))


@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    goal = load_record(request, Goal.objects.all(), pk, program=access.program)
    return _edit_goal(request, access, goal)


@require_http_methods(["GET", "POST"])
def goal_evaluate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    goal = load_record(request, Goal.objects.all(), pk, program=access.program)

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


@require_http_methods(["GET", "POST"])
def goal_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    goal = get_object_or_404(Goal, pk=pk, program=access.program)
    back_url = reverse("programs:goal_list", args=[slug])

    def done() -> HttpResponse:
        messages.success(request, _("The goal was deleted."))
        return redirect(back_url)

    return delete_record(
        request,
        access,
        goal,
        delete=lambda: actions.delete_goal(goal=goal, by=access.user),
        done=done,
        question=_("Delete the goal?"),
        consequence=_consequence(access, goal),
        label=_("Delete the goal"),
        back_url=back_url,
        context={"blocked": goal.children.exists()},
    )


def _consequence(access: ProgramAccess, goal: Goal) -> str:
    """What becomes of what a goal is linked to and cited in."""
    sub_goals = ", ".join(goal.children.values_list("code", flat=True))
    if sub_goals:
        return _("The goal has sub-goals (%(codes)s); it cannot be deleted while it has them.") % {
            "codes": sub_goals
        }
    seen = access.visibilities
    activities = goal.activities.visible_in(seen).count()
    consultations = goal.consultations.count()
    outputs = goal.outputs.count()
    recommendations = goal.recommendations.visible_in(seen).count()
    linked = [
        words % {"count": count}
        for count, words in (
            (activities, ngettext("%(count)d activity", "%(count)d activities", activities)),
            (
                consultations,
                ngettext("%(count)d consultation", "%(count)d consultations", consultations),
            ),
            (outputs, ngettext("%(count)d output", "%(count)d outputs", outputs)),
            (
                recommendations,
                ngettext("%(count)d recommendation", "%(count)d recommendations", recommendations),
            ),
        )
        if count
    ]
    sentences = [
        _("These lose their link to the goal and stay: %(records)s.")
        % {"records": ", ".join(linked)}
        if linked
        else _("Nothing is linked to the goal.")
    ]
    if goal.code and (cited := cited_goals(access.program, {goal.code})[goal.code]):
        sentences.append(
            ngettext(
                "Texts cite the goal in %(count)d place; nothing is changed there.",
                "Texts cite the goal in %(count)d places; nothing is changed there.",
                cited,
            )
            % {"count": cited}
        )
    sentences.append(_("The goal can be brought back from the history of the program."))
    return " ".join(sentences)


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
    answer = redirect("programs:goal_list", goal.program.slug)
    answer["Location"] += f"#cil-{goal.pk}"
    return answer
