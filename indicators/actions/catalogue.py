"""The catalogue of criteria: a draft that changes until it is published."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit import EditConflict
from accounts.models import User
from accounts.ordering import put_at
from indicators.models import (
    CatalogueArea,
    CataloguePublished,
    CriteriaCatalogue,
    Criterion,
    Indicator,
)


class CatalogueIncomplete(ValidationError):
    """What is missing from a draft that was about to be published."""


class CatalogueCodeTaken(ValidationError):
    """Another area or criterion of the catalogue has the code."""

    def __init__(self, code: str) -> None:
        message = _("The code %(code)s is already used in this catalogue.")
        super().__init__({"code": ValidationError(message, code="taken", params={"code": code})})


@transaction.atomic
def save_catalogue(
    *, catalogue: CriteriaCatalogue, opened_version: int, by: User
) -> CriteriaCatalogue:
    """Begin a draft or rename one.

    Raises accounts.audit.EditConflict when somebody saved it since, CataloguePublished
    when it was published.
    """
    if not catalogue._state.adding:
        _lock_draft(catalogue.pk)
    audit.claim(catalogue, version=opened_version)
    audit.save_record(catalogue, by=by)
    return catalogue


@transaction.atomic
def draft_next_version(
    *, catalogue: CriteriaCatalogue, version_name: str, title: str = "", by: User
) -> CriteriaCatalogue:
    """Begin a draft with all that the last version holds, each part linked to its origin.

    Raises ValidationError for a catalogue that is a draft itself or has its next version.
    """
    last = CriteriaCatalogue.objects.select_for_update().get(pk=catalogue.pk)
    if last.published_on is None:
        raise ValidationError(_("The next version is made of a published catalogue."))
    following = last.next_versions.first()
    if following is not None:
        raise ValidationError(_("There already is a next version, %s.") % following.version_name)
    draft = CriteriaCatalogue(version_name=version_name, title=title or last.title, previous=last)
    audit.save_record(draft, by=by)
    for area in last.areas.prefetch_related("criteria__indicators"):
        own_area = CatalogueArea(catalogue=draft, code=area.code, name=area.name)
        audit.save_record(own_area, by=by)
        for criterion in area.criteria.all():
            own = Criterion(
                area=own_area,
                code=criterion.code,
                position=criterion.position,
                name=criterion.name,
                mandatory=criterion.mandatory,
                previous=criterion,
            )
            audit.save_record(own, by=by)
            for indicator in criterion.indicators.all():
                copied = Indicator(
                    criterion=own,
                    position=indicator.position,
                    name=indicator.name,
                    short_name=indicator.short_name,
                    previous=indicator,
                )
                audit.save_record(copied, by=by)
    return draft


@transaction.atomic
def publish_catalogue(*, catalogue: CriteriaCatalogue, published_on: date, by: User) -> None:
    """Publish a draft; from then on it never changes.

    Raises CataloguePublished when it was published already, CatalogueIncomplete when it
    has no criteria, an area without criteria or a criterion without indicators.
    """
    draft = _lock_draft(catalogue.pk)
    missing = list(missing_parts(draft))
    if missing:
        raise CatalogueIncomplete(missing)
    draft.published_on = published_on
    audit.save_record(draft, by=by)


def missing_parts(catalogue: CriteriaCatalogue) -> Iterable[Any]:
    """Why a draft cannot be published yet, in words; nothing when it can."""
    areas = catalogue.areas.annotate(criterion_count=Count("criteria"))
    criteria = Criterion.objects.filter(area__catalogue=catalogue).annotate(
        indicator_count=Count("indicators")
    )
    if not areas:
        yield _("The catalogue has no criteria yet.")
    for area in areas:
        if not area.criterion_count:
            yield _("The area %s has no criteria.") % area
    for criterion in criteria:
        if not criterion.indicator_count:
            yield _("Criterion %s has no indicators.") % criterion.code


@transaction.atomic
def delete_catalogue(*, catalogue: CriteriaCatalogue, by: User) -> None:
    """Delete a draft with all its parts; raises CataloguePublished for a published one."""
    _lock_draft(catalogue.pk)
    audit.delete_record(catalogue, by=by)


@transaction.atomic
def save_catalogue_area(*, area: CatalogueArea, opened_version: int, by: User) -> CatalogueArea:
    """Add or change an area of a draft.

    Raises EditConflict and CataloguePublished as `save_catalogue` does, CatalogueCodeTaken.
    """
    _lock_draft(area.catalogue_id)
    audit.claim(area, version=opened_version)
    namesakes = CatalogueArea.objects.filter(catalogue_id=area.catalogue_id, code=area.code)
    if namesakes.exclude(pk=area.pk).exists():
        raise CatalogueCodeTaken(area.code)
    audit.save_record(area, by=by)
    return area


@transaction.atomic
def save_criterion(*, criterion: Criterion, opened_version: int, by: User) -> Criterion:
    """Add a criterion to the end of its area, or change one; raises as `save_catalogue_area`."""
    draft = _lock_draft(criterion.area.catalogue_id)
    audit.claim(criterion, version=opened_version)
    namesakes = Criterion.objects.filter(area__catalogue=draft, code=criterion.code)
    if namesakes.exclude(pk=criterion.pk).exists():
        raise CatalogueCodeTaken(criterion.code)
    if criterion._state.adding:
        criterion.position = _next_position(Criterion.objects.filter(area=criterion.area))
    audit.save_record(criterion, by=by)
    return criterion


@transaction.atomic
def save_catalogue_indicator(*, indicator: Indicator, opened_version: int, by: User) -> Indicator:
    """Add an indicator to the end of its criterion, or change one.

    Raises EditConflict and CataloguePublished as `save_catalogue` does.
    """
    _lock_draft(indicator.owning_catalogue.pk)
    audit.claim(indicator, version=opened_version)
    if indicator._state.adding:
        row = Indicator.objects.filter(criterion=indicator.criterion)
        indicator.position = _next_position(row)
    audit.save_record(indicator, by=by)
    return indicator


@transaction.atomic
def move_criterion(*, criterion: Criterion, rank: int, by: User) -> None:
    """Put a criterion at a rank in its area; raises CataloguePublished."""
    _lock_draft(criterion.area.catalogue_id)
    put_at(record=criterion, row=criterion.area.criteria.all(), rank=rank, by=by)


@transaction.atomic
def move_catalogue_indicator(*, indicator: Indicator, rank: int, by: User) -> None:
    """Put an indicator at a rank in its criterion; raises CataloguePublished."""
    _lock_draft(indicator.owning_catalogue.pk)
    put_at(record=indicator, row=indicator.criterion.indicators.all(), rank=rank, by=by)


@transaction.atomic
def delete_catalogue_part(*, part: CatalogueArea | Criterion | Indicator, by: User) -> None:
    """Delete a part of a draft with what it holds; raises CataloguePublished."""
    _lock_draft(part.owning_catalogue.pk)
    audit.delete_record(part, by=by)


def _lock_draft(key: int) -> CriteriaCatalogue:
    """The catalogue, held until the transaction ends: people who change it take turns.

    Raises CataloguePublished, or EditConflict when it was deleted meanwhile.
    """
    catalogue = CriteriaCatalogue.objects.select_for_update().filter(pk=key).first()
    if catalogue is None:
        raise EditConflict(None)
    if catalogue.published_on is not None:
        raise CataloguePublished(str(catalogue))
    return catalogue


def _next_position(row: Any) -> int:
    return (row.aggregate(last=Max("position"))["last"] or 0) + 1
