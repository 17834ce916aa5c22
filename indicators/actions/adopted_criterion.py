"""Which criteria a program takes, and who looks after each."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.ordering import put_at
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CriteriaCatalogue,
    Criterion,
    IndicatorRecommendation,
)
from programs.actions import ForeignRecord
from programs.models import Membership, Program


class NotAdoptable(ValidationError):
    """The criteria do not go together, or the program cannot take them; says why."""


class PlanConflict(Exception):
    """Somebody changed some of the criteria since they were shown; nothing was saved."""


@transaction.atomic
def adopt_criteria(
    *, program: Program, criteria: Collection[Criterion], by: User
) -> list[AdoptedCriterion]:
    """Take criteria at the end of those the program has, in the order they come.

    Raises NotAdoptable when one comes twice or was taken already, when they are not all of
    one catalogue, the one the program already uses, or when it is not published.
    """
    # People who adopt at once take turns, so that each criterion gets a place of its own.
    Program.objects.select_for_update().get(pk=program.pk)
    taken = AdoptedCriterion.objects.filter(program=program)
    known = set(taken.values_list("criterion_id", flat=True))
    for criterion in criteria:
        if criterion.pk in known:
            raise NotAdoptable(_("The program already has criterion %s.") % criterion.code)
        known.add(criterion.pk)
    catalogues = CriteriaCatalogue.objects.filter(areas__criteria__in=known).distinct()
    if len(catalogues) > 1:
        raise NotAdoptable(_("All criteria of a program are of one version of the catalogue."))
    if any(catalogue.published_on is None for catalogue in catalogues):
        raise NotAdoptable(_("The catalogue is a draft; programs adopt published criteria only."))
    last = taken.aggregate(last=Max("position"))["last"] or 0
    adopted = []
    for position, criterion in enumerate(criteria, start=last + 1):
        record = AdoptedCriterion(program=program, criterion=criterion, position=position)
        audit.save_record(record, by=by)
        adopted.append(record)
    return adopted


@transaction.atomic
def save_adopted_criterion(
    *, adopted: AdoptedCriterion, opened_version: int, by: User
) -> AdoptedCriterion:
    """Say who is responsible for a criterion and until when.

    Raises accounts.audit.EditConflict when somebody saved it since it was opened,
    ForeignRecord for a person who is no member of the program.
    """
    _require_member(adopted.program, adopted.responsible)
    audit.claim(adopted, version=opened_version)
    audit.save_record(adopted, by=by)
    return adopted


@transaction.atomic
def plan_criteria(
    *, program: Program, opened: Mapping[int, int], changes: Mapping[str, Any], by: User
) -> None:
    """Give several criteria of a program the same person, due date or both, or none of them.

    `opened` are the versions they were shown with, by their keys; `changes` has `responsible`
    and `due_on` as far as they shall change. Raises PlanConflict when one of them was changed
    or dropped since, ForeignRecord for a person who is no member of the program.
    """
    _require_member(program, changes.get("responsible"))
    taken = AdoptedCriterion.objects.filter(program=program, pk__in=opened).order_by("pk")
    criteria = list(taken.select_for_update())
    if {one.pk: one.version for one in criteria} != dict(opened):
        raise PlanConflict
    for one in criteria:
        if all(getattr(one, name) == value for name, value in changes.items()):
            continue
        for name, value in changes.items():
            setattr(one, name, value)
        audit.save_record(one, by=by)


def _require_member(program: Program, person: User | None) -> None:
    members = Membership.objects.filter(program=program)
    if person and not members.filter(user=person).exists():
        raise ForeignRecord(str(person))


@transaction.atomic
def move_adopted_criterion(*, adopted: AdoptedCriterion, rank: int, by: User) -> None:
    """Put a criterion at a rank among those of its program; see `accounts.ordering.put_at`."""
    Program.objects.select_for_update().get(pk=adopted.program_id)
    row = AdoptedCriterion.objects.filter(program_id=adopted.program_id)
    put_at(record=adopted, row=row, rank=rank, by=by)


@transaction.atomic
def drop_criterion(*, adopted: AdoptedCriterion, by: User) -> None:
    """Take a criterion out of a program that has said nothing of its indicators yet.

    Raises ValidationError when an indicator of it is assessed or a recommendation speaks
    of it: that must not be lost by the way.
    """
    AdoptedCriterion.objects.select_for_update().get(pk=adopted.pk)
    if Assessment.objects.filter(adopted=adopted).exists():
        raise ValidationError(
            _("Its indicators are already assessed; the criterion stays so that nothing is lost.")
        )
    links = IndicatorRecommendation.objects.filter(
        recommendation__program_id=adopted.program_id, indicator__criterion=adopted.criterion_id
    )
    if links.exists():
        raise ValidationError(
            _("A recommendation speaks of its indicators; take them out of it first.")
        )
    audit.delete_record(adopted, by=by)
