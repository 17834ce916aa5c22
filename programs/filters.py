"""Filters of lists; they live in the address, so that a view can be sent to a colleague."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actors.models import Actor, ActorKind, Municipality, TargetGroup
from litvinov import czech
from litvinov.db.functions import Fold
from litvinov.fields import MonthFormField, MonthInput
from programs.models import (
    Consultation,
    ConsultationKind,
    Goal,
    Program,
    ProgramState,
    Theme,
)

NO_PHASE = "none"


class ProgramFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="filter_text", label=_("Search"))
    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.none(), label=_("Theme"), empty_label=_("all")
    )
    state = django_filters.ChoiceFilter(
        choices=ProgramState, label=_("State"), empty_label=_("all")
    )

    class Meta:
        model = Program
        fields = ["text", "theme", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only themes the person meets: the whole code list would tell of others' programs.
        themes = Theme.objects.filter(programs__in=self.queryset).distinct()
        self.filters["theme"].queryset = themes

    def filter_text(self, queryset: QuerySet[Program], name: str, value: str) -> Any:
        typed = czech.fold(value)
        return queryset.annotate(
            folded_title=Fold("title"),
            folded_locality=Fold("locality__name"),
            folded_municipality=Fold("locality__municipality__name"),
        ).filter(
            Q(folded_title__contains=typed)
            | Q(folded_locality__contains=typed)
            | Q(folded_municipality__contains=typed)
        )


class ConsultationFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="filter_text", label=_("Search in outcomes"))
    phase = django_filters.ChoiceFilter(
        method="filter_phase", label=_("Phase"), empty_label=_("all")
    )
    kind = django_filters.ChoiceFilter(
        choices=ConsultationKind, label=_("Kind"), empty_label=_("all")
    )
    goal = django_filters.ModelChoiceFilter(
        field_name="goals", queryset=Goal.objects.none(), label=_("Goal"), empty_label=_("all")
    )
    actor = django_filters.ModelChoiceFilter(
        field_name="actors", queryset=Actor.objects.none(), label=_("Actor"), empty_label=_("all")
    )
    group = django_filters.ModelChoiceFilter(
        field_name="target_groups",
        queryset=TargetGroup.objects.none(),
        label=_("Target group"),
        empty_label=_("all"),
    )
    month = django_filters.CharFilter(method="filter_month", label=_("Month"), widget=MonthInput)
    loose = django_filters.BooleanFilter(
        method="filter_loose", label=_("only those in no activity"), widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(
        method="filter_mine", label=_("only what I logged"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Consultation
        fields = ["text", "phase", "kind", "goal", "actor", "group", "month", "loose", "mine"]

    def __init__(self, *args: Any, program: Program, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.filters["phase"].extra["choices"] = [
            *((str(phase.position), str(phase)) for phase in program.phase_set.all()),
            (NO_PHASE, _("outside phases")),
        ]
        self.filters["goal"].queryset = Goal.objects.filter(program=program).coded()
        self.filters["actor"].queryset = program.actors.all()
        self.filters["group"].queryset = program.target_groups.all()

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the less usual filters is set."""
        return any(self.data.get(name) for name in self.Meta.fields[3:])

    def filter_text(self, queryset: QuerySet[Consultation], name: str, value: str) -> Any:
        return queryset.annotate(folded_outcome=Fold("outcome")).filter(
            folded_outcome__contains=czech.fold(value)
        )

    def filter_phase(self, queryset: QuerySet[Consultation], name: str, value: str) -> Any:
        if value == NO_PHASE:
            return queryset.filter(phase__isnull=True)
        return queryset.filter(phase__position=value)

    def filter_month(self, queryset: QuerySet[Consultation], name: str, value: str) -> Any:
        try:
            month = MonthFormField().clean(value)
        except ValidationError:
            return queryset.none()
        return queryset.filter(held_on__gte=month, held_on__lt=czech.months_later(month, 1))

    def filter_loose(self, queryset: QuerySet[Consultation], name: str, value: bool) -> Any:
        return queryset.filter(activity__isnull=True) if value else queryset

    def filter_mine(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.logged_by(self.user) if value else queryset


class ActorFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="filter_text", label=_("Search"))
    kind = django_filters.ChoiceFilter(choices=ActorKind, label=_("Kind"), empty_label=_("all"))

    class Meta:
        model = Actor
        fields = ["text", "kind"]

    def filter_text(self, queryset: QuerySet[Actor], name: str, value: str) -> Any:
        # Lists of texts are JSON in the database, where neither database can fold them.
        typed = czech.fold(value)
        columns = queryset.values_list("pk", "name", "abbreviation", "aliases", "functions")
        found = [
            pk
            for pk, called, abbreviation, aliases, functions in columns
            if any(
                typed in czech.fold(text) for text in (called, abbreviation, *aliases, *functions)
            )
        ]
        return queryset.filter(pk__in=found)


ACTIVE, INACTIVE, WITHOUT_PROGRAMS = "active", "inactive", "without_programs"


class UserFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="filter_text", label=_("Search"))
    state = django_filters.ChoiceFilter(
        method="filter_state",
        label=_("State"),
        empty_label=_("all"),
        choices=[
            (ACTIVE, _("active")),
            (INACTIVE, _("not active")),
            (WITHOUT_PROGRAMS, _("without programs")),
        ],
    )

    class Meta:
        model = User
        fields = ["text", "state"]

    def filter_text(self, queryset: QuerySet[User], name: str, value: str) -> Any:
        typed = czech.fold(value)
        return queryset.annotate(folded_name=Fold("name"), folded_email=Fold("email")).filter(
            Q(folded_name__contains=typed) | Q(folded_email__contains=typed)
        )

    def filter_state(self, queryset: QuerySet[User], name: str, value: str) -> Any:
        if value == WITHOUT_PROGRAMS:
            return queryset.filter(memberships__isnull=True)
        return queryset.filter(is_active=value == ACTIVE)


class MunicipalityFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(
        method="filter_text", label=_("Search by name, district or code")
    )

    class Meta:
        model = Municipality
        fields = ["text"]

    def filter_text(self, queryset: QuerySet[Municipality], name: str, value: str) -> Any:
        typed = czech.fold(value)
        folded = queryset.annotate(folded_name=Fold("name"), folded_district=Fold("district"))
        return folded.filter(
            Q(folded_name__contains=typed)
            | Q(folded_district__contains=typed)
            | Q(code__startswith=value)
        )
