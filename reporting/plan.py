"""The plan against what happened, drawn for the report: where every bar and number stands.

Pure functions over the structure, in points from the left upper corner; the template only
draws. Steps are rows; below them stand, by months, the activities and the consultations.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten, wrap

from litvinov import czech
from reporting.structure import Phase, ProgramReport, Step
from reporting.wording import step_time

WIDTH, LABELS = 482, 125
# A month mistyped by years shall not make a chart of decades.
_FURTHEST = 12
_ROW, _BAR, _TOP = 20, 9, 44
_ARROW = 5
_LETTER = 4.1
_LONGEST_LINE, _MOST_LINES, _LONGEST_WORDS = 33, 2, 36
_FEWEST_POINTS = 13


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    label: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class StepRow:
    """`bar` is None where the plan names no month; then the words stand alone. `is_light` says
    that they stand on the bar, so white.
    """

    lines: tuple[str, ...]
    y: float
    bar: Box | None
    is_dashed: bool
    arrow: str
    words: str
    words_x: float
    is_light: bool


@dataclass(frozen=True, slots=True)
class Plan:
    height: float
    period: Box
    years: tuple[Box, ...]
    months: tuple[Box, ...]
    phases: tuple[Box, ...]
    steps: tuple[StepRow, ...]
    reality: float
    activities: tuple[Box, ...]
    undated: tuple[Box, ...]
    consultations: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The same facts as numbers: what was planned for a month and what there was in it."""

    month: date
    steps: tuple[int, ...]
    activities: int
    consultations: int


def draw(report: ProgramReport) -> Plan:
    return _Drawing(report).plan()


def month_lines(report: ProgramReport) -> tuple[MonthLine, ...]:
    """Every month of the chart; steps that go on all the time are not repeated in them."""
    drawing = _Drawing(report)
    return tuple(
        MonthLine(
            month,
            tuple(step.number for step in report.steps if drawing.covers(step, month)),
            drawing.dated[month],
            drawing.held[month],
        )
        for month in drawing.months
    )


def undated_counts(report: ProgramReport) -> tuple[tuple[Phase, int], ...]:
    """Activities of each phase whose days nobody gave."""
    counts = (
        (phase, sum(not one.held_from for one in phase.activities)) for phase in report.phases
    )
    return tuple((phase, count) for phase, count in counts if count)


