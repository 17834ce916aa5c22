"""Goals: states, evaluations, and what was done for them."""

from typing import Any

import pytest

from litvinov.narrative import parse
from reporting.structure import ProgramReport, Term
from tests.reporting.checks.reports import (
    POSTPONED,
    SUSPENDED,
    activity,
    clean_report,
    found,
    goal,
    identified,
    output,
    phase,
    saying,
    section,
    target,
)

AGENCY = Term("agency", "ASZ")
NOT_REALISED = Term("not_realised", "Nerealizován")


def with_goal(**fields: Any) -> ProgramReport:
    return clean_report(goals=(goal(""), goal("1.1", **fields)))


def halted(**fields: Any) -> ProgramReport:
    values: dict[str, Any] = {"state": POSTPONED, "reason": "Chybí pozemek.", "position": AGENCY}
    return with_goal(**{**values, **fields})


def test_program_without_goals() -> None:
    assert len(found("no_goals", clean_report(goals=()))) == 2
    assert len(found("no_goals", clean_report(goals=(goal("1.1"),)))) == 1
    assert found("no_goals", clean_report()) == []


def test_gap_in_the_numbering() -> None:
    report = clean_report(goals=(goal(""), goal("1.1"), goal("1.3"), goal("1.4.1")))

    gap, orphan = found("broken_numbering", report)
    assert "1.3" in gap
    assert "1.2" in gap
    assert "1.4.1" in orphan
    assert "cíl 1.4" in orphan
    whole = clean_report(goals=(goal(""), goal("1.1"), goal("1.1.1"), goal("1.2")))
    assert found("broken_numbering", whole) == []


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("evaluation", "evaluation"),
        ("state", "implementation_state"),
        ("fulfilment", "fulfilment"),
    ],
)
def test_goal_not_evaluated(field: str, form: str) -> None:
    report = with_goal(**{field: () if field == "evaluation" else None})

    assert len(found("unevaluated_goal", report)) == 1
    assert target("unevaluated_goal", report).field == form


def test_goal_that_gathers_others_needs_no_evaluation() -> None:
    gathering = goal("1.1", evaluation=(), state=None, fulfilment=None)
    for below in ("1.1.1", "1.1.1.1"):
        report = clean_report(goals=(goal(""), gathering, goal(below)))

        assert found("unevaluated_goal", report) == []


def test_goals_of_an_interim_report_need_not_be_evaluated_yet() -> None:
    from reporting.checks import Checked, Severity, run

    report = identified(kind=Term("interim", "Průběžná"))
    report = type(report)(**{**_fields(report), "goals": (goal(""), goal("1.1", evaluation=()))})

    (finding,) = [one for one in run(Checked(report, report)) if one.rule == "unevaluated_goal"]
    assert finding.severity == Severity.ADVICE


def _fields(report: ProgramReport) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def test_halted_goal_without_a_reason() -> None:
    assert found("halted_without_reason", halted()) == []
    assert target("halted_without_reason", halted(reason="")).field == "state_reason"
    assert target("halted_without_reason", halted(position=None)).field == "state_position"
    cancelled = Term("cancelled", "Zrušen")
    assert len(found("halted_without_reason", with_goal(state=cancelled))) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cíl 1.1 byl od počátku pozastaven.", "pozastaven"),
        ("Realizace cíle 1.1 je nyní odložena.", "odložena"),
        ("K zrušení došlo u cíle č. 1.1.", "zrušení"),
    ],
)
def test_text_gives_a_goal_another_state(text: str, said: str) -> None:
    (sentence,) = found("two_states", saying(text))

    assert said in sentence
    assert "Uzavřen" in sentence


def test_own_evaluation_speaks_of_the_goal_without_its_number() -> None:
    report = halted(evaluation=parse("Záměr byl hned pozastaven."))

    assert len(found("two_states", report)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Cíl 1.1 byl splněn. Jednání se odložila.",
        "Objektivně nepodložené obavy u cíle 1.1.",
        "Rozhodnutí platí pro cíle 1.1–1.2, jeden byl odložen.",
    ],
)
def test_sentences_that_give_no_state(text: str) -> None:
    report = clean_report(
        goals=(goal(""), goal("1.1"), goal("1.2")),
        overall_evaluation=saying(text).overall_evaluation,
    )

    assert found("two_states", report) == []


