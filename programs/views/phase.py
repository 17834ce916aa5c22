"""Phases of a program: their months and the expert's comment."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from litvinov.czech import months_later
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import PhaseCommentForm, PhaseForm
from programs.models import Activity, Consultation, Phase, Program
from programs.views.editing import delete_record, edit_record, load_record


@require_http_methods(["GET", "POST"])
def phase_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_phase(request, access, _next_phase(access.program))


@require_http_methods(["GET", "POST"])
def phase_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    phase = load_record(request, Phase.objects.all(), pk, program=access.program)
    return _edit_phase(request, access, phase)


@require_http_methods(["GET", "POST"])
def phase_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    phase = get_object_or_404(Phase, pk=pk, program=access.program)

    def done() -> HttpResponse:
        messages.success(request, _("The phase was deleted."))
        return redirect("programs:course_detail", slug)

    return delete_record(
        request,
        access,
        phase,
        delete=lambda: actions.delete_phase(phase=phase, by=access.user),
        done=done,
        question=_("Delete the phase?"),
        consequence=_(
            "The expert's comment on it disappears from the report; the history keeps it. "
            "Consultations stay in the log, outside phases, and later phases are numbered anew."
        ),
        label=_("Delete the phase"),
        back_url=_address_of(phase),
    )


@require_POST
def phase_layout(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay phases out by quarters over the period of a program that has none."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    try:
        actions.lay_quarterly_phases(program=access.program, by=access.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The phases were laid out by quarters."))
    return redirect("programs:course_detail", slug)


@require_http_methods(["GET", "POST"])
def phase_comment(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    phase = _commented_phase(request, access.program, position)

    def form_of(record: Any, data: Any = None) -> PhaseCommentForm:
        return PhaseCommentForm(data, instance=record)

    def save(form: Any) -> Phase:
        opened_version = form.cleaned_data["opened_version"]
        actions.comment_phase(phase=form.instance, opened_version=opened_version, by=access.user)
        return form.instance

    return edit_record(
        request,
        access,
        phase,
        form_of=form_of,
        save=save,
        done=lambda saved: to_phase(request, saved, _("The comment was saved.")),
        template="programs/phase_comment_form.html",
        context={
            "phase": phase,
            "activities": Activity.objects.visible_in(access.visibilities).filter(phase=phase.pk),
            "consultations": Consultation.objects.filter(phase=phase.pk).order_by("held_on", "pk"),
        },
    )


def _commented_phase(request: HttpRequest, program: Program, position: int) -> Phase:
    """The phase the form was opened for, whatever its number is now."""
    opened = request.POST.get("opened_phase", "")
    if opened.isdecimal():
        phase: Phase = load_record(request, Phase.objects.all(), int(opened), program=program)
        return phase
    return get_object_or_404(Phase, program=program, position=position)


def _next_phase(program: Program) -> Phase:
    """The months proposed for another phase: as many as the last one has, right after it."""
    phases = list(program.phase_set.order_by("first_month"))
    first = months_later(phases[-1].last_month, 1) if phases else program.first_month
    length = _length(phases[-1]) if phases else 3
    last = months_later(first, length - 1)
    if first <= program.last_month < last:
        last = program.last_month
    return Phase(program=program, first_month=first, last_month=last)


def _length(phase: Phase) -> int:
    first, last = phase.first_month, phase.last_month
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _edit_phase(request: HttpRequest, access: ProgramAccess, phase: Phase) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> PhaseForm:
        return PhaseForm(data, instance=record)

    def save(form: Any) -> Phase:
        return actions.save_phase(
            phase=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    return edit_record(
        request,
        access,
        phase,
        form_of=form_of,
        save=save,
        done=lambda saved: _phase_saved(request, access.program, saved),
        template="programs/phase_form.html",
    )


def _phase_saved(request: HttpRequest, program: Program, phase: Phase) -> HttpResponse:
    if phase.first_month < program.first_month or phase.last_month > program.last_month:
        messages.warning(
            request, _("The phase reaches outside the period of the program; check its months.")
        )
    return to_phase(request, phase, _("The phase was saved."))


def _address_of(phase: Phase) -> str:
    course = reverse("programs:course_detail", args=[phase.program.slug])
    return f"{course}#faze-{phase.position}"


def to_phase(request: HttpRequest, phase: Phase, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(_address_of(phase))
