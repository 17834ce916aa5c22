"""The dumbbell chart of a criterion: what its rows say, put into a drawing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from indicators.dumbbell import NARROW, WIDE, Drawing, Item, draw
from indicators.models import AdoptedCriterion, Moment, Rater
from indicators.rows import IndicatorRow
from indicators.shift import Shift

LABEL_LENGTH = 42


@dataclass(frozen=True)
class ChartLine:
    """The same numbers in words, for a table beside the drawing."""

    name: str
    baseline: str
    final: str
    shift: str


@dataclass(frozen=True)
class Chart:
    """What `indicators/_dumbbell.html` draws; both drawings show the same, one for a phone."""

    adopted: AdoptedCriterion
    rater: str
    title: str
    description: str
    drawings: tuple[Drawing, ...]
    lines: tuple[ChartLine, ...]

    @property
    def id(self) -> str:
        return f"graf-{self.adopted.pk}"


def criterion_chart(
    adopted: AdoptedCriterion, rows: Sequence[IndicatorRow], rater: str = Rater.EXPERT
) -> Chart:
    """The shifts of a criterion's indicators as one rater sees them."""
    items = [_item(row, rater) for row in rows]
    drawings = tuple(
        draw(items, layout, name) for layout, name in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    lines = tuple(
        ChartLine(
            name=str(row.indicator),
            baseline=_verdict(row, Moment.BASELINE, rater),
            final=_verdict(row, Moment.FINAL, rater),
            shift=_words(row, rater),
        )
        for row in rows
    )
    whose = _("by the expert") if rater == Rater.EXPERT else _("by the municipality")
    title = _("Criterion %(code)s: shift of indicators %(whose)s") % {
        "code": adopted.criterion.code,
        "whose": whose,
    }
    return Chart(adopted, rater, title, _description(rows, rater), drawings, lines)


def charts_of(rows: Sequence[IndicatorRow], rater: str = Rater.EXPERT) -> dict[int, Chart]:
    """A chart for each adopted criterion among the rows, by its key, in their order."""
    by_criterion: dict[int, list[IndicatorRow]] = {}
    for row in rows:
        by_criterion.setdefault(row.adopted.pk, []).append(row)
    return {
        key: criterion_chart(found[0].adopted, found, rater) for key, found in by_criterion.items()
    }


def _item(row: IndicatorRow, rater: str) -> Item:
    baseline, final = row.rating(Moment.BASELINE, rater), row.rating(Moment.FINAL, rater)
    return Item(
        label=Truncator(str(row.indicator)).chars(LABEL_LENGTH),
        baseline=baseline.level if baseline else None,
        final=final.level if final else None,
        words=_words(row, rater),
        is_refinement=_is_refinement(row, rater),
    )


def _is_refinement(row: IndicatorRow, rater: str) -> bool:
    """What the expert says of their own rating; the town's is not explained by it."""
    return bool(rater == Rater.EXPERT and row.final and row.final.is_refinement)


def _words(row: IndicatorRow, rater: str) -> str:
    shift = row.shift_by(rater)
    if shift is None:
        rated = any(
            rating and rating.is_rated
            for rating in (row.rating(Moment.BASELINE, rater), row.rating(Moment.FINAL, rater))
        )
        return _("one rating is missing") if rated else _("not rated")
    if _is_refinement(row, rater):
        return _("refinement")
    return str(shift.label)


def _verdict(row: IndicatorRow, moment: str, rater: str) -> str:
    rating = row.rating(moment, rater)
    if rating is None or not rating.is_rated:
        return _("not rated")
    if rating.level is None:
        return _("cannot be judged")
    return f"{rating.level} {rating.get_level_display()}"


def _description(rows: Sequence[IndicatorRow], rater: str) -> str:
    counts = Counter(row.shift_by(rater) for row in rows)
    told = [f"{shift.label}: {counts[shift]}" for shift in Shift if counts[shift]]
    if counts[None]:
        told.append(_("not rated at both moments") + f": {counts[None]}")
    return ", ".join(told)
