"""Where a program names an actor or a target group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from accounts.roles import Visibility
from actors.models import Actor, GroupMember, LocalRecord, TargetGroup, WorkingGroup
from programs.models import Activity, Consultation, Program, Recommendation

TAKEN_AS: dict[type[LocalRecord], str] = {
    Actor: "actors",
    WorkingGroup: "working_groups",
    TargetGroup: "target_groups",
}
"""The field of a program that lists what it has taken of each kind."""


def taken(program: Program, model: type[LocalRecord]) -> QuerySet[Any]:
    """What the program has taken of one kind."""
    records: QuerySet[Any] = getattr(program, TAKEN_AS[model]).all()
    return records


def not_taken(program: Program, model: type[LocalRecord]) -> QuerySet[Any]:
    """What of one kind stands in the register of the town and the program has not taken."""
    register = model._default_manager.filter(municipality_id=program.locality.municipality_id)
    return register.exclude(pk__in=taken(program, model).values("pk"))


REGISTER_KINDS: dict[str, Any] = {
    "actor": Actor,
    "workinggroup": WorkingGroup,
    "groupmember": GroupMember,
    "targetgroup": TargetGroup,
}
"""Kinds of the town's records that a program edits, by their names in an address."""


def register_history(model: Any, program: Program) -> QuerySet[Any]:
    """History rows of what the program has taken, and of what is gone from its town's register."""
    if model is GroupMember:
        return model.history.filter(group_id__in=taken(program, WorkingGroup).values("pk"))
    own = Q(id__in=taken(program, model).values("pk"))
    gone = Q(municipality_id=program.locality.municipality_id) & ~Q(
        id__in=model._default_manager.values("pk")
    )
    return model.history.filter(own | gone)


def is_used_elsewhere(program: Program, record: LocalRecord) -> bool:
    """Whether another program has taken a record, or names it without having taken it."""
    takers = Program.objects.filter(**{TAKEN_AS[type(record)]: record})
    return takers.exclude(pk=program.pk).exists() or bool(Involvement.elsewhere(program, record))


@dataclass(frozen=True)
class MonthCount:
    """How many consultations a month had; `height` is its part of the highest, up to 40."""

    first: date
    count: int
    height: int

    @property
    def top(self) -> int:
        return HEIGHT - self.height


HEIGHT = 40


def by_months(program: Program, consultations: QuerySet[Consultation]) -> list[MonthCount]:
    """Every month of the program, and months outside it that had a consultation."""
    held = Counter(day.replace(day=1) for day in consultations.values_list("held_on", flat=True))
    most = max(held.values(), default=0)
    return [
        MonthCount(month, held[month], HEIGHT * held[month] // most if most else 0)
        for month in sorted({*program.months(), *held})
    ]


@dataclass(frozen=True)
class Involvement:
    """What of a program names one record; true when there is anything."""

    consultations: QuerySet[Consultation]
    activities: Any
    recommendations: Any

    @classmethod
    def of(
        cls,
        program: Program,
        record: LocalRecord,
        visibilities: Collection[Visibility] = tuple(Visibility),
    ) -> Involvement:
        """As somebody with these visibilities may read it; of a working group there is none."""
        named = cls._everywhere(record)
        return cls(
            named.consultations.filter(program=program),
            named.activities.filter(phase__program=program).visible_in(visibilities),
            named.recommendations.filter(program=program).visible_in(visibilities),
        )

    @classmethod
    def elsewhere(cls, program: Program, record: LocalRecord) -> Involvement:
        """What names the record outside the program."""
        named = cls._everywhere(record)
        return cls(
            named.consultations.exclude(program=program),
            named.activities.exclude(phase__program=program),
            named.recommendations.exclude(program=program),
        )

    @classmethod
    def _everywhere(cls, record: LocalRecord) -> Involvement:
        if isinstance(record, Actor):
            return cls(
                Consultation.objects.filter(actors=record),
                Activity.objects.filter(actors=record).select_related("phase"),
                Recommendation.objects.filter(addressees=record),
            )
        if isinstance(record, TargetGroup):
            return cls(
                Consultation.objects.filter(target_groups=record),
                Activity.objects.none(),
                Recommendation.objects.filter(target_groups=record),
            )
        return cls(
            Consultation.objects.none(), Activity.objects.none(), Recommendation.objects.none()
        )

    def __bool__(self) -> bool:
        return (
            self.consultations.exists() or self.activities.exists() or self.recommendations.exists()
        )

    def in_words(self) -> str:
        """3 consultations, 1 activity."""
        return ", ".join(self._counts())

    def _counts(self) -> Iterator[str]:
        if count := self.consultations.count():
            yield ngettext("%(count)d consultation", "%(count)d consultations", count) % {
                "count": count
            }
        if count := self.activities.count():
            yield ngettext("%(count)d activity", "%(count)d activities", count) % {"count": count}
        if count := self.recommendations.count():
            yield ngettext("%(count)d recommendation", "%(count)d recommendations", count) % {
                "count": count
            }
