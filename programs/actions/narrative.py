"""Texts of written sections."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from accounts.ordering import put_at
from programs.actions.guards import require_own
from programs.models import Narrative, Program, Source


@transaction.atomic
def save_narrative(
    *, narrative: Narrative, opened_version: int, sources: Iterable[Source], by: User
) -> Narrative:
    """Add a text to the end of its section, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened, and
    ForeignRecord when a source belongs to another program.
    """
    cited = list(sources)
    require_own(narrative.program.source_set.all(), cited)
    audit.claim(narrative, version=opened_version)
    if narrative._state.adding:
        # Two people adding at once take turns, so that each gets a place of their own.
        Program.objects.select_for_update().get(pk=narrative.program_id)
        row = Narrative.objects.filter(program=narrative.program, section=narrative.section)
        narrative.position = (row.aggregate(last=Max("position"))["last"] or 0) + 1
    audit.save_record(narrative, by=by, links={"sources": cited})
    return narrative


def delete_narrative(*, narrative: Narrative, by: User) -> None:
    audit.delete_record(narrative, by=by)


@transaction.atomic
def move_narrative(*, narrative: Narrative, rank: int, by: User) -> None:
    """Put a text at a place among the texts of its section, 1 being the first."""
    Program.objects.select_for_update().get(pk=narrative.program_id)
    row = Narrative.objects.filter(program=narrative.program, section=narrative.section)
    put_at(record=narrative, row=row, rank=rank, by=by)
