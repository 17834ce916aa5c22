"""The annexes: evidence that the audience may see, and what it is attached to."""

from typing import Any

from indicators.evidence_places import KINDS
from indicators.models import Assessment
from programs import models as programs
from reporting import structure
from reporting.reading.scope import Scope


def evidence(scope: Scope) -> tuple[structure.Evidence, ...]:
    return tuple(_evidence(piece) for piece in scope.evidence.values())


def _evidence(piece: Any) -> structure.Evidence:
    return structure.Evidence(
        number=piece.position,
        title=piece.title,
        file_type=piece.file_name.rpartition(".")[2] if piece.is_file else "",
        url=piece.url,
        dated_on=piece.dated_on,
        places=tuple(_place(record) for kind in KINDS for record in getattr(piece, kind).all()),
        key=piece.pk,
    )


def _place(record: Any) -> structure.Place:
    match record:
        case programs.Activity():
            return structure.Place("Aktivita", "", None, record.title)
        case programs.Consultation():
            kind = str(record.get_kind_display())
            return structure.Place("Konzultace", "", record.held_on, kind)
        case programs.Recommendation():
            return structure.Place("Doporučení", str(record.position), None, record.title)
        case Assessment():
            return structure.Place("Kritérium", record.adopted.criterion.code, None, str(record))
    raise TypeError(f"Evidence is attached to no {type(record).__name__}.")
