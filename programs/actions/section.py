"""Which sections a program writes, and the code list they come from."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from programs.actions.guards import ForeignRecord
from programs.models import Narrative, NarrativeSection, Program, ProgramSection


@transaction.atomic
def plan_section(*, plan: ProgramSection, opened_version: int, by: User) -> ProgramSection:
    """Say who writes a section and until when.

    Raises accounts.audit.EditConflict, and ForeignRecord when the responsible person is no
    member of the program.
    """
    responsible = plan.responsible
    if responsible and not plan.program.membership_set.filter(user=responsible).exists():
        raise ForeignRecord(str(responsible))
    audit.claim(plan, version=opened_version)
    audit.save_record(plan, by=by)
    return plan


@transaction.atomic
def take_sections(*, program: Program, sections: list[NarrativeSection], by: User) -> None:
    """Add sections of the code list to the end of those the program writes.

    Sections it writes already stay where they are.
    """
    Program.objects.select_for_update().get(pk=program.pk)
    taken = ProgramSection.objects.filter(program=program)
    known = set(taken.values_list("section_id", flat=True))
    last = taken.aggregate(last=Max("position"))["last"] or 0
    new = [section for section in sections if section.pk not in known]
    for position, section in enumerate(new, start=last + 1):
        plan = ProgramSection(program=program, section=section, position=position)
        audit.save_record(plan, by=by)


@transaction.atomic
def drop_section(*, plan: ProgramSection, by: User) -> None:
    """Stop writing a section; raises ValidationError while it has texts."""
    if Narrative.objects.filter(program=plan.program, section=plan.section).exists():
        raise ValidationError(_("The section has texts. Delete them first."))
    audit.delete_record(plan, by=by)


@transaction.atomic
def save_narrative_section(
    *, section: NarrativeSection, opened_version: int, by: User
) -> NarrativeSection:
    """Add a section to the end of the code list, or change one; raises EditConflict."""
    audit.claim(section, version=opened_version)
    if section._state.adding:
        last = NarrativeSection.objects.aggregate(last=Max("position"))["last"] or 0
        section.position = last + 10
    audit.save_record(section, by=by)
    return section
