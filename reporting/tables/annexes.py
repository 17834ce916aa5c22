"""Tables of what the report refers to: abbreviations, sources, evidence, actors and groups."""

from collections.abc import Iterator

from litvinov import czech
from reporting.structure import Place, ProgramReport
from reporting.tables.table import Table, listed, table


def tables(report: ProgramReport) -> Iterator[Table]:
    yield table(
        "zkratky",
        "Zkratky",
        "Zkratka | Další tvary | Význam",
        (
            (one.forms[0], listed(one.forms[1:]), one.expansion or None)
            for one in report.abbreviations
        ),
    )
    yield table(
        "zdroje",
        "Zdroje",
        "Zdroj | Název | Druh | Autor | Rok | Datum dat | Adresa",
        (
            (
                one.number,
                one.name,
                one.kind or None,
                one.author or None,
                one.year,
                one.data_date or None,
                one.url or None,
            )
            for one in report.sources
        ),
    )
    yield table(
        "prilohy",
        "Přílohy",
        "Příloha | Název | Druh souboru | Adresa | Datum | K čemu je přiložena",
        (
            (
                one.number,
                one.title,
                one.file_type or None,
                one.url or None,
                one.dated_on,
                listed(_place(place) for place in one.places),
            )
            for one in report.evidence
        ),
    )
    yield table(
        "akteri",
        "Aktéři",
        "Aktér | Zkratka | Další názvy | Druh | Součást | Funkce | Role v programu",
        (
            (
                one.name,
                one.abbreviation or None,
                listed(one.aliases),
                one.kind.label,
                one.parent or None,
                listed(one.functions),
                one.description or None,
            )
            for one in report.actors
        ),
    )
    yield table(
        "pracovni-skupiny",
        "Pracovní skupiny",
        "Skupina | Stav | Účel | Iniciátor | Výčet členů je úplný",
        (
            (
                one.name,
                one.state.label,
                one.purpose or None,
                one.initiator or None,
                one.seats_complete,
            )
            for one in report.working_groups
        ),
    )
    yield table(
        "clenove-skupin",
        "Členové skupin",
        "Skupina | Funkce | Aktér | Druh členství",
        (
            (group.name, seat.function, seat.actor or None, seat.kind.label)
            for group in report.working_groups
            for seat in group.seats
        ),
    )
    yield table(
        "cilove-skupiny",
        "Cílové skupiny",
        "Skupina | Další názvy | Druh | Popis",
        (
            (one.name, listed(one.aliases), one.kind.label, one.description or None)
            for one in report.target_groups
        ),
    )


def _place(place: Place) -> str:
    day = f" {czech.short_date(place.held_on)}" if place.held_on else ""
    code = f" {place.code}" if place.code else ""
    return f"{place.word}{code}{day}: {place.name}"
