"""Tables of the first axis: goals, outputs and recommendations."""

from collections.abc import Iterator

from reporting.structure import Goal, ProgramReport, Recommendation
from reporting.tables.table import Row, Table, label, listed, table, written

GOALS = (
    "Cíl | Úroveň | Krátký název | Znění | Stav realizace | Míra splnění | Důvod | Stanovisko"
    " | Řešen doporučením | Doporučení | Vyhodnocení | Zdroje"
)
RECOMMENDATIONS = (
    "Doporučení | Název | Zjištění | Závěr | Text | Cíle | Ukazatele | Adresáti | Koho se týká"
    " | Stav | Aktivita | Priorita | Termín | Vyjádření obce | Vyjádřeno dne | Důvod vyjádření"
    " | Další krok | Po skončení | Stav ke dni | Poznámka ke stavu | Přílohy"
)


def tables(report: ProgramReport) -> Iterator[Table]:
    yield table("cile", "Cíle", GOALS, (_goal(goal) for goal in report.goals))
    yield table(
        "vystupy",
        "Výstupy",
        "Výstup | Popis | Cíle | Doporučení | Dodání",
        (
            (
                output.number,
                output.text,
                listed(output.goals),
                listed(output.recommendations),
                label(output.delivered),
            )
            for output in report.outputs
        ),
    )
    yield table(
        "doporuceni",
        "Doporučení",
        RECOMMENDATIONS,
        (_recommendation(one) for one in report.recommendations),
    )


def _goal(goal: Goal) -> Row:
    return (
        goal.code or "dlouhodobý cíl",
        goal.depth,
        goal.short_title or None,
        goal.wording,
        label(goal.state),
        label(goal.fulfilment),
        goal.reason or None,
        label(goal.position),
        goal.addressed_by_recommendation,
        listed(goal.recommendations),
        written(goal.evaluation),
        listed(goal.sources),
    )


def _recommendation(one: Recommendation) -> Row:
    return (
        one.number,
        one.title,
        written(one.finding),
        written(one.conclusion),
        written(one.text),
        listed(code or "dlouhodobý cíl" for code in one.goals),
        listed(one.indicators),
        listed(one.addressees),
        listed(one.target_groups),
        one.state.label,
        one.activity or None,
        label(one.priority),
        one.due_on,
        label(one.response),
        one.responded_on,
        one.response_reason or None,
        one.next_step or None,
        label(one.follow_up),
        one.followed_up_on,
        one.follow_up_note or None,
        listed(one.evidence),
    )
