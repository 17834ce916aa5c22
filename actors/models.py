"""Towns, their excluded localities, and who acts there. People are functions, never names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.roles import Permission
from litvinov import czech
from litvinov.fields import CzechCharField, TextListField, one_of, validate_ico


class MunicipalityManager(models.Manager["Municipality"]):
    def get_by_natural_key(self, code: str) -> Municipality:
        return self.get(code=code)


class Municipality(Audited):
    """A town (obec); `code` is its RÚIAN code, which is also the end of its LAU2 code."""

    name = CzechCharField(_("name"), max_length=100)
    code = models.CharField(
        _("RÚIAN code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}\Z", _("The code of a municipality has six digits."))],
    )
    district = CzechCharField(_("district"), max_length=100)
    region = CzechCharField(_("region"), max_length=100)
    ico = models.CharField(
        _("registration number (IČO)"),
        max_length=8,
        blank=True,
        validators=[validate_ico],
    )

    edited_with = Permission.EDIT_CODE_LISTS

    objects = MunicipalityManager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{6}$"),
                name="municipality_code_has_six_digits",
            ),
            models.CheckConstraint(
                condition=Q(ico="") | Q(ico__regex=r"^\d{8}$"),
                name="municipality_ico_has_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class LocalRecordQuerySet(models.QuerySet[Any]):
    def get_by_natural_key(self, municipality: str, name: str) -> Any:
        return self.get(municipality__code=municipality, name=name)

    def namesake(self, municipality: Municipality, name: str) -> Any:
        """The record of a town with this name, whatever its case, diacritics and spaces."""
        wanted = folded_name(name)
        records = self.filter(municipality=municipality)
        return next((record for record in records if folded_name(record.name) == wanted), None)

    def known_as(self, municipality: Municipality, name: str) -> Any:
        """The record of a town with this name or, failing that, with this other name."""
        wanted = folded_name(name)
        records = list(self.filter(municipality=municipality))
        by_name = [record for record in records if folded_name(record.name) == wanted]
        by_alias = [record for record in records if wanted in map(folded_name, record.other_names)]
        return next(iter(by_name + by_alias), None)


def folded_name(name: str) -> str:
    """Two names that fold to one text are taken for the same name."""
    return " ".join(czech.fold(name).split())


class LocalRecord(Audited):
    """Something of one town, known there by its name."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    name = CzechCharField(_("name"), max_length=200)

    edited_with = Permission.EDIT_FRAME

    objects = LocalRecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="%(class)s_name_unique_in_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        """What else it is called; of a kind of record that has no other names, nothing."""
        return getattr(self, "aliases", [])

    def natural_key(self) -> tuple[str, str]:
        return (self.municipality.code, self.name)

    natural_key.dependencies = ["actors.municipality"]  # type: ignore[attr-defined]


class Locality(LocalRecord):
    """A socially excluded locality (SVL) of a town; it has no code and no published border."""

    description = models.CharField(_("description"), max_length=200, blank=True)

    edited_with = Permission.EDIT_CODE_LISTS

    class Meta(LocalRecord.Meta):
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        ordering = ["municipality__name", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.name}"


class ActorKind(models.TextChoices):
    ORGANISATION = "organisation", _("organisation")
    UNIT = "unit", _("unit")
    BODY = "body", _("body")
    TEAM = "team", _("team")
    FUNCTION = "function", _("function")
    FACILITY = "facility", _("facility")
    PROJECT = "project", _("project")
    TERRITORY = "territory", _("territorial unit")
    DONOR = "donor", _("donor")
    GROUP = "group", _("group of actors")


class Actor(LocalRecord):
    """An organisation, a part of one, or a function that takes part in what happens in a town."""

    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    aliases = TextListField(_("other names"))
    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("belongs to"),
    )
    functions = TextListField(_("functions"))
    description = models.TextField(_("description"), blank=True)

    search_fields = ["name", "abbreviation", "aliases", "functions", "description"]

    class Meta(LocalRecord.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            *LocalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="actor_is_not_its_own_parent",
            ),
            one_of("kind", ActorKind.values, model="actor"),
        ]

    def clean(self) -> None:
        """What belongs to an actor cannot at the same time be above it."""
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("An actor cannot belong to its own part.")})
            seen.add(above.pk)
            above = above.parent


class WorkingGroupState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("working group", "active")
    FORMER = "former", pgettext_lazy("working group", "former")
    ESTABLISHED = "established", pgettext_lazy("working group", "established")
    PLANNED = "planned", pgettext_lazy("working group", "planned")
    SUSPENDED = "suspended", pgettext_lazy("working group", "suspended")
    NOT_ESTABLISHED = "not_established", pgettext_lazy("working group", "not established")
    RECOMMENDED = "recommended", pgettext_lazy("working group", "recommended")


class WorkingGroup(LocalRecord):
    state = models.CharField(_("state"), max_length=20, choices=WorkingGroupState)
    purpose = models.TextField(_("purpose"), blank=True)
    initiator = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiated_groups",
        verbose_name=_("initiator"),
    )
    members_complete = models.BooleanField(_("the list of members is complete"), default=False)

    search_fields = ["name", "purpose"]

    class Meta(LocalRecord.Meta):
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        constraints = [
            *LocalRecord.Meta.constraints,
            one_of("state", WorkingGroupState.values, model="working_group"),
        ]


class GroupMemberManager(models.Manager["GroupMember"]):
    def get_by_natural_key(self, municipality: str, group: str, function: str) -> GroupMember:
        return self.get(
            group__municipality__code=municipality, group__name=group, function=function
        )


class SeatKind(models.TextChoices):
    MEMBER = "member", pgettext_lazy("seat in a working group", "member")
    INVITED = "invited", pgettext_lazy("seat in a working group", "invited")
    EXPECTED = "expected", pgettext_lazy("seat in a working group", "expected")


class GroupMember(Audited):
    """A seat in a working group, held by a function."""

    group = models.ForeignKey(
        WorkingGroup,
        models.CASCADE,
        related_name="members",
        verbose_name=_("working group"),
    )
    position = models.PositiveSmallIntegerField(_("order"))
    function = CzechCharField(_("function"), max_length=200)
    actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="group_seats",
        verbose_name=_("actor"),
    )
    kind = models.CharField(
        _("kind of seat"), max_length=20, choices=SeatKind, default=SeatKind.MEMBER
    )

    edited_with = Permission.EDIT_FRAME
    search_fields = ["function"]

    objects = GroupMemberManager()

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")
        ordering = ["group", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "function"],
                name="group_member_function_unique_in_group",
            ),
            models.UniqueConstraint(
                fields=["group", "position"],
                name="group_member_position_unique_in_group",
            ),
            one_of("kind", SeatKind.values, model="group_member"),
        ]

    def __str__(self) -> str:
        return self.function

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.group.natural_key(), self.function)

    natural_key.dependencies = ["actors.workinggroup"]  # type: ignore[attr-defined]


class TargetGroupKind(models.TextChoices):
    TARGET = "target", _("target group")
    RECIPIENT = "recipient", _("recipient of recommendations")


class TargetGroup(LocalRecord):
    """People a program is for (CS), or those its recommendations are addressed to."""

    aliases = TextListField(_("other names"))
    kind = models.CharField(
        _("kind"), max_length=20, choices=TargetGroupKind, default=TargetGroupKind.TARGET
    )
    description = models.TextField(_("description"), blank=True)

    search_fields = ["name", "aliases", "description"]

    class Meta(LocalRecord.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = [
            *LocalRecord.Meta.constraints,
            one_of("kind", TargetGroupKind.values, model="target_group"),
        ]

    def __str__(self) -> str:
        return self.name
