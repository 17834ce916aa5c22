"""Texts of a program that cite its goals, whatever application their records live in."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.audit import Audited
from litvinov.references import Kind, find, members, renamed
from programs.changes import kinds
from programs.models import Program

# What documents and files are called is quoted; nobody renames them because goals moved.
_QUOTED = {"programs.Source.name", "programs.Evidence.file_name"}
_NO_PROSE = (models.URLField, models.SlugField, models.EmailField)


def records_of(program: Program, *, lock: bool = False) -> Iterator[Audited]:
    """Every record of the program that has written texts, locked until the transaction ends."""
    for model in kinds().values():
        if not written_fields(model):
            continue
        records = model._default_manager.filter(**{model.program_lookup: program.pk})
        if related := model.title_related:
            records = records.select_related(*related)
        if lock:
            records = records.select_for_update(of=("self",))
        yield from records.order_by("pk")


def written_fields(model: type[Audited]) -> list[models.CharField | models.TextField]:
    """The fields people write sentences into, unlike those where they choose."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, _NO_PROSE)
        and field.editable
        and not field.choices
        and str(field) not in _QUOTED
    ]


def cited_goals(program: Program, known: Collection[str]) -> Counter[str]:
    """How many times the texts cite each code, those that no goal has as well.

    A range cites the known codes between its ends, too.
    """
    cited: Counter[str] = Counter()
    for record in records_of(program):
        for field in written_fields(type(record)):
            for reference in find(getattr(record, field.attname)):
                if reference.kind == Kind.GOAL:
                    cited.update(members(reference, known))
    return cited


def follow(record: Audited, mapping: Mapping[str, str]) -> bool:
    """Rewrite the codes of goals in the texts of a record; says whether any changed.

    Raises ValidationError where the new text would not fit into its field.
    """
    changed = False
    for field in written_fields(type(record)):
        old = getattr(record, field.attname)
        new = renamed(old, mapping)
        if new == old:
            continue
        if field.max_length and len(new) > field.max_length:
            raise ValidationError(
                _("With the new codes, %(field)s of “%(record)s” would be too long; shorten it.")
                % {"field": field.verbose_name, "record": record.title_in_history()}
            )
        setattr(record, field.attname, new)
        changed = True
    return changed
