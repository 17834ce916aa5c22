"""Nastavení – Rámec: what a program is, where and when; and its deletion."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import load_program
from programs.forms import ProgramFrameForm
from programs.models import Program
from programs.views.editing import delete_record, edit_record
from programs.views.history import show_history


@require_http_methods(["GET", "POST"])
def program_edit(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)

    def form_of(record: Any, data: Any = None) -> ProgramFrameForm:
        return ProgramFrameForm(data, instance=record)

    def save(form: Any) -> Program:
        return actions.save_program(
            program=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    def done(saved: Program) -> HttpResponse:
        messages.success(request, _("The frame of the program was saved."))
        return redirect("programs:program_edit", slug)

    # The page itself shows the program as it is saved, whatever is being typed.
    record = Program.objects.select_related("locality__municipality", "theme").get(
        pk=access.program.pk
    )
    return edit_record(
        request,
        access,
        record,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/program_form.html",
    )


@require_http_methods(["GET", "POST"])
def program_delete(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)

    def done() -> HttpResponse:
        messages.success(request, _("The program was deleted."))
        return redirect("programs:program_list")

    return delete_record(
        request,
        access,
        access.program,
        delete=lambda: actions.delete_program(program=access.program, by=access.user),
        done=done,
        question=_("Delete the program?"),
        consequence=_("Its frame goes with it, and everybody in its team loses it."),
        label=_("Delete the program"),
        back_url=reverse("programs:program_edit", args=[slug]),
    )


@require_safe
def frame_history(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    program = access.program
    return show_history(request, access, program.title, [("", program, None)])
