"""The page an invitation leads to; whoever holds its link may open it, signed in or not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import NewAccountForm
from accounts.models import User
from programs import actions
from programs.actions import InvitationClosed
from programs.models import Invitation, Membership


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered to whom and until when, and accept it.

    An unknown link is answered with 404, one that does not work any more with 410.
    """
    invitation = Invitation.objects.with_token(token)
    if invitation is None:
        return render(request, "programs/invitation_closed.html", {"state": ""}, status=404)
    if not invitation.is_open:
        return _closed(request, invitation)
    try:
        return _answer(request, invitation)
    except InvitationClosed:
        return _closed(request, Invitation.objects.with_token(token) or invitation)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user: Any = request.user
    if user.is_authenticated:
        if user.email.lower() != invitation.email:
            return _show(request, invitation, who="other", status=_refused(request))
        if request.method == "POST":
            membership = actions.accept_invitation(invitation=invitation, by=user)
            return _welcome(request, membership)
        return _show(request, invitation, who="invited")
    if User.objects.filter(email__iexact=invitation.email).exists():
        if request.method == "POST":
            return redirect(_sign_in_url(request))
        return _show(request, invitation, who="known")
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.register_invited(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
            )
        except IntegrityError:
            # Another invitation of theirs was accepted at the same moment.
            return redirect(_sign_in_url(request))
        login(request, person)
        return _welcome(request, person.memberships.get(program=invitation.program))
    status = 422 if form.errors else 200
    return _show(request, invitation, who="new", form=form, status=status)


def _show(
    request: HttpRequest, invitation: Invitation, *, who: str, form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "invitation": invitation,
        "program": invitation.program,
        "who": who,
        "form": form,
        "sign_in_url": _sign_in_url(request),
    }
    return render(request, "programs/invitation_accept.html", context, status=status)


def _refused(request: HttpRequest) -> int:
    return 403 if request.method == "POST" else 200


def _closed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say what became of the link; whoever accepted it themselves is led to the program."""
    user: Any = request.user
    if user.is_authenticated and invitation.accepted_by == user:
        mine = Membership.objects.filter(program=invitation.program, user=user)
        if mine.exists():
            return redirect(invitation.program)
    context = {"state": invitation.state.value, "invitation": invitation}
    return render(request, "programs/invitation_closed.html", context, status=410)


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(request, _("Welcome to the team of the program."))
    return redirect(membership.program)


def _sign_in_url(request: HttpRequest) -> str:
    return redirect_to_login(request.path).url
