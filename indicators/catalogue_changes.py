"""Every change of a catalogue and its parts, newest first; deleted parts tell theirs, too."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from accounts.audit import Audited
from accounts.history import changes_in
from accounts.roles import Visibility
from indicators.models import CatalogueArea, CriteriaCatalogue, Criterion, Indicator
from programs.changes import Entry

KINDS: dict[str, type[Audited]] = {
    model._meta.model_name or "": model
    for model in (CriteriaCatalogue, CatalogueArea, Criterion, Indicator)
}


def history_of_catalogue(key: int) -> dict[str, QuerySet[Any]]:
    """The history rows of a catalogue and of all its parts, by kind, of deleted ones as well."""
    areas = CatalogueArea.history.filter(catalogue_id=key)
    criteria = Criterion.history.filter(area_id__in=areas.values("id"))
    indicators = Indicator.history.filter(criterion_id__in=criteria.values("id"))
    rows = (CriteriaCatalogue.history.filter(id=key), areas, criteria, indicators)
    return dict(zip(KINDS, rows, strict=True))


class CatalogueChanges:
    """The changes of a catalogue as a list that is read by pages."""

    def __init__(self, key: int, *, may_restore: bool) -> None:
        self.may_restore = may_restore
        self._rows = sorted(
            (
                (when, row, kind)
                for kind, rows in history_of_catalogue(key).items()
                for when, row in rows.order_by().values_list("history_date", "history_id")
            ),
            reverse=True,
        )

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, part: slice) -> list[Entry]:
        rows = self._rows[part]
        found: dict[tuple[str, int], Entry] = {}
        for kind in {kind for _when, _row, kind in rows}:
            keys = [row for _when, row, other in rows if other == kind]
            found |= {(kind, entry.change.row): entry for entry in self._entries(kind, keys)}
        entries = [found[kind, row] for _when, row, kind in rows]
        return [entry for entry in entries if entry.change.fields or entry.change.kind != "~"]

    def _entries(self, kind: str, keys: list[int]) -> list[Entry]:
        model: Any = KINDS[kind]
        rows = list(model.history.filter(history_id__in=keys).select_related("history_user"))
        changes = changes_in(model, rows, visibilities=frozenset(Visibility))
        living = model.objects.in_bulk({row.id for row in rows})
        return [
            Entry(
                change=changes[row.history_id],
                model=kind,
                kind=capfirst(str(model._meta.verbose_name)),
                object_id=row.id,
                title=str(living.get(row.id) or row.instance),
                exists=row.id in living,
                is_current=row.id in living and living[row.id].version == row.version,
                may_restore=self.may_restore,
            )
            for row in rows
        ]
