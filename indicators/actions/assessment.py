"""What is said about an indicator and how it is rated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit import EditConflict
from accounts.models import User
from indicators.models import AdoptedCriterion, Assessment, BaselineCorrection, Moment, Rating
from programs.actions import ForeignRecord
from programs.models import Program

Key = tuple[str, str]


@dataclass(frozen=True)
class Edit:
    """A changed assessment or rating and the version it was opened with, 0 for a new one.

    `reason` says why a settled baseline is corrected; `links` are records an assessment
    shall be linked to, by the names of its fields.
    """

    record: Assessment | Rating
    opened_version: int
    reason: str = ""
    links: Mapping[str, Iterable[Model]] = field(default_factory=dict)


class AssessmentConflict(Exception):
    """Somebody saved some of the parts since they were opened; nothing was saved."""

    def __init__(self, conflicts: Mapping[Key, EditConflict]) -> None:
        super().__init__("The indicator was changed by somebody else in the meantime.")
        self.conflicts = conflicts


class IndicatorMoved(ForeignRecord):
    """The program has moved to another version of the catalogue; nothing was saved."""


class ReasonMissing(Exception):
    """These parts correct a settled baseline and do not say why; nothing was saved."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__("A correction of a baseline needs a reason.")
        self.keys = keys


class DayTaken(ValidationError):
    """The indicator already has an interim state of that day."""

    def __init__(self) -> None:
        message = _("The indicator already has an interim state of this day; choose another day.")
        super().__init__({"as_of": ValidationError(message, code="taken")})


class RatingConflict(Exception):
    """Somebody rated some of the indicators since they were shown; nothing was saved.

    `current` are the ratings as they are saved now.
    """

    def __init__(self, current: Sequence[Rating]) -> None:
        super().__init__("Some indicators were rated by somebody else in the meantime.")
        self.current = current


@transaction.atomic
def assess_indicator(*, adopted: AdoptedCriterion, edits: Mapping[Key, Edit], by: User) -> None:
    """Save statements and ratings of one indicator, all of them or none.

    What a settled baseline said before is kept as its correction. Raises AssessmentConflict
    with every part that somebody else saved in the meantime, ReasonMissing with every
    correction that has no reason, DayTaken when another interim state is of the same day,
    IndicatorMoved when the program has just moved to another version of the catalogue.
    """
    # People who write to one criterion at once take turns, so that nobody creates an
    # assessment that somebody else is just creating.
    locked = AdoptedCriterion.objects.select_for_update().filter(pk=adopted.pk)
    _require_current([edit.record for edit in edits.values()], locked)
    for edit in edits.values():
        _require_free_day(edit.record)
    conflicts: dict[Key, EditConflict] = {}
    for key, edit in edits.items():
        try:
            _claim(edit)
        except EditConflict as refused:
            conflicts[key] = refused
    if conflicts:
        raise AssessmentConflict(conflicts)
    _require_reasons(edits)
    # Statements first: a rating then finds the assessment it belongs to.
    for edit in sorted(edits.values(), key=lambda edit: isinstance(edit.record, Rating)):
        _save(edit, by)


@transaction.atomic
def rate_indicators(*, program: Program, edits: Sequence[Edit], by: User, reason: str = "") -> None:
    """Save ratings of several indicators of a program at once, all of them or none.

    `reason` holds for every correction of a baseline among them. Raises RatingConflict
    with what others saved in the meantime, ReasonMissing when a reason is needed,
    IndicatorMoved when the program has just moved to another version of the catalogue.
    """
    # In one order for everybody, so that nobody waits for somebody who waits for them.
    ratings = [edit.record for edit in edits if isinstance(edit.record, Rating)]
    criteria = {rating.assessment.adopted_id for rating in ratings}
    locked = AdoptedCriterion.objects.select_for_update().filter(program=program, pk__in=criteria)
    _require_current(ratings, locked.order_by("pk"))
    changed: list[Rating] = []
    for edit in edits:
        try:
            _claim(edit)
        except EditConflict as refused:
            if isinstance(refused.current, Rating):
                changed.append(refused.current)
    if changed:
        raise RatingConflict(changed)
    reasoned = [Edit(edit.record, edit.opened_version, reason) for edit in edits]
    _require_reasons({("", str(number)): edit for number, edit in enumerate(reasoned)})
    for edit in reasoned:
        _save(edit, by)


