"""A person's own account and the programs they have a role in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import rename
from accounts.forms import ProfileForm
from accounts.models import User
from programs.models import Membership


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    # A copy, so that a refused name does not show in the header of the page.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        rename(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your profile was saved."))
        return redirect("profile")
    context = {
        "form": form,
        "memberships": Membership.objects.filter(user=user)
        .select_related("program")
        .order_by("program__title", "pk"),
    }
    return render(request, "programs/profile.html", context, status=422 if form.errors else 200)
