"""Writes of reports that are worth a trace."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from reporting.models import Report


@transaction.atomic
def save_report(*, report: Report, opened_version: int, by: User) -> Report:
    """Raises accounts.audit.EditConflict when somebody saved it since it was opened."""
    audit.claim(report, version=opened_version)
    audit.save_record(report, by=by)
    return report


def delete_report(*, report: Report, by: User) -> None:
    """What the report was made of stays; only its title page and its switches go."""
    audit.delete_record(report, by=by)
