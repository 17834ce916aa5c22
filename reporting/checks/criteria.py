"""Criteria and their indicators: what was described and rated, and what contradicts itself."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.written import indicator_place
from reporting.structure import Assessment, Indicator, ProgramReport, Rating

WORSENINGS = ("worse", "much_worse")
_IMPROVEMENTS = ("better", "much_better")
_UNMET_LEVELS = (0, 1)
_Placed = tuple[str, Indicator]


def _indicators(report: ProgramReport) -> Iterator[_Placed]:
    for criterion in report.criteria:
        for indicator in criterion.indicators:
            yield indicator_place(criterion.code, indicator), indicator


def no_criteria(checked: Checked) -> Iterator[Problem]:
    if not checked.report.criteria:
        yield Problem(_("The program has adopted no criterion."), Target(Kind.CRITERION))
    for criterion in checked.report.criteria:
        if not criterion.indicators:
            sentence = _("Criterion %(code)s has no indicator.")
            yield Problem(sentence % {"code": criterion.code}, Target(Kind.CRITERION))


def incomplete_baseline(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        if not indicator.baseline.statement:
            sentence = _("%(place)s: the baseline is not described.")
            yield _at(indicator, "baseline-statement", sentence % {"place": place})
        if checked.report.with_levels and indicator.baseline.expert is None:
            sentence = _("%(place)s: the baseline is not rated.")
            yield _at(indicator, "baseline-expert-verdict", sentence % {"place": place})


def incomplete_final(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        if not indicator.final.statement:
            sentence = _("%(place)s: the final text is missing.")
            yield _at(indicator, "final-statement", sentence % {"place": place})
        if checked.report.with_levels and indicator.final.expert is None:
            sentence = _("%(place)s: the final state is not rated.")
            yield _at(indicator, "final-expert-verdict", sentence % {"place": place})


def unexplained_worsening(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        final = indicator.final
        if _is_worse(indicator) and not final.justification and not final.is_refinement:
            sentence = _(
                "%(place)s: the rating got worse; say why, or mark that the end only refines "
                "the baseline."
            )
            yield _at(indicator, "final-justification", sentence % {"place": place})


def undated(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        moments = {"baseline": indicator.baseline, "final": indicator.final}
        for moment, assessment in moments.items():
            if assessment.statement and assessment.as_of is None:
                sentence = (
                    _("%(place)s: the baseline has no date it describes.")
                    if moment == "baseline"
                    else _("%(place)s: the final state has no date it describes.")
                )
                yield _at(indicator, f"{moment}-as_of", sentence % {"place": place})


def misdated(checked: Checked) -> Iterator[Problem]:
    first = checked.report.identification.period.first
    for place, indicator in _indicators(checked.report):
        baseline, final = indicator.baseline.as_of, indicator.final.as_of
        if final and baseline and final <= baseline:
            sentence = _("%(place)s: the final state is not dated later than the baseline.")
            yield _at(indicator, "final-as_of", sentence % {"place": place})
        elif final and final < first:
            sentence = _("%(place)s: the final state is dated before the program began.")
            yield _at(indicator, "final-as_of", sentence % {"place": place})


def unattributed(checked: Checked) -> Iterator[Problem]:
    """What got better may have done so without the program."""
    for place, indicator in _indicators(checked.report):
        shift = indicator.expert_shift
        if shift and shift.code in _IMPROVEMENTS and not indicator.final.contribution:
            sentence = _("%(place)s: got better, but it is not said whether by the program.")
            yield _at(indicator, "final-contribution", sentence % {"place": place})


def without_source(checked: Checked) -> Iterator[Problem]:
    """A level that nothing supports: neither a source, nor evidence, nor a note."""
    for place, indicator in _indicators(checked.report):
        final = indicator.final
        if final.expert and not _is_supported(final, final.expert):
            sentence = _("%(place)s: the final level cites no source, evidence or note.")
            # Without any source in the program, the form offers none.
            field = "sources" if checked.report.sources else "justification"
            yield _at(indicator, f"final-{field}", sentence % {"place": place})


def unrecommended(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        expert = indicator.final.expert
        if indicator.recommendations or expert is None:
            continue
        if _is_worse(indicator):
            sentence = _("%(place)s: got worse and no recommendation follows from it.")
        elif expert.level in _UNMET_LEVELS:
            sentence = _("%(place)s: is not met and no recommendation follows from it.")
        else:
            continue
        target = Target(Kind.RECOMMENDATION)
        yield Problem(sentence % {"place": place}, target)


def differing(checked: Checked) -> Iterator[Problem]:
    """A difference of both raters is no fault, but it is to be explained."""
    for place, indicator in _indicators(checked.report):
        expert, town = indicator.final.expert, indicator.final.town
        if expert and town and expert.level != town.level and not (expert.note or town.note):
            sentence = _("%(place)s: the expert and the municipality differ and nobody says why.")
            yield _at(indicator, "final-expert-note", sentence % {"place": place})


def to_verify(checked: Checked) -> Iterator[Problem]:
    for place, indicator in _indicators(checked.report):
        for moment, assessment in (("baseline", indicator.baseline), ("final", indicator.final)):
            if any(one and one.to_verify for one in (assessment.expert, assessment.town)):
                sentence = _("%(place)s: a level is still to be verified.")
                yield _at(indicator, f"{moment}-expert-to_verify", sentence % {"place": place})
                break


def _at(indicator: Indicator, field: str, sentence: str) -> Problem:
    """`field` is the moment, the rater if there is one, and the field of their form."""
    return Problem(sentence, Target(Kind.INDICATOR, indicator.key, field))


def _is_worse(indicator: Indicator) -> bool:
    shifts = (indicator.expert_shift, indicator.town_shift)
    return any(shift and shift.code in WORSENINGS for shift in shifts)


def _is_supported(assessment: Assessment, rating: Rating) -> bool:
    return bool(
        assessment.sources or assessment.evidence or assessment.justification or rating.note
    )


RULES = (
    Rule("no_criteria", gettext_lazy("The program has criteria"), Severity.BLOCKS, no_criteria),
    Rule(
        "incomplete_baseline",
        gettext_lazy("Every baseline is described and rated"),
        Severity.BLOCKS,
        incomplete_baseline,
    ),
    Rule(
        "incomplete_final",
        gettext_lazy("Every final state is described and rated"),
        Severity.BLOCKS,
        incomplete_final,
        final_only=True,
    ),
    Rule(
        "unexplained_worsening",
        gettext_lazy("Every worsening is explained"),
        Severity.BLOCKS,
        unexplained_worsening,
    ),
    Rule(
        "undated_state",
        gettext_lazy("Every described state has its date"),
        Severity.ADVICE,
        undated,
    ),
    Rule(
        "misdated_state",
        gettext_lazy("The end is dated after the beginning"),
        Severity.ADVICE,
        misdated,
    ),
    Rule(
        "unattributed_shift",
        gettext_lazy("Every improvement says what the program did for it"),
        Severity.ADVICE,
        unattributed,
    ),
    Rule(
        "unsupported_level",
        gettext_lazy("Every level rests on something"),
        Severity.ADVICE,
        without_source,
    ),
    Rule(
        "indicator_without_recommendation",
        gettext_lazy("What is unmet or got worse leads to a recommendation"),
        Severity.ADVICE,
        unrecommended,
    ),
    Rule(
        "unexplained_difference",
        gettext_lazy("Differences between both raters are explained"),
        Severity.ADVICE,
        differing,
    ),
    Rule(
        "level_to_verify",
        gettext_lazy("No level waits to be verified"),
        Severity.ADVICE,
        to_verify,
    ),
)
