"""The geometry of the dumbbell chart: where each indicator began and where it ended.

Pure functions without Django; a template draws what they return. Levels stand on one axis,
a ring marks the baseline, the tip of the arrow the final level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LEVELS = range(5)
RING = 2.9
ARROW = 6.0


class Mark(StrEnum):
    """What a row of the chart draws."""

    SHIFT = "shift"  # a ring, a line and an arrow
    REFINEMENT = "refinement"  # the same, dashed and hollow: no real change
    SAME = "same"  # a grey dot
    RING = "ring"  # the baseline alone: the shift cannot be determined
    NOTHING = "nothing"  # nothing was rated at the start


@dataclass(frozen=True)
class Item:
    """An indicator as it goes into the chart; a level of None was not or cannot be rated."""

    label: str
    baseline: int | None
    final: int | None
    words: str = ""
    is_refinement: bool = False


@dataclass(frozen=True)
class Layout:
    """Distances in points; `label_above` puts the label over its track, for a phone."""

    width: float
    first_level: float
    step: float
    words_at: float
    row: float
    top: float
    label_above: bool = False


WIDE = Layout(width=482, first_level=214, step=45, words_at=404, row=14, top=18)
NARROW = Layout(width=240, first_level=8, step=34, words_at=152, row=30, top=16, label_above=True)


@dataclass(frozen=True)
class Bar:
    """One row of the drawing, in its coordinates."""

    label: str
    words: str
    mark: Mark
    y: float
    label_y: float
    words_y: float
    is_worse: bool
    ring: float | None
    line_from: float | None
    line_to: float | None
    arrow: str
    """The corners of the arrow as SVG wants them, its tip exactly on the final level."""


@dataclass(frozen=True)
class Drawing:
    name: str
    width: float
    height: float
    axis: tuple[tuple[int, float], ...]
    axis_top: float
    axis_bottom: float
    words_at: float
    bars: tuple[Bar, ...]


def draw(items: Sequence[Item], layout: Layout, name: str) -> Drawing:
    """Place the items below each other."""
    bars = tuple(_bar(item, number, layout) for number, item in enumerate(items))
    bottom = layout.top + len(items) * layout.row
    return Drawing(
        name=name,
        width=layout.width,
        height=bottom + 4,
        axis=tuple((level, _x(level, layout)) for level in LEVELS),
        axis_top=layout.top - 4,
        axis_bottom=bottom,
        words_at=layout.words_at,
        bars=bars,
    )


def mark_of(item: Item) -> Mark:
    if item.baseline is None:
        return Mark.NOTHING
    if item.final is None:
        return Mark.RING
    if item.final == item.baseline:
        return Mark.SAME
    return Mark.REFINEMENT if item.is_refinement else Mark.SHIFT


def _bar(item: Item, number: int, layout: Layout) -> Bar:
    top = layout.top + number * layout.row
    y = top + layout.row * (0.7 if layout.label_above else 0.5)
    mark = mark_of(item)
    ring = None if item.baseline is None else _x(item.baseline, layout)
    line_from = line_to = None
    arrow = ""
    if mark in (Mark.SHIFT, Mark.REFINEMENT) and ring is not None and item.final is not None:
        tip = _x(item.final, layout)
        onward = 1 if tip > ring else -1
        line_from, line_to = ring + onward * RING, tip - onward * ARROW
        base = _round(tip - onward * ARROW)
        half = ARROW / 2 + 0.4
        arrow = f"{tip:g},{y:g} {base:g},{_round(y - half):g} {base:g},{_round(y + half):g}"
    return Bar(
        label=item.label,
        words="" if mark is Mark.SAME else item.words,
        mark=mark,
        y=_round(y),
        label_y=_round(top + 9 if layout.label_above else y + 3),
        words_y=_round(y + 3),
        is_worse=bool(arrow) and (item.final or 0) < (item.baseline or 0),
        ring=ring,
        line_from=None if line_from is None else _round(line_from),
        line_to=None if line_to is None else _round(line_to),
        arrow=arrow,
    )


def _x(level: int, layout: Layout) -> float:
    return _round(layout.first_level + level * layout.step)


def _round(number: float) -> float:
    return round(number, 2)
