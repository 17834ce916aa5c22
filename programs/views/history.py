"""Who changed what: the history of one record of a program."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.audit import Audited
from accounts.history import history_of
from accounts.roles import Permission
from programs.access import ProgramAccess, load_program
from programs.models import Activity, Consultation, Goal, Phase

TEAM_ONLY_FIELDS = ("team_note",)


def show_history(
    request: HttpRequest,
    access: ProgramAccess,
    title: str,
    records: Iterable[tuple[str, Audited, Audited | None]],
) -> HttpResponse:
    """The history of a record, or of several that people edit as one.

    Each comes with its heading and with the record it is a part of, if there is one.
    """
    sees_all = Permission.VIEW_TEAM_CONTENT in access.permissions
    hidden = () if sees_all else TEAM_ONLY_FIELDS
    histories = [
        (
            heading,
            history_of(record, visibilities=access.visibilities, hidden=hidden, part_of=part_of),
        )
        for heading, record, part_of in records
    ]
    context = {
        "access": access,
        "program": access.program,
        "title": title,
        "histories": histories,
    }
    return render(request, "programs/history.html", context)


@require_safe
def goal_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    goal = get_object_or_404(Goal, pk=pk, program=access.program)
    return show_history(request, access, str(goal), [("", goal, None)])


@require_safe
def phase_history(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    access = load_program(request.user, slug)
    phase = get_object_or_404(Phase, program=access.program, position=position)
    return show_history(request, access, str(phase), [("", phase, None)])


@require_safe
def activity_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    visible = Activity.objects.visible_in(access.visibilities)
    activity = get_object_or_404(visible, pk=pk, phase__program=access.program)
    return show_history(request, access, str(activity), [("", activity, None)])


@require_safe
def consultation_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    consultation = get_object_or_404(Consultation, pk=pk, program=access.program)
    return show_history(request, access, str(consultation), [("", consultation, None)])
