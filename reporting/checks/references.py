"""References in texts that lead nowhere."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import references
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.written import Written
from reporting.citations import Kind, citations
from reporting.structure import ProgramReport


def unknown_codes(checked: Checked) -> Iterator[Problem]:
    known = {
        references.Kind.GOAL: [goal.code for goal in checked.report.goals if goal.code],
        references.Kind.CRITERION: [criterion.code for criterion in checked.report.criteria],
    }
    for text in checked.texts:
        missing: dict[tuple[references.Kind, str], None] = {}
        for reference in references.find(text.text):
            for code in reference.codes:
                if code not in known[reference.kind]:
                    missing[reference.kind, code] = None
        for kind, code in missing:
            yield _unknown(text, kind, code, known[kind])


def _unknown(text: Written, kind: references.Kind, code: str, known: list[str]) -> Problem:
    sentence = (
        _("%(place)s: refers to goal %(code)s, which does not exist.")
        if kind == references.Kind.GOAL
        else _("%(place)s: refers to criterion %(code)s, which does not exist.")
    )
    said = sentence % {"place": text.place, "code": code}
    level = code.rpartition(".")[0]
    if near := [one for one in known if one.rpartition(".")[0] == level]:
        said += " " + _("There are: %(codes)s.") % {"codes": ", ".join(near)}
    return Problem(said, text.target)


def unknown_numbers(checked: Checked) -> Iterator[Problem]:
    known, public = _numbers(checked.report), _numbers(checked.public)
    for text in checked.texts:
        for one in citations(text.text):
            if one.number not in known[one.kind]:
                sentence = _("%(place)s: cites “%(cited)s”, which is not in the report.")
                yield Problem(sentence % {"place": text.place, "cited": one.words}, text.target)
    for text in checked.public_texts:
        for one in citations(text.text):
            if one.number in known[one.kind] and one.number not in public[one.kind]:
                sentence = _("%(place)s: cites “%(cited)s”, which is not for the public.")
                yield Problem(sentence % {"place": text.place, "cited": one.words}, text.target)


def _numbers(report: ProgramReport) -> dict[Kind, set[int]]:
    return {
        Kind.SOURCE: {source.number for source in report.sources},
        Kind.ANNEX: {piece.number for piece in report.evidence},
        Kind.RECOMMENDATION: {one.number for one in report.recommendations},
    }


RULES = (
    Rule(
        "unknown_reference",
        gettext_lazy("Every goal and criterion referred to exists"),
        Severity.BLOCKS,
        unknown_codes,
    ),
    Rule(
        "unknown_citation",
        gettext_lazy("Every source, annex and recommendation cited is there"),
        Severity.BLOCKS,
        unknown_numbers,
    ),
)
