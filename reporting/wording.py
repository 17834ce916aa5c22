"""How a report says values in Czech: levels, shifts, dates of figures, counts of people.

Pure functions over the structure, shared by every renderer. Their results still go
through `litvinov.czech.typeset`, as all text of a report does.
"""

from litvinov import czech
from reporting.structure import Assessment, Attendance, Figure, Rating, Step

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
