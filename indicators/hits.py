"""What a search found, as it is shown: with the words marked and a link to the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import SearchEntry
from accounts.roles import Visibility
from indicators.addresses import address_of
from litvinov import highlight
from litvinov.highlight import Piece, Terms
from programs.models import Program
from programs.searching import TAKEN, takers


@dataclass(frozen=True)
class Hit:
    """A record that was found; `restricted_to` says who reads it, empty for everybody."""

    kind: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    program: Program
    address: str
    restricted_to: str


def hits_of(
    entries: Iterable[SearchEntry], terms: Terms, programs: Mapping[int, Program]
) -> list[Hit]:
    """The entries with their records, in the order they came.

    `programs` are those of the person, by their keys. The number of queries depends on how
    many kinds of records there are among the entries, not on how many entries.
    """
    entries = list(entries)
    records = _records(entries)
    owners = _owners(entries, programs)
    hits = []
    for entry in entries:
        record = records.get((entry.model, entry.object_id))
        program = owners.get((entry.model, entry.object_id))
        if record is not None and program is not None:
            hits.append(_hit(entry, record, program, terms))
    return hits


def _hit(entry: SearchEntry, record: Any, program: Program, terms: Terms) -> Hit:
    title = record.title_in_history()
    kind = capfirst(str(record._meta.verbose_name))
    if entry.is_team_part:
        kind = _("%(kind)s – team note") % {"kind": kind}
    restricted = entry.visibility != Visibility.PUBLIC
    return Hit(
        kind=kind,
        title=highlight.snippet(title, terms, length=160),
        text=highlight.snippet(entry.text, terms),
        program=program,
        address=address_of(record, program),
        restricted_to=entry.get_visibility_display() if restricted else "",
    )


def _records(entries: Iterable[SearchEntry]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for label, keys in _keys(entries).items():
        model: Any = apps.get_model(label)
        records = model._default_manager.select_related(*model.title_related).in_bulk(keys)
        found |= {(label, key): record for key, record in records.items()}
    return found


def _owners(
    entries: Iterable[SearchEntry], programs: Mapping[int, Program]
) -> dict[tuple[str, int], Program]:
    """The program each record is shown in; a shared one in the first that has taken it."""
    found = {
        (entry.model, entry.object_id): program
        for entry in entries
        if (program := programs.get(entry.program or 0)) is not None
    }
    shared = _keys(entry for entry in entries if entry.program is None)
    for label, keys in shared.items():
        model: Any = apps.get_model(label)
        if model in TAKEN:
            taken = takers(model, keys, list(programs.values()))
            found |= {(label, key): where[0] for key, where in taken.items()}
    return found


def _keys(entries: Iterable[SearchEntry]) -> dict[str, list[int]]:
    keys: dict[str, list[int]] = {}
    for entry in entries:
        keys.setdefault(entry.model, []).append(entry.object_id)
    return keys
