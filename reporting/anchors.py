"""What the places of a report are called in its addresses, and what they are in words."""

from reporting.chapters import chapters_of
from reporting.structure import ProgramReport

SOURCE, ANNEX, RECOMMENDATION, GOAL, CRITERION = (
    "zdroj", "priloha", "doporuceni", "cil", "kriterium",
)  # fmt: skip
LONG_TERM_GOAL = "dlouhodoby-cil"


def anchor(kind: str, code: str | int) -> str:
    return f"{kind}-{code}"


def goal_anchor(code: str) -> str:
    return anchor(GOAL, code) if code else LONG_TERM_GOAL


def anchor_names(report: ProgramReport) -> dict[str, str]:
    """Where the links of a report lead, in words for who does not see the page."""
    names = {chapter.anchor: chapter.title for chapter in chapters_of(report)}
    for source in report.sources:
        names[anchor(SOURCE, source.number)] = f"Zdroj {source.number}: {source.name}"
    for piece in report.evidence:
        names[anchor(ANNEX, piece.number)] = f"Příloha {piece.number}: {piece.title}"
    for one in report.recommendations:
        names[anchor(RECOMMENDATION, one.number)] = f"Doporučení {one.number}: {one.title}"
    for criterion in report.criteria:
        names[anchor(CRITERION, criterion.code)] = f"Kritérium {criterion.code}"
    for goal in report.goals:
        words = f"Cíl {goal.code}" if goal.code else "Dlouhodobý cíl"
        names[goal_anchor(goal.code)] = words
    return names
