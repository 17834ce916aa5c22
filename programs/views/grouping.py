"""Loose consultations of the log become an activity, or join one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import GroupingForm
from programs.forms.grouping import (
    SEEN,
    key_from_text,
    versions_from_text,
    versions_in_text,
)
from programs.grouped import phase_counts, proposal
from programs.models import Activity, Consultation
from programs.views.editing import edit_record

CHOSEN = "konzultace"
"""In the address: keys of the consultations that were ticked in the log."""


@require_http_methods(["GET", "POST"])
def consultation_group(request: HttpRequest, slug: str) -> HttpResponse:
    """A new activity that begins with what its consultations tell."""
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    program = access.program
    chosen = _chosen(request, access)
    if not chosen and request.method != "POST":
        messages.warning(request, _("Tick the consultations first, those in no activity yet."))
        return redirect("programs:consultation_list", slug)
    if not program.phase_set.exists():
        context = {"access": access, "program": program}
        return render(request, "programs/grouping_without_phases.html", context)
    begun = proposal(chosen) if chosen else {}
    new = Activity(phase=begun.get("phase") or program.phase_set.all()[0])

    def form_of(record: Any, data: Any = None) -> GroupingForm:
        return GroupingForm(
            data,
            instance=record,
            initial={**begun, "phase": new.phase_id},
            program=program,
            visibilities=access.visibilities,
            offered=chosen,
        )

    def save(form: Any) -> Activity:
        cleaned = form.cleaned_data
        try:
            return actions.group_consultations(
                activity=form.instance,
                opened_version=cleaned["opened_version"],
                goals=cleaned["goals"],
                actors=cleaned["actors"],
                sources=cleaned.get("sources"),
                consultations=cleaned[SEEN],
                by=access.user,
            )
        except actions.NotLoose:
            _look_again(form, access)
            raise

    def done(saved: Activity) -> HttpResponse:
        messages.success(request, _("The activity was saved and its consultations belong to it."))
        return redirect(saved)

    phases = phase_counts(chosen)
    context = {
        "consultations": chosen,
        "seen": versions_in_text(chosen),
        "phase_counts": phases if len(phases) > 1 else [],
        "activities": Activity.objects.visible_in(access.visibilities)
        .filter(phase__program=program)
        .select_related("phase"),
    }
    return edit_record(
        request,
        access,
        new,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/grouping_form.html",
        context=context,
    )


@require_POST
def consultation_attach(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the ticked consultations into an activity that is there."""
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    try:
        chosen = versions_from_text(request.POST.get(SEEN, ""))
    except ValueError:
        raise BadRequest from None
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase__program")
    key = request.POST.get("activity", "")
    activity = get_object_or_404(
        visible, pk=key if key.isdecimal() else None, phase__program=access.program
    )
    try:
        actions.attach_consultations(activity=activity, consultations=chosen, by=access.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("programs:consultation_list", slug)
    messages.success(request, _("The consultations belong to the activity now."))
    return redirect(activity)


def _chosen(request: HttpRequest, access: ProgramAccess) -> list[Consultation]:
    """What was ticked: in the log, or in the form that was opened for it."""
    if request.method == "POST":
        try:
            keys = list(versions_from_text(request.POST.get(SEEN, "")))
        except ValueError:
            keys = []
        found = Consultation.objects.filter(program=access.program)
    else:
        try:
            keys = [key_from_text(key) for key in request.GET.getlist(CHOSEN)]
        except ValueError:
            keys = []
        found = Consultation.objects.filter(program=access.program).loose()
    return list(found.filter(pk__in=keys).with_links(access.visibilities).order_by("held_on", "pk"))


def _look_again(form: Any, access: ProgramAccess) -> None:
    """Let the next save be a deliberate one: what is loose now, as it is now."""
    keys = [one.pk for one in form.cleaned_data["consultations"]]
    loose = list(Consultation.objects.filter(program=access.program, pk__in=keys).loose())
    form.data = form.data.copy()
    form.data[SEEN] = versions_in_text(loose)
    form.data.setlist("consultations", [str(one.pk) for one in loose])
