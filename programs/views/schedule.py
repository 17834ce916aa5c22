"""Harmonogram: planned steps against what really happened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import StepForm
from programs.models import ScheduleStep
from programs.schedule import read_schedule
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


@require_safe
def schedule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    today = timezone.localdate()
    schedule = read_schedule(access.program, access.visibilities, today=today)
    context = {
        "access": access,
        "program": access.program,
        "schedule": schedule,
        "chart": schedule.chart,
        "today": today,
    }
    return render(request, "programs/schedule_detail.html", context)


@require_http_methods(["GET", "POST"])
def step_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_step(request, access, ScheduleStep(program=access.program))


@require_http_methods(["GET", "POST"])
def step_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    step = load_record(request, ScheduleStep.objects.all(), pk, program=access.program)
    return _edit_step(request, access, step)


@require_http_methods(["GET", "POST"])
def step_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    step = get_object_or_404(ScheduleStep, pk=pk, program=access.program)
    return delete_record(
        request,
        access,
        step,
        delete=lambda: actions.delete_step(step=step, by=access.user),
        done=lambda: _to_plan(request, access, _("The step was deleted.")),
        question=_("Delete the step?"),
        consequence=_("It disappears from the schedule and from the report."),
        label=_("Delete the step"),
        back_url=reverse("programs:schedule_detail", args=[slug]),
    )


@require_POST
def step_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    step = get_object_or_404(ScheduleStep, pk=pk, program=access.program)
    actions.move_positioned(record=step, rank=rank_of(request), by=access.user)
    return _to_plan(request, access, _("The step was moved."))


@require_safe
def step_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    step = get_object_or_404(ScheduleStep, pk=pk, program=access.program)
    return show_history(request, access, str(step), [("", step, None)])


def _edit_step(request: HttpRequest, access: ProgramAccess, step: ScheduleStep) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> StepForm:
        return StepForm(data, instance=record)

    def save(form: Any) -> ScheduleStep:
        saved: ScheduleStep = actions.save_positioned(
            record=form.instance, opened_version=form.cleaned_data["opened_version"], by=access.user
        )
        return saved

    return edit_record(
        request,
        access,
        step,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_plan(request, access, _("The step was saved.")),
        template="programs/step_form.html",
    )


def _to_plan(request: HttpRequest, access: ProgramAccess, message: str) -> HttpResponse:
    messages.success(request, message)
    answer = redirect("programs:schedule_detail", access.program.slug)
    answer["Location"] += "#plan"
    return answer
