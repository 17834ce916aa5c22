from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import ConsultationForm
from programs.models import Consultation, Program
from programs.views.editing import edit_record, load_record


@require_http_methods(["GET", "POST"])
def consultation_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    return _edit_consultation(request, access, Consultation(program=access.program))


@require_http_methods(["GET", "POST"])
def consultation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    consultation = load_record(request, Consultation.objects.all(), pk, program=access.program)
    return _edit_consultation(request, access, consultation)


@require_http_methods(["GET", "POST"])
def consultation_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    consultation = get_object_or_404(Consultation, pk=pk, program=access.program)
    if request.method == "POST":
        actions.delete_consultation(consultation=consultation, by=access.user)
        messages.success(request, _("The consultation was deleted."))
        return redirect("programs:course_detail", slug)
    context = {"access": access, "program": access.program, "record": consultation}
    return render(request, "programs/consultation_delete.html", context)


@require_safe
def consultation_phase(request: HttpRequest, slug: str) -> HttpResponse:
    """Which phase a date falls into, told while the form is being filled in."""
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    context = _phase_hint(access.program, request.GET.get("held_on", ""))
    return render(request, "programs/_consultation_phase_hint.html", context)


def _phase_hint(program: Program, typed: str) -> dict[str, Any]:
    try:
        held_on = parse_date(typed)
    except ValueError:
        held_on = None
    return {"held_on": held_on, "phase": held_on and program.phase_on(held_on)}


def _edit_consultation(
    request: HttpRequest, access: ProgramAccess, consultation: Consultation
) -> HttpResponse:
    program, today = access.program, timezone.localdate()

    def form_of(record: Any, data: Any = None) -> ConsultationForm:
        return ConsultationForm(data, instance=record, program=program, today=today)

    def save(form: Any) -> Consultation:
        return actions.save_consultation(
            consultation=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            goals=form.cleaned_data["goals"],
            actors=form.cleaned_data["actors"],
            attendances=form.attendances,
            by=access.user,
        )

    def done(saved: Consultation) -> HttpResponse:
        messages.success(request, _("The consultation was saved."))
        if "another" in request.POST:
            return redirect("programs:consultation_add", program.slug)
        course = redirect("programs:course_detail", program.slug)
        course["Location"] += "#denik"
        return course

    shown = request.POST.get("held_on", str(consultation.held_on or today))
    return edit_record(
        request,
        access,
        consultation,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/consultation_form.html",
        context=_phase_hint(program, shown),
    )
