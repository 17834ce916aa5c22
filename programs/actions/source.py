"""Sources, figures and the program's own abbreviations."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from programs.actions.guards import ForeignRecord
from programs.actions.positioned import save_positioned
from programs.models import Abbreviation, ContextFigure, Program, Source


class NameOfSourceTaken(ValidationError):
    """Another source of the program has the name."""

    def __init__(self) -> None:
        message = _("The program already has a source of this name.")
        super().__init__({"name": ValidationError(message, code="taken")})


@transaction.atomic
def save_source(*, source: Source, opened_version: int, by: User) -> Source:
    """Add a source to the end of the list, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened, and
    NameOfSourceTaken when another source of the program has its name.
    """
    # People who change the list at once take turns, so that no name is given twice.
    Program.objects.select_for_update().get(pk=source.program_id)
    namesakes = Source.objects.filter(program_id=source.program_id, name=source.name)
    if namesakes.exclude(pk=source.pk).exists():
        raise NameOfSourceTaken
    saved: Source = save_positioned(record=source, opened_version=opened_version, by=by)
    return saved


@transaction.atomic
def delete_source(*, source: Source, by: User) -> None:
    """Delete a source; whatever cited it stays, without the citation.

    Raises ValidationError as long as a figure comes from it.
    """
    names = list(source.figures.values_list("name", flat=True))
    if names:
        raise ValidationError(
            _("Figures come from this source: %(names)s. Give them another source first."),
            params={"names": ", ".join(names)},
        )
    audit.delete_record(source, by=by)


def save_figure(*, figure: ContextFigure, opened_version: int, by: User) -> ContextFigure:
    """Add a figure to the end of the list, or change one.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened, and
    ForeignRecord when its source belongs to another program.
    """
    if figure.source and figure.source.program_id != figure.program_id:
        raise ForeignRecord(str(figure.source))
    saved: ContextFigure = save_positioned(record=figure, opened_version=opened_version, by=by)
    return saved


def delete_figure(*, figure: ContextFigure, by: User) -> None:
    audit.delete_record(figure, by=by)


def delete_abbreviation(*, abbreviation: Abbreviation, by: User) -> None:
    audit.delete_record(abbreviation, by=by)
