"""A program moves to another version of the catalogue, all of it at once."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit import Audited
from accounts.models import User
from indicators.actions.adopted_criterion import adopt_criteria
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
)
from indicators.moving import MovePlan, plan_move
from indicators.versions import versions_around
from programs.models import Program


class MoveRefused(ValidationError):
    """The program cannot move, or not in the way that was shown; says why."""


@transaction.atomic
def move_to_catalogue(
    *,
    program: Program,
    catalogue: CriteriaCatalogue,
    opened: CriteriaCatalogue,
    leave: Collection[str] = (),
    adopt: Collection[Criterion] = (),
    by: User,
) -> None:
    """Move a program to another published version of its catalogue.

    Adopted criteria, assessments and links of recommendations follow to what came of their
    criterion or indicator. What nothing came of is deleted, so that the history keeps it;
    `leave` has the keys of all of it (`LeftBehind.key`), as the person has agreed. `adopt`
    are criteria only the other version has, to be taken as well.

    Raises MoveRefused when the program no longer uses the version `opened`, when the two are
    no published versions of one catalogue, or when something would be left behind that
    nobody agreed to.
    """
    # Nobody adopts a criterion or assesses an indicator in the meantime.
    Program.objects.select_for_update().get(pk=program.pk)
    list(AdoptedCriterion.objects.select_for_update().filter(program=program).order_by("pk"))
    if CriteriaCatalogue.objects.of_program(program) != opened:
        raise MoveRefused(_("The program has moved to another version in the meantime."))
    later, earlier = versions_around(opened)
    if catalogue not in [*later, *earlier]:
        raise MoveRefused(_("This is no published version of the catalogue the program uses."))
    plan = plan_move(program, opened, catalogue)
    if {one.key for one in plan.left} - set(leave):
        raise MoveRefused(
            _("Tick everything that stays in the history only, so that nothing is lost unnoticed.")
        )
    if set(adopt) - set(plan.added):
        raise MoveRefused(_("Only criteria that are new in the version can be added here."))
    _leave_behind(plan, program, by)
    _follow(plan, program, by)
    adopt_criteria(program=program, criteria=adopt, by=by)


def _leave_behind(plan: MovePlan, program: Program, by: User) -> None:
    for one in plan.adopted:
        gone = [pair.old for pair in one.change.indicators if pair.old and not pair.new]
        links = _links(program, gone)
        assessments = Assessment.objects.filter(adopted=one.adopted, indicator__in=gone)
        if one.change.new is None:
            # They come back together when the criterion is brought back.
            audit.delete_record(one.adopted, by=by, along=[*assessments, *links])
            continue
        said: list[Audited] = [*assessments, *links]
        for record in said:
            audit.delete_record(record, by=by)


def _follow(plan: MovePlan, program: Program, by: User) -> None:
    """Point whatever is kept to what came of its criterion or indicator."""
    heirs: dict[int, Indicator] = {}
    for one in plan.adopted:
        if one.change.new is None:
            continue
        one.adopted.criterion = one.change.new
        audit.save_record(one.adopted, by=by)
        heirs |= {pair.old.pk: pair.new for pair in one.change.indicators if pair.old and pair.new}
    said: list[Assessment | IndicatorRecommendation] = [
        *Assessment.objects.filter(adopted__program=program, indicator__in=heirs),
        *_links(program, heirs),
    ]
    for record in said:
        record.indicator = heirs[record.indicator_id]
        audit.save_record(record, by=by)


def _links(
    program: Program, indicators: Iterable[Indicator | int]
) -> list[IndicatorRecommendation]:
    links = IndicatorRecommendation.objects.filter(recommendation__program=program)
    return list(links.filter(indicator__in=list(indicators)))
