"""What waits for a person across all their programs.

The number of queries does not depend on how many programs or duties there are.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from accounts.models import Draft, User
from accounts.roles import PERMISSIONS, Permission, Role
from accounts.writing import DRAFT_ARGUMENT
from indicators.addresses import (
    place_of_ratings,
    place_of_recommendation,
    place_of_text,
)
from indicators.duties import open_criteria, open_recommendations, open_sections
from indicators.gaps import Gap, Link, draft_catalogues, gaps_of
from litvinov import czech
from programs.access import has_global_permission
from programs.models import Membership, Program, ProgramState

SOON = timedelta(days=14)
STALE = timedelta(days=60)


@dataclass(frozen=True)
class Duty:
    """Something the person is responsible for and that is not done; `days` are those left."""

    kind: str
    title: str
    program: Program
    address: str
    due_on: date | None
    days: int | None
    touched_at: datetime

    @property
    def days_late(self) -> int:
        return -self.days if self.days is not None and self.days < 0 else 0


@dataclass(frozen=True)
class Unfinished:
    """A form the person has begun to fill in and not saved."""

    kind: str
    beginning: str
    program: Program | None
    address: str
    draft: Draft


class MyWork:
    """Everything that waits for the person on a day."""

    def __init__(self, user: User, today: date) -> None:
        self.user, self.today = user, today
        memberships = Membership.objects.filter(user=user).select_related("program")
        self.roles = [(Role(each.role), each.program) for each in memberships]
        self.duties = self._duties()
        self.drafts = self._drafts()
        self.gaps = self._gaps()
        keeps_catalogues = has_global_permission(user, Permission.EDIT_CODE_LISTS)
        self.catalogues: list[Link] = draft_catalogues() if keeps_catalogues else []

    @property
    def late(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.days_late]

    @property
    def soon(self) -> list[Duty]:
        days = SOON.days
        return [duty for duty in self.duties if duty.days is not None and 0 <= duty.days <= days]

    @property
    def later(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.days is None or duty.days > SOON.days]

    @property
    def stale(self) -> list[Duty]:
        """Duties of running programs that nobody has touched for a long time."""
        since = timezone.now() - STALE
        return sorted(
            (
                duty
                for duty in self.duties
                if duty.program.state == ProgramState.RUNNING and duty.touched_at < since
            ),
            key=lambda duty: duty.touched_at,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.duties or self.gaps or self.drafts or self.catalogues)

    def _duties(self) -> list[Duty]:
        mine: list[tuple[Any, Any]] = [
            (open_sections(self.user), place_of_text),
            (open_criteria(self.user), place_of_ratings),
            (open_recommendations(self.user), place_of_recommendation),
        ]
        permissions = {program.pk: PERMISSIONS[role] for role, program in self.roles}
        found = [
            self._duty(record, place(record, record.program, permissions[record.program_id]))
            for records, place in mine
            for record in records.filter(responsible=self.user)
        ]
        # What has no date comes last.
        return sorted(
            found,
            key=lambda duty: (
                duty.due_on or date.max,
                czech.sort_key(duty.program.title),
                czech.sort_key(duty.title),
            ),
        )

    def _duty(self, record: Any, address: str) -> Duty:
        days = (record.due_on - self.today).days if record.due_on else None
        return Duty(
            kind=_kind(record),
            title=record.title_in_history(),
            program=record.program,
            address=address,
            due_on=record.due_on,
            days=days,
            touched_at=record.touched_at,
        )

    def _gaps(self) -> list[tuple[Program, list[Gap]]]:
        """What is missing, running programs first."""
        found = gaps_of(self.user, self.roles, self.today)
        order = list(ProgramState)
        order.insert(0, order.pop(order.index(ProgramState.RUNNING)))
        programs = sorted(
            (program for _role, program in self.roles if program.pk in found),
            key=lambda program: (
                order.index(ProgramState(program.state)),
                czech.sort_key(program.title),
            ),
        )
        return [(program, found[program.pk]) for program in programs]

    def _drafts(self) -> list[Unfinished]:
        programs = {program.slug: program for _role, program in self.roles}
        drafts = Draft.objects.filter(user=self.user)
        return [found for draft in drafts if (found := _unfinished(draft, programs))]


def _kind(record: Any) -> str:
    return capfirst(str(record._meta.verbose_name))


def _unfinished(draft: Draft, programs: dict[str, Program]) -> Unfinished | None:
    """None for a form the person cannot open any more."""
    try:
        route = resolve(draft.address)
    except Resolver404:
        return None
    slug = route.kwargs.get("slug")
    if slug is not None and slug not in programs:
        return None
    noun, _line, verb = (route.url_name or "").rpartition("_")
    model = next(
        (each for each in apps.get_models() if each._meta.model_name == noun.replace("_", "")),
        None,
    )
    name = capfirst(str(model._meta.verbose_name)) if model else _("Form")
    return Unfinished(
        kind=_("%(kind)s – new") % {"kind": name} if verb == "add" else name,
        beginning=_beginning(draft),
        program=programs.get(slug or ""),
        address=f"{draft.address}?{DRAFT_ARGUMENT}={draft.pk}",
        draft=draft,
    )


def _beginning(draft: Draft) -> str:
    """The beginning of the longest text that was typed."""
    typed = [text for texts in draft.fields.values() for text in texts if not text.isdigit()]
    return Truncator(max(typed, key=len, default="").strip()).chars(120)
