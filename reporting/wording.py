"""How a report says values in Czech: levels, shifts, dates of figures, counts of people.

Pure functions over the structure, shared by every renderer. Their results still go
through `litvinov.czech.typeset`, as all text of a report does.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil

from litvinov import czech, narrative
from litvinov.narrative import Blocks
from reporting.structure import (
    Assessment,
    Attendance,
    Count,
    Criterion,
    Figure,
    Goal,
    Identification,
    Indicator,
    ProgramReport,
    Rating,
    Recommendation,
    Step,
    Summary,
    Term,
)
from reporting.summary import counted

LEVEL_WORDS = {0: "nenaplněno", 1: "formálně", 2: "částečně", 3: "převážně", 4: "plně"}
LEVEL_MEANINGS = {
    "0": "požadavek ukazatele není naplněn",
    "1": "existuje jen formální podoba bez doloženého účinku",
    "2": "naplněno zčásti, nahodile nebo jen pro některé skupiny",
    "3": "naplněno, zbývají dílčí nedostatky",
    "4": "naplněno v celém rozsahu",
}
SHIFT_MARKS = {
    "much_better": "▲▲",
    "better": "▲",
    "same": "=",
    "worse": "▼",
    "much_worse": "▼▼",
    "undetermined": "?",
}
REFINEMENT_MARK = "▽"
NOT_RATED = "nehodnoceno"
# In lines of the running text: three quarters of a page, what parts two paragraphs, and what there
# is in a recommendation besides texts.
_MOST_LINES, _LETTERS_OF_A_LINE, _GAP, _OTHER_FACTS = 34, 70, 0.4, 10


@dataclass(frozen=True, slots=True)
class Title:
    """`name` and `theme` are the whole title; `running` is what the head of a page has of it."""

    name: str
    theme: str
    running: str


def title_parts(program: Identification) -> Title:
    """The title of a program, with its theme apart where the title ends with it."""
    theme = program.theme
    before = program.title.removesuffix(theme).rstrip()
    if theme and before.endswith("–") and len(before) > 1:
        return Title(before, theme, before.removesuffix("–").rstrip())
    return Title(program.title, "", program.title)


def level_number(rating: Rating | None) -> str:
    """The level as a numeral; a dash when there is none."""
    return "–" if rating is None or rating.level is None else str(rating.level)


def level_word(rating: Rating | None) -> str:
    """One word for a level, or what there is instead of one."""
    if rating is None:
        return NOT_RATED
    word = "nelze posoudit" if rating.level is None else LEVEL_WORDS[rating.level]
    return f"{word} (k ověření)" if rating.to_verify else word


def level_words(baseline: Rating | None, final: Rating | None) -> str:
    """formálně → částečně, or a single word where both are the same."""
    first, last = level_word(baseline), level_word(final)
    return first if first == last else f"{first} → {last}"


def shift_mark(code: str, final: Assessment | None = None) -> str:
    """The sign before a shift; a hollow one when it only refines the baseline."""
    return REFINEMENT_MARK if final and final.is_refinement else SHIFT_MARKS[code]


def step_time(step: Step) -> str:
    """When a step was planned: as the plan put it, otherwise from its months."""
    if step.time_text:
        return step.time_text
    if not step.months:
        return "průběžně"
    if len(step.months) == 1:
        return f"od {czech.month(step.months[0])}"
    return czech.month_range(*step.months)


def figure_value(figure: Figure) -> str:
    return figure.value_text if figure.value is None else czech.number(figure.value)


def figure_date(figure: Figure) -> str:
    """As precise as is known: 1. 1. 2023, 7/2023 or 2020; a dash when it is not."""
    return czech.period(figure.date_from, figure.date_to, figure.date_precision)


def attendance(row: Attendance) -> str:
    """Children (12), children (fewer than 5), or just children when nobody counted."""
    if row.few:
        return f"{row.target_group} (méně než 5)"
    return row.target_group if row.count is None else f"{row.target_group} ({row.count})"


def summary_lines(report: ProgramReport) -> tuple[tuple[str, str], ...]:
    """The counts of the summary as a topic and what is to be said of it."""
    summary = report.summary
    if summary is None or not has_counts(summary):
        return ()
    lines = [("Cíle", _goals_said(summary)), ("Ukazatele", _indicators_said(report, summary))]
    if summary.output_count:
        planned = _counted(
            summary.output_count, "plánovaný výstup", "plánované výstupy", "plánovaných výstupů"
        )
        lines.append(("Výstupy", _with_counts(planned, summary.outputs)))
    if summary.recommendation_count:
        lines.append(("Doporučení", _recommendations_said(summary)))
    work = [
        _counted(summary.activity_count, "aktivita", "aktivity", "aktivit"),
        _counted(summary.consultation_count, "konzultace", "konzultace", "konzultací"),
        _counted(len(report.phases), "fáze", "fáze", "fází"),
    ]
    lines.append(("Průběh", f"{', '.join(work)}."))
    return tuple(lines)


def has_counts(summary: Summary) -> bool:
    """Whether there is anything to count yet."""
    return any(
        (
            *(summary.goal_count, summary.indicator_count, summary.output_count),
            *(summary.recommendation_count, summary.activity_count, summary.consultation_count),
        )
    )


def is_told(summary: Summary) -> bool:
    """Whether the summary says anything; otherwise it is not worth a page."""
    return bool(summary.passages) or has_counts(summary)


def _goals_said(summary: Summary) -> str:
    if not summary.goal_count:
        return "zatím nejsou stanoveny."
    degrees = [cell.fulfilment for cell in summary.goals for _code in cell.goals]
    goals = _counted(summary.goal_count, "hodnocený cíl", "hodnocené cíle", "hodnocených cílů")
    said = _with_counts(goals, counted(degrees))
    missing = degrees.count(None)
    return f"{said} Zatím bez míry splnění: {missing}." if missing else said


def _indicators_said(report: ProgramReport, summary: Summary) -> str:
    if not report.criteria:
        return "program zatím nepřevzal žádná kritéria."
    if not summary.indicator_count:
        return "převzatá kritéria zatím nemají žádný ukazatel."
    indicators = _counted(summary.indicator_count, "ukazatel", "ukazatele", "ukazatelů")
    criteria = _counted(len(report.criteria), "kritériu", "kritériích", "kritériích")
    said = _with_counts(
        f"{indicators} {_in(len(report.criteria))}{czech.NBSP}{criteria}", summary.shifts
    )
    if summary.not_rated and report.with_levels:
        said += f" Bez posunu, protože chybí hodnocení: {summary.not_rated}."
    if summary.differing:
        said += f" Hodnocení obce a experta se liší u {summary.differing} z nich."
    return said


def _recommendations_said(summary: Summary) -> str:
    said = _with_counts(
        _counted(summary.recommendation_count, "doporučení", "doporučení", "doporučení"),
        summary.responses,
    )
    answered = sum(one.count for one in summary.responses)
    if answered < summary.recommendation_count:
        said += f" Bez vyjádření obce: {summary.recommendation_count - answered}."
    return said


def _with_counts(said: str, counts: tuple[Count, ...]) -> str:
    parts = ", ".join(f"{one.count}× {lowered(one.term.label)}" for one in counts)
    return f"{said}: {parts}." if parts else f"{said}."


def _in(count: int) -> str:
    """v pěti, but ve dvou, ve třech, ve dvanácti, ve dvaceti: as a number up to 99 is read."""
    return "ve" if count in (2, 3, 4, 12, 13, 14) or 20 <= count < 50 else "v"


def _counted(count: int, one: str, few: str, many: str) -> str:
    return f"{count} {czech.plural(count, one, few, many)}"


def lowered(label: str) -> str:
    """A label inside a sentence or after a dash."""
    return label[:1].lower() + label[1:]


def subgoals_said(report: ProgramReport, goal: Goal) -> str:
    """What there is to say of a goal that only gathers others: how those were met.

    Its own state is not computed; empty for a goal that has one, and for one without sub-goals.
    """
    gathered = [one for one in report.goals if one.code.rpartition(".")[0] == goal.code]
    if not goal.code or goal.state or goal.fulfilment or not gathered:
        return ""
    degrees = [one.fulfilment for one in gathered]
    parts = [f"{one.count}× {lowered(one.term.label)}" for one in counted(degrees)]
    if missing := degrees.count(None):
        parts.append(f"{missing}× zatím bez míry splnění")
    return ", ".join(parts)


def fulfilments(summary: Summary) -> tuple[Term | None, ...]:
    """The columns of the matrix of goals: the degrees that occur, what is not given last."""
    counts = counted(cell.fulfilment for cell in summary.goals)
    degrees = [count.term for count in counts]
    return (
        (*degrees, None) if any(not cell.fulfilment for cell in summary.goals) else tuple(degrees)
    )


def goal_matrix(
    summary: Summary,
) -> tuple[tuple[Term | None, tuple[tuple[str, ...], ...]], ...]:
    """A row for each state that occurs: the codes of its goals by degree of fulfilment."""
    columns = fulfilments(summary)
    states = sorted(
        dict.fromkeys(cell.state for cell in summary.goals), key=lambda one: one is None
    )
    cells = {(cell.state, cell.fulfilment): cell.goals for cell in summary.goals}
    return tuple(
        (state, tuple(cells.get((state, fulfilment), ()) for fulfilment in columns))
        for state in states
    )


def is_short(*texts: Blocks, besides: float = 0) -> bool:
    """Whether texts fill less than three quarters of a page, so that they may stand on one."""
    written = [line for text in texts for line in narrative.plain_text(text).splitlines()]
    return sum(map(_height, written)) + besides <= _MOST_LINES


def _height(text: str) -> float:
    """Of a paragraph, in lines of the running text."""
    return ceil(len(text) / _LETTERS_OF_A_LINE) + _GAP


def keeps_together(recommendation: Recommendation) -> bool:
    facts = (
        *recommendation.indicators,
        recommendation.response_reason,
        recommendation.next_step,
        recommendation.follow_up_note,
    )
    return is_short(
        recommendation.finding,
        recommendation.conclusion,
        recommendation.text,
        besides=sum(map(_height, facts)) + _OTHER_FACTS,
    )


def common_day(criterion: Criterion, moment: str) -> date | None:
    """The day all indicators of a criterion were assessed for, when it is one."""
    days = {getattr(indicator, moment).as_of for indicator in criterion.indicators}
    return days.pop() if len(days) == 1 else None


def goal_totals(summary: Summary) -> tuple[int, ...]:
    """How many goals there are of each degree, in the order of the columns."""
    return tuple(
        sum(len(cell.goals) for cell in summary.goals if cell.fulfilment == fulfilment)
        for fulfilment in fulfilments(summary)
    )


def differing_ratings(report: ProgramReport) -> tuple[tuple[Criterion, Indicator], ...]:
    """Indicators whose final level the expert and the town see differently."""
    return tuple(
        (criterion, indicator)
        for criterion in report.criteria
        for indicator in criterion.indicators
        if (expert := indicator.final.expert)
        and (town := indicator.final.town)
        and expert.level != town.level
    )


def shift_counts(criterion: Criterion) -> tuple[Count, ...]:
    """How many indicators shifted how, by the expert's rating, from the best to the worst."""
    return counted(indicator.expert_shift for indicator in criterion.indicators)


def shift_count(criterion: Criterion, shift: Term) -> int:
    return sum(one.count for one in shift_counts(criterion) if one.term == shift)


def shift_total(report: ProgramReport, shift: Term) -> int:
    return sum(shift_count(criterion, shift) for criterion in report.criteria)


def level_axis(level: int) -> str:
    """The head of a column of a chart: 2 částečně."""
    return f"{level} {LEVEL_WORDS[level]}"
