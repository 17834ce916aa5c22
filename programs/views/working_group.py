"""Working groups (pracovní skupiny) that the program has taken."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from actors.models import Actor, GroupMember, WorkingGroup
from programs.access import ProgramAccess, load_program
from programs.forms import WorkingGroupForm
from programs.involvement import taken
from programs.views import register
from programs.views.editing import load_record
from programs.views.history import show_history


@require_safe
def working_group_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    groups = (
        taken(access.program, WorkingGroup)
        .select_related("initiator")
        .annotate(member_count=Count("members"))
    )
    context = {"access": access, "program": access.program, "groups": groups}
    return render(request, "programs/working_group_list.html", context)


@require_safe
def working_group_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    groups = taken(access.program, WorkingGroup).select_related("initiator")
    group = get_object_or_404(groups, pk=pk)
    may_edit = Permission.EDIT_FRAME in access.permissions
    context = {
        "access": access,
        "program": access.program,
        "group": group,
        "members": group.members.select_related("actor"),
        "actor_keys": set(taken(access.program, Actor).values_list("pk", flat=True)),
        "deleted": register.deleted_records(GroupMember, group=group) if may_edit else [],
    }
    return render(request, "programs/working_group_detail.html", context)


@require_http_methods(["GET", "POST"])
def working_group_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = WorkingGroup(municipality=access.program.locality.municipality)
    return _edit_working_group(request, access, group)


@require_http_methods(["GET", "POST"])
def working_group_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    town = access.program.locality.municipality
    group = load_record(request, taken(access.program, WorkingGroup), pk, municipality=town)
    return _edit_working_group(request, access, group)


def _edit_working_group(
    request: HttpRequest, access: ProgramAccess, group: WorkingGroup
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> WorkingGroupForm:
        return WorkingGroupForm(data, instance=record)

    return register.edit_record_of_register(
        request,
        access,
        group,
        form_of=form_of,
        noun="working_group",
        done=_("The working group was saved."),
    )


@require_http_methods(["GET", "POST"])
def working_group_take(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    words = {
        "title": _("Take working groups from the register"),
        "lead": _("Programs of one municipality share a register of working groups."),
        "label": _("Working groups in the register"),
        "search": _("Find a working group"),
        "required": _("Tick at least one working group."),
        "button": _("Take into the program"),
        "done": _("The working groups were taken into the program."),
        "empty": _("The program has taken every working group the register has."),
        "add": _("Add a working group"),
        "deleted": _("Working groups deleted from the register"),
    }
    return register.take_records(request, access, WorkingGroup, noun="working_group", words=words)


@require_http_methods(["GET", "POST"])
def working_group_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = get_object_or_404(taken(access.program, WorkingGroup), pk=pk)
    words = {
        "question": _("Remove the working group from the program?"),
        "consequence": _(
            "It disappears from the lists and the report of this program. It stays in the register "
            "of the municipality, from where it can be taken again."
        ),
        "label": _("Remove from the program"),
        "done": _("The working group was removed from the program."),
    }
    return register.leave_record(request, access, group, noun="working_group", words=words)


@require_http_methods(["GET", "POST"])
def working_group_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = get_object_or_404(taken(access.program, WorkingGroup), pk=pk)
    words = {
        "question": _("Delete the working group from the register?"),
        "consequence": _(
            "It disappears with its members for all programs of the municipality. It can be "
            "brought back on the page where working groups are taken from the register."
        ),
        "elsewhere": _(
            "Another program of the municipality uses it, so it cannot be deleted. You can "
            "remove it from this program."
        ),
        "label": _("Delete from the register"),
        "done": _("The working group was deleted from the register."),
    }
    return register.delete_from_register(request, access, group, noun="working_group", words=words)


@require_safe
def working_group_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    group = get_object_or_404(taken(access.program, WorkingGroup), pk=pk)
    return show_history(request, access, str(group), [("", group, None)])
