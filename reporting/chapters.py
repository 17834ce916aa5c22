"""The order of a report: its chapters and their headings."""

from dataclasses import dataclass
from typing import Any

from reporting import wording
from reporting.structure import ProgramReport, Section

FRAME_TITLES = {
    "summary": "Manažerské shrnutí",
    "methodology": "Metodologie a omezení",
    "locality": "Základní údaje o lokalitě",
    "annotation": "Anotace programu",
    "starting_points": "Východiska výběru poradenského programu",
    "outputs": "Popis výstupů programu",
    "course": "Průběh realizace poradenského programu",
    "overall_evaluation": "Celkové vyhodnocení poradenského programu",
    "cooperation": "Možnosti další spolupráce s obcí",
}
"""Headings for a database whose code list of sections lacks one of the common frame."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """`template` draws what is inside; `section` is the text of a chapter that is only written."""

    number: int
    anchor: str
    title: str
    running_title: str
    template: str
    section: Section | None = None
    opens_page: bool = False


def chapters_of(report: ProgramReport) -> tuple[Chapter, ...]:
    """Every chapter, in its place even when it is empty: empty parts say so."""
    found: list[Chapter] = []

    def add(
        anchor: str,
        title: str,
        template: str,
        *,
        running_title: str = "",
        section: Section | None = None,
        opens_page: bool = False,
    ) -> None:
        number = len(found) + 1
        running = running_title or title
        found.append(Chapter(number, anchor, title, running, template, section, opens_page))

    def add_section(anchor: str, section: Section, template: str = "section", **more: Any) -> None:
        title = section.title or FRAME_TITLES.get(section.code, section.code)
        add(anchor, title, template, section=section, **more)

    if report.summary:
        add("shrnuti", FRAME_TITLES["summary"], "summary", opens_page=True)
    if report.methodology:
        has_summary = report.summary is None or wording.is_told(report.summary)
        add_section("metodologie", report.methodology, "methodology", opens_page=has_summary)
    add("obdobi", "Období realizace", "period", opens_page=not report.methodology)
    add_section("lokalita", report.locality)
    add_section("anotace", report.annotation, "annotation")
    add_section("vychodiska", report.starting_points, "starting_points", running_title="Východiska")
    add("cile", "Cíle poradenského programu", "goals")
    add("harmonogram", "Předpokládaný harmonogram realizace", "schedule")
    add_section("vystupy", report.outputs_introduction, "outputs")
    add(
        "vychozi-stav",
        "Popis výchozího stavu lokality v kontextu plnění kritérií sociálního začleňování",
        "baseline",
        running_title="Výchozí stav lokality",
    )
    add_section("prubeh", report.course, "course", opens_page=bool(report.phases))
    add(
        "zaverecny-stav",
        "Vyhodnocení závěrečného stavu lokality v kontextu plnění kritérií sociálního začleňování",
        "final",
        running_title="Závěrečný stav lokality",
        opens_page=bool(report.criteria),
    )
    add(
        "vyhodnoceni-cilu",
        "Vyhodnocení cílů poradenského programu",
        "goals_evaluated",
        opens_page=bool(report.goals),
    )
    add("doporuceni", "Doporučení", "recommendations")
    add_section("celkove-vyhodnoceni", report.overall_evaluation)
    add_section("spoluprace", report.cooperation)
    for section in report.further_sections:
        add_section(f"oddil-{section.code}", section)
    add("zkratky", "Seznam zkratek", "abbreviations")
    add("zdroje", "Zdroje", "sources")
    has_annexes = bool(report.evidence or report.actors)
    add("prilohy", "Přílohy", "annexes", opens_page=has_annexes)
    return tuple(found)
