"""What the program is: its identification, figures and plan."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reporting.structure.basic import Months, Term


@dataclass(frozen=True, slots=True)
class Identification:
    """`publicity_logos` are told by their text alternatives; empty without that part."""

    title: str
    kind: Term
    reference_number: str
    file_number: str
    dated_on: date | None
    prepared_by: str
    municipality: str
    district: str
    region: str
    locality: str
    locality_description: str
    theme: str
    period: Months
    month_count: int
    state: Term
    provider: str
    team: str
    demo_notice: str
    publicity: str
    publicity_logos: tuple[str, ...]
    printed_on: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or, where there is none, a text; `source` is the number of the source."""

    name: str
    area: str
    value: Decimal | None
    value_text: str
    unit: str
    date_from: date | None
    date_to: date | None
    date_precision: str
    source: int | None
    derivation: str
    key: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    description: str
    timing: Term
    months: tuple[date, ...]
    time_text: str
    responsible: str
    key: int = field(default=0, compare=False)
