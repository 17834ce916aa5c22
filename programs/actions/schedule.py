"""Planned steps; they are saved and moved as everything that stands in a row."""

from accounts import audit
from accounts.models import User
from programs.models import ScheduleStep


def delete_step(*, step: ScheduleStep, by: User) -> None:
    audit.delete_record(step, by=by)
