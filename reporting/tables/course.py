"""Tables of how the program went: phases, activities, consultations and their counts."""

from collections.abc import Iterator

from reporting.structure import Consultation, ProgramReport, Statistics
from reporting.tables.table import Row, Table, listed, table, written

ACTIVITIES = "Fáze | Aktivita | Cíle | Aktéři | Popis | Metoda | Místo | Od | Do | Zdroje | Přílohy"


def tables(report: ProgramReport) -> Iterator[Table]:
    yield table(
        "faze",
        "Fáze",
        "Fáze | První měsíc | Poslední měsíc | Komentář experta",
        (
            (phase.number, phase.months.first, phase.months.last, written(phase.expert_comment))
            for phase in report.phases
        ),
    )
    yield table("aktivity", "Aktivity", ACTIVITIES, _activities(report))
    log = list(_consultations(report))
    yield table(
        "konzultace",
        "Konzultace",
        "Datum | Druh | Fáze | Cíle | Aktéři | Výsledek | Přílohy",
        (_consultation(phase, one) for phase, one in log),
    )
    yield table(
        "ucast",
        "Účast",
        "Datum konzultace | Druh konzultace | Cílová skupina | Počet | Méně než 5",
        (
            (one.held_on, one.kind.label, row.target_group, row.count, row.few)
            for _phase, one in log
            for row in one.attendances
        ),
    )
    if report.statistics:
        yield table(
            "konzultace-souhrn",
            "Konzultace souhrn",
            "Co | Kód | Hodnota | Počet",
            _counts(report.statistics),
        )
        yield table(
            "ucast-souhrn",
            "Účast souhrn",
            "Cílová skupina | Konzultace | Lidé | Méně než 5 | Konzultace bez počtu",
            (
                (one.target_group, one.consultations, one.people, one.few, one.uncounted)
                for one in report.statistics.people
            ),
        )


def _activities(report: ProgramReport) -> Iterator[Row]:
    for phase in report.phases:
        for one in phase.activities:
            yield (
                phase.number,
                one.title,
                listed(one.goals),
                listed(one.actors),
                written(one.text),
                one.method or None,
                one.place or None,
                one.held_from,
                one.held_to,
                listed(one.sources),
                listed(one.evidence),
            )


def _consultations(report: ProgramReport) -> Iterator[tuple[int | None, Consultation]]:
    for phase in report.phases:
        for consultation in phase.consultations:
            yield phase.number, consultation
    for consultation in report.other_consultations:
        yield None, consultation


def _consultation(phase: int | None, one: Consultation) -> Row:
    return (
        one.held_on,
        one.kind.label,
        phase,
        listed(one.goals),
        listed(one.actors),
        written(one.outcome),
        listed(one.evidence),
    )


def _counts(statistics: Statistics) -> Iterator[Row]:
    yield "Konzultace celkem", None, None, statistics.total
    yield "Konzultace mimo fáze", None, None, statistics.outside_phases
    for name, counts in (
        ("Fáze", statistics.phases),
        ("Druh", statistics.kinds),
        ("Cíl", statistics.goals),
        ("Aktér", statistics.actors),
    ):
        for one in counts:
            yield name, one.term.code or None, one.term.label, one.count
    for month in statistics.months:
        yield "Měsíc", None, f"{month.month:%Y-%m}", month.count
    for code in statistics.silent_goals:
        yield "Cíl bez konzultace", code, None, 0
    for actor in statistics.silent_actors:
        yield "Aktér bez konzultace", None, actor, 0
