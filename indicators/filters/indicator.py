"""The filter of a program's indicators, its ready views and its orders."""

from collections.abc import Callable, Collection
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Visibility
from indicators.grid import MOMENTS, RATING_PERMISSIONS, STATEMENT_PERMISSIONS
from indicators.models import CANNOT_JUDGE, AdoptedCriterion, Assessment, Indicator, Rater
from indicators.shift import Level, Shift
from litvinov import czech
from litvinov.db.functions import Fold
from programs.access import ProgramAccess

NOT_RATED = "not_rated"
MISSING, DIFFERENT, WORSE = "missing", "different", "worse"

_DIFFERENCES = {
    Shift.MUCH_BETTER: Q(difference__gte=2),
    Shift.BETTER: Q(difference=1),
    Shift.SAME: Q(difference=0),
    Shift.WORSE: Q(difference=-1),
    Shift.MUCH_WORSE: Q(difference__lte=-2),
}


def _rated(rater: str, moment: str) -> Q:
    level = {f"{rater}_{moment}__isnull": False}
    return Q(**level) | Q(**{f"{rater}_{moment}_unclear__gt": 0})


_BASELINE_RATED = _rated("expert", "baseline")
_FINAL_RATED = _rated("expert", "final")


# --- ready views ----------------------------------------------------------------------------


def what_is_missing(access: ProgramAccess) -> Any:
    """What the person should still fill in; None for somebody who fills in nothing.

    What is hidden from them is nothing they could fill in.
    """
    missing: Any = Q()
    for moment in MOMENTS:
        here = Assessment.objects.filter(
            adopted__program=access.program, indicator=OuterRef("pk"), moment=moment
        )
        hidden = ~Q(visibility__in=list(access.visibilities))
        if STATEMENT_PERMISSIONS[moment] in access.permissions:
            missing |= ~Exists(here.filter(hidden | ~Q(statement="")))
        for rater, permission in RATING_PERMISSIONS.items():
            if permission in access.permissions:
                given = Q(ratings__level__isnull=False) | Q(ratings__cannot_judge=True)
                rated = Q(ratings__rater=rater) & given
                missing |= ~Exists(here.filter(hidden | rated))
    return missing or None


def _where_raters_differ() -> Q:
    different = Q()
    for moment in ("baseline", "final"):
        both = _rated("expert", moment) & _rated("town", moment)
        level = ~Q(**{f"expert_{moment}": F(f"town_{moment}")})
        known = Q(**{f"expert_{moment}__isnull": False, f"town_{moment}__isnull": False})
        unclear = ~Q(**{f"expert_{moment}_unclear": F(f"town_{moment}_unclear")})
        different |= both & ((known & level) | unclear)
    return different


def _where_it_got_worse() -> Q:
    return Q(expert_final__lt=F("expert_baseline")) | Q(town_final__lt=F("town_baseline"))


def ready_views(access: ProgramAccess) -> dict[str, tuple[Any, Q]]:
    """Views with a name that people ask for most, each with what it leaves."""
    views = {
        DIFFERENT: (_("Ratings differ"), _where_raters_differ()),
        WORSE: (_("Worsening"), _where_it_got_worse()),
    }
    missing = what_is_missing(access)
    if missing is None:
        return views
    return {MISSING: (_("Missing from me"), missing), **views}


# --- orders ---------------------------------------------------------------------------------

_CATALOGUE = ("criterion__adoptions__position", "position", "pk")


def _by(*fields: Any) -> Callable[[QuerySet[Indicator]], QuerySet[Indicator]]:
    return lambda queryset: queryset.order_by(*fields, *_CATALOGUE)


def _by_shift(queryset: QuerySet[Indicator]) -> QuerySet[Indicator]:
    shift = F("expert_final") - F("expert_baseline")
    return queryset.order_by(shift.asc(nulls_last=True), *_CATALOGUE)


ORDERS: dict[str, tuple[Any, Callable[[QuerySet[Indicator]], QuerySet[Indicator]]]] = {
    "baseline": (_("baseline, lowest first"), _by(F("expert_baseline").asc(nulls_last=True))),
    "final": (_("final state, lowest first"), _by(F("expert_final").asc(nulls_last=True))),
    "shift": (_("shift, worsening first"), _by_shift),
    "changed": (_("last change, newest first"), _by("-changed_at")),
}


class IndicatorFilter(django_filters.FilterSet):
    """By criterion, final state, shift (both as the expert rated them), text and ready view."""

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
    sort = django_filters.ChoiceFilter(
        method="filter_sort",
        label=_("Sort by"),
        empty_label=_("order of the catalogue"),
        choices=[(name, label) for name, (label, _order) in ORDERS.items()],
    )
    view = django_filters.ChoiceFilter(
        method="filter_view",
        choices=[(name, name) for name in (MISSING, DIFFERENT, WORSE)],
        widget=forms.HiddenInput,
    )
    chart = django_filters.ChoiceFilter(
        method="keep",
        choices=[(Rater.TOWN.value, Rater.TOWN.label), ("none", pgettext_lazy("chart", "none"))],
        widget=forms.HiddenInput,
    )
    interim = django_filters.ChoiceFilter(
        method="keep",
        choices=[("none", pgettext_lazy("interim states", "hide"))],
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Indicator
        fields = ["text", "criterion", "state", "shift", "sort", "view", "chart", "interim"]

    def __init__(
        self,
        *args: Any,
        access: ProgramAccess,
        adopted: QuerySet[AdoptedCriterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.program = access.program
        self.visibilities: Collection[Visibility] = access.visibilities
        self.filters["criterion"].queryset = adopted

    def chosen(self, name: str) -> str:
        """A value that was chosen and is valid, otherwise nothing."""
        form = self.form
        return str(form.cleaned_data.get(name) or "") if form.is_valid() else ""

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
            return queryset.filter(Q(expert_final_unclear__gt=0))
        return queryset.filter(Q(expert_final=value))

    def filter_shift(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        if value == NOT_RATED:
            return queryset.exclude(_BASELINE_RATED & _FINAL_RATED)
        if value == Shift.UNDETERMINED:
            unclear = Q(expert_baseline_unclear__gt=0) | Q(expert_final_unclear__gt=0)
            return queryset.filter(_BASELINE_RATED & _FINAL_RATED & unclear)
        difference = F("expert_final") - F("expert_baseline")
        return queryset.annotate(difference=difference).filter(_DIFFERENCES[Shift(value)])

    def filter_view(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        views = ready_views(self.access)
        return queryset.filter(views[value][1]) if value in views else queryset.none()

    def filter_sort(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        if value == "changed":
            queryset = queryset.with_last_change(self.program, self.visibilities)  # type: ignore[attr-defined]
        return ORDERS[value][1](queryset)

    def keep(self, queryset: QuerySet[Indicator], name: str, value: str) -> Any:
        """Of no effect on what is listed; it only survives filtering."""
        return queryset
