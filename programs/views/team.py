"""The team of a program (Nastavení – Tým): members, their roles, and invitations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import PERMISSIONS, Permission, Role
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.actions import InvitationClosed
from programs.forms import InvitationForm, MembershipForm
from programs.models import Invitation, Membership
from programs.views.editing import (
    SentForm,
    delete_record,
    edit_record,
    load_record,
    writing_context,
)
from programs.views.history import show_history
from programs.views.links import invitation_link, program_link


@require_safe
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.VIEW_PARTNER_CONTENT)
    members = list(Membership.objects.filter(program=access.program).with_people())
    consultants = [
        member for member in members if member.role == Role.CONSULTANT and member.user.is_active
    ]
    context = {
        "access": access,
        "program": access.program,
        "members": members,
        "invitations": Invitation.objects.filter(program=access.program).unanswered(),
        "is_last_consultant": [member.user for member in consultants] == [access.user],
    }
    return render(request, "programs/member_list.html", context)


@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)
    members = Membership.objects.select_related("user")
    member = load_record(request, members, pk, program=access.program)

    def done(saved: Membership) -> HttpResponse:
        messages.success(request, _("The role was changed."))
        reads = Permission.VIEW_PARTNER_CONTENT in PERMISSIONS[Role(saved.role)]
        # Somebody who has made a reader of themselves would be refused the list.
        left = saved.user == access.user and not reads
        return redirect("program_detail" if left else "programs:member_list", slug)

    return edit_record(
        request,
        access,
        member,
        form_of=lambda record, data=None: MembershipForm(data, instance=record),
        save=lambda form: actions.save_membership(
            membership=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            link=program_link(request, access.program),
            by=access.user,
        ),
        done=done,
        template="programs/member_form.html",
        anew=False,
    )


@require_http_methods(["GET", "POST"])
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)
    member = get_object_or_404(
        Membership.objects.select_related("user", "program"), pk=pk, program=access.program
    )
    if member.user == access.user:
        return redirect("programs:member_leave", slug)
    return _remove(
        request,
        access,
        member,
        question=_("Remove from the team?"),
        consequence=_(
            "The person loses access at once. What they wrote stays and keeps their name; what "
            "they were responsible for waits for somebody else. They hear of it by e-mail."
        ),
        label=_("Remove from the team"),
        done=lambda: _to_team(request, slug, _("The person is not in the team any more.")),
        back_url=reverse("programs:member_list", args=[slug]),
    )


@require_http_methods(["GET", "POST"])
def member_leave(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    member = Membership.objects.select_related("user", "program").get(
        program=access.program, user=access.user
    )

    def done() -> HttpResponse:
        messages.success(request, _("You have left the team of the program."))
        return redirect("programs:program_list")

    return _remove(
        request,
        access,
        member,
        question=_("Leave the team of this program?"),
        consequence=_(
            "You lose access at once. What you wrote stays and keeps your name; what you were "
            "responsible for waits for somebody else. Only a new invitation brings you back."
        ),
        label=_("Leave the team"),
        done=done,
        back_url=reverse("profile"),
    )


def _remove(
    request: HttpRequest,
    access: ProgramAccess,
    member: Membership,
    *,
    done: Callable[[], HttpResponse],
    **words: str,
) -> HttpResponse:
    return delete_record(
        request,
        access,
        member,
        delete=lambda: actions.remove_member(membership=member, by=access.user),
        done=done,
        question=words["question"],
        consequence=words["consequence"],
        label=words["label"],
        back_url=words["back_url"],
    )


@require_safe
def member_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.VIEW_PARTNER_CONTENT)
    member = get_object_or_404(
        Membership.objects.select_related("user"), pk=pk, program=access.program
    )
    return show_history(request, access, str(member), [("", member, None)])


@require_http_methods(["GET", "POST"])
def invitation_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)
    return send_invitations(
        request,
        InvitationForm(request.POST or None, program=access.program),
        template="programs/invitation_form.html",
        context={"access": access, "program": access.program},
        done_url=reverse("programs:member_list", args=[slug]),
    )


def send_invitations(
    request: HttpRequest,
    form: InvitationForm,
    *,
    template: str,
    context: dict[str, Any],
    done_url: str,
) -> HttpResponse:
    """Show the form of invitations and send what was filled in, once even if it comes twice."""
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return redirect(sent.earlier_answer)
    user: Any = request.user

    def save() -> None:
        program: Any = form.for_program
        invited = actions.invite(
            program=program,
            emails=form.cleaned_data["emails"],
            role=form.cleaned_data["role"],
            link_of=lambda token: invitation_link(request, token),
            failed=lambda email: say_not_sent(request, email),
            by=user,
        )
        addresses = ", ".join(invitation.email for invitation in invited)
        messages.success(request, _("Invited: %(emails)s.") % {"emails": addresses})

    if sent and form.is_valid():
        try:
            return sent.saved(save, lambda _saved: redirect(done_url))
        except ValidationError as refused:
            form.add_error(None, refused)
    page = {
        "form": form,
        "conflict": None,
        **writing_context(request, form, sent.key_text if sent else ""),
        **context,
    }
    return render(request, template, page, status=422 if form.errors else 200)


@require_POST
def invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)
    invitation = get_object_or_404(Invitation, pk=pk, program=access.program)
    not_sent: list[str] = []
    try:
        actions.resend_invitation(
            invitation=invitation,
            link_of=lambda token: invitation_link(request, token),
            failed=not_sent.append,
            by=access.user,
        )
    except InvitationClosed:
        messages.error(request, _("The invitation was answered or withdrawn meanwhile."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        if not_sent:
            say_not_sent(request, invitation.email)
            return redirect("programs:member_list", slug)
        sent = _("The invitation was sent again to %(email)s; the earlier link does not work.")
        messages.success(request, sent % {"email": invitation.email})
    return redirect("programs:member_list", slug)


@require_http_methods(["GET", "POST"])
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.MANAGE_TEAM)
    invitation = get_object_or_404(Invitation, pk=pk, program=access.program)

    def withdraw() -> None:
        try:
            actions.withdraw_invitation(invitation=invitation, by=access.user)
        except InvitationClosed:
            reason = _("The invitation was answered or withdrawn meanwhile.")
            raise ValidationError(reason) from None

    return delete_record(
        request,
        access,
        invitation,
        delete=withdraw,
        done=lambda: _to_team(request, slug, _("The invitation was withdrawn.")),
        question=_("Withdraw the invitation?"),
        consequence=_("The link in the message ends to work. You can invite the person again."),
        label=_("Withdraw the invitation"),
        back_url=reverse("programs:member_list", args=[slug]),
    )


def say_not_sent(request: HttpRequest, email: str) -> None:
    words = _("The message to %(email)s could not be sent. Send the invitation again later.")
    messages.error(request, words % {"email": email})


def _to_team(request: HttpRequest, slug: str, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("programs:member_list", slug)
