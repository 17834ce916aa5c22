"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts import mail


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by the operator or invited; nobody signs up alone."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Messages about passwords look and speak as all others do.

        A mail server that does not answer is logged and never shown here: whoever asks for a new
        password must not learn from it who has an account.
        """
        link = context.get("password_reset_url", "")
        mail.deliver(mail.compose(template_prefix, email, context, link=link), self.not_sent)

    def not_sent(self, email: str) -> None:
        """Leave word for a view that may tell; see `was_sent`."""
        self.request.not_sent_to = email


def was_sent(request: HttpRequest) -> bool:
    """Whether every message that went out during a request was taken by the mail server."""
    return not hasattr(request, "not_sent_to")
