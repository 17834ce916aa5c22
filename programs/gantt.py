"""The schedule drawn against time: where every bar, line and label stands. No Django.

Months are columns, planned steps are rows, and below them stands what really happened. Places
are whole pixels, so that no language puts a decimal comma into the drawing; the template only
draws what it finds here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WIDTH = 1214
NARROWEST_COLUMN = 44
# A month mistyped by years shall not make a chart of decades.
MARGIN = 12

_HEADER_ROW = 24
_STEP_ROW, _STEP_BAR = 46, 12
_CAPTION = 26
_LANE, _ACTIVITY_BAR = 24, 14
_COUNT_ROW, _TALLEST = 52, 28
_LABEL_ROOM = 34
_LETTER = 7
_ARROW = 9


class Timing(StrEnum):
    RANGE = "range"
    OPEN_ENDED = "open_ended"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    number: int
    text: str
    timing: Timing
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months with a name, such as a phase."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Happening:
    """An activity whose days are known."""

    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is drawn. `undated` says how many activities of each phase have no days."""

    program: Period
    phases: Sequence[Period] = ()
    steps: Sequence[PlannedStep] = ()
    activities: Sequence[Happening] = ()
    undated: Sequence[tuple[Period, int]] = ()
    consultations: Sequence[date] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a label; `middle` is where a label in its middle stands."""

    x: int
    y: int
    width: int
    height: int
    label: str = ""

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Mark:
    """The bar of an activity, and where its number stands.

    That is behind the bar, before it at the right edge, inside where it leaves no room.
    """

    bar: Box
    number: int
    label_x: int
    anchor: str
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A planned step: a label above its bar. There is no bar for months that are not shown.

    `arrows` are the points of triangles that say that the bar goes on beyond what is shown.
    """

    number: int
    label: str
    y: int
    label_y: int
    timing: Timing
    bar: Box | None
    arrows: tuple[str, ...] = ()

    @property
    def is_dashed(self) -> bool:
        return self.timing == Timing.CONTINUOUS


