"""Code lists shared by all programs."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from programs.models import Abbreviation, Theme


@transaction.atomic
def save_theme(*, theme: Theme, opened_version: int, by: User) -> Theme:
    """Add or rename a theme; raises accounts.audit.EditConflict."""
    audit.claim(theme, version=opened_version)
    audit.save_record(theme, by=by)
    return theme


@transaction.atomic
def save_abbreviation(*, abbreviation: Abbreviation, opened_version: int, by: User) -> Abbreviation:
    """Add or change an abbreviation; raises accounts.audit.EditConflict."""
    audit.claim(abbreviation, version=opened_version)
    audit.save_record(abbreviation, by=by)
    return abbreviation