def test_state_said_as_it_is() -> None:
    report = halted(evaluation=parse("Cíl 1.1 je odložen, záměr odkládá město."))

    assert found("two_states", report) == []


def test_goal_without_activity_or_output() -> None:
    report = clean_report(goals=(goal(""), goal("1.1"), goal("1.2")))

    assert len(found("unsupported_goal", report)) == 2
    below = clean_report(
        goals=(goal(""), goal("1.1"), goal("1.1.1", state=None)),
        phases=(phase(activities=(activity(goals=("1.1.1",)),)),),
        outputs=(output(goals=("1.1", "1.1.1")),),
    )
    assert found("unsupported_goal", below) == []


def test_activity_for_a_halted_goal() -> None:
    assert len(found("halted_but_active", halted())) == 1
    assert found("halted_but_active", clean_report()) == []


def test_evaluation_leans_on_a_halted_goal() -> None:
    def report(text: str) -> ProgramReport:
        suspended = goal("1.2", state=SUSPENDED, reason="Město nechce.", position=AGENCY)
        return clean_report(goals=(goal(""), goal("1.1", evaluation=parse(text)), suspended))

    (sentence,) = found("halted_but_cited", report("Zapojení řeší cíl 1.2."))
    assert "Pozastaven" in sentence
    assert found("halted_but_cited", report("Cíl 1.2 byl pozastaven.")) == []
    assert found("halted_but_cited", report("Týká se cílů 1.1–1.2.")) == []


def test_goal_that_leads_to_no_recommendation() -> None:
    unmet = with_goal(fulfilment=NOT_REALISED)
    promised = with_goal(addressed_by_recommendation=True)

    assert len(found("goal_without_recommendation", unmet)) == 1
    assert len(found("goal_without_recommendation", promised)) == 1
    answered = with_goal(fulfilment=NOT_REALISED, recommendations=(1,))
    assert found("goal_without_recommendation", answered) == []


def test_outputs() -> None:
    report = clean_report(outputs=(output(), output(2, delivered=None, goals=())))

    assert target("output_not_judged", report).field == "delivered"
    assert target("output_without_goal", report).field == "goals"


def test_halted_goal_needs_no_activity() -> None:
    suspended = goal("1.2", state=SUSPENDED, reason="Město nechce.", position=AGENCY)
    report = clean_report(goals=(goal(""), goal("1.1"), suspended))

    assert found("unsupported_goal", report) == ["Cíl 1.2 nemá plánovaný výstup."]


@pytest.mark.parametrize(
    "text",
    [
        "Hned od počátku byl pozastaven cíl týkající se pobytového zařízení.",
        "Cíl zaměřený na děti byl odložen.",
        "Některé cíle jsou zatím zrušeny.",
    ],
)
def test_halted_goal_that_is_not_named(text: str) -> None:
    assert len(found("nameless_goal", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Cíl 1.1 byl pozastaven.",
        "Pozastaveny byly cíle 1.1 a 1.2.",
        "Projekt byl odložen, cíle trvají.",
        "Cílem je pozastavit růst dluhů.",
        "Cílová skupina byla zrušena.",
    ],
)
def test_halted_goal_that_is_named(text: str) -> None:
    assert found("nameless_goal", saying(text)) == []


def test_text_that_denies_recommendations() -> None:
    text = "K dalším dílčím cílům doporučení zpracována nejsou."
    recommended = clean_report(
        goals=(goal(""), goal("1.1", recommendations=(1,))),
        overall_evaluation=section("overall_evaluation", text),
    )
    named = saying("K cíli 1.2 doporučení zpracována nejsou.")

    assert len(found("denied_recommendation", recommended)) == 1
    assert found("denied_recommendation", saying(text)) == [], "goal 1.1 has none"
    assert found("denied_recommendation", named) == []
