"""Where a program names an actor or a target group."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from accounts.roles import Visibility
from actors.models import Actor, LocalRecord, TargetGroup
from programs.models import Activity, Consultation, Program, Recommendation


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
                Activity.objects.filter(actors=record),
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
