"""What evidence can be attached to, across both axes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.roles import Visibility
from indicators.addresses import address_of
from indicators.models import Assessment
from programs.models import Activity, Consultation, Evidence, Program, Recommendation

KINDS = ("activities", "consultations", "recommendations", "assessments")
"""Names of the links that lead from evidence to where it is attached."""


@dataclass(frozen=True)
class Place:
    """A record that evidence is attached to: how it is called and where it is read."""

    label: str
    address: str


def records_in(program: Program, visibilities: Collection[Visibility]) -> dict[str, QuerySet[Any]]:
    """By KINDS the records of a program that somebody may read and so attach evidence to."""
    return {
        "activities": Activity.objects.filter(phase__program=program)
        .visible_in(visibilities)
        .select_related("phase"),
        "consultations": Consultation.objects.filter(program=program),
        "recommendations": Recommendation.objects.filter(program=program).visible_in(visibilities),
        "assessments": Assessment.objects.filter(adopted__program=program)
        .visible_in(visibilities)
        .select_related("indicator", "adopted__criterion")
        .order_by("adopted__position", "indicator__position", "as_of", "pk"),
    }


def with_places(
    evidence: QuerySet[Evidence], program: Program, visibilities: Collection[Visibility]
) -> QuerySet[Evidence]:
    """Evidence with the places that somebody may read, in a fixed number of queries."""
    return evidence.prefetch_related(
        *(Prefetch(kind, records) for kind, records in records_in(program, visibilities).items())
    )


def places_of(evidence: Any, program: Program) -> Iterator[Place]:
    """Where a piece from `with_places` is attached."""
    for kind in KINDS:
        for record in getattr(evidence, kind).all():
            yield place_of(record, program)


def place_of(record: Any, program: Program) -> Place:
    if isinstance(record, Assessment):
        page = reverse("indicators:indicator_detail", args=[program.slug, record.indicator_id])
        return Place(label_of(record), f"{page}#{record.moment}")
    return Place(label_of(record), address_of(record, program))


def label_of(record: Any) -> str:
    """How a record is called in a list of all kinds of records; Czech texts name their kind."""
    match record:
        case Activity():
            return _("Activity: %(title)s") % {"title": record.title}
        case Consultation():
            return _("Consultation of %(date)s: %(kind)s") % {
                "date": date_format(record.held_on, "SHORT_DATE_FORMAT"),
                "kind": record.get_kind_display(),
            }
        case Recommendation():
            number = _("Recommendation %(number)s") % {"number": record.position}
            return f"{number}: {record.title}"
        case Assessment():
            code = _("Criterion %(code)s") % {"code": record.adopted.criterion.code}
            return f"{code}: {record}"
    raise TypeError(f"Evidence is attached to no {type(record).__name__}.")
