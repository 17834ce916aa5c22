"""More of the same: a report with several times the content of another."""

from dataclasses import replace
from typing import Any

from reporting.structure import Passage, ProgramReport, Section

# What a report holds many of. Abbreviations are left alone, for they are found in the texts.
_MANY = (
    "figures",
    "goals",
    "steps",
    "outputs",
    "criteria",
    "phases",
    "other_consultations",
    "recommendations",
    "sources",
    "evidence",
    "actors",
    "working_groups",
    "target_groups",
)


def repeated(report: ProgramReport, times: int) -> ProgramReport:
    """The same report with every record and every text `times` over; each has a code of its own."""
    many = {
        name: tuple(
            _renamed(record, copy)
            for copy in range(times)
            for record in getattr(report, name)
            # There is one long-term goal in a program, and it has no code.
            if copy == 0 or not hasattr(record, "code") or record.code
        )
        for name in _MANY
    }
    written = {
        name: _longer(value, times)
        for name in report.__slots__
        if isinstance(value := getattr(report, name), Section)
    }
    further = tuple(_longer(section, times) for section in report.further_sections)
    changed: Any = {**many, **written, "further_sections": further}
    return replace(report, **changed)


def _renamed(record: Any, copy: int) -> Any:
    changed: dict[str, Any] = {}
    if hasattr(record, "code"):
        changed["code"] = f"{copy}{record.code}" if copy else record.code
    if hasattr(record, "number"):
        changed["number"] = record.number + copy * 1000
    return replace(record, **changed) if changed else record


def _longer(section: Section, times: int) -> Section:
    passages: tuple[Passage, ...] = tuple(
        replace(passage, text=passage.text * times) for passage in section.passages
    )
    return replace(section, passages=passages)
