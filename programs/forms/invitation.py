import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programs.actions.invitation import reasons_against
from programs.forms.membership import role_field
from programs.models import Program

MOST_AT_ONCE = 50
# Jana Nováková <jana@obec.cz>, as mail programs copy it.
_NAMED = re.compile(r'(?:"[^"]*"|[^;,"<>])*<([^<>]*)>')
LONGEST_EMAIL = 254


class InvitationForm(forms.Form):
    """Whom to invite and in what role; without a program it asks for one."""

    program = forms.ModelChoiceField(
        label=_("Program"), queryset=Program.objects.all(), empty_label=_("choose")
    )
    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One on each line; several people may get the same role at once."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    role = role_field()

    def __init__(self, *args: Any, program: Program | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = program
        if program is not None:
            del self.fields["program"]

    @property
    def for_program(self) -> Program | None:
        return self.given or self.cleaned_data.get("program")

    def clean_emails(self) -> list[str]:
        """Addresses in small letters, each once; mail programs part them by ; and , too."""
        lines = self.cleaned_data["emails"].splitlines()
        found: dict[str, None] = {}
        wrong = []
        for number, line in enumerate(lines, start=1):
            for typed in filter(None, re.split(r"[;,\s]+", _NAMED.sub(r"\1", line))):
                email = User.objects.normalize_email(typed)
                if _is_email(email):
                    found[email] = None
                    continue
                message = _("Line %(number)s: “%(typed)s” is no e-mail address.")
                told = {"number": number, "typed": typed[:100]}
                wrong.append(ValidationError(message, code="invalid", params=told))
        if len(found) > MOST_AT_ONCE:
            message = _("Invite at most %(most)s people at once.")
            wrong.append(ValidationError(message, code="many", params={"most": MOST_AT_ONCE}))
        if wrong:
            raise ValidationError(wrong)
        if not found:
            raise ValidationError(_("Write at least one e-mail address."), code="required")
        return list(found)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        program, emails = self.for_program, cleaned.get("emails")
        if program and emails:
            for reason in reasons_against(program, emails).values():
                self.add_error("emails", reason)
        return cleaned


def _is_email(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_EMAIL
