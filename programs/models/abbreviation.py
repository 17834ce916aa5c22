"""Abbreviations and what they stand for."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Permission
from litvinov.fields import CzechCharField, TextListField
from programs.models.program import Program


class AbbreviationQuerySet(models.QuerySet["Abbreviation"]):
    def get_by_natural_key(self, program: str | None, abbreviation: str) -> Abbreviation:
        return self.get(program__slug=program, abbreviation=abbreviation)

    def known_to(self, program: Program) -> Self:
        """The shared ones and the program's own."""
        return self.filter(Q(program__isnull=True) | Q(program=program))


class Abbreviation(Audited):
    """Shared by all programs, or of one of them, which then comes before the shared one.

    An empty expansion means a proper name that is never spelled out.
    """

    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, verbose_name=_("program")
    )
    abbreviation = CzechCharField(_("abbreviation"), max_length=30)
    forms = TextListField(_("forms"))
    expansion = models.CharField(_("stands for"), max_length=200, blank=True)

    program_lookup = "program"
    search_fields = ["abbreviation", "forms", "expansion"]
    edited_with = Permission.EDIT_FRAME

    objects = AbbreviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        ordering = ["abbreviation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "abbreviation"],
                name="abbreviation_unique_in_program",
            ),
            models.UniqueConstraint(
                fields=["abbreviation"],
                condition=Q(program__isnull=True),
                name="abbreviation_unique_among_shared",
            ),
        ]

    def __str__(self) -> str:
        return self.abbreviation

    def natural_key(self) -> tuple[str | None, str]:
        return (self.program.slug if self.program else None, self.abbreviation)

    natural_key.dependencies = ["programs.program"]  # type: ignore[attr-defined]

    @property
    def all_forms(self) -> tuple[str, ...]:
        """Every way it is written in a text, the main one first."""
        return tuple(dict.fromkeys([self.abbreviation, *self.forms]))
