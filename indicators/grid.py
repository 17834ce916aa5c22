"""Rows of indicators as one person may fill them in: which cells they may set, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts import writing
from accounts.roles import Permission
from indicators.models import Assessment, BaselineCorrection, Moment, Rater, Rating
from indicators.rows import Disagreement, IndicatorRow
from programs.access import ProgramAccess

RATING_PERMISSIONS = {
    Rater.EXPERT: Permission.RATE_AS_EXPERT,
    Rater.TOWN: Permission.RATE_AS_TOWN,
}
STATEMENT_PERMISSIONS = {
    Moment.BASELINE: Permission.EDIT_BASELINE,
    Moment.INTERIM: Permission.EDIT_EVALUATION,
    Moment.FINAL: Permission.EDIT_EVALUATION,
}
MOMENTS = (Moment.BASELINE, Moment.FINAL)


@dataclass(frozen=True)
class Cell:
    """One rating in the grid: by whom, at which moment, and whether the person may set it."""

    moment: Moment
    rater: Rater
    rating: Rating | None
    may_rate: bool

    @property
    def name(self) -> str:
        return f"{self.moment.value}-{self.rater.value}"

    @property
    def version(self) -> int:
        return self.rating.version if self.rating else 0

    @property
    def verdict(self) -> str:
        return self.rating.verdict if self.rating else ""


@dataclass(frozen=True)
class Statement:
    """What was written at one moment, and whether the person may write it."""

    moment: Moment
    assessment: Assessment | None
    may_write: bool
    disagreement: Disagreement | None
    corrections: Sequence[BaselineCorrection]


@dataclass(frozen=True)
class Question:
    """What has to be answered before a level is saved.

    `saved` is what somebody else saved meanwhile, with their name; None when only the
    reason of a correction is missing.
    """

    cell: Cell
    verdict: str
    needs_reason: bool
    reason: str = ""
    saved: Rating | None = None
    saved_by: str = ""
    reason_is_missing: bool = False


@dataclass(frozen=True)
class GridRow:
    """A row of the grid; `key` makes the next level saved from it be saved once."""

    row: IndicatorRow
    cells: Sequence[Cell]
    statements: Sequence[Statement]
    key: str
    question: Question | None = None

    @property
    def tick(self) -> str:
        """What ticking the row sends: its key and the versions of the person's own ratings."""
        own = [cell for cell in self.cells if cell.may_rate]
        versions = {cell.moment: cell.version for cell in own}
        numbers = (versions.get(moment, 0) for moment in MOMENTS)
        return ".".join(str(number) for number in (self.row.indicator.pk, *numbers))

    @property
    def may_rate(self) -> bool:
        return any(cell.may_rate for cell in self.cells)

    @property
    def height(self) -> int:
        """Over how many rows of the table the name of the indicator stands."""
        return 2 + len(self.row.interims)

    def cell(self, moment: str, rater: str) -> Cell:
        return next(cell for cell in self.cells if (cell.moment, cell.rater) == (moment, rater))


def grid_rows(
    access: ProgramAccess, rows: Iterable[IndicatorRow], question: Question | None = None
) -> list[GridRow]:
    return [grid_row(access, row, question) for row in rows]


def grid_row(access: ProgramAccess, row: IndicatorRow, question: Any = None) -> GridRow:
    """A row as the person may fill it in; a moment hidden from them is nobody's to set."""
    may = access.permissions
    cells = [
        Cell(
            moment,
            rater,
            row.rating(moment, rater),
            RATING_PERMISSIONS[rater] in may and moment not in row.hidden,
        )
        for moment in MOMENTS
        for rater in Rater
    ]
    statements = [
        Statement(
            moment,
            row.assessment(moment),
            STATEMENT_PERMISSIONS[moment] in may and moment not in row.hidden,
            row.disagreement(moment),
            row.corrections if moment == Moment.BASELINE else [],
        )
        for moment in MOMENTS
    ]
    return GridRow(row, cells, statements, writing.new_key(access.user), question)


def rater_of(access: ProgramAccess) -> Rater | None:
    """Whose ratings the person gives; nobody gives both."""
    return next((rater for rater in Rater if RATING_PERMISSIONS[rater] in access.permissions), None)
