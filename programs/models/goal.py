"""Goals: the first of the two axes. Activities and recommendations link to them."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.audit import Audited
from accounts.roles import Permission
from litvinov.fields import one_of
from programs.models.program import Program
from programs.models.source import Source

CODE_PATTERN = r"^\d{1,4}(\.\d{1,4})*$"


class ImplementationState(models.TextChoices):
    """What is happening with a goal (stav realizace)."""

    NOT_STARTED = "not_started", pgettext_lazy("goal", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("goal", "Being pursued")
    SUSPENDED = "suspended", pgettext_lazy("goal", "Suspended")
    POSTPONED = "postponed", pgettext_lazy("goal", "Postponed")
    CLOSED = "closed", pgettext_lazy("goal", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("goal", "Cancelled or replaced")


class Fulfilment(models.TextChoices):
    """What was achieved (míra splnění)."""

    NOT_REALISED = "not_realised", pgettext_lazy("goal", "Not realised")
    PARTLY = "partly", pgettext_lazy("goal", "Partly fulfilled")
    MOSTLY = "mostly", pgettext_lazy("goal", "Mostly fulfilled")
    FULFILLED = "fulfilled", pgettext_lazy("goal", "Fulfilled")
    NOT_ASSESSED = "not_assessed", pgettext_lazy("goal", "Not assessed")


class StatePosition(models.TextChoices):
    """Whose position it is that a goal is suspended or postponed."""

    TOWN = "town", _("municipality")
    AGENCY = "agency", _("ASZ")


NEEDS_REASON = (ImplementationState.SUSPENDED, ImplementationState.POSTPONED)


def sort_key(code: str) -> str:
    """A text that sorts codes as numbers do: 2.2 before 2.10."""
    return ".".join(part.zfill(4) for part in code.split(".")) if code else ""


class GoalQuerySet(models.QuerySet["Goal"]):
    def get_by_natural_key(self, program: str, code: str) -> Goal:
        return self.get(program__slug=program, code=code)

    def coded(self) -> Self:
        """Every goal but the long-term one, which work is never linked to directly."""
        return self.exclude(code="")

    def evaluated(self) -> Self:
        """Every goal that is to be evaluated: not the long-term one, and none that only gathers
        sub-goals and has no state of its own.
        """
        below = Goal.objects.filter(parent=models.OuterRef("pk"))
        own = ~Q(implementation_state="") | ~Q(fulfilment="")
        return self.coded().filter(own | ~models.Exists(below))


class Goal(Audited):
    """A node of a program's tree of goals, of any depth.

    The long-term goal is the one without a code. A goal whose parent is not given is
    a specific goal; below it come its sub-goals. The wording stands here once and for
    all; every place that cites a goal reads it from here.
    """

    program = models.ForeignKey(Program, models.CASCADE, verbose_name=_("program"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior goal"),
    )
    code = models.CharField(
        _("code"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(CODE_PATTERN, _("Enter numbers divided by dots, for example 1.1.5.")),
        ],
    )
    sort_key = models.CharField(max_length=60, blank=True, editable=False)
    short_title = models.CharField(_("short title"), max_length=150, blank=True)
    wording = models.TextField(_("wording"))
    implementation_state = models.CharField(
        _("state of implementation"), max_length=20, choices=ImplementationState, blank=True
    )
    fulfilment = models.CharField(
        _("degree of fulfilment"), max_length=20, choices=Fulfilment, blank=True
    )
    state_reason = models.TextField(_("reason"), blank=True)
    state_position = models.CharField(
        _("whose position"), max_length=10, choices=StatePosition, blank=True
    )
    addressed_by_recommendation = models.BooleanField(
        _("addressed by a recommendation"), default=False
    )
    evaluation = models.TextField(_("evaluation"), blank=True)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="goals", verbose_name=_("sources")
    )

    program_lookup = "program"
    search_fields = ["short_title", "wording", "state_reason", "evaluation"]
    edited_with = Permission.EDIT_FRAME
    # Other goals and texts follow the codes, which is why they are changed in one place only.
    not_restored = ("code", "parent")

    _history_m2m_fields = ["sources"]

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["program", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="goal_code_unique_in_program",
                violation_error_message=_("This code is already used by another goal."),
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__regex=CODE_PATTERN), name="goal_code_is_numbers"
            ),
            models.CheckConstraint(
                condition=~Q(code="") | Q(parent__isnull=True), name="goal_long_term_has_no_parent"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="goal_is_not_its_own_parent",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="goal_has_wording"),
            one_of("implementation_state", ["", *ImplementationState.values], model="goal"),
            one_of("fulfilment", ["", *Fulfilment.values], model="goal"),
            one_of("state_position", ["", *StatePosition.values], model="goal"),
        ]

    def __str__(self) -> str:
        if self.is_long_term:
            return str(_("Long-term goal"))
        title = self.short_title or self.wording
        return f"{self.code} {title}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def natural_key(self) -> tuple[str, str]:
        return (self.program.slug, self.code)

    natural_key.dependencies = ["programs.program"]  # type: ignore[attr-defined]

    @property
    def is_long_term(self) -> bool:
        return not self.code

    @property
    def depth(self) -> int:
        """0 for a specific goal (1.1), 1 for its sub-goals (1.1.1), and so on."""
        return max(self.code.count(".") - 1, 0)
