"""The charts of a report: what its structure says, put into drawings."""

from dataclasses import dataclass

from indicators import dumbbell
from indicators.dumbbell import Drawing, Item, Layout
from reporting.structure import Criterion, Indicator, ProgramReport, Rating
from reporting.wording import LEVEL_WORDS

_LONGEST_LABEL, _LONGEST_TITLE = 42, 112
_PRINTED = Layout(width=482, first_level=214, step=45, words_at=404, row=11.8, top=16)


@dataclass(frozen=True, slots=True)
class Chart:
    """`description` says in words what the drawing shows; the tables have the numbers.

    `title` is the name of the criterion as far as one line has room for it.
    """

    criterion: Criterion
    title: str
    drawing: Drawing
    description: str


def shift_charts(report: ProgramReport) -> tuple[Chart, ...]:
    """A chart for each criterion that has indicators, by the expert's ratings."""
    return tuple(
        Chart(
            criterion,
            _shortened(criterion.name, _LONGEST_TITLE),
            dumbbell.draw([_item(one) for one in criterion.indicators], _PRINTED, criterion.code),
            _description(criterion),
        )
        for criterion in report.criteria
        if criterion.indicators
    )


def _item(indicator: Indicator) -> Item:
    return Item(
        label=_shortened(indicator.short_name or indicator.name, _LONGEST_LABEL),
        baseline=_level(indicator.baseline.expert),
        final=_level(indicator.final.expert),
        words=_words(indicator),
        is_refinement=indicator.final.is_refinement,
    )


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    words = name[: longest - 1].split(" ")[:-1]
    # A preposition or a conjunction does not end what is shortened.
    while len(words) > 1 and len(words[-1]) == 1:
        words.pop()
    return " ".join(words) + " …"


def _level(rating: Rating | None) -> int | None:
    return rating.level if rating else None


def _words(indicator: Indicator) -> str:
    if indicator.expert_shift is None:
        return "nehodnoceno"
    if indicator.final.is_refinement:
        return "zpřesnění výchozího"
    return indicator.expert_shift.label


def _description(criterion: Criterion) -> str:
    """Every row in words, as it would be read aloud."""
    rows = "; ".join(_said(indicator) for indicator in criterion.indicators)
    return f"Kritérium {criterion.code}, posun ukazatelů podle experta: {rows}."


def _said(indicator: Indicator) -> str:
    first, last = (_level_said(one.expert) for one in (indicator.baseline, indicator.final))
    name = indicator.short_name or indicator.name
    change = first if first == last else f"{first} → {last}"
    return f"{name}: {change}, {_words(indicator)}"


def _level_said(rating: Rating | None) -> str:
    if rating is None:
        return "nehodnoceno"
    return "nelze posoudit" if rating.level is None else LEVEL_WORDS[rating.level]
