"""Cíle – Výstupy: what a program planned to bring about, and whether it did."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import OutputForm
from programs.models import Output, Recommendation
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


@require_safe
def output_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    visible = Recommendation.objects.visible_in(access.visibilities)
    outputs = Output.objects.filter(program=access.program).prefetch_related(
        "goals", Prefetch("recommendations", visible)
    )
    context = {"access": access, "program": access.program, "outputs": outputs}
    return render(request, "programs/output_list.html", context)


@require_http_methods(["GET", "POST"])
def output_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_output(request, access, Output(program=access.program))


@require_http_methods(["GET", "POST"])
def output_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    output = load_record(request, Output.objects.all(), pk, program=access.program)
    return _edit_output(request, access, output)


@require_http_methods(["GET", "POST"])
def output_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    output = get_object_or_404(Output, pk=pk, program=access.program)
    return delete_record(
        request,
        access,
        output,
        delete=lambda: actions.delete_output(output=output, by=access.user),
        done=lambda: _to_list(request, access, _("The output was deleted.")),
        question=_("Delete the output?"),
        consequence=_("Goals and recommendations it was linked to stay."),
        label=_("Delete the output"),
        back_url=reverse("programs:output_list", args=[slug]),
    )


@require_POST
def output_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    output = get_object_or_404(Output, pk=pk, program=access.program)
    actions.move_positioned(record=output, rank=rank_of(request), by=access.user)
    return _to_list(request, access, _("The output was moved."))


@require_safe
def output_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    output = get_object_or_404(Output, pk=pk, program=access.program)
    return show_history(request, access, str(output), [("", output, None)])


def _edit_output(request: HttpRequest, access: ProgramAccess, output: Output) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> OutputForm:
        return OutputForm(data, instance=record, access=access)

    def save(form: Any) -> Output:
        return actions.save_output(
            output=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            goals=form.cleaned_data["goals"],
            recommendations=form.cleaned_data["recommendations"],
            by=access.user,
        )

    return edit_record(
        request,
        access,
        output,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_list(request, access, _("The output was saved.")),
        template="programs/output_form.html",
    )


def _to_list(request: HttpRequest, access: ProgramAccess, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("programs:output_list", access.program.slug)
