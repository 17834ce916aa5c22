"""Written parts of a program, in sections of an extensible set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Permission, Visibility
from litvinov.narrative import count_words
from programs.models.base import (
    PositionedQuerySet,
    PositionedRecord,
    VisibleQuerySet,
    visibility_field,
    visibility_is_known,
)
from programs.models.program import Program
from programs.models.source import Source

SUMMARY_CODE = "summary"
SUMMARY_LETTERS = 3500
"""About so many letters fit on the one page of the executive summary."""


class NarrativeSectionManager(models.Manager["NarrativeSection"]):
    def get_by_natural_key(self, code: str) -> NarrativeSection:
        return self.get(code=code)


class NarrativeSection(Audited):
    """A chapter that is written: its heading, and a prompt saying what belongs there.

    The report knows where the sections of the common frame stand; sections it does not
    know are printed after cooperation, in their order.
    """

    code = models.SlugField(_("code"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    prompt = models.TextField(_("prompt"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), unique=True)
    counterpart = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section to read beside it"),
        help_text=_("Its texts stand beside the form, such as the starting points beside the end."),
    )

    objects = NarrativeSectionManager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class ProgramSectionQuerySet(PositionedQuerySet):
    def with_texts(self, visibilities: Collection[Visibility]) -> list[SectionTexts]:
        """Each section with those of its texts that somebody may read; two queries."""
        plans = list(self.select_related("section", "responsible", "program"))
        written: dict[tuple[int, int], list[Narrative]] = {}
        for narrative in (
            Narrative.objects.filter(program__in={plan.program_id for plan in plans})
            .visible_in(visibilities)
            .select_related("section")
            .order_by("position", "pk")
        ):
            written.setdefault((narrative.program_id, narrative.section_id), []).append(narrative)
        return [
            SectionTexts(plan, tuple(written.get((plan.program_id, plan.section_id), [])))
            for plan in plans
        ]


@dataclass(frozen=True)
class SectionTexts:
    """A section of a program and its texts."""

    plan: ProgramSection
    texts: tuple[Narrative, ...]

    @property
    def word_count(self) -> int:
        return sum(count_words(narrative.text) for narrative in self.texts)

    @property
    def is_written(self) -> bool:
        return any(narrative.text.strip() for narrative in self.texts)


class ProgramSection(PositionedRecord):
    """A section a program is going to write: who writes it, and until when."""

    section = models.ForeignKey(
        NarrativeSection, models.PROTECT, related_name="plans", verbose_name=_("section")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)

    title_related = ["section"]

    objects = ProgramSectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(PositionedRecord.Meta):
        verbose_name = _("section of the program")
        verbose_name_plural = _("sections of the program")
        constraints = [
            *PositionedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["program", "section"], name="program_section_unique_in_program"
            ),
        ]

    def __str__(self) -> str:
        return self.section.title


class NarrativeQuerySet(VisibleQuerySet):
    def get_by_natural_key(self, program: str, section: str, position: int) -> Narrative:
        return self.get(program__slug=program, section__code=section, position=position)


class Narrative(Audited):
    """One text of a section; a section may have several, each with a topic of its own."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name=_("program"))
    section = models.ForeignKey(
        NarrativeSection, models.PROTECT, related_name="narratives", verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    topic = models.CharField(_("topic"), max_length=150, blank=True)
    text = models.TextField(_("text"), blank=True)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="narratives", verbose_name=_("sources")
    )
    visibility = visibility_field()

    program_lookup = "program"
    title_related = ["section"]
    search_fields = ["topic", "text"]
    edited_with = Permission.EDIT_FRAME
    title_related = ["section"]

    _history_m2m_fields = ["sources"]

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("narrative")
        verbose_name_plural = _("narratives")
        ordering = ["program", "section__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "section", "position"],
                name="narrative_position_unique_in_section",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="narrative_position_starts_at_one"
            ),
            visibility_is_known("narrative"),
        ]

    def __str__(self) -> str:
        return self.topic or self.section.title

    def natural_key(self) -> tuple[str, str, int]:
        return (self.program.slug, self.section.code, self.position)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "programs.program",
        "programs.narrativesection",
    ]
