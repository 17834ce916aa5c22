"""Founding a program."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from indicators.actions import found_program
from indicators.forms.founding import FoundingForm
from programs.access import require_global
from programs.models import Program
from programs.views.editing import edit_record


@require_http_methods(["GET", "POST"])
def program_found(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.FOUND_PROGRAMS)

    def form_of(record: Any, data: Any = None) -> FoundingForm:
        return FoundingForm(data, instance=record, user=user, today=timezone.localdate())

    def done(saved: Program) -> HttpResponse:
        messages.success(
            request, _("The program was founded and you are its consultant. Now invite the team.")
        )
        return redirect("programs:member_list", saved.slug)

    return edit_record(
        request,
        None,
        Program(),
        form_of=form_of,
        save=lambda form: found_program(founding=form.founding(), by=user),  # type: ignore[attr-defined]
        done=done,
        template="indicators/program_found.html",
    )
