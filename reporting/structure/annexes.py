"""What the report refers to: abbreviations, sources, evidence, actors and groups."""

from dataclasses import dataclass, field
from datetime import date

from reporting.structure.basic import Term


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An empty expansion: a proper name that is never spelled out."""

    forms: tuple[str, ...]
    expansion: str
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    name: str
    kind: str
    author: str
    year: int | None
    data_date: str
    url: str
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """What a piece of evidence is attached to: Kritérium 1.1, Konzultace of a day."""

    word: str
    code: str
    held_on: date | None
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An annex: a file, told by its extension, or a link."""

    number: int
    title: str
    file_type: str
    url: str
    dated_on: date | None
    places: tuple[Place, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    abbreviation: str
    aliases: tuple[str, ...]
    kind: Term
    parent: str
    functions: tuple[str, ...]
    description: str
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Seat:
    function: str
    actor: str
    kind: Term


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    name: str
    state: Term
    purpose: str
    initiator: str
    seats: tuple[Seat, ...]
    seats_complete: bool
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TargetGroup:
    name: str
    aliases: tuple[str, ...]
    kind: Term
    description: str
    key: int = field(default=0, compare=False)
