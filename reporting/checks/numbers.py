"""Figures and sources: where numbers come from, how old they are, and whether they agree."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import czech
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.work import AT_WORK
from reporting.structure import Figure

_OLDEST_YEARS = 2
_ALIKE = 0.8
_NUMBER_WORDS = {
    "dva": 2, "dvě": 2, "tři": 3, "čtyři": 4, "pět": 5, "šest": 6,
    "sedm": 7, "osm": 8, "devět": 9, "deset": 10, "jedenáct": 11, "dvanáct": 12,
}  # fmt: skip
_COUNTED = r"(?:pozic\w*|míst\w*|os[oó]b\w*|úvazk\w*|pracovní\w+|strážní\w+)"


def unsourced(checked: Checked) -> Iterator[Problem]:
    for figure in checked.report.figures:
        if figure.source is None:
            sentence = _("The figure %(name)s has no source.")
            yield _about(figure, "source", sentence)


def undated(checked: Checked) -> Iterator[Problem]:
    for figure in checked.report.figures:
        if figure.date_from is None and figure.date_to is None:
            yield _about(figure, "date_from", _("The figure %(name)s has no date."))


def without_area(checked: Checked) -> Iterator[Problem]:
    """Of a number without its area nobody knows what it can be compared with."""
    for figure in checked.report.figures:
        if figure.value is not None and not figure.area:
            yield _about(
                figure, "area", _("The figure %(name)s does not say for which area it is.")
            )


def outdated(checked: Checked) -> Iterator[Problem]:
    first = checked.report.identification.period.first
    limit = date(first.year - _OLDEST_YEARS, first.month, 1)
    for figure in checked.report.figures:
        # What happened once, such as when something began, does not grow old.
        day = figure.date_to or figure.date_from
        if figure.value is not None and day and day < limit:
            sentence = _("The figure %(name)s is more than two years older than the program.")
            yield _about(figure, "date_from", sentence)


def _about(figure: Figure, field: str, sentence: str) -> Problem:
    target = Target(Kind.FIGURE, figure.key, field)
    return Problem(sentence % {"name": f"„{figure.name}“"}, target)


def conflicting_figures(checked: Checked) -> Iterator[Problem]:
    """The same name for the same place, at times that may be one, with two values."""
    for one, other in combinations(checked.report.figures, 2):
        is_same = _thing(one) == _thing(other) and (
            _time(one) == _time(other) or not _is_dated(one, other)
        )
        if is_same and _value(one) != _value(other):
            sentence = _("The figure %(name)s is given as %(one)s and as %(other)s.")
            values = {"name": f"„{one.name}“", "one": _value(one), "other": _value(other)}
            yield Problem(sentence % values, Target(Kind.FIGURE, other.key, "value"))


def _thing(figure: Figure) -> tuple[str, str, str]:
    return czech.fold(figure.name), czech.fold(figure.area), czech.fold(figure.unit)


def _time(figure: Figure) -> tuple[date | None, date | None]:
    return figure.date_from, figure.date_to


def _is_dated(*figures: Figure) -> bool:
    return all(figure.date_from or figure.date_to for figure in figures)


def _value(figure: Figure) -> str:
    return figure.value_text if figure.value is None else czech.number(figure.value)


def conflicting_counts(checked: Checked) -> Iterator[Problem]:
    """How many there are of what an abbreviation stands for, in figures and in texts.

    Only a person can tell whether 4 in one part of a town and 10 in the whole agree, so the
    numbers are put side by side.
    """
    for abbreviation in checked.report.abbreviations:
        # Organisations may be counted differently at each meeting; positions are a state.
        if not AT_WORK.search(abbreviation.expansion):
            continue
        form = abbreviation.forms[0]
        places = dict(_counts(checked, form))
        if len(places) > 1:
            sentence = _("%(form)s is counted as %(numbers)s; say what each number counts.")
            numbers = ", ".join(str(number) for number in sorted(places))
            target = next(iter(places.values()))
            yield Problem(sentence % {"form": form, "numbers": numbers}, target)


def _counts(checked: Checked, form: str) -> Iterator[tuple[int, Target]]:
    exact = rf"(?<!\w){re.escape(form)}(?!\w)"
    for figure in checked.report.figures:
        is_whole = figure.value is not None and figure.value == figure.value.to_integral_value()
        if is_whole and re.search(exact, figure.name) and not re.search(r"\bprojekt", figure.name):
            yield int(figure.value or Decimal()), Target(Kind.FIGURE, figure.key, "value")
    words = "|".join(_NUMBER_WORDS)
    pattern = re.compile(
        rf"(?<![\w.,])(?!(?:19|20)\d\d\s)(?P<number>\d{{1,4}}|{words})\s+(?:{_COUNTED}\s+)?{exact}",
        re.IGNORECASE,
    )
    for text in checked.texts:
        for match in pattern.finditer(text.text) if form in text.text else ():
            if form in match[0]:
                number = match["number"].lower()
                yield _NUMBER_WORDS.get(number) or int(number), text.target


def undated_sources(checked: Checked) -> Iterator[Problem]:
    for source in checked.report.sources:
        if source.year is None and not source.data_date:
            sentence = _("Source %(number)s says neither its year nor the date of its data.")
            target = Target(Kind.SOURCE, source.key, "year")
            yield Problem(sentence % {"number": source.number}, target)


def uncited_sources(checked: Checked) -> Iterator[Problem]:
    report = checked.report
    cited = Counter(figure.source for figure in report.figures)
    cited.update(number for number in _citations(report))
    for source in report.sources:
        if not cited[source.number]:
            sentence = _("Source %(number)s is cited nowhere.")
            target = Target(Kind.SOURCE, source.key)
            yield Problem(sentence % {"number": source.number}, target)


def _citations(part: object) -> Iterator[int]:
    """Every number in a field named `sources`, wherever it is in the report."""
    if isinstance(part, tuple):
        for item in part:
            yield from _citations(item)
    for name in getattr(part, "__dataclass_fields__", ()):
        value = getattr(part, name)
        if name == "sources" and all(isinstance(number, int) for number in value):
            yield from value
        else:
            yield from _citations(value)


def similar_sources(checked: Checked) -> Iterator[Problem]:
    for one, other in combinations(checked.report.sources, 2):
        names = czech.fold(one.name), czech.fold(other.name)
        if one.number != other.number and SequenceMatcher(None, *names).ratio() >= _ALIKE:
            sentence = _("Sources %(one)s and %(other)s have nearly the same name: are they one?")
            values = {"one": one.number, "other": other.number}
            yield Problem(sentence % values, Target(Kind.SOURCE, other.key, "name"))


RULES = (
    Rule(
        "figure_without_source",
        gettext_lazy("Every figure has a source"),
        Severity.ADVICE,
        unsourced,
    ),
    Rule(
        "figure_without_date",
        gettext_lazy("Every figure has a date"),
        Severity.ADVICE,
        undated,
    ),
    Rule(
        "figure_without_area",
        gettext_lazy("Every figure says its area"),
        Severity.ADVICE,
        without_area,
    ),
    Rule(
        "outdated_figure",
        gettext_lazy("Figures are no older than two years before the program"),
        Severity.ADVICE,
        outdated,
    ),
    Rule(
        "conflicting_figures",
        gettext_lazy("One figure has one value"),
        Severity.BLOCKS,
        conflicting_figures,
    ),
    Rule(
        "conflicting_counts",
        gettext_lazy("Numbers of the same thing agree"),
        Severity.ADVICE,
        conflicting_counts,
    ),
    Rule(
        "uncited_source",
        gettext_lazy("Every source is cited"),
        Severity.ADVICE,
        uncited_sources,
    ),
    Rule(
        "undated_source",
        gettext_lazy("Every source has a year or a date"),
        Severity.ADVICE,
        undated_sources,
    ),
    Rule(
        "similar_sources",
        gettext_lazy("Every source is listed once"),
        Severity.ADVICE,
        similar_sources,
    ),
)
