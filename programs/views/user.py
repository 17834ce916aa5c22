"""All people, for the operator: who has an account, and what they may do where."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from accounts import actions as accounts
from accounts.adapter import was_sent
from accounts.models import User
from programs import actions
from programs.access import require_operator
from programs.filters import UserFilter
from programs.forms import InvitationForm, MembershipForm, NewMembershipForm
from programs.models import Membership
from programs.tables import UserTable
from programs.views.editing import delete_record, edit_record, load_record
from programs.views.links import program_link
from programs.views.team import send_invitations


class UserList(SingleTableMixin, FilterView):
    table_class = UserTable
    filterset_class = UserFilter
    template_name = "programs/user_list.html"
    table_pagination = {"per_page": 25}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require_operator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[User]:
        memberships = Membership.objects.select_related("program").order_by("program__title", "pk")
        people = User.objects.by_name()
        return people.prefetch_related(Prefetch("memberships", memberships))


@require_safe
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    operator = require_operator(request.user)
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "is_self": person == operator,
        "memberships": _memberships_of(person),
    }
    return render(request, "programs/user_detail.html", context)


@require_http_methods(["GET", "POST"])
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    operator = require_operator(request.user)
    person = get_object_or_404(User, pk=pk)
    consequence = _(
        "The person is signed out everywhere at once and cannot sign in. Roles, histories and "
        "authorship stay; you can activate the account again."
    )
    last = Membership.objects.last_consultants().filter(user=person).select_related("program")
    alone = [role.program.title for role in last.order_by("program__title", "pk")]
    if alone:
        warning = _("Nobody else can manage the team of: %(programs)s.")
        consequence += " " + warning % {"programs": ", ".join(alone)}
    return delete_record(
        request,
        None,
        person,
        delete=lambda: accounts.deactivate(user=person, by=operator),
        done=lambda: _to_person(request, pk, _("The account was deactivated.")),
        question=_("Deactivate the account?"),
        consequence=consequence,
        label=_("Deactivate the account"),
        back_url=reverse("user_detail", args=[pk]),
    )


@require_POST
def user_activate(request: HttpRequest, pk: int) -> HttpResponse:
    operator = require_operator(request.user)
    accounts.activate(user=get_object_or_404(User, pk=pk), by=operator)
    return _to_person(request, pk, _("The account was activated."))


@require_POST
def user_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the person the same message as if they had asked for it themselves."""
    require_operator(request.user)
    person = get_object_or_404(User, pk=pk)
    form = ResetPasswordForm({"email": person.email})
    if not (person.is_active and form.is_valid()):
        messages.error(request, _("The account is not active; activate it first."))
        return redirect("user_detail", pk)
    form.save(request)
    if was_sent(request):
        words = _("A link to choose a new password was sent to %(email)s.")
        messages.success(request, words % {"email": person.email})
    else:
        words = _("The message to %(email)s could not be sent. Try it again later.")
        messages.error(request, words % {"email": person.email})
    return redirect("user_detail", pk)


@require_http_methods(["GET", "POST"])
def user_invite(request: HttpRequest) -> HttpResponse:
    """Invite people to any program, for example its first consultant."""
    require_operator(request.user)
    return send_invitations(
        request,
        InvitationForm(request.POST or None),
        template="programs/user_invite.html",
        context={},
        done_url=reverse("user_list"),
    )


@require_http_methods(["GET", "POST"])
def membership_add(request: HttpRequest, pk: int) -> HttpResponse:
    operator = require_operator(request.user)
    person = get_object_or_404(User, pk=pk)

    def save(form: Any) -> Membership:
        link = program_link(request, form.instance.program)
        return actions.add_member(membership=form.instance, link=link, by=operator)

    return edit_record(
        request,
        None,
        Membership(user=person),
        form_of=lambda record, data=None: NewMembershipForm(data, instance=record, person=person),
        save=save,
        done=lambda saved: _to_person(request, pk, _("The person was added to the program.")),
        template="programs/membership_form.html",
        context={"person": person, "membership": None},
    )


@require_http_methods(["GET", "POST"])
def membership_edit(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    operator = require_operator(request.user)
    role = load_record(request, _memberships_of_key(pk), membership, user=pk)

    def save(form: Any) -> Membership:
        return actions.save_membership(
            membership=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            link=program_link(request, role.program),
            by=operator,
        )

    return edit_record(
        request,
        None,
        role,
        form_of=lambda record, data=None: MembershipForm(data, instance=record),
        save=save,
        done=lambda saved: _to_person(request, pk, _("The role was changed.")),
        template="programs/membership_form.html",
        context={"person": role.user, "membership": role},
        anew=False,
        history_url=reverse("user_detail", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def membership_remove(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    operator = require_operator(request.user)
    role = get_object_or_404(_memberships_of_key(pk), pk=membership)
    return delete_record(
        request,
        None,
        role,
        delete=lambda: actions.remove_member(membership=role, by=operator),
        done=lambda: _to_person(request, pk, _("The person is not in the team any more.")),
        question=_("Remove from the team of %(program)s?") % {"program": role.program},
        consequence=_(
            "The person loses access at once. What they wrote stays and keeps their name; what "
            "they were responsible for waits for somebody else. They hear of it by e-mail."
        ),
        label=_("Remove from the team"),
        back_url=reverse("user_detail", args=[pk]),
    )


def _memberships_of(person: User) -> QuerySet[Membership]:
    return _memberships_of_key(person.pk)


def _memberships_of_key(pk: int) -> QuerySet[Membership]:
    memberships = Membership.objects.filter(user=pk).select_related("program", "user")
    return memberships.order_by("program__title", "pk")


def _to_person(request: HttpRequest, pk: int, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("user_detail", pk)
