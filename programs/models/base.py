"""What records of a program have in common."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Permission, Visibility
from litvinov.fields import one_of


class VisibleQuerySet(models.QuerySet[Any]):
    def visible_in(self, visibilities: Iterable[Visibility]) -> Self:
        """The records somebody with these visibilities may read."""
        return self.filter(visibility__in=list(visibilities))


class PositionedQuerySet(VisibleQuerySet):
    def get_by_natural_key(self, program: str, position: int) -> Any:
        return self.get(program__slug=program, position=position)


class PositionedRecord(Audited):
    """One of an ordered row of things in a program, known by its place in the row."""

    program = models.ForeignKey(
        "programs.Program",
        models.CASCADE,
        related_name="%(class)s_set",
        verbose_name=_("program"),
    )
    position = models.PositiveSmallIntegerField(_("order"))

    program_lookup = "program"
    edited_with = Permission.EDIT_FRAME

    objects = PositionedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["program", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "position"], name="%(class)s_position_unique_in_program"
            ),
        ]

    def natural_key(self) -> tuple[str, int]:
        return (self.program.slug, self.position)

    natural_key.dependencies = ["programs.program"]  # type: ignore[attr-defined]


def visibility_field() -> models.CharField:
    return models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )


def visibility_is_known(model: str) -> models.CheckConstraint:
    return one_of("visibility", Visibility.values, model=model)