@transaction.atomic
def delete_interim(*, assessment: Assessment, by: User) -> None:
    """Delete an interim state with its ratings; it can be brought back from the history."""
    if assessment.moment != Moment.INTERIM:
        raise ValueError("Only an interim state is ever deleted.")
    audit.delete_record(assessment, by=by)


def _save(edit: Edit, by: User) -> None:
    record = edit.record
    if isinstance(record, Rating):
        record.assessment = _saved(record.assessment, by)
    _keep_earlier_baseline(edit, by)
    audit.save_record(record, by=by, links=edit.links)


def _claim(edit: Edit) -> None:
    record = edit.record
    if record._state.adding:
        existing = _namesake(record)
        if existing is not None:
            if not _is_untouched(existing):
                raise EditConflict(existing)
            # It came into being only to carry somebody's rating: fill it in.
            record.pk, record.version = existing.pk, existing.version
            record.created_at, record._state.adding = existing.created_at, False
            return
    audit.claim(record, version=edit.opened_version)


def _namesake(record: Assessment | Rating) -> Assessment | Rating | None:
    """The saved record that stands where a new one wants to."""
    if isinstance(record, Assessment):
        if record.moment == Moment.INTERIM:
            # There may be many; two of one day are refused, not taken for each other.
            return None
        return Assessment.objects.filter(
            adopted=record.adopted, indicator=record.indicator, moment=record.moment
        ).first()
    assessment = record.assessment
    if not assessment._state.adding:
        return Rating.objects.filter(assessment=assessment.pk, rater=record.rater).first()
    standing = _standing(assessment)
    return Rating.objects.filter(assessment__in=standing, rater=record.rater).first()


def _standing(assessment: Assessment) -> QuerySet[Assessment]:
    """The saved assessment of the moment, or of the day, that a new one is of."""
    found = Assessment.objects.filter(
        adopted=assessment.adopted, indicator=assessment.indicator, moment=assessment.moment
    )
    interim = assessment.moment == Moment.INTERIM
    return found.filter(as_of=assessment.as_of) if interim else found


def _is_untouched(record: Assessment | Rating) -> bool:
    if isinstance(record, Assessment):
        return record.is_blank
    return not record.is_rated and not record.note


def _saved(assessment: Assessment, by: User) -> Assessment:
    """The assessment a rating belongs to, created empty when nobody has written it yet."""
    if not assessment._state.adding:
        return assessment
    existing = _standing(assessment).first()
    if existing is not None:
        return existing
    audit.save_record(assessment, by=by)
    return assessment


def _require_current(
    records: Iterable[Assessment | Rating], locked: Iterable[AdoptedCriterion]
) -> None:
    """Raises IndicatorMoved when the program has no longer taken the indicator."""
    criteria = {adopted.pk: adopted.criterion_id for adopted in locked}
    for record in records:
        assessment = record if isinstance(record, Assessment) else record.assessment
        if criteria.get(assessment.adopted_id) != assessment.indicator.criterion_id:
            raise IndicatorMoved(str(assessment.indicator))


def _require_free_day(record: Assessment | Rating) -> None:
    if not isinstance(record, Assessment) or record.moment != Moment.INTERIM:
        return
    others = Assessment.objects.filter(
        adopted=record.adopted,
        indicator=record.indicator,
        moment=Moment.INTERIM,
        as_of=record.as_of,
    )
    if others.exclude(pk=record.pk).exists():
        raise DayTaken


# --- corrections of a baseline ----------------------------------------------------------------


def _require_reasons(edits: Mapping[Key, Edit]) -> None:
    missing = [
        key
        for key, edit in edits.items()
        if not edit.reason.strip() and edit.record.settled_before() is not None
    ]
    if missing:
        raise ReasonMissing(missing)


def _keep_earlier_baseline(edit: Edit, by: User) -> None:
    earlier = edit.record.settled_before()
    if earlier is None:
        return
    # Before the new version: whoever could not read the earlier one shall not read it here.
    correction = BaselineCorrection(reason=edit.reason.strip())
    if isinstance(earlier, Rating):
        correction.assessment = earlier.assessment
        correction.rater = earlier.rater
        correction.old_level = earlier.level
        correction.old_cannot_judge = earlier.cannot_judge
    else:
        correction.assessment = earlier
        correction.old_statement = earlier.statement
    audit.save_record(correction, by=by)
