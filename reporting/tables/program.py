"""Tables of what the program is: identification, texts, figures, plan and summary."""

from collections.abc import Iterator

from reporting.structure import Part, Passage, ProgramReport
from reporting.tables.table import Row, Table, label, listed, table, written

PARTS = {
    Part.SUMMARY: "manažerské shrnutí",
    Part.METHODOLOGY: "metodologie a omezení",
    Part.LEVELS: "úrovně a posuny",
    Part.CHARTS: "grafy",
    Part.CONSULTATIONS: "deník konzultací",
    Part.STATISTICS: "konzultace v číslech",
    Part.PEOPLE: "seznamy aktérů a skupin",
    Part.PUBLICITY: "publicita Evropské unie",
}
PRECISIONS = {"": None, "day": "den", "month": "měsíc", "year": "rok"}
AUDIENCES = {"public": "pro veřejnost", "partners": "pro partnery programu"}


def tables(report: ProgramReport) -> Iterator[Table]:
    yield table("identifikace", "Identifikace", "Údaj | Obsah", _identification(report))
    if report.summary:
        yield table("shrnuti", "Shrnutí", "Co | Hodnota | Počet | Cíle", _summary(report))
    yield table("texty", "Texty", "Oddíl | Nadpis | Téma | Text | Zdroje", _texts(report))
    yield table(
        "udaje",
        "Údaje o lokalitě",
        "Údaj | Území | Hodnota | Hodnota slovy | Jednotka | Od | Do | Přesnost | Zdroj | Původ",
        (
            (
                figure.name,
                figure.area or None,
                figure.value,
                figure.value_text or None,
                figure.unit or None,
                figure.date_from,
                figure.date_to,
                PRECISIONS[figure.date_precision],
                figure.source,
                figure.derivation or None,
            )
            for figure in report.figures
        ),
    )
    yield table(
        "harmonogram",
        "Harmonogram",
        "Krok | Popis | Časové určení | Od | Do | Časový rámec slovy | Odpovědnost",
        (
            (
                step.number,
                step.description,
                step.timing.label,
                step.months[0] if step.months else None,
                step.months[1] if len(step.months) > 1 else None,
                step.time_text or None,
                step.responsible or None,
            )
            for step in report.steps
        ),
    )
    yield table(
        "stupnice",
        "Stupnice",
        "Co | Kód | Označení",
        (
            *(("úroveň", level.code, level.label) for level in report.scale),
            *(("posun", shift.code, shift.label) for shift in report.shifts),
        ),
    )


def _identification(report: ProgramReport) -> Iterator[Row]:
    known = report.identification
    yield "Název", known.title
    yield "Druh zprávy", known.kind.label
    yield "Číslo jednací", known.reference_number or None
    yield "Spisová značka", known.file_number or None
    yield "Datum zprávy", known.dated_on
    yield "Zpracoval (funkce)", known.prepared_by or None
    yield "Publicita", known.publicity or None
    for alternative in known.publicity_logos:
        yield "Logo", alternative
    yield "Obec", known.municipality
    yield "Okres", known.district or None
    yield "Kraj", known.region or None
    yield "Lokalita", known.locality
    yield "Popis lokality", known.locality_description or None
    yield "Téma", known.theme
    yield "První měsíc", known.period.first
    yield "Poslední měsíc", known.period.last
    yield "Počet měsíců", known.month_count
    yield "Stav programu", known.state.label
    yield "Zpracovatel", known.provider or None
    yield "Tým programu", known.team or None
    yield "Upozornění", known.demo_notice or None
    yield "Vydání", AUDIENCES[report.audience]
    yield "Stav ke dni", known.printed_on
    yield "Volitelné části", listed(PARTS[part] for part in report.parts)


def _summary(report: ProgramReport) -> Iterator[Row]:
    summary = report.summary
    if summary is None:
        return
    yield "Hodnocené cíle", None, summary.goal_count, None
    for cell in summary.goals:
        said = f"{label(cell.state) or 'neuveden'} / {label(cell.fulfilment) or 'neuvedena'}"
        yield "Cíle: stav / míra splnění", said, len(cell.goals), listed(cell.goals)
    yield "Ukazatele", None, summary.indicator_count, None
    for shift in summary.shifts:
        yield "Ukazatele: posun", shift.term.label, shift.count, None
    yield "Ukazatele bez posunu, chybí hodnocení", None, summary.not_rated, None
    yield "Ukazatele, které obec hodnotí jinak", None, summary.differing, None
    yield "Plánované výstupy", None, summary.output_count, None
    for output in summary.outputs:
        yield "Výstupy: dodání", output.term.label, output.count, None
    yield "Doporučení", None, summary.recommendation_count, None
    for response in summary.responses:
        yield "Doporučení: vyjádření obce", response.term.label, response.count, None
    yield "Aktivity", None, summary.activity_count, None
    yield "Konzultace", None, summary.consultation_count, None


def _texts(report: ProgramReport) -> Iterator[Row]:
    if report.summary:
        yield from _passages("summary", "Manažerské shrnutí", report.summary.passages)
    for section in report.sections:
        yield from _passages(section.code, section.title, section.passages)


def _passages(code: str, title: str, passages: tuple[Passage, ...]) -> Iterator[Row]:
    """A section nobody wrote is a row without a text."""
    for passage in passages or (Passage("", (), ()),):
        yield (
            code,
            title or None,
            passage.topic or None,
            written(passage.text),
            listed(passage.sources),
        )
