"""Where the sources of a program are cited."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.text import capfirst

from accounts.audit import Audited
from accounts.roles import Visibility
from programs.models import Source


@dataclass(frozen=True)
class Citation:
    """A record that cites a source; `kind` is what it is."""

    kind: str
    title: str


def add_citations(sources: Iterable[Any], visibilities: Collection[Visibility]) -> None:
    """Give each source `citations`: what cites it and the person may read.

    Whatever links to sources is found by itself, also in applications above this one. Each
    kind of record takes one query.
    """
    sources = list(sources)
    relations = [
        relation
        for relation in Source._meta.related_objects
        if issubclass(relation.related_model, Audited)
    ]
    prefetch_related_objects(
        sources,
        *(
            Prefetch(
                str(relation.get_accessor_name()),
                _readable(relation.related_model, visibilities),
                to_attr=f"citing_{number}",
            )
            for number, relation in enumerate(relations)
        ),
    )
    for source in sources:
        source.citations = [
            Citation(capfirst(str(record._meta.verbose_name)), record.title_in_history())
            for number, _relation in enumerate(relations)
            for record in getattr(source, f"citing_{number}")
        ]


def _readable(model: Any, visibilities: Collection[Visibility]) -> QuerySet[Any]:
    records = model._default_manager.select_related(*model.title_related)
    if any(field.name == "visibility" for field in model._meta.fields):
        records = records.filter(visibility__in=list(visibilities))
    return records
