"""Who changed what: the history of one record, and of a whole program; what was can come back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import Audited
from accounts.history import histories_of
from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.changes import ProgramChanges, history_in, kinds
from programs.forms.history import HistoryFilterForm
from programs.involvement import REGISTER_KINDS, register_history
from programs.models import Activity, Consultation, Goal, Membership, Phase
from programs.views.links import program_link

TEAM_ONLY_FIELDS = ("team_note",)
PAGE_SIZE = 30


def show_history(
    request: HttpRequest,
    access: ProgramAccess,
    title: str,
    records: Iterable[tuple[str, Audited, Audited | None]],
) -> HttpResponse:
    """The history of a record, or of several that people edit as one, by pages.

    Each comes with its heading and with the record it is a part of, if there is one; one
    that has no change on the page is left out.
    """
    hidden = hidden_from(access)
    records = list(records)
    told = histories_of(
        [(record, part_of) for _heading, record, part_of in records],
        visibilities=access.visibilities,
        hidden=hidden,
    )
    pairs = [(number, change) for number, changes in enumerate(told) for change in changes]
    page: Any = Paginator(pairs, PAGE_SIZE).get_page(request.GET.get("page"))
    histories = [
        {
            "heading": heading,
            "changes": [change for owner, change in page.object_list if owner == number],
            "kind": record._meta.model_name,
            "version": record.version,
            "may_restore": record.edit_permission() in access.permissions,
        }
        for number, (heading, record, _part_of) in enumerate(records)
    ]
    context = {
        "access": access,
        "program": access.program,
        "title": title,
        "histories": [each for each in histories if each["changes"]],
        "page": page,
    }
    return render(request, "programs/history.html", context)


@require_safe
def program_history(request: HttpRequest, slug: str) -> HttpResponse:
    """All changes of a program, by pages, filtered by who, what and when."""
    access = load_program(request.user, slug)
    readable = {
        name: model for name, model in kinds().items() if model.read_with in access.permissions
    }
    form = HistoryFilterForm(request.GET, program=access.program, kinds=readable)
    changes = ProgramChanges(access, form.choice(), hidden_from(access))
    listed: Any = changes
    page: Any = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "access": access,
        "program": access.program,
        "filter_form": form,
        "page": page,
        "entries": page.object_list,
    }
    return render(request, "programs/program_history.html", context)


@require_POST
def version_restore(request: HttpRequest, slug: str, kind: str, row: int) -> HttpResponse:
    """Give a record the state that a row of its history tells of."""
    access, model, told = _told(request, slug, kind, row)
    record = get_object_or_404(model._default_manager.all(), pk=told.id)
    if getattr(record, "visibility", None) not in {None, *access.visibilities}:
        # They could read it once; now it is hidden from them.
        raise Http404
    _require_edit(access, record)
    try:
        kept = actions.restore_record(
            program=access.program,
            record=record,
            row=told,
            link=program_link(request, access.program),
            by=access.user,
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        words = _("The earlier version was restored.")
        if kept:
            words += " " + _("This stays as it is now: %(fields)s.") % {"fields": ", ".join(kept)}
        messages.success(request, words)
        if isinstance(record, Membership) and record.user_id == access.user.pk:
            # With the earlier role they may be refused where they came from.
            return redirect("program_detail", slug)
    return redirect(_back(request, access))


@require_POST
def record_undelete(request: HttpRequest, slug: str, kind: str, row: int) -> HttpResponse:
    """Bring a deleted record back with everything that was linked to it."""
    access, model, told = _told(request, slug, kind, row)
    _require_edit(access, told.instance)
    try:
        actions.undelete_record(
            program=access.program,
            model=model,
            object_id=told.id,
            link=program_link(request, access.program),
            by=access.user,
        )
    except model.DoesNotExist:
        messages.error(request, _("The record is not deleted; nothing was changed."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The record is back, with everything linked to it."))
    return redirect(_back(request, access))


def _told(request: HttpRequest, slug: str, kind: str, row: int) -> tuple[ProgramAccess, Any, Any]:
    """A row of the history of a record of this program that the person may read."""
    access = load_program(request.user, slug)
    register: Any = REGISTER_KINDS.get(kind)
    if register is not None:
        rows = register_history(register, access.program)
        return access, register, get_object_or_404(rows, history_id=row)
    model: Any = kinds().get(kind)
    if model is None or model.read_with not in access.permissions:
        raise Http404
    told = get_object_or_404(history_in(model, access.program), history_id=row)
    if getattr(told, "visibility", None) not in {None, *access.visibilities}:
        raise Http404
    return access, model, told


def _require_edit(access: ProgramAccess, record: Audited) -> None:
    if record.edit_permission() not in access.permissions:
        raise PermissionDenied


def hidden_from(access: ProgramAccess) -> tuple[str, ...]:
    """Fields whose changes the person may not read."""
    return () if Permission.VIEW_TEAM_CONTENT in access.permissions else TEAM_ONLY_FIELDS


def _back(request: HttpRequest, access: ProgramAccess) -> str:
    """The history the person came from; never another site."""
    asked = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    history = reverse("programs:program_history", args=[access.program.slug])
    return asked if own and asked.startswith("/") else history


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
