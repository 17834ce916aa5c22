from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.editing import VersionedModelForm
from actors.models import Actor, GroupMember, WorkingGroup
from programs.forms.actor import LocalRecordForm


class WorkingGroupForm(LocalRecordForm):
    """A working group; its members are edited on its page."""

    class Meta:
        model = WorkingGroup
        fields = ["name", "state", "purpose", "initiator", "members_complete"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "name": {"required": _("Name the working group.")},
            "state": {"required": _("Choose the state of the working group.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiator: Any = self.fields["initiator"]
        initiator.queryset = Actor.objects.filter(municipality=self.instance.municipality)
        initiator.empty_label = pgettext_lazy("initiator", "not given")


class GroupMemberForm(VersionedModelForm):
    """A seat in a working group, held by a function."""

    class Meta:
        model = GroupMember
        fields = ["function", "actor", "kind"]
        help_texts = {
            "function": _("For example: head of the social department. Never a name."),
        }
        error_messages = {"function": {"required": _("Write the function of the member.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor: Any = self.fields["actor"]
        actor.queryset = Actor.objects.filter(municipality=self.instance.group.municipality)
        actor.empty_label = pgettext_lazy("member of a group", "none")

    def clean_function(self) -> str:
        function: str = self.cleaned_data["function"]
        seats = GroupMember.objects.filter(group=self.instance.group, function=function)
        if seats.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The group already has this seat."), code="taken")
        return function
