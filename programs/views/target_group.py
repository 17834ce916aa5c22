"""Target groups (cílové skupiny): people the program is for or its recommendations address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from actors.models import TargetGroup
from programs.access import ProgramAccess, load_program
from programs.forms import TargetGroupForm
from programs.involvement import taken
from programs.views import register
from programs.views.editing import load_record
from programs.views.history import show_history


@require_safe
def target_group_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    groups = taken(access.program, TargetGroup)
    context = {"access": access, "program": access.program, "groups": groups}
    return render(request, "programs/target_group_list.html", context)


@require_safe
def target_group_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    group = get_object_or_404(taken(access.program, TargetGroup), pk=pk)
    context = {
        "access": access,
        "program": access.program,
        "group": group,
        **register.involvement_context(access, group),
    }
    return render(request, "programs/target_group_detail.html", context)


@require_http_methods(["GET", "POST"])
def target_group_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = TargetGroup(municipality=access.program.locality.municipality)
    return _edit_target_group(request, access, group)


@require_http_methods(["GET", "POST"])
def target_group_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    town = access.program.locality.municipality
    group = load_record(request, taken(access.program, TargetGroup), pk, municipality=town)
    return _edit_target_group(request, access, group)


def _edit_target_group(
    request: HttpRequest, access: ProgramAccess, group: TargetGroup
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> TargetGroupForm:
        return TargetGroupForm(data, instance=record)

    return register.edit_record_of_register(
        request,
        access,
        group,
        form_of=form_of,
        noun="target_group",
        done=_("The target group was saved."),
    )


@require_http_methods(["GET", "POST"])
def target_group_take(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    words = {
        "title": _("Take target groups from the register"),
        "lead": _("Programs of one municipality share a register of target groups."),
        "label": _("Target groups in the register"),
        "search": _("Find a target group"),
        "required": _("Tick at least one target group."),
        "button": _("Take into the program"),
        "done": _("The target groups were taken into the program."),
        "empty": _("The program has taken every target group the register has."),
        "add": _("Add a target group"),
        "deleted": _("Target groups deleted from the register"),
    }
    return register.take_records(request, access, TargetGroup, noun="target_group", words=words)


@require_http_methods(["GET", "POST"])
def target_group_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = get_object_or_404(taken(access.program, TargetGroup), pk=pk)
    words = {
        "question": _("Remove the target group from the program?"),
        "consequence": _(
            "It disappears from the lists and the report of this program. It stays in the register "
            "of the municipality, from where it can be taken again."
        ),
        "named": _(
            "The program still names it, so it cannot be removed. Take it out of these first:"
        ),
        "label": _("Remove from the program"),
        "done": _("The target group was removed from the program."),
    }
    return register.leave_record(request, access, group, noun="target_group", words=words)


@require_http_methods(["GET", "POST"])
def target_group_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    group = get_object_or_404(taken(access.program, TargetGroup), pk=pk)
    words = {
        "question": _("Delete the target group from the register?"),
        "consequence": _(
            "It disappears for all programs of the municipality. It can be brought back on the "
            "page where target groups are taken from the register."
        ),
        "named": _(
            "The program still names it, so it cannot be deleted. Take it out of these first:"
        ),
        "elsewhere": _(
            "Another program of the municipality uses it, so it cannot be deleted. You can "
            "remove it from this program."
        ),
        "label": _("Delete from the register"),
        "done": _("The target group was deleted from the register."),
    }
    return register.delete_from_register(request, access, group, noun="target_group", words=words)


@require_safe
def target_group_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    group = get_object_or_404(taken(access.program, TargetGroup), pk=pk)
    return show_history(request, access, str(group), [("", group, None)])
