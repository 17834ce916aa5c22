"""Recommendations: to whom, by when, and what the town says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target


def no_recommendations(checked: Checked) -> Iterator[Problem]:
    if not checked.report.recommendations:
        yield Problem(_("The report recommends nothing."), Target(Kind.RECOMMENDATION))


def incomplete(checked: Checked) -> Iterator[Problem]:
    for one in checked.report.recommendations:
        values = {"number": one.number}
        if not one.addressees:
            sentence = _("Recommendation %(number)s has no addressee.")
            target = Target(Kind.RECOMMENDATION, one.key, "addressees")
            yield Problem(sentence % values, target)
        if not one.text:
            sentence = _("Recommendation %(number)s has no text.")
            yield Problem(sentence % values, Target(Kind.RECOMMENDATION, one.key, "text"))


def vague(checked: Checked) -> Iterator[Problem]:
    """The chain from a finding to a recommendation, its priority and its deadline."""
    for one in checked.report.recommendations:
        asked = (
            (
                one.finding,
                "finding",
                _("Recommendation %(number)s does not say what it follows from."),
            ),
            (one.priority, "priority", _("Recommendation %(number)s has no priority.")),
            (one.due_on, "due_on", _("Recommendation %(number)s has no deadline.")),
        )
        for value, field, sentence in asked:
            if not value:
                target = Target(Kind.RECOMMENDATION, one.key, field)
                yield Problem(sentence % {"number": one.number}, target)


def unfinished(checked: Checked) -> Iterator[Problem]:
    """A final report hands its recommendations over; none of them is still being planned."""
    for one in checked.report.recommendations:
        if one.state.code in ("planned", "in_progress"):
            sentence = _("Recommendation %(number)s is not prepared yet (%(state)s).")
            target = Target(Kind.RECOMMENDATION, one.key, "state")
            yield Problem(sentence % {"number": one.number, "state": one.state.label}, target)


def unanswered(checked: Checked) -> Iterator[Problem]:
    for one in checked.report.recommendations:
        target = Target(Kind.RESPONSE, one.key, "response")
        if one.response is None:
            sentence = _("The municipality has not answered recommendation %(number)s.")
            yield Problem(sentence % {"number": one.number}, target)
        elif one.response.code != "accepted" and not one.response_reason:
            sentence = _(
                "The municipality gives no reason of its answer to recommendation %(number)s."
            )
            yield Problem(sentence % {"number": one.number}, target)


RULES = (
    Rule(
        "no_recommendations",
        gettext_lazy("The report recommends something"),
        Severity.ADVICE,
        no_recommendations,
        final_only=True,
    ),
    Rule(
        "incomplete_recommendation",
        gettext_lazy("Every recommendation has a text and an addressee"),
        Severity.BLOCKS,
        incomplete,
    ),
    Rule(
        "vague_recommendation",
        gettext_lazy("Every recommendation has its finding, priority and deadline"),
        Severity.ADVICE,
        vague,
    ),
    Rule(
        "unfinished_recommendation",
        gettext_lazy("Recommendations are prepared or handed over"),
        Severity.ADVICE,
        unfinished,
    ),
    Rule(
        "unanswered_recommendation",
        gettext_lazy("The municipality has answered every recommendation"),
        Severity.ADVICE,
        unanswered,
    ),
)
