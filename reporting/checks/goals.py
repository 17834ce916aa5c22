"""Goals: their states, evaluations, and what was done and delivered for them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import references
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.written import goal_place, sentences
from reporting.structure import Goal
from reporting.summary import evaluated_goals

HALTED = ("suspended", "postponed")
NEEDS_REASON = (*HALTED, "cancelled")
_STATE_STEMS = {
    "suspended": r"(?<!\w)pozastav\w*",
    "postponed": r"(?<!\w)odlož(?:en|il|í)\w*",
    "cancelled": r"(?<!\w)zrušen\w*",
}
_ANY_STATE = re.compile("|".join(_STATE_STEMS.values()), re.IGNORECASE)
_NAMELESS = re.compile(
    r"(?<!\w)cíl(?:e|em|i|ů|ům|ech)?\s+(?:\w+\s+){0,4}?(?P<after>pozastaven|odložen|zrušen)\w*"
    r"|(?<!\w)(?P<before>pozastaven|odložen|zrušen)\w*\s+(?:\w+\s+){0,3}?cíl(?:e|em|i|ů|ům|ech)?(?!\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?<!\w)cíl(?:i|ům)\s[^.!?]{0,40}?doporučení\s[^.!?]{0,40}?(?:nejsou|není|nebyl[ao])(?!\w)"
    r"|(?<!\w)cíl(?:i|ům)\s[^.!?]{0,40}?(?:nejsou|není|nebyl[ao])\s[^.!?]{0,40}?doporučení(?!\w)",
    re.IGNORECASE,
)
_OWN_GOAL = re.compile(r"(?<!\w)(?:cíl|záměr)(?!\w)", re.IGNORECASE)
_UNMET = ("not_realised",)


def no_goals(checked: Checked) -> Iterator[Problem]:
    goals = checked.report.goals
    if not any(goal.code for goal in goals):
        yield Problem(_("The program has no goal."), Target(Kind.GOAL))
    if all(goal.code for goal in goals):
        yield Problem(_("The program has no long-term goal."), Target(Kind.GOAL))


def broken_numbering(checked: Checked) -> Iterator[Problem]:
    """A sub-goal needs its goal, and the numbers of one level follow each other."""
    codes = [goal.code for goal in checked.report.goals if goal.code]
    for goal in checked.report.goals:
        level, _dot, last = goal.code.rpartition(".")
        if not goal.code or not level:
            continue
        values = {"code": goal.code}
        target = Target(Kind.GOAL, goal.key, "code")
        if "." in level and level not in codes:
            sentence = _("Goal %(code)s belongs under goal %(parent)s, which does not exist.")
            yield Problem(sentence % {**values, "parent": level}, target)
        elif int(last) > 1 and f"{level}.{int(last) - 1}" not in codes:
            sentence = _("Goal %(code)s follows no goal %(before)s: the numbering has a gap.")
            yield Problem(sentence % {**values, "before": f"{level}.{int(last) - 1}"}, target)


def unevaluated(checked: Checked) -> Iterator[Problem]:
    """A goal that only gathers its sub-goals has no evaluation of its own (its state is not
    computed); without sub-goals a goal must have one.
    """
    for goal in evaluated_goals(checked.report.goals):
        place = goal_place(goal)
        asked = (
            (goal.evaluation, "evaluation", _("%(place)s has no evaluation.")),
            (goal.state, "implementation_state", _("%(place)s has no state.")),
            (goal.fulfilment, "fulfilment", _("%(place)s has no degree of fulfilment.")),
        )
        for value, field, sentence in asked:
            if not value:
                target = Target(Kind.EVALUATION, goal.key, field)
                yield Problem(sentence % {"place": place}, target)


def without_reason(checked: Checked) -> Iterator[Problem]:
    for goal in checked.report.goals:
        if not goal.state or goal.state.code not in NEEDS_REASON:
            continue
        values = {"place": goal_place(goal), "state": goal.state.label}
        if not goal.reason:
            sentence = _("%(place)s has the state “%(state)s” without a reason.")
            yield Problem(sentence % values, Target(Kind.EVALUATION, goal.key, "state_reason"))
        if not goal.position and _is_halted(goal):
            sentence = _("%(place)s has the state “%(state)s”, but nobody's position is given.")
            yield Problem(sentence % values, Target(Kind.EVALUATION, goal.key, "state_position"))


def two_states(checked: Checked) -> Iterator[Problem]:
    """A sentence that speaks of one goal and gives it another state than it has.

    In the evaluation of a goal, "the goal" or "the intention" is that one.
    """
    goals = {goal.code: goal for goal in checked.report.goals}
    by_key = {goal.key: goal for goal in checked.report.goals}
    for text in checked.texts:
        for sentence in sentences(text.text):
            cited = {
                code
                for found in references.find(sentence)
                if found.kind == references.Kind.GOAL
                for code in references.members(found, goals)
            }
            goal = goals.get(cited.pop()) if len(cited) == 1 else None
            if not cited and goal is None and text.target.kind == Kind.EVALUATION:
                goal = by_key.get(text.target.key) if _OWN_GOAL.search(sentence) else None
            if goal:
                yield from _other_states(goal, text.place, sentence, text.target)


def halted_but_cited(checked: Checked) -> Iterator[Problem]:
    """An evaluation that leans on another goal, which was halted, and does not say so."""
    goals = {goal.code: goal for goal in checked.report.goals}
    for text in checked.texts:
        if text.target.kind != Kind.EVALUATION:
            continue
        for sentence in sentences(text.text):
            if _ANY_STATE.search(sentence):
                continue
            for found in references.find(sentence):
                # A range or a list is about all of them, not about the halted one.
                goal = goals.get(found.codes[0]) if len(found.codes) == 1 else None
                if goal and goal.key != text.target.key and _is_halted(goal):
                    said = _("%(place)s: refers to goal %(code)s, whose state is “%(state)s”.")
                    state = goal.state.label if goal.state else ""
                    values = {"place": text.place, "code": goal.code, "state": state}
                    yield Problem(said % values, text.target)


def nameless(checked: Checked) -> Iterator[Problem]:
    """A goal that was halted and of which the text does not say which one it is."""
    for text in checked.texts:
        if text.target.kind in (Kind.EVALUATION, Kind.GOAL):
            continue
        for sentence in sentences(text.text):
            if any(found.kind == references.Kind.GOAL for found in references.find(sentence)):
                continue
            if said := _NAMELESS.search(sentence):
                problem = _("%(place)s: “%(words)s” does not say which goal is meant.")
                values = {"place": text.place, "words": re.sub(r"\s+", " ", said[0])}
                yield Problem(problem % values, text.target)
                break


def denied_recommendations(checked: Checked) -> Iterator[Problem]:
    """A text says that goals are without a recommendation, and each of them has one."""
    goals = evaluated_goals(checked.report.goals)
    if not goals or not all(goal.recommendations for goal in goals):
        return
    for text in checked.texts:
        for sentence in sentences(text.text):
            named = [one.kind for one in references.find(sentence)]
            if references.Kind.GOAL not in named and (said := _DENIED.search(sentence)):
                problem = _("%(place)s: “%(words)s”, but every goal has a recommendation.")
                values = {"place": text.place, "words": re.sub(r"\s+", " ", said[0])}
                yield Problem(problem % values, text.target)


def _is_halted(goal: Goal) -> bool:
    return goal.state is not None and goal.state.code in HALTED


def _other_states(goal: Goal, place: str, text: str, target: Target) -> Iterator[Problem]:
    for code, stem in _STATE_STEMS.items():
        if (
            goal.state
            and goal.state.code != code
            and (said := re.search(stem, text, re.IGNORECASE))
        ):
            sentence = _(
                "%(place)s: the text says “%(said)s”; the state of goal %(code)s is “%(state)s”."
            )
            values = {
                "place": place,
                "said": said[0],
                "code": goal.code,
                "state": goal.state.label,
            }
            yield Problem(sentence % values, target)


def unsupported(checked: Checked) -> Iterator[Problem]:
    """A goal counts as covered by what was done for it or for a goal below it.

    One that was halted needs no activity; to have some would have to be explained.
    """
    report = checked.report
    active = {code for phase in report.phases for one in phase.activities for code in one.goals}
    planned = {code for output in report.outputs for code in output.goals}
    for goal in evaluated_goals(report.goals):
        values = {"place": goal_place(goal)}
        is_stopped = goal.state is not None and goal.state.code in NEEDS_REASON
        if not is_stopped and not _covered(goal.code, active):
            sentence = _("%(place)s has no activity.")
            yield Problem(sentence % values, Target(Kind.ACTIVITY))
        if not _covered(goal.code, planned):
            sentence = _("%(place)s has no planned output.")
            yield Problem(sentence % values, Target(Kind.OUTPUT))


def halted_but_active(checked: Checked) -> Iterator[Problem]:
    halted = {goal.code: goal for goal in checked.report.goals if _is_halted(goal)}
    for phase in checked.report.phases:
        for activity in phase.activities:
            for code in activity.goals:
                if goal := halted.get(code):
                    sentence = _(
                        "The activity %(activity)s belongs to goal %(code)s, whose state is "
                        "“%(state)s”."
                    )
                    values = {
                        "activity": f"„{activity.title}“",
                        "code": code,
                        "state": goal.state.label if goal.state else "",
                    }
                    yield Problem(sentence % values, Target(Kind.ACTIVITY, activity.key, "goals"))


def unrecommended(checked: Checked) -> Iterator[Problem]:
    """Goals answered "by a recommendation" that is not there, and unmet ones without any."""
    for goal in evaluated_goals(checked.report.goals):
        values = {"place": goal_place(goal)}
        if goal.recommendations:
            continue
        if goal.addressed_by_recommendation:
            sentence = _("%(place)s is answered by a recommendation, but none is linked to it.")
        elif goal.fulfilment and goal.fulfilment.code in _UNMET:
            sentence = _("%(place)s was not met and no recommendation follows from it.")
        else:
            continue
        yield Problem(sentence % values, Target(Kind.RECOMMENDATION))


def undelivered(checked: Checked) -> Iterator[Problem]:
    for output in checked.report.outputs:
        if not output.delivered:
            sentence = _("Output %(number)s is not judged: was it delivered?")
            target = Target(Kind.OUTPUT, output.key, "delivered")
            yield Problem(sentence % {"number": output.number}, target)


def outputs_without_goal(checked: Checked) -> Iterator[Problem]:
    for output in checked.report.outputs:
        if not output.goals:
            sentence = _("Output %(number)s belongs to no goal.")
            target = Target(Kind.OUTPUT, output.key, "goals")
            yield Problem(sentence % {"number": output.number}, target)


def _covered(code: str, codes: set[str]) -> bool:
    return any(one == code or one.startswith(f"{code}.") for one in codes)


RULES = (
    Rule("no_goals", gettext_lazy("The program has goals"), Severity.BLOCKS, no_goals),
    Rule(
        "broken_numbering",
        gettext_lazy("The numbering of goals has no gaps"),
        Severity.ADVICE,
        broken_numbering,
    ),
    Rule(
        "unevaluated_goal",
        gettext_lazy("Every goal is evaluated"),
        Severity.BLOCKS,
        unevaluated,
        final_only=True,
    ),
    Rule(
        "halted_without_reason",
        gettext_lazy("What was suspended, postponed or cancelled has a reason"),
        Severity.BLOCKS,
        without_reason,
    ),
    Rule(
        "two_states",
        gettext_lazy("Texts and states of goals agree"),
        Severity.ADVICE,
        two_states,
    ),
    Rule(
        "unsupported_goal",
        gettext_lazy("Every goal has an activity and an output"),
        Severity.ADVICE,
        unsupported,
    ),
    Rule(
        "halted_but_active",
        gettext_lazy("No activity belongs to a goal that was halted"),
        Severity.ADVICE,
        halted_but_active,
    ),
    Rule(
        "halted_but_cited",
        gettext_lazy("Evaluations do not lean on goals that were halted"),
        Severity.ADVICE,
        halted_but_cited,
    ),
    Rule(
        "goal_without_recommendation",
        gettext_lazy("What was not met leads to a recommendation"),
        Severity.ADVICE,
        unrecommended,
    ),
    Rule(
        "nameless_goal",
        gettext_lazy("Texts say which goal was halted"),
        Severity.ADVICE,
        nameless,
    ),
    Rule(
        "denied_recommendation",
        gettext_lazy("Texts deny no recommendation that is there"),
        Severity.ADVICE,
        denied_recommendations,
    ),
    Rule(
        "output_not_judged",
        gettext_lazy("Every planned output is judged"),
        Severity.BLOCKS,
        undelivered,
        final_only=True,
    ),
    Rule(
        "output_without_goal",
        gettext_lazy("Every output belongs to a goal"),
        Severity.ADVICE,
        outputs_without_goal,
    ),
)
