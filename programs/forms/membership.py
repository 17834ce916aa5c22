from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.editing import VersionedModelForm
from accounts.models import User
from accounts.roles import Role
from programs.models import Membership, Program


def role_field() -> forms.ChoiceField:
    """A role, each with what it may do."""
    return forms.TypedChoiceField(
        label=_("Role"),
        choices=lambda: [(role.value, f"{role.label} – {role.description}") for role in Role],
        coerce=Role,
        widget=forms.RadioSelect(attrs={"class": "role"}),
    )


class MembershipForm(VersionedModelForm):
    """What a person may do in a program."""

    role = role_field()

    class Meta:
        model = Membership
        fields = ["role"]


class NewMembershipForm(VersionedModelForm):
    """A role for somebody who has an account, in a program they are not in."""

    role = role_field()

    class Meta:
        model = Membership
        fields = ["program", "role"]

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.user = person
        programs = Program.objects.exclude(membership__user=person)
        self.fields["program"].queryset = programs  # type: ignore[attr-defined]
