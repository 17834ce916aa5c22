"""What is said about an indicator and how it is rated."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.audit import EditConflict
from accounts.models import User
from indicators.models import AdoptedCriterion, Assessment, Rating

Key = tuple[str, str]


@dataclass(frozen=True)
class Edit:
    """A changed assessment or rating and the version it was opened with, 0 for a new one."""

    record: Assessment | Rating
    opened_version: int


class AssessmentConflict(Exception):
    """Somebody saved some of the parts since they were opened; nothing was saved."""

    def __init__(self, conflicts: Mapping[Key, EditConflict]) -> None:
        super().__init__("The indicator was changed by somebody else in the meantime.")
        self.conflicts = conflicts


@transaction.atomic
def assess_indicator(*, adopted: AdoptedCriterion, edits: Mapping[Key, Edit], by: User) -> None:
    """Save statements and ratings of one indicator, all of them or none.

    Raises AssessmentConflict with every part that somebody else saved in the meantime.
    """
    # People who write to one criterion at once take turns, so that nobody creates an
    # assessment that somebody else is just creating.
    AdoptedCriterion.objects.select_for_update().get(pk=adopted.pk)
    conflicts: dict[Key, EditConflict] = {}
    for key, edit in edits.items():
        try:
            _claim(edit)
        except EditConflict as refused:
            conflicts[key] = refused
    if conflicts:
        raise AssessmentConflict(conflicts)
    for edit in edits.values():
        if isinstance(edit.record, Rating):
            edit.record.assessment = _saved(edit.record.assessment, by)
        audit.save_record(edit.record, by=by)


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
        return Assessment.objects.filter(
            adopted=record.adopted, indicator=record.indicator, moment=record.moment
        ).first()
    assessment = record.assessment
    return Rating.objects.filter(
        assessment__adopted=assessment.adopted,
        assessment__indicator=assessment.indicator,
        assessment__moment=assessment.moment,
        rater=record.rater,
    ).first()


def _is_untouched(record: Assessment | Rating) -> bool:
    if isinstance(record, Assessment):
        return record.is_blank
    return not record.is_rated and not record.note


def _saved(assessment: Assessment, by: User) -> Assessment:
    """The assessment a rating belongs to, created empty when nobody has written it yet."""
    existing = _namesake(assessment)
    if isinstance(existing, Assessment):
        return existing
    audit.save_record(assessment, by=by)
    return assessment