@dataclass(frozen=True, slots=True)
class Today:
    x: int
    label_x: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """`outside` counts consultations and activities that lie beyond the months shown."""

    width: int
    height: int
    first: date
    last: date
    years: tuple[Box, ...]
    months: tuple[Box, ...]
    period: Box
    phases: tuple[Box, ...]
    steps: tuple[StepRow, ...]
    plan_y: int
    reality_y: int
    captions: tuple[tuple[str, int], ...]
    activities: tuple[Mark, ...]
    undated: tuple[Box, ...]
    consultations: tuple[Box, ...]
    today: Today | None
    outside: int
    reaches_beyond: bool
    """Whether months outside the program are shown."""


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of all months from one to another."""
    return [_month(number) for number in range(_number(first), _number(last) + 1)]


def draw(facts: Facts) -> Gantt:
    return _Drawing(facts).gantt()


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1)


class _Drawing:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        program = facts.program
        earliest, latest = _number(program.first) - MARGIN, _number(program.last) + MARGIN
        numbers = [_number(day) for day in _days(facts)]
        inside = [number for number in numbers if earliest <= number <= latest]
        self.start = min([_number(program.first), *inside])
        self.end = max([_number(program.last), *inside])
        self.column = max(NARROWEST_COLUMN, WIDTH // (self.end - self.start + 1))
        self.width = self.column * (self.end - self.start + 1)
        self.y = 0

    def gantt(self) -> Gantt:
        facts = self.facts
        today = self._today()
        self.y = _HEADER_ROW if today else 0
        years = self._years()
        months = self._row(
            (_month(number), _month(number), str(_month(number).month))
            for number in range(self.start, self.end + 1)
        )
        top = self.y
        shown = [phase for phase in facts.phases if self._is_shown(phase.first, phase.last)]
        phases = self._row((phase.first, phase.last, phase.name) for phase in shown)
        plan_y = self._caption()
        steps = tuple(self._step(step) for step in facts.steps)
        reality_y = self._caption()
        captions: list[tuple[str, int]] = []
        activities = self._activities(captions)
        undated = self._undated(captions)
        consultations = self._consultations(captions)
        self.y += 8
        program = facts.program
        period = self._box(program.first, program.last, top, self.y - top, program.name)
        drawn_days = [day for day in facts.consultations if self._is_shown(day, day)]
        return Gantt(
            width=self.width,
            height=self.y,
            first=_month(self.start),
            last=_month(self.end),
            years=years,
            months=months,
            period=period,
            phases=phases,
            steps=steps,
            plan_y=plan_y,
            reality_y=reality_y,
            captions=tuple(captions),
            activities=activities,
            undated=undated,
            consultations=consultations,
            today=today,
            outside=len(facts.consultations)
            - len(drawn_days)
            + len(facts.activities)
            - len(activities),
            reaches_beyond=self.start < _number(program.first) or self.end > _number(program.last),
        )

    # --- places -----------------------------------------------------------------------------

    def _x(self, number: int) -> int:
        return (number - self.start) * self.column

    def _day_x(self, day: date) -> int:
        """A day within the column of its month; months are drawn equally long."""
        return self._x(_number(day)) + (day.day - 1) * self.column // 31

    def _is_shown(self, first: date, last: date) -> bool:
        return _number(last) >= self.start and _number(first) <= self.end

    def _box(self, first: date, last: date, y: int, height: int, label: str = "") -> Box:
        """Whole months, as far as they are shown."""
        left = max(_number(first), self.start)
        right = min(_number(last), self.end)
        return Box(self._x(left), y, (right - left + 1) * self.column, height, label)

    def _row(self, stretches: Iterable[tuple[date, date, str]]) -> tuple[Box, ...]:
        boxes = tuple(
            self._box(first, last, self.y, _HEADER_ROW, label) for first, last, label in stretches
        )
        self.y += _HEADER_ROW if boxes else 0
        return boxes

    def _years(self) -> tuple[Box, ...]:
        shown = Counter(_month(number).year for number in range(self.start, self.end + 1))
        return self._row((date(year, 1, 1), date(year, 12, 1), str(year)) for year in sorted(shown))

    def _caption(self) -> int:
        """Room for a caption; returns where its letters stand."""
        self.y += _CAPTION
        return self.y - 8

    # --- the plan ---------------------------------------------------------------------------

    def _step(self, step: PlannedStep) -> StepRow:
        y = self.y
        self.y += _STEP_ROW
        return StepRow(
            number=step.number,
            label=shortened(f"{step.number}. {step.text}", (self.width - 12) // _LETTER),
            y=y,
            label_y=y + 19,
            timing=step.timing,
            bar=(bar := self._bar(step, y + 26)),
            arrows=self._arrows(step, bar),
        )

    def _bar(self, step: PlannedStep, y: int) -> Box | None:
        program = self.facts.program
        first = step.first or program.first
        last = step.last or max(program.last, first)
        if not self._is_shown(first, last):
            return None
        box = self._box(first, last, y, _STEP_BAR)
        return Box(box.x + 2, box.y, box.width - 4, box.height)

    def _arrows(self, step: PlannedStep, bar: Box | None) -> tuple[str, ...]:
        if bar is None:
            return ()
        top, middle, bottom = bar.y - 4, bar.y + bar.height // 2, bar.bottom + 4
        arrows = []
        if step.first and _number(step.first) < self.start:
            tip, base = bar.x - 2, bar.x + _ARROW
            arrows.append(f"{base},{top} {tip},{middle} {base},{bottom}")
        goes_on = step.last is not None and _number(step.last) > self.end
        if goes_on or step.timing == Timing.OPEN_ENDED:
            tip, base = bar.right + 2, bar.right - _ARROW
            arrows.append(f"{base},{top} {tip},{middle} {base},{bottom}")
        return tuple(arrows)

    # --- what really happened ---------------------------------------------------------------

    def _activities(self, captions: list[tuple[str, int]]) -> tuple[Mark, ...]:
        """Bars in as few rows as they fit into, each with room for its number."""
        shown = [
            happening
            for happening in self.facts.activities
            if self._is_shown(happening.first, happening.last)
        ]
        if not shown:
            return ()
        captions.append(("activities", self._caption()))
        ends: list[int] = []
        marks = []
        for happening in sorted(shown, key=lambda found: (found.first, found.number)):
            left = max(self._day_x(happening.first), 0)
            right = min(self._day_x(happening.last) + self.column // 31 + 1, self.width)
            left = max(min(left, right - 8), 0)
            right = max(right, left + 8)
            at_edge = right + _LABEL_ROOM > self.width
            is_inside = at_edge and left < _LABEL_ROOM
            begin, end = (left - _LABEL_ROOM, right) if at_edge else (left, right + _LABEL_ROOM)
            lane = next((lane for lane, taken in enumerate(ends) if taken <= begin), len(ends))
            ends[lane : lane + 1] = [end]
            y = self.y + lane * _LANE + (_LANE - _ACTIVITY_BAR) // 2
            bar = Box(left, y, right - left, _ACTIVITY_BAR)
            label_x, anchor = (left - 4, "end") if at_edge else (right + 4, "start")
            if is_inside:
                label_x, anchor = left + 4, "start"
            marks.append(Mark(bar, happening.number, label_x, anchor, is_inside))
        self.y += len(ends) * _LANE
        return tuple(marks)

    def _undated(self, captions: list[tuple[str, int]]) -> tuple[Box, ...]:
        shown = [
            (phase, count)
            for phase, count in self.facts.undated
            if count and self._is_shown(phase.first, phase.last)
        ]
        if not shown:
            return ()
        captions.append(("undated", self._caption()))
        y = self.y
        self.y += _LANE
        boxes = [self._box(phase.first, phase.last, y, 20, str(count)) for phase, count in shown]
        return tuple(Box(box.x + 2, box.y, box.width - 4, box.height, box.label) for box in boxes)

    def _consultations(self, captions: list[tuple[str, int]]) -> tuple[Box, ...]:
        """A column for each month with consultations, as high as they are many."""
        counts = Counter(
            _number(day) for day in self.facts.consultations if self._is_shown(day, day)
        )
        if not counts:
            return ()
        captions.append(("consultations", self._caption()))
        most = max(counts.values())
        width = min(28, self.column - 12)
        bottom = self.y + _COUNT_ROW
        self.y = bottom
        return tuple(
            Box(
                self._x(number) + (self.column - width) // 2,
                bottom - (height := max(_TALLEST * count // most, 4)),
                width,
                height,
                str(count),
            )
            for number, count in sorted(counts.items())
        )

    def _today(self) -> Today | None:
        today = self.facts.today
        if today is None or not self._is_shown(today, today):
            return None
        x = self._day_x(today)
        if x < 80:
            return Today(x, x, "start")
        return Today(x, x, "end") if x > self.width - 80 else Today(x, x, "middle")


def _days(facts: Facts) -> Iterable[date]:
    """Every day and month that the chart would like to show."""
    for phase in facts.phases:
        yield from (phase.first, phase.last)
    for step in facts.steps:
        yield from (month for month in (step.first, step.last) if month)
    for happening in facts.activities:
        yield from (happening.first, happening.last)
    yield from facts.consultations


def shortened(text: str, length: int) -> str:
    """One line of a text; cut at a word, with three dots, where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    end = line.rfind(" ", 4, length)
    return (line[:end].rstrip(" ,;:–-") if end > 0 else line[: length - 1]) + "…"
