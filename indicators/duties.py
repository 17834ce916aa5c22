"""Duties: what a person of the team is responsible for, and when it is done.

- A section is done when it has a text.
- A criterion is done when each of its indicators has a statement in the final evaluation and
  the expert's rating of it; "cannot be judged" is a rating.
- A recommendation is done when it was carried out or abandoned, or when it was handed over
  and the municipality has answered.

What is not done is open. Somebody who may not read what makes a duty done sees it open.
"""

from datetime import date
from typing import Any

from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from indicators.models import AdoptedCriterion, Assessment, Indicator, Moment, Rater, Rating
from programs.access import readable_by
from programs.models import (
    FollowUp,
    Narrative,
    Program,
    ProgramSection,
    Recommendation,
    RecommendationState,
)

IS_RATED = Q(level__isnull=False) | Q(cannot_judge=True)


def open_sections(user: User) -> QuerySet[ProgramSection]:
    """Sections without a text in the person's programs.

    `touched_at` is their last change, `waiting_text` the key of a text that is still empty.
    """
    texts = (
        Narrative.objects.filter(readable_by(user, program="program"))
        .filter(program=OuterRef("program"), section=OuterRef("section"))
        .order_by()
    )
    touched = texts.values("section").annotate(last=Max("updated_at")).values("last")
    return (
        ProgramSection.objects.filter(program__in=Program.objects.of_member(user))
        .filter(~Exists(texts.exclude(text="")))
        .select_related("section", "program")
        .annotate(
            touched_at=_later("updated_at", touched),
            waiting_text=Subquery(texts.order_by("position").values("pk")[:1]),
        )
    )


def open_criteria(user: User) -> QuerySet[AdoptedCriterion]:
    """Criteria of the person's programs that are not evaluated; see `open_sections`."""
    readable = readable_by(user, program="adopted__program")
    rated = Rating.objects.filter(IS_RATED, assessment=OuterRef("pk"), rater=Rater.EXPERT)
    settled = (
        Assessment.objects.filter(readable)
        .filter(adopted=OuterRef(OuterRef("pk")), indicator=OuterRef("pk"), moment=Moment.FINAL)
        .exclude(statement="")
        .filter(Exists(rated))
    )
    unsettled = Indicator.objects.filter(criterion=OuterRef("criterion")).filter(~Exists(settled))
    touched = (
        Assessment.objects.filter(readable, adopted=OuterRef("pk"))
        .order_by()
        .values("adopted")
        .annotate(last=Max("updated_at"))
        .values("last")
    )
    return (
        AdoptedCriterion.objects.filter(program__in=Program.objects.of_member(user))
        .filter(Exists(unsettled))
        .select_related("criterion", "program")
        .annotate(touched_at=_later("updated_at", touched))
    )


def open_recommendations(user: User) -> QuerySet[Recommendation]:
    """Recommendations in the person's programs that still live; see `open_sections`."""
    is_done = Q(follow_up__in=[FollowUp.DONE, FollowUp.ABANDONED]) | (
        Q(state=RecommendationState.HANDED_OVER) & ~Q(response="")
    )
    return (
        Recommendation.objects.filter(readable_by(user, program="program"))
        .exclude(is_done)
        .select_related("program")
        .annotate(touched_at=F("updated_at"))
    )


def overdue_count(user: User, today: date) -> int:
    """How much the person should have finished before today; one query."""
    sections, *others = [
        duties(user).filter(responsible=user, due_on__lt=today).order_by().values_list("pk")
        for duties in (open_sections, open_criteria, open_recommendations)
    ]
    return int(sections.union(*others, all=True).count())


def _later(own: str, parts: QuerySet[Any]) -> Greatest:
    """The time of the last change of a record and of its parts, if it has any."""
    last: Any = Coalesce(Subquery(parts), F(own), output_field=DateTimeField())
    return Greatest(F(own), last)
