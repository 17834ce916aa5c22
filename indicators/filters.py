"""The filters of a program's indicators and recommendations."""

from collections.abc import Collection
from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Visibility
from indicators.models import AdoptedCriterion, Assessment, Indicator
from indicators.shift import Level, Shift
from litvinov import czech
from litvinov.db.functions import Fold
from programs.models import Priority, Program, Recommendation, Response

CANNOT_JUDGE = "cannot_judge"
NOT_RATED = "not_rated"
NOT_GIVEN = "none"
OVERDUE = "overdue"

_DIFFERENCES = {
    Shift.MUCH_BETTER: Q(difference__gte=2),
    Shift.BETTER: Q(difference=1),
    Shift.SAME: Q(difference=0),
    Shift.WORSE: Q(difference=-1),
    Shift.MUCH_WORSE: Q(difference__lte=-2),
}
_BASELINE_RATED = Q(baseline_level__isnull=False) | Q(baseline_unclear__gt=0)
_FINAL_RATED = Q(final_level__isnull=False) | Q(final_unclear__gt=0)


class IndicatorFilter(django_filters.FilterSet):
    """By criterion, final state, shift (both as the expert rated them) and text."""

    text = django_filters.CharFilter(method="filter_text", label=_("Search"))
    criterion = django_filters.ModelChoiceFilter(
        queryset=AdoptedCriterion.objects.none(),
        method="filter_criterion",
        label=_("Criterion"),
        empty_label=_("all"),
    )
    state = django_filters.ChoiceFilter(
        method="filter_state",
        label=_("Final state"),
        empty_label=_("all"),
        choices=[
            *((str(level.value), level.label) for level in Level),
            (CANNOT_JUDGE, _("Cannot be judged")),
            (NOT_RATED, _("Not rated")),
        ],
    )
    shift = django_filters.ChoiceFilter(
        method="filter_shift",
        label=_("Shift"),
        empty_label=_("all"),
        choices=[*Shift.choices, (NOT_RATED, _("rating is missing"))],
    )

    class Meta:
        model = Indicator
        fields = ["text", "criterion", "state", "shift"]

    def __init__(
        self,
        *args: Any,
        program: Program,
        adopted: QuerySet[AdoptedCriterion],
        visibilities: Collection[Visibility],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.visibilities = visibilities
        self.filters["criterion"].queryset = adopted

    def filter_text(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        typed = czech.fold(value)
        said = (
            Assessment.objects.visible_in(self.visibilities)
            .filter(adopted__program=self.program, indicator=OuterRef("pk"))
            .annotate(folded=Fold("statement"))
            .filter(folded__contains=typed)
        )
        return queryset.annotate(folded_name=Fold("name")).filter(
            Q(folded_name__contains=typed) | Exists(said)
        )

    def filter_criterion(
        self, queryset: QuerySet[Indicator], name: str, value: AdoptedCriterion
    ) -> Any:
        return queryset.filter(criterion=value.criterion_id)

    def filter_state(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        if value == NOT_RATED:
            return queryset.exclude(_FINAL_RATED)
        if value == CANNOT_JUDGE:
            return queryset.filter(Q(final_unclear__gt=0))
        return queryset.filter(Q(final_level=value))

    def filter_shift(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        if value == NOT_RATED:
            return queryset.exclude(_BASELINE_RATED & _FINAL_RATED)
        if value == Shift.UNDETERMINED:
            unclear = Q(baseline_unclear__gt=0) | Q(final_unclear__gt=0)
            return queryset.filter(_BASELINE_RATED & _FINAL_RATED & unclear)
        difference = F("final_level") - F("baseline_level")
        return queryset.annotate(difference=difference).filter(_DIFFERENCES[Shift(value)])


class RecommendationFilter(django_filters.FilterSet):
    """By what the town said, how urgent it is, whether it is late, who looks after it, and text."""

    text = django_filters.CharFilter(method="filter_text", label=_("Search"))
    response = django_filters.ChoiceFilter(
        method="filter_chosen",
        label=_("Response of the municipality"),
        empty_label=_("all"),
        choices=[*Response.choices, (NOT_GIVEN, _("not answered yet"))],
    )
    priority = django_filters.ChoiceFilter(
        method="filter_chosen",
        label=_("Priority"),
        empty_label=_("all"),
        choices=[*Priority.choices, (NOT_GIVEN, _("not given"))],
    )
    due = django_filters.ChoiceFilter(
        method="filter_due",
        label=_("Due"),
        empty_label=_("all"),
        choices=[(OVERDUE, _("overdue"))],
    )
    responsible = django_filters.ModelChoiceFilter(
        queryset=User.objects.none(), label=_("Responsible person"), empty_label=_("everybody")
    )

    class Meta:
        model = Recommendation
        fields = ["text", "response", "priority", "due", "responsible"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Only people whom the person meets in the list.
        people = self.queryset.order_by().values("responsible")
        self.filters["responsible"].queryset = User.objects.filter(pk__in=people).order_by(
            "name", "email"
        )

    def filter_text(self, queryset: QuerySet[Recommendation], name: str, value: str) -> Any:
        typed = czech.fold(value)
        fields = ("title", "text", "finding", "conclusion")
        folded = {f"folded_{field}": Fold(field) for field in fields}
        found = Q()
        for field in folded:
            found |= Q(**{f"{field}__contains": typed})
        return queryset.annotate(**folded).filter(found)

    def filter_chosen(self, queryset: QuerySet[Recommendation], name: str, value: str) -> Any:
        return queryset.filter(**{name: "" if value == NOT_GIVEN else value})

    def filter_due(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.overdue(self.today)
