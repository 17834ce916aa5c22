"""The national catalogue of criteria: the second axis, independent of goals."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.roles import Visibility
from litvinov.db.functions import CodeOrder
from programs.models import Program

CODE_PATTERN = r"^\d{1,4}(\.\d{1,4})*$"
validate_code = RegexValidator(CODE_PATTERN, _("Enter numbers divided by dots, for example 2.1."))


class CataloguePublished(ValidationError):
    """A published catalogue never changes; a change needs its next version."""

    def __init__(self, catalogue: str) -> None:
        super().__init__(
            _("%(catalogue)s is published and never changes; a change needs its next version."),
            params={"catalogue": catalogue},
        )


class CatalogueRecord(Audited):
    """A part of a catalogue, fixed from the day the catalogue is published."""

    class Meta:
        abstract = True

    @property
    def owning_catalogue(self) -> CriteriaCatalogue:
        raise NotImplementedError

    def _refuse_if_published(self) -> None:
        published = CriteriaCatalogue.objects.filter(
            pk=self.owning_catalogue.pk, published_on__isnull=False
        )
        if published.exists():
            raise CataloguePublished(str(self.owning_catalogue))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_if_published()
        return super().delete(*args, **kwargs)


class CriteriaCatalogueQuerySet(models.QuerySet["CriteriaCatalogue"]):
    def published(self) -> Self:
        """What programs may adopt criteria from, newest first."""
        return self.filter(published_on__isnull=False).order_by("-published_on", "-pk")

    def of_program(self, program: Program) -> CriteriaCatalogue | None:
        """The catalogue whose criteria a program has taken; None when it has taken none."""
        return self.filter(areas__criteria__adoptions__program=program).first()

    def get_by_natural_key(self, version_name: str) -> CriteriaCatalogue:
        return self.get(version_name=version_name)


class CriteriaCatalogue(CatalogueRecord):
    """A version of the catalogue: a draft until it has a date of publication."""

    version_name = models.CharField(_("version"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_versions",
        verbose_name=_("earlier version"),
    )

    objects = CriteriaCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalogue of criteria")
        verbose_name_plural = _("catalogues of criteria")
        ordering = ["-published_on", "version_name"]

    def __str__(self) -> str:
        return f"{self.title} {self.version_name}"

    @property
    def owning_catalogue(self) -> CriteriaCatalogue:
        return self

    def natural_key(self) -> tuple[str]:
        return (self.version_name,)


class CatalogueAreaManager(models.Manager["CatalogueArea"]):
    def get_by_natural_key(self, version_name: str, code: str) -> CatalogueArea:
        return self.get(catalogue__version_name=version_name, code=code)


class CatalogueArea(CatalogueRecord):
    catalogue = models.ForeignKey(
        CriteriaCatalogue, models.CASCADE, related_name="areas", verbose_name=_("catalogue")
    )
    code = models.CharField(_("code"), max_length=20, validators=[validate_code])
    name = models.CharField(_("name"), max_length=250)

    objects = CatalogueAreaManager()

    class Meta:
        verbose_name = _("area of the catalogue")
        verbose_name_plural = _("areas of the catalogue")
        ordering = ["catalogue", CodeOrder("code"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="area_unique_in_catalogue"),
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN), name="area_code_is_numbers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def owning_catalogue(self) -> CriteriaCatalogue:
        return self.catalogue

    def natural_key(self) -> tuple[str, str]:
        return (self.catalogue.version_name, self.code)

    natural_key.dependencies = ["indicators.criteriacatalogue"]  # type: ignore[attr-defined]


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def in_catalogue_order(self) -> Self:
        """As the catalogue prints them, each with how many indicators it has."""
        ordered = self.select_related("area").order_by(
            CodeOrder("area__code"), "area_id", "position", "pk"
        )
        return ordered.annotate(indicator_count=Count("indicators"))

    def get_by_natural_key(self, version_name: str, code: str) -> Criterion:
        return self.get(area__catalogue__version_name=version_name, code=code)


class Criterion(CatalogueRecord):
    """Always printed "Kritérium 1.1": its code may equal that of a goal."""

    area = models.ForeignKey(
        CatalogueArea,
        models.CASCADE,
        related_name="criteria",
        verbose_name=_("area of the catalogue"),
    )
    code = models.CharField(_("code"), max_length=20, validators=[validate_code])
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.TextField(_("name"))
    mandatory = models.BooleanField(_("mandatory activity"), default=False)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_versions",
        verbose_name=_("in the earlier version"),
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["area", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="criterion_code_unique_in_area"),
            models.UniqueConstraint(
                fields=["area", "position"], name="criterion_position_unique_in_area"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN), name="criterion_code_is_numbers"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="criterion_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def owning_catalogue(self) -> CriteriaCatalogue:
        return self.area.catalogue

    def natural_key(self) -> tuple[str, str]:
        return (self.area.catalogue.version_name, self.code)

    natural_key.dependencies = ["indicators.cataloguearea"]  # type: ignore[attr-defined]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def of_program(self, program: Program) -> Self:
        """Indicators of the criteria a program has adopted, in the program's order."""
        return (
            self.filter(criterion__adoptions__program=program)
            .select_related("criterion__area")
            .order_by("criterion__adoptions__position", "position", "pk")
        )

    def with_levels(self, program: Program, visibilities: Collection[Visibility]) -> Self:
        """Annotate what each rater said, as far as it may be read.

        `expert_baseline`, `town_final` and so on are levels, None where there is none; with
        "_unclear" after them they are 1 where it cannot be judged.
        """
        levels: dict[str, Any] = {}
        for rater in ("expert", "town"):
            for moment in ("baseline", "final"):
                rated = Q(
                    assessments__adopted__program=program,
                    assessments__visibility__in=list(visibilities),
                    assessments__moment=moment,
                    assessments__ratings__rater=rater,
                )
                unclear = rated & Q(assessments__ratings__cannot_judge=True)
                levels[f"{rater}_{moment}"] = Max("assessments__ratings__level", filter=rated)
                levels[f"{rater}_{moment}_unclear"] = Count("assessments__ratings", filter=unclear)
        return self.annotate(**levels)

    def with_last_change(self, program: Program, visibilities: Collection[Visibility]) -> Self:
        """Annotate `changed_at`, when the person last could have seen something change."""
        readable = Q(
            assessments__adopted__program=program,
            assessments__visibility__in=list(visibilities),
        )
        long_ago = Value(datetime(1970, 1, 1, tzinfo=UTC))
        return self.annotate(
            changed_at=Greatest(
                Coalesce(Max("assessments__updated_at", filter=readable), long_ago),
                Coalesce(Max("assessments__ratings__updated_at", filter=readable), long_ago),
                output_field=models.DateTimeField(),
            )
        )

    def standing_for(self, program: Program, key: int) -> Indicator | None:
        """The indicator of a program with a key, or the one that came of it in the version of
        the catalogue that the program has moved to since."""
        own = self.of_program(program)
        found = own.filter(pk=key).first()
        descendants = {key}
        while found is None and descendants:
            descendants = set(self.filter(previous__in=descendants).values_list("pk", flat=True))
            found = own.filter(pk__in=descendants).first()
        return found

    def get_by_natural_key(self, version_name: str, criterion: str, position: int) -> Indicator:
        return self.get(
            criterion__area__catalogue__version_name=version_name,
            criterion__code=criterion,
            position=position,
        )


class Indicator(CatalogueRecord):
    """What is looked at; it has a name but no printed code."""

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="indicators", verbose_name=_("criterion")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.TextField(_("name"))
    short_name = models.CharField(_("short name"), max_length=42, blank=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_versions",
        verbose_name=_("in the earlier version"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["criterion", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "position"], name="indicator_position_unique_in_criterion"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="indicator_has_name"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def owning_catalogue(self) -> CriteriaCatalogue:
        return self.criterion.area.catalogue

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.criterion.natural_key(), self.position)

    natural_key.dependencies = ["indicators.criterion"]  # type: ignore[attr-defined]