def months_between(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [czech.months_later(first, index) for index in range(count)]


class _Drawing:
    def __init__(self, report: ProgramReport) -> None:
        self.report = report
        period = report.identification.period
        earliest = czech.months_later(period.first, -_FURTHEST)
        latest = czech.months_later(period.last, _FURTHEST)
        named = [month for step in report.steps for month in step.months]
        near = [month for month in named if earliest <= month <= latest]
        self.months = months_between(min([period.first, *near]), max([period.last, *near]))
        self.column = (WIDTH - LABELS) / len(self.months)
        self.dated: Counter[date] = Counter()
        for phase in report.phases:
            for activity in phase.activities:
                if activity.held_from:
                    last = (activity.held_to or activity.held_from).replace(day=1)
                    self.dated.update(months_between(activity.held_from.replace(day=1), last))
        self.held: Counter[date] = Counter()
        if report.statistics:
            self.held.update({one.month: one.count for one in report.statistics.months})

    def covers(self, step: Step, month: date) -> bool:
        if not step.months:
            return False
        last = step.months[1] if len(step.months) > 1 else self.months[-1]
        return step.months[0] <= month <= last

    def plan(self) -> Plan:
        steps = tuple(self._step(step, place) for place, step in enumerate(self.report.steps))
        reality = _TOP + len(steps) * _ROW + 8
        period = self.report.identification.period
        return Plan(
            height=reality + 3 * _ROW + 8,
            period=self._box(period.first, period.last, 24, reality + 3 * _ROW - 18),
            years=tuple(self._years()),
            months=tuple(self._months()),
            phases=tuple(
                self._box(one.months.first, one.months.last, 28, 11, f"Fáze {one.number}")
                for one in self.report.phases
                if one.months.first in self.months and one.months.last in self.months
            ),
            steps=steps,
            reality=reality,
            activities=tuple(self._counted(self.dated, reality)),
            undated=tuple(
                self._box(
                    one.months.first, one.months.last, reality + _ROW + 2, _BAR + 2, str(count)
                )
                for one, count in undated_counts(self.report)
                if one.months.first in self.months and one.months.last in self.months
            ),
            consultations=tuple(self._counted(self.held, reality + 2 * _ROW)),
        )

    def _x(self, month: date) -> float:
        first = self.months[0]
        index = (month.year - first.year) * 12 + month.month - first.month
        return LABELS + index * self.column

    def _box(self, first: date, last: date, y: float, height: float, label: str = "") -> Box:
        x, end = self._x(first), self._x(last) + self.column
        return Box(round(x, 2), y, round(end - x, 2), height, label)

    def _years(self) -> Iterable[Box]:
        for year in sorted({month.year for month in self.months}):
            own = [month for month in self.months if month.year == year]
            yield self._box(own[0], own[-1], 0, 11, str(year))

    def _months(self) -> Iterable[Box]:
        every = max(1, round(_FEWEST_POINTS / self.column + 0.49))
        for place, month in enumerate(self.months):
            label = str(month.month) if place % every == 0 else ""
            yield self._box(month, month, 12, 11, label)

    def _counted(self, counts: Counter[date], y: float) -> Iterable[Box]:
        for month in self.months:
            if counts[month]:
                yield self._box(month, month, y + 2, _BAR + 2, str(counts[month]))

    def _step(self, step: Step, place: int) -> StepRow:
        y = _TOP + place * _ROW
        lines = _lines(f"{step.number} {step.description}")
        words = shorten(step_time(step), _LONGEST_WORDS, placeholder=" …")
        is_continuous = not step.months
        period = self.report.identification.period
        first = period.first if is_continuous else step.months[0]
        is_open = len(step.months) == 1
        last = period.last if is_continuous else self.months[-1] if is_open else step.months[1]
        first, last = max(first, self.months[0]), min(last, self.months[-1])
        if first > last:
            return StepRow(lines, y, None, False, "", words, LABELS + 2, is_light=False)
        bar = self._box(first, last, y + (_ROW - _BAR) / 2, _BAR)
        end = bar.x + bar.width
        arrow = ""
        if is_open and not is_continuous:
            middle = bar.y + _BAR / 2
            bar = Box(bar.x, bar.y, round(bar.width - _ARROW, 2), _BAR)
            arrow = (
                f"{end - _ARROW:.2f},{bar.y - 1:.2f} {end:.2f},{middle:.2f} "
                f"{end - _ARROW:.2f},{bar.y + _BAR + 1:.2f}"
            )
        length = len(words) * _LETTER
        after = end + 3
        is_inside = False
        if after + length <= WIDTH:
            words_x = after
        elif bar.width >= length + 8:
            words_x, is_inside = bar.x + 4, True
        else:
            words_x = max(LABELS, bar.x - length - 3)
        return StepRow(
            lines,
            y,
            bar,
            is_continuous,
            arrow,
            words,
            round(words_x, 2),
            is_light=is_inside and not is_continuous,
        )


def _lines(label: str) -> tuple[str, ...]:
    """The label in the lines it has room for; the table beside the drawing has all of it."""
    lines = wrap(czech.typeset(label), _LONGEST_LINE, break_on_hyphens=False)
    if len(lines) > _MOST_LINES:
        kept = lines[:_MOST_LINES]
        last = kept[-1] if len(kept[-1]) + 2 <= _LONGEST_LINE else kept[-1].rsplit(" ", 1)[0]
        return (*kept[:-1], f"{last} …")
    return tuple(lines)
