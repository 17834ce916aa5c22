"""Every change of an account; what a person may do in programs is changed elsewhere."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User


def create_account(*, email: str, name: str, password: str) -> User:
    """Raises django.db.IntegrityError when the address has an account already."""
    return User.objects.create_user(email, password, name=name)


def rename(*, user: User, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])


@transaction.atomic
def deactivate(*, user: User, by: User) -> None:
    """Let nobody sign in with the account, and end every session it has, at once.

    Raises ValidationError for one's own account: nobody could be left to activate it.
    """
    if user == by:
        raise ValidationError(_("You cannot deactivate your own account."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


def activate(*, user: User, by: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


def end_sessions(user: User) -> None:
    """Django refuses an inactive account, but its sessions would revive with it."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
