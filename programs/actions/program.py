"""The frame of a program: what it is, where and when."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from litvinov import czech
from programs.models import (
    Activity,
    Consultation,
    ContextFigure,
    Goal,
    Membership,
    Narrative,
    Program,
)

LONGEST_SLUG = 80


def free_slug(title: str) -> str:
    """An address that no program has, made of the title."""
    words = "".join(letter if letter.isalnum() else " " for letter in czech.fold(title)).split()
    wanted = "-".join(words)[: LONGEST_SLUG - 4].strip("-") or "program"
    slug, number = wanted, 1
    while Program.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@transaction.atomic
def save_program(*, program: Program, opened_version: int, by: User) -> Program:
    """Change the frame of a program; raises accounts.audit.EditConflict.

    A program that moves to another town loses the links to actors of the town it leaves,
    and is refused with ValidationError when its work names some of them.
    """
    audit.claim(program, version=opened_version)
    municipality = program.locality.municipality_id
    taken = [*program.actors.all(), *program.working_groups.all(), *program.target_groups.all()]
    if any(record.municipality_id != municipality for record in taken):
        raise ValidationError(
            {"locality": _("The program works with actors of its town; remove them first.")}
        )
    audit.save_record(program, by=by)
    return program


@transaction.atomic
def begin_program(*, program: Program, by: User) -> Program:
    """Save a new program under a free address; whoever founds it becomes its consultant."""
    program.slug = free_slug(program.title)
    audit.save_record(program, by=by)
    audit.save_record(Membership(program=program, user=by, role=Role.CONSULTANT), by=by)
    return program


@transaction.atomic
def delete_program(*, program: Program, by: User) -> None:
    """Delete a program nobody has worked in yet, with its frame and its team.

    Raises ValidationError when there is work that would be lost.
    """
    work = [
        Consultation.objects.filter(program=program).exists(),
        Activity.objects.filter(phase__program=program).exists(),
        Narrative.objects.filter(program=program).exclude(text="").exists(),
        program.adopted_criteria.filter(assessments__isnull=False).exists(),
    ]
    if any(work):
        raise ValidationError(
            _("People have worked in the program. Set its state to finished instead.")
        )
    # First what the rest of the frame holds: sub-goals their superiors, figures their sources.
    goals = Goal.objects.filter(program=program).order_by("-sort_key")
    figures = ContextFigure.objects.filter(program=program)
    audit.delete_record(program, by=by, along=[*goals, *figures])
