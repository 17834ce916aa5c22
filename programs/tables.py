"""Lists of programs, consultations and people."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from actors.models import Actor, Municipality
from programs.models import Consultation, Program


class ProgramTable(tables.Table):
    title = tables.TemplateColumn(
        template_name="programs/_program_title.html", verbose_name=_("Program")
    )
    municipality = tables.Column(
        accessor="locality__municipality__name", verbose_name=_("Municipality")
    )
    locality = tables.Column(accessor="locality__name", verbose_name=_("Locality"))
    theme = tables.Column(accessor="theme__name", verbose_name=_("Theme"))
    period = tables.TemplateColumn(
        template_name="programs/_program_period.html",
        verbose_name=_("Period"),
        order_by=("first_month", "last_month"),
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


class ConsultationTable(tables.Table):
    chosen = tables.TemplateColumn(
        template_name="programs/_consultation_chosen.html",
        verbose_name=_("Choose"),
        orderable=False,
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
        order_by=("phase__position",),
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
    )

    class Meta:
        model = Consultation
        fields = ["chosen", "held_on", "kind", "phase", "goals", "people", "outcome", "edit"]
        order_by = ["-held_on"]
        empty_text = _("No consultation matches the filter.")
        attrs = {"caption": _("Log of consultations")}


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
        template_name="programs/_user_name.html", verbose_name=_("Name"), order_by=("person",)
    )
    email = tables.Column(verbose_name=_("E-mail"))
    roles = tables.TemplateColumn(
        template_name="programs/_user_roles.html", verbose_name=_("Programs"), orderable=False
    )
    last_login = tables.TemplateColumn(
        template_name="programs/_user_last_login.html", verbose_name=_("Last sign-in")
    )
    is_active = tables.TemplateColumn(
        template_name="programs/_user_state.html", verbose_name=_("State")
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
