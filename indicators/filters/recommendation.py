"""The filter of a program's recommendations."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from litvinov import czech
from litvinov.db.functions import Fold
from programs.models import Priority, Recommendation, Response

NOT_GIVEN = "none"
OVERDUE = "overdue"


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
        self.filters["responsible"].queryset = User.objects.filter(pk__in=people).by_name()

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
