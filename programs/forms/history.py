from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from litvinov import czech
from litvinov.forms import DateInput
from programs.changes import Choice
from programs.models import Membership, Program


class HistoryFilterForm(forms.Form):
    """Which changes of a program are asked for; lives in the address."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label=_("Who"), empty_label=_("everybody")
    )
    kind = forms.ChoiceField(required=False, label=_("What"))
    since = forms.DateField(required=False, label=_("From"), widget=DateInput)
    until = forms.DateField(required=False, label=_("To"), widget=DateInput)
    deleted = forms.BooleanField(required=False, label=_("Only what was deleted"))

    def __init__(self, *args: Any, program: Program, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = _writers(program)  # type: ignore[attr-defined]
        names = [(name, capfirst(str(model._meta.verbose_name))) for name, model in kinds.items()]
        names.sort(key=lambda named: czech.sort_key(named[1]))
        self.fields["kind"].choices = [("", _("everything")), *names]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What was asked for; a part that makes no sense asks for everything."""
        self.is_valid()
        asked = self.cleaned_data
        return Choice(
            person=asked.get("person"),
            kind=asked.get("kind") or None,
            since=asked.get("since"),
            until=asked.get("until"),
            deleted=asked.get("deleted", False),
        )


def _writers(program: Program) -> QuerySet[User]:
    """Members of the program, and who used to be one."""
    once = Membership.history.filter(program=program).values("user_id")
    return User.objects.filter(pk__in=once).by_name()
