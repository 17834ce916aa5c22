"""Abbreviations (zkratky) of a program, beside those shared by all programs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import AbbreviationForm
from programs.models import Abbreviation
from programs.views.editing import delete_record, edit_record, load_record
from programs.views.history import show_history


@require_safe
def abbreviation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The program's own, and the shared ones of which some are replaced by them."""
    access = load_program(request.user, slug)
    known = list(Abbreviation.objects.known_to(access.program))
    own = [abbreviation for abbreviation in known if abbreviation.program_id is not None]
    context = {
        "access": access,
        "program": access.program,
        "own": own,
        "shared": [abbreviation for abbreviation in known if abbreviation.program_id is None],
        "replaced": {abbreviation.abbreviation for abbreviation in own},
    }
    return render(request, "programs/abbreviation_list.html", context)


@require_http_methods(["GET", "POST"])
def abbreviation_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_abbreviation(request, access, Abbreviation(program=access.program))


@require_http_methods(["GET", "POST"])
def abbreviation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    abbreviation = load_record(request, Abbreviation.objects.all(), pk, program=access.program)
    return _edit_abbreviation(request, access, abbreviation)


def _edit_abbreviation(
    request: HttpRequest, access: ProgramAccess, abbreviation: Abbreviation
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> AbbreviationForm:
        return AbbreviationForm(data, instance=record)

    def save(form: Any) -> Abbreviation:
        return actions.save_abbreviation(
            abbreviation=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    def done(saved: Abbreviation) -> HttpResponse:
        messages.success(request, _("The abbreviation was saved."))
        return _to_list(access)

    return edit_record(
        request,
        access,
        abbreviation,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/own_abbreviation_form.html",
    )


@require_http_methods(["GET", "POST"])
def abbreviation_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    abbreviation = get_object_or_404(Abbreviation, pk=pk, program=access.program)

    def delete() -> None:
        actions.delete_abbreviation(abbreviation=abbreviation, by=access.user)

    def done() -> HttpResponse:
        messages.success(request, _("The abbreviation was deleted."))
        return _to_list(access)

    return delete_record(
        request,
        access,
        abbreviation,
        delete=delete,
        done=done,
        question=_("Delete the abbreviation?"),
        consequence=_(
            "The report no longer explains it, unless there is a shared abbreviation of this form."
        ),
        label=_("Delete the abbreviation"),
        back_url=reverse("programs:abbreviation_list", args=[slug]),
    )


@require_safe
def abbreviation_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    abbreviation = get_object_or_404(Abbreviation, pk=pk, program=access.program)
    return show_history(request, access, str(abbreviation), [("", abbreviation, None)])


def _to_list(access: ProgramAccess) -> HttpResponse:
    return redirect("programs:abbreviation_list", access.program.slug)
