"""What a newer version of the catalogue changes, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import F

from indicators.models import CriteriaCatalogue, Criterion, Indicator

Part = TypeVar("Part", Criterion, Indicator)


class Fate(StrEnum):
    KEPT = "kept"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class IndicatorChange:
    """An indicator in the earlier version, in the later one, or in both."""

    old: Indicator | None
    new: Indicator | None

    @property
    def fate(self) -> Fate:
        return _fate(self.old, self.new, "name", "short_name")


@dataclass(frozen=True)
class CriterionChange:
    """A criterion with its indicators, in the order of the later version, removed ones last."""

    old: Criterion | None
    new: Criterion | None
    indicators: tuple[IndicatorChange, ...]

    @property
    def fate(self) -> Fate:
        return _fate(self.old, self.new, "code", "name", "mandatory")

    def reverse(self) -> CriterionChange:
        indicators = tuple(IndicatorChange(one.new, one.old) for one in self.indicators)
        return CriterionChange(self.new, self.old, indicators)

    @property
    def changed(self) -> tuple[IndicatorChange, ...]:
        return tuple(one for one in self.indicators if one.fate != Fate.KEPT)

    @property
    def kept_count(self) -> int:
        return len(self.indicators) - len(self.changed)

    @property
    def is_same(self) -> bool:
        return self.fate == Fate.KEPT and not self.changed


@dataclass(frozen=True)
class Comparison:
    """Two versions of one catalogue, however many versions apart."""

    criteria: tuple[CriterionChange, ...]

    @property
    def changed(self) -> tuple[CriterionChange, ...]:
        return tuple(one for one in self.criteria if not one.is_same)

    @property
    def same_count(self) -> int:
        return len(self.criteria) - len(self.changed)


def versions_around(
    catalogue: CriteriaCatalogue,
) -> tuple[list[CriteriaCatalogue], list[CriteriaCatalogue]]:
    """Published versions of the same line, through any number of versions: later, earlier.

    Both begin with the newest.
    """
    published = {one.pk: one for one in CriteriaCatalogue.objects.published()}
    before = _ancestors(catalogue, published)
    later = [one for one in published.values() if catalogue.pk in _ancestors(one, published)]
    return later, [published[key] for key in before if key in published]


def _ancestors(catalogue: CriteriaCatalogue, known: Mapping[int, CriteriaCatalogue]) -> list[int]:
    """Keys of the versions a catalogue came of, the nearest first."""
    found: list[int] = []
    key = catalogue.previous_id
    while key is not None and key not in found:
        found.append(key)
        key = known[key].previous_id if key in known else None
    return found


def compare_versions(old: CriteriaCatalogue, new: CriteriaCatalogue) -> Comparison:
    """What became of each part of `old` in `new`; the number of queries is fixed.

    `new` may be the earlier of the two: then it is what going back would change.
    """
    known = CriteriaCatalogue.objects.in_bulk()
    if new.pk in _ancestors(old, known):
        forward = compare_versions(new, old)
        return Comparison(tuple(change.reverse() for change in forward.criteria))
    line = [new.pk, *_ancestors(new, known)]
    criteria: _Parts[Criterion] = _Parts(
        Criterion.objects.in_catalogue_order().filter(area__catalogue__in=line),
        "area__catalogue",
        old,
        new,
    )
    indicators: _Parts[Indicator] = _Parts(
        Indicator.objects.filter(criterion__area__catalogue__in=line).order_by("position", "pk"),
        "criterion__area__catalogue",
        old,
        new,
    )
    changes = []
    for criterion in criteria.new:
        origin = criteria.origin_of(criterion)
        before = [one for one in indicators.old if origin and one.criterion_id == origin.pk]
        after = [one for one in indicators.new if one.criterion_id == criterion.pk]
        changes.append(CriterionChange(origin, criterion, _pair(before, after, indicators)))
    for criterion in criteria.left:
        before = [one for one in indicators.old if one.criterion_id == criterion.pk]
        changes.append(CriterionChange(criterion, None, _pair(before, [], indicators)))
    return Comparison(tuple(changes))


class _Parts(Generic[Part]):
    """Parts of one kind in two versions, and which of them came of which."""

    def __init__(
        self, parts: Any, catalogue: str, old: CriteriaCatalogue, new: CriteriaCatalogue
    ) -> None:
        found = list(parts.annotate(in_catalogue=F(catalogue)))
        self._known = {one.pk: one for one in found}
        self.old: list[Part] = [one for one in found if one.in_catalogue == old.pk]
        self.new: list[Part] = [one for one in found if one.in_catalogue == new.pk]
        earlier = {one.pk for one in self.old}
        self._origins: dict[int, int] = {}
        for part in self.new:
            key = part.previous_id
            while key is not None and key not in earlier:
                key = self._known[key].previous_id if key in self._known else None
            # Only the first of several parts that came of one is its successor.
            if key is not None and key not in self._origins.values():
                self._origins[part.pk] = key

    def origin_of(self, part: Part) -> Part | None:
        key = self._origins.get(part.pk)
        return None if key is None else self._known[key]

    @property
    def left(self) -> list[Part]:
        """Parts of the earlier version that nothing of the later one came of."""
        continued = set(self._origins.values())
        return [one for one in self.old if one.pk not in continued]


def _pair(
    before: list[Indicator], after: list[Indicator], indicators: _Parts[Indicator]
) -> tuple[IndicatorChange, ...]:
    """Indicators of a criterion; one that moved to another criterion is a new one there."""
    known = {one.pk for one in before}
    pairs = []
    for indicator in after:
        origin = indicators.origin_of(indicator)
        own = origin if origin and origin.pk in known else None
        pairs.append(IndicatorChange(own, indicator))
    continued = {pair.old.pk for pair in pairs if pair.old}
    pairs += [IndicatorChange(one, None) for one in before if one.pk not in continued]
    return tuple(pairs)


def _fate(old: Any, new: Any, *names: str) -> Fate:
    if old is None:
        return Fate.ADDED
    if new is None:
        return Fate.REMOVED
    same = all(getattr(old, name) == getattr(new, name) for name in names)
    return Fate.KEPT if same else Fate.REWORDED
