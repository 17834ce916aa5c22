"""References in texts that lead nowhere."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import references
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.written import Written
from reporting.structure import ProgramReport

_NUMBERED = re.compile(
    r"(?<!\w)(?P<word>zdroj(?:e|i|em|ů|ích)?|příloh(?:a|y|u|ou|ách|ám)|příloze|doporučení)"
    r"\s+(?P<sign>č\.\s*)?(?P<number>\d{1,3})(?![\d.]*\d|\w)"
    # An annex of something else, or a sum
    r"(?!\s*(?:%|Kč|korun|mil|tis|(?:k\s+)?(?:tét|vyhláš|zákon|nařízen|směrnic|smlouv|usnesen|výzv"
    r"|metodi|projekt|žádost|dohod|plán|strateg)))",
    re.IGNORECASE,
)


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
    known = _numbers(checked.report)
    for text in checked.texts:
        for match in _NUMBERED.finditer(text.text):
            word = match["word"].lower()[:4]
            if match["word"] == "doporučení" and not match["sign"]:
                # "podle doporučení 3 odborníků" cites none; the report says "Doporučení 3".
                continue
            if int(match["number"]) not in known[word]:
                sentence = _("%(place)s: cites “%(cited)s”, which is not in the report.")
                cited = re.sub(r"\s+", " ", match[0])
                yield Problem(sentence % {"place": text.place, "cited": cited}, text.target)


def _numbers(report: ProgramReport) -> dict[str, set[int]]:
    return {
        "zdro": {source.number for source in report.sources},
        "příl": {piece.number for piece in report.evidence},
        "dopo": {recommendation.number for recommendation in report.recommendations},
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
