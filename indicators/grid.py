"""Rows of indicators as one person may fill them in: which cells they may set, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
    """One rating in the grid: by whom, at which moment, and whether the person may set it.

    `day` tells one interim state from another; `assessment` is what the rating belongs to,
    None where nothing was said of the moment yet.
    """

    moment: Moment
    rater: Rater
    rating: Rating | None
    may_rate: bool
    assessment: Assessment | None = None
    day: date | None = None

    @property
    def name(self) -> str:
        parts = [self.moment.value, self.day.isoformat() if self.day else "", self.rater.value]
        return "-".join(part for part in parts if part)

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
class InterimCell:
    """The interim state of one day, empty where the indicator has none of that day."""

    day: date
    assessment: Assessment | None
    cells: Sequence[Cell]


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
    interims: Sequence[InterimCell] = ()

    @property
    def versions(self) -> dict[str, int]:
        """The versions of the person's own ratings, 0 for one that they may not give."""
        own = {cell.moment: cell.version for cell in self.cells if cell.may_rate}
        return {moment: own.get(moment, 0) for moment in MOMENTS}

    @property
    def tick(self) -> str:
        """What ticking the row sends: its key and the versions of the person's own ratings."""
        return ".".join(str(number) for number in (self.row.indicator.pk, *self.versions.values()))

    @property
    def may_rate(self) -> bool:
        return any(cell.may_rate for cell in self.cells)

    @property
    def told(self) -> list[Assessment]:
        """Interim states with something to read below their levels."""
        shown = [one.assessment for one in self.interims if one.assessment]
        return [one for one in shown if one.statement or any(r.note for r in one.ratings.all())]

    def cell(self, moment: str, rater: str, day: date | None = None) -> Cell:
        interim = [cell for one in self.interims for cell in one.cells]
        wanted = (moment, rater, day)
        return next(
            cell
            for cell in [*self.cells, *interim]
            if (cell.moment, cell.rater, cell.day) == wanted
        )


def interim_days(access: ProgramAccess) -> list[date]:
    """The days of all interim states of a program that the person may read, in order."""
    interims = Assessment.objects.visible_in(access.visibilities).filter(
        adopted__program=access.program, moment=Moment.INTERIM
    )
    return list(interims.order_by("as_of").values_list("as_of", flat=True).distinct())


def grid_rows(
    access: ProgramAccess, rows: Iterable[IndicatorRow], days: Sequence[date] = ()
) -> list[GridRow]:
    return [grid_row(access, row, days=days) for row in rows]


def grid_row(
    access: ProgramAccess, row: IndicatorRow, question: Any = None, *, days: Sequence[date] = ()
) -> GridRow:
    """A row as the person may fill it in; a moment hidden from them is nobody's to set.

    `days` are the interim states that have a column.
    """

    def cells(moment: Moment, assessment: Assessment | None, day: date | None) -> list[Cell]:
        return [
            Cell(
                moment,
                rater,
                assessment.rating_by(rater) if assessment else None,
                RATING_PERMISSIONS[rater] in access.permissions and moment not in row.hidden,
                assessment,
                day,
            )
            for rater in Rater
        ]

    by_day = {interim.as_of: interim for interim in row.interims}
    interims = [
        InterimCell(day, by_day.get(day), cells(Moment.INTERIM, by_day.get(day), day))
        for day in days
    ]
    may = access.permissions
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
    levels = [cell for moment in MOMENTS for cell in cells(moment, row.assessment(moment), None)]
    key = writing.new_key(access.user)
    return GridRow(row, levels, statements, key, question, interims)


def rater_of(access: ProgramAccess) -> Rater | None:
    """Whose ratings the person gives; nobody gives both."""
    return next((rater for rater in Rater if RATING_PERMISSIONS[rater] in access.permissions), None)
