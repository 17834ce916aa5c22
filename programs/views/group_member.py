"""Seats in a working group, edited on its page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from actors import actions
from actors.models import GroupMember, WorkingGroup
from programs.access import ProgramAccess, load_program
from programs.forms import GroupMemberForm
from programs.involvement import taken
from programs.views.editing import (
    delete_record,
    edit_record,
    load_record,
    load_whole,
    part_of,
    rank_of,
)
from programs.views.history import show_history


def _load(
    request: HttpRequest, slug: str, pk: int, needs: Permission
) -> tuple[ProgramAccess, WorkingGroup]:
    access = load_program(request.user, slug, needs=needs)
    return access, get_object_or_404(taken(access.program, WorkingGroup), pk=pk)


@require_http_methods(["GET", "POST"])
def group_member_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access, group = _load_edited(request, slug, pk)
    return _edit_member(request, access, part_of(group, GroupMember(group=group)))


@require_http_methods(["GET", "POST"])
def group_member_edit(request: HttpRequest, slug: str, pk: int, member: int) -> HttpResponse:
    access, group = _load_edited(request, slug, pk)
    seat = load_record(request, GroupMember.objects.all(), member, group=group.pk)
    seat.group = group
    return _edit_member(request, access, part_of(group, seat))


def _load_edited(request: HttpRequest, slug: str, pk: int) -> tuple[ProgramAccess, WorkingGroup]:
    """The group, or as it last was when it was deleted while somebody wrote of its member."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    town = access.program.locality.municipality
    groups = taken(access.program, WorkingGroup)
    return access, load_whole(request, groups, id=pk, municipality=town)


def _edit_member(request: HttpRequest, access: ProgramAccess, seat: GroupMember) -> HttpResponse:
    group = seat.group

    def form_of(record: Any, data: Any = None) -> GroupMemberForm:
        return GroupMemberForm(data, instance=record)

    def save(form: Any) -> GroupMember:
        return actions.save_member(
            member=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    def done(saved: GroupMember) -> HttpResponse:
        messages.success(request, _("The member was saved."))
        if "another" in request.POST:
            return redirect("programs:group_member_add", access.program.slug, group.pk)
        return _to_group(access, group)

    return edit_record(
        request,
        access,
        seat,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/group_member_form.html",
        context={"group": group},
    )


@require_http_methods(["GET", "POST"])
def group_member_delete(request: HttpRequest, slug: str, pk: int, member: int) -> HttpResponse:
    access, group = _load(request, slug, pk, Permission.EDIT_FRAME)
    seat = get_object_or_404(group.members.all(), pk=member)

    def delete() -> None:
        actions.delete_from_register(record=seat, by=access.user)

    def done() -> HttpResponse:
        messages.success(request, _("The member was deleted."))
        return _to_group(access, group)

    return delete_record(
        request,
        access,
        seat,
        delete=delete,
        done=done,
        question=_("Delete the member of the group?"),
        consequence=_("It disappears from the group in all programs of the municipality."),
        label=_("Delete the member"),
        back_url=reverse("programs:working_group_detail", args=[slug, group.pk]),
    )


@require_POST
def group_member_move(request: HttpRequest, slug: str, pk: int, member: int) -> HttpResponse:
    access, group = _load(request, slug, pk, Permission.EDIT_FRAME)
    seat = get_object_or_404(group.members.all(), pk=member)
    actions.move_member(member=seat, rank=rank_of(request), by=access.user)
    return _to_group(access, group)


@require_safe
def group_member_history(request: HttpRequest, slug: str, pk: int, member: int) -> HttpResponse:
    access, group = _load(request, slug, pk, Permission.VIEW_PROGRAM)
    seat = get_object_or_404(group.members.all(), pk=member)
    return show_history(request, access, f"{group}: {seat}", [("", seat, None)])


def _to_group(access: ProgramAccess, group: WorkingGroup) -> HttpResponse:
    return redirect("programs:working_group_detail", access.program.slug, group.pk)
