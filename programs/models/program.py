"""A program of a year or so in one locality, and the people who work on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.models import User, person_name
from accounts.roles import Permission, Role
from actors.models import Actor, Locality, TargetGroup, WorkingGroup
from litvinov.czech import months_later
from litvinov.fields import CzechCharField, MonthField, first_of_month, one_of

if TYPE_CHECKING:
    from programs.models.phase import Phase


class ThemeManager(models.Manager["Theme"]):
    def get_by_natural_key(self, name: str) -> Theme:
        return self.get(name=name)


class Theme(Audited):
    """What a program is about; a code list kept by methodologists."""

    name = CzechCharField(_("name"), max_length=150, unique=True)

    objects = ThemeManager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)


class ProgramState(models.TextChoices):
    PREPARATION = "preparation", pgettext_lazy("program", "in preparation")
    RUNNING = "running", pgettext_lazy("program", "running")
    FINISHED = "finished", pgettext_lazy("program", "finished")


class ProgramQuerySet(models.QuerySet["Program"]):
    def get_by_natural_key(self, slug: str) -> Program:
        return self.get(slug=slug)

    def of_member(self, user: User) -> Self:
        """The programs the person has a role in."""
        return self.filter(membership__user=user)


class Program(Audited):
    title = CzechCharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="programs", verbose_name=_("locality")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="programs", verbose_name=_("theme")
    )
    first_month = MonthField(_("first month"))
    last_month = MonthField(_("last month"))
    state = models.CharField(
        _("state"), max_length=20, choices=ProgramState, default=ProgramState.PREPARATION
    )
    provider = models.CharField(_("prepared by"), max_length=200, blank=True)
    team = models.CharField(_("team, by function"), max_length=200, blank=True)
    demo_notice = models.TextField(_("notice on demonstration data"), blank=True)
    actors = models.ManyToManyField(
        Actor, blank=True, related_name="programs", verbose_name=_("actors")
    )
    working_groups = models.ManyToManyField(
        WorkingGroup, blank=True, related_name="programs", verbose_name=_("working groups")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="programs", verbose_name=_("target groups")
    )

    program_lookup = "pk"
    search_fields = ["title", "provider", "team"]
    edited_with = Permission.EDIT_FRAME

    _history_m2m_fields = ["actors", "working_groups", "target_groups"]
    # What a program has taken from its town it may use by now.
    not_restored = ("actors", "working_groups", "target_groups")

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="program_ends_after_it_begins",
            ),
            first_of_month("first_month", model="program"),
            first_of_month("last_month", model="program"),
            one_of("state", ProgramState.values, model="program"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("program_detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "actors.actor",
        "actors.locality",
        "actors.targetgroup",
        "actors.workinggroup",
        "programs.theme",
    ]

    @property
    def month_count(self) -> int:
        first, last = self.first_month, self.last_month
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def months(self) -> Iterator[date]:
        """The first day of each month of the program."""
        for index in range(self.month_count):
            yield months_later(self.first_month, index)

    def phase_on(self, day: date) -> Phase | None:
        """The phase a day belongs to; phases of a program never overlap."""
        month = day.replace(day=1)
        return (
            self.phase_set.filter(first_month__lte=month, last_month__gte=month)
            .order_by("position")
            .first()
        )


class LastConsultant(ValidationError):
    """A program without a consultant could not take anybody into its team any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the only consultant of the program. Give the role to somebody else first."),
            code="last_consultant",
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def get_by_natural_key(self, program: str, email: str) -> Membership:
        return self.get(program__slug=program, user__email__iexact=email)

    def with_people(self) -> Self:
        """With the person and by name, as Czech sorts; who has none goes by the address."""
        named = self.select_related("user").annotate(person=person_name("user__"))
        return named.order_by("person", "pk")

    def consultants(self) -> Self:
        """Those who can manage the team: an account that is not active cannot."""
        return self.filter(role=Role.CONSULTANT, user__is_active=True)

    def last_consultants(self) -> Self:
        """Those without whom nobody could manage the team of their program."""
        others = Membership.objects.consultants().filter(program=OuterRef("program"))
        return self.filter(~Exists(others.exclude(pk=OuterRef("pk"))), role=Role.CONSULTANT)


class Membership(Audited):
    """A person's role in a program; without one the program does not exist for them."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name=_("program"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    program_lookup = "program"
    read_with = Permission.VIEW_PARTNER_CONTENT
    edited_with = Permission.MANAGE_TEAM
    title_related = ["user"]

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["program", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user"], name="membership_unique_in_program"
            ),
            one_of("role", Role.values, model="membership"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def natural_key(self) -> tuple[str, str]:
        return (self.program.slug, self.user.email)

    natural_key.dependencies = ["accounts.user", "programs.program"]  # type: ignore[attr-defined]

    def title_in_history(self) -> str:
        return str(self.user)

    def linked_as(self, model: type[models.Model]) -> models.Model:
        """Records of the program are linked to the person, not to the role."""
        return self.user if model is User else self

    @property
    def role_description(self) -> str:
        return Role(self.role).description

    @property
    def is_last_consultant(self) -> bool:
        """Whether the role as it is saved is the only one that can manage the team."""
        return type(self).objects.filter(pk=self.pk).last_consultants().exists()

    def clean(self) -> None:
        """Raises LastConsultant when the only consultant would become something else."""
        if self.role != Role.CONSULTANT and self.pk and self.is_last_consultant:
            raise LastConsultant
