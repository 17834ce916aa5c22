"""Activities of a phase."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import ActivityForm
from programs.forms.grouping import versions_from_text
from programs.models import Activity, Consultation, Phase
from programs.views.editing import delete_record, edit_record, load_record, load_whole, part_of
from programs.views.phase import to_phase


@require_safe
def activity_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase")
    activity = get_object_or_404(
        visible.prefetch_related("goals", "actors"), pk=pk, phase__program=access.program
    )
    context = {
        "access": access,
        "program": access.program,
        "activity": activity,
        "sources": activity.sources.visible_in(access.visibilities),
        "evidence": activity.evidence.visible_in(access.visibilities),
        "consultations": Consultation.objects.filter(activity=activity)
        .with_links(access.visibilities)
        .order_by("held_on", "pk"),
    }
    return render(request, "programs/activity_detail.html", context)


@require_http_methods(["GET", "POST"])
def activity_add(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    phase = load_whole(request, Phase.objects.all(), program=access.program, position=position)
    return _edit_activity(request, access, part_of(phase, Activity(phase=phase)))


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase__program")
    activity = load_record(request, visible, pk, phase__program=access.program)
    return _edit_activity(request, access, activity)


@require_http_methods(["GET", "POST"])
def activity_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    activity = _own_activity(access, pk)
    return delete_record(
        request,
        access,
        activity,
        delete=lambda: actions.delete_activity(activity=activity, by=access.user),
        done=lambda: to_phase(request, activity.phase, _("The activity was deleted.")),
        question=_("Delete the activity?"),
        consequence=_(
            "It disappears from the report. Consultations and recommendations that belonged "
            "to it stay."
        ),
        label=_("Delete the activity"),
        back_url=activity.get_absolute_url(),
    )


@require_POST
def activity_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put an activity at another rank in its phase."""
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    activity = _own_activity(access, pk)
    try:
        rank = int(request.POST.get("rank", ""))
    except ValueError:
        raise BadRequest from None
    actions.move_activity(activity=activity, rank=rank, by=access.user)
    return to_phase(request, activity.phase, _("The order was saved."))


@require_POST
def activity_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take ticked consultations out of an activity; they are loose again."""
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    activity = _own_activity(access, pk)
    try:
        chosen = versions_from_text(" ".join(request.POST.getlist("consultations")))
    except ValueError:
        raise BadRequest from None
    try:
        actions.release_consultations(activity=activity, consultations=chosen, by=access.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        if chosen:
            messages.success(request, _("The consultations were taken out of the activity."))
        else:
            messages.warning(request, _("Tick at least one consultation."))
    return redirect(activity)


def _own_activity(access: ProgramAccess, pk: int) -> Activity:
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase__program")
    activity: Activity = get_object_or_404(visible, pk=pk, phase__program=access.program)
    return activity


def _edit_activity(request: HttpRequest, access: ProgramAccess, activity: Activity) -> HttpResponse:
    program = access.program
    back_url = (
        f"{program.get_absolute_url()}realizace/#faze-{activity.phase.position}"
        if activity._state.adding
        else activity.get_absolute_url()
    )

    def form_of(record: Any, data: Any = None) -> ActivityForm:
        return ActivityForm(
            data, instance=record, program=program, visibilities=access.visibilities
        )

    def save(form: Any) -> Activity:
        return actions.save_activity(
            activity=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            goals=form.cleaned_data["goals"],
            actors=form.cleaned_data["actors"],
            sources=form.cleaned_data.get("sources"),
            by=access.user,
        )

    return edit_record(
        request,
        access,
        activity,
        form_of=form_of,
        save=save,
        done=lambda saved: to_phase(request, saved.phase, _("The activity was saved.")),
        template="programs/activity_form.html",
        context={"back_url": back_url},
    )
