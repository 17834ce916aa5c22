"""Words, months and written passages: what every part of a report is made of."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from litvinov.narrative import Blocks


class Audience(StrEnum):
    """Who a report is read for; the team's own texts reach no report."""

    PARTNERS = "partners"
    PUBLIC = "public"


class Part(StrEnum):
    """What a report may do without, by a switch of its own."""

    SUMMARY = "summary"
    METHODOLOGY = "methodology"
    LEVELS = "levels"
    CHARTS = "charts"
    CONSULTATIONS = "consultations"
    STATISTICS = "statistics"
    PEOPLE = "people"
    PUBLICITY = "publicity"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a code list: its code for machines, its Czech label for people."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something; what there is none of is left out of a list of counts."""

    term: Term
    count: int


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months, each given by its first day; both ends belong to the range."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a section, with its topic and the numbers of the sources it cites."""

    topic: str
    text: Blocks
    sources: tuple[int, ...]
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A written part; without passages it was not written."""

    code: str
    title: str
    passages: tuple[Passage, ...]
