"""Lists of programs, consultations and people."""

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from actors.models import Actor, Municipality
from litvinov import czech
from programs.models import Consultation, ConsultationKind, Program, ProgramState

NOT_PRINTED = {"cell": {"class": "table__actions"}}
"""Attributes of a column that only leads somewhere or chooses rows."""


class ProgramTable(tables.Table):
    title = tables.TemplateColumn(
        template_name="programs/_program_title.html",
        verbose_name=_("Program"),
        order_by=("title", "pk"),
    )
    municipality = tables.Column(
        accessor="locality__municipality__name",
        verbose_name=_("Municipality"),
        order_by=("locality__municipality__name", "title", "pk"),
    )
    locality = tables.Column(
        accessor="locality__name",
        verbose_name=_("Locality"),
        order_by=("locality__name", "title", "pk"),
    )
    theme = tables.Column(
        accessor="theme__name", verbose_name=_("Theme"), order_by=("theme__name", "title", "pk")
    )
    period = tables.TemplateColumn(
        template_name="programs/_program_period.html",
        verbose_name=_("Period"),
        order_by=("first_month", "last_month", "title", "pk"),
    )
    state = tables.TemplateColumn(
        template_name="programs/_program_state.html", verbose_name=_("State")
    )

    class Meta:
        model = Program
        fields = ["title", "municipality", "locality", "theme", "period", "state"]
        order_by = ["title"]
        empty_text = _("No program matches the filter.")
        attrs = {"caption": _("Programs")}

    def order_state(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        """As programs go through their states."""
        return _by_choice(queryset, "state", ProgramState.values, is_descending, "title"), True


class ConsultationTable(tables.Table):
    chosen = tables.TemplateColumn(
        template_name="programs/_consultation_chosen.html",
        verbose_name=_("Choose"),
        orderable=False,
        attrs=NOT_PRINTED,
    )
    held_on = tables.TemplateColumn(
        template_name="programs/_consultation_date.html",
        verbose_name=_("Date"),
        order_by=("held_on", "pk"),
    )
    kind = tables.Column(verbose_name=_("Kind"))
    phase = tables.TemplateColumn(
        template_name="programs/_consultation_phase.html",
        verbose_name=_("Phase"),
        order_by=("phase__position", "held_on", "pk"),
    )
    goals = tables.TemplateColumn(
        template_name="programs/_consultation_goals.html",
        verbose_name=_("Goals"),
        orderable=False,
    )
    people = tables.TemplateColumn(
        template_name="programs/_consultation_people.html",
        verbose_name=_("Who took part"),
        orderable=False,
    )
    outcome = tables.TemplateColumn(
        template_name="programs/_consultation_outcome.html",
        verbose_name=_("Outcome"),
        orderable=False,
    )
    edit = tables.TemplateColumn(
        template_name="programs/_consultation_edit.html",
        verbose_name=_("Actions"),
        orderable=False,
        attrs=NOT_PRINTED,
    )

    class Meta:
        model = Consultation
        fields = ["chosen", "held_on", "kind", "phase", "goals", "people", "outcome", "edit"]
        order_by = ["-held_on"]
        empty_text = _("No consultation matches the filter.")
        attrs = {"caption": _("Log of consultations")}

    def order_kind(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        """By the words people read, not by the codes the database has."""
        kinds = sorted(ConsultationKind, key=lambda kind: czech.sort_key(str(kind.label)))
        return _by_choice(queryset, "kind", kinds, is_descending, "-held_on"), True


class ActorTable(tables.Table):
    name = tables.TemplateColumn(
        template_name="programs/_actor_name.html",
        verbose_name=_("Actor"),
        order_by=("name", "pk"),
    )
    kind = tables.Column(verbose_name=_("Kind"), orderable=False)
    parent = tables.Column(
        verbose_name=pgettext_lazy("actor", "Belongs to"),
        order_by=("parent__name", "name", "pk"),
        default="–",
        attrs={"cell": {"class": "names"}},
    )
    consultation_count = tables.Column(
        verbose_name=_("Consultations"), order_by=("consultation_count", "name", "pk")
    )
    last_consultation = tables.DateColumn(
        verbose_name=_("Last time"),
        short=True,
        order_by=("last_consultation", "name", "pk"),
        default="–",
    )

    class Meta:
        model = Actor
        fields = ["name", "kind", "parent", "consultation_count", "last_consultation"]
        order_by = ["name"]
        empty_text = _("No actor matches the filter.")
        attrs = {"caption": _("Actors of the program")}


class UserTable(tables.Table):
    name = tables.TemplateColumn(
        template_name="programs/_user_name.html", verbose_name=_("Name"), order_by=("person", "pk")
    )
    email = tables.Column(verbose_name=_("E-mail"))
    roles = tables.TemplateColumn(
        template_name="programs/_user_roles.html", verbose_name=_("Programs"), orderable=False
    )
    last_login = tables.TemplateColumn(
        template_name="programs/_user_last_login.html",
        verbose_name=_("Last sign-in"),
        order_by=("last_login", "person", "pk"),
    )
    is_active = tables.TemplateColumn(
        template_name="programs/_user_state.html",
        verbose_name=_("State"),
        order_by=("is_active", "person", "pk"),
    )

    class Meta:
        model = User
        fields = ["name", "email", "roles", "last_login", "is_active"]
        order_by = ["name"]
        empty_text = _("Nobody matches the filter.")
        attrs = {"caption": _("Users")}


class MunicipalityTable(tables.Table):
    name = tables.Column(
        linkify=("municipality_detail", [tables.A("pk")]),
        verbose_name=_("Municipality"),
        order_by=("name", "pk"),
        attrs={"a": {"class": "row-link"}},
    )
    district = tables.Column(verbose_name=_("District"), order_by=("district", "name", "pk"))
    region = tables.Column(verbose_name=_("Region"), order_by=("region", "name", "pk"))
    code = tables.Column(verbose_name=_("Code (RÚIAN)"))
    locality_count = tables.Column(verbose_name=_("Localities"), orderable=False)

    class Meta:
        model = Municipality
        fields = ["name", "district", "region", "code", "locality_count"]
        order_by = ["name"]
        empty_text = _("No municipality matches the filter.")
        attrs = {"caption": _("Municipalities")}


def _by_choice(
    queryset: QuerySet[Any], field: str, values: Sequence[str], is_descending: bool, then: str
) -> QuerySet[Any]:
    """Sorted by the place of a value among `values`; equal ones stand the same way always."""
    place = Case(
        *(When(**{field: value}, then=Value(number)) for number, value in enumerate(values))
    )
    return queryset.annotate(place=place).order_by(
        "-place" if is_descending else "place", then, "pk"
    )
