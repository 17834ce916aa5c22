"""A small report made by hand in which nothing is missing, and ways to spoil it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from litvinov.narrative import parse
from reporting import checks
from reporting.checks import Checked, Finding
from reporting.structure import (
    Activity,
    Actor,
    Assessment,
    Audience,
    Consultation,
    Criterion,
    Evidence,
    Figure,
    Goal,
    Identification,
    Indicator,
    Months,
    Output,
    Part,
    Passage,
    Phase,
    ProgramReport,
    Rating,
    Recommendation,
    Section,
    Source,
    Step,
    Term,
)

FIRST, LAST = date(2023, 7, 1), date(2024, 6, 1)
FINAL = Term("final", "Závěrečná evaluační zpráva")
CLOSED, FULFILLED = Term("closed", "Uzavřen"), Term("fulfilled", "Splněn")
POSTPONED = Term("postponed", "Odložen")
SUSPENDED = Term("suspended", "Pozastaven")
BETTER, WORSE = Term("better", "zlepšení"), Term("worse", "zhoršení")


def section(code: str, text: str, **fields: Any) -> Section:
    values = {"topic": "", "sources": (), "key": 1, **fields}
    return Section(code, f"Oddíl {code}", (Passage(text=parse(text), **values),))


def goal(code: str = "1.1", **fields: Any) -> Goal:
    values: dict[str, Any] = {
        "depth": code.count("."),
        "short_title": "",
        "wording": f"Obyvatelé se zapojí do oblasti {code}." if code else "Lokalita je bezpečná.",
        "state": CLOSED if code else None,
        "fulfilment": FULFILLED if code else None,
        "reason": "",
        "position": None,
        "addressed_by_recommendation": False,
        "recommendations": (),
        "evaluation": parse(f"Dosaženo v oblasti {code}.") if code else (),
        "sources": (),
        "key": int(code.replace(".", "") or 0) + 100,
        **fields,
    }
    return Goal(code=code, **values)


def rated(level: int | None = 3, **fields: Any) -> Rating:
    return Rating(level, "slovy", **{"to_verify": False, "note": "", **fields})


def assessment(text: str = "", **fields: Any) -> Assessment:
    values: dict[str, Any] = {
        "as_of": date(2024, 6, 1),
        "justification": "",
        "contribution": None,
        "is_refinement": False,
        "expert": rated(),
        "town": None,
        "sources": (1,),
        **fields,
    }
    return Assessment(statement=parse(text), **values)


def indicator(name: str = "Přehled o aktérech", **fields: Any) -> Indicator:
    values: dict[str, Any] = {
        "short_name": "",
        "baseline": assessment(f"Na začátku: {name}.", as_of=date(2023, 7, 1)),
        "interims": (),
        "final": assessment(f"Na konci: {name}."),
        "expert_shift": None,
        "town_shift": None,
        "recommendations": (),
        "key": 5,
        **fields,
    }
    return Indicator(name=name, **values)


def activity(title: str = "Jednání s aktéry", **fields: Any) -> Activity:
    values: dict[str, Any] = {
        "goals": ("1.1",),
        "actors": (),
        "text": (),
        "method": "",
        "place": "",
        "held_from": None,
        "held_to": None,
        "sources": (),
        "evidence": (),
        "key": 8,
        **fields,
    }
    return Activity(title=title, **values)


def consultation(outcome: str = "Dohodnut postup.", **fields: Any) -> Consultation:
    values: dict[str, Any] = {
        "held_on": date(2024, 2, 1),
        "kind": Term("meeting", "jednání"),
        "goals": ("1.1",),
        "actors": (),
        "attendances": (),
        "evidence": (),
        "key": 9,
        **fields,
    }
    return Consultation(outcome=parse(outcome), **values)


def phase(number: int = 1, **fields: Any) -> Phase:
    values: dict[str, Any] = {
        "months": Months(FIRST, LAST),
        "activities": (activity(),),
        "consultations": (),
        "expert_comment": parse("Fáze proběhla podle plánu."),
        "key": 10 + number,
        **fields,
    }
    return Phase(number=number, **values)


def recommendation(number: int = 1, **fields: Any) -> Recommendation:
    values: dict[str, Any] = {
        "finding": parse("Obyvatelé se nezapojují."),
        "conclusion": (),
        "title": f"Zapojit obyvatele {number}",
        "text": parse("Svolávat sousedská setkání."),
        "goals": ("1.1",),
        "indicators": (),
        "addressees": ("Město",),
        "target_groups": (),
        "state": Term("handed_over", "předáno"),
        "activity": "",
        "priority": Term("high", "vysoká"),
        "due_on": date(2025, 1, 31),
        "response": Term("accepted", "přijato"),
        "responded_on": date(2024, 6, 1),
        "response_reason": "",
        "next_step": "",
        "follow_up": None,
        "followed_up_on": None,
        "follow_up_note": "",
        "evidence": (),
        "key": 20 + number,
        **fields,
    }
    return Recommendation(number=number, **values)


def figure(name: str = "Počet obyvatel", **fields: Any) -> Figure:
    values: dict[str, Any] = {
        "area": "město",
        "value": Decimal(22695),
        "value_text": "",
        "unit": "obyvatel",
        "date_from": date(2023, 1, 1),
        "date_to": None,
        "date_precision": "day",
        "source": 1,
        "derivation": "",
        "key": 30,
        **fields,
    }
    return Figure(name=name, **values)


def source(number: int = 1, name: str = "Údaje o počtu obyvatel", **fields: Any) -> Source:
    values: dict[str, Any] = {
        "kind": "",
        "author": "",
        "year": 2023,
        "data_date": "",
        "url": "",
        "key": 40 + number,
        **fields,
    }
    return Source(number=number, name=name, **values)


def step(number: int = 1, **fields: Any) -> Step:
    values: dict[str, Any] = {
        "description": "Seznámení s lokalitou",
        "timing": Term("range", "od–do"),
        "months": (FIRST,),
        "time_text": "",
        "responsible": "lokální konzultant",
        "key": 50 + number,
        **fields,
    }
    return Step(number=number, **values)


def output(number: int = 1, **fields: Any) -> Output:
    values: dict[str, Any] = {
        "text": "Posílená komunita",
        "goals": ("1.1",),
        "recommendations": (),
        "delivered": Term("yes", "dodán"),
        "key": 60 + number,
        **fields,
    }
    return Output(number=number, **values)


def actor(name: str = "Sousedský dům Libuše", **fields: Any) -> Actor:
    values: dict[str, Any] = {
        "abbreviation": "",
        "aliases": (),
        "kind": Term("organisation", "organizace"),
        "parent": "",
        "functions": (),
        "description": "",
        "key": 70,
        **fields,
    }
    return Actor(name=name, **values)


def evidence(number: int = 1, **fields: Any) -> Evidence:
    values: dict[str, Any] = {
        "title": "Zápis z jednání",
        "file_type": "pdf",
        "url": "",
        "dated_on": None,
        "places": (),
        "key": 80 + number,
        **fields,
    }
    return Evidence(number=number, **values)


def clean_report(**changes: Any) -> ProgramReport:
    identification = Identification(
        title="Bezpečný Janov",
        kind=FINAL,
        reference_number="MMR-1/2024-55",
        file_number="SPIS-1/2024",
        dated_on=date(2024, 6, 30),
        prepared_by="expert programu",
        municipality="Litvínov",
        district="Most",
        region="Ústecký kraj",
        locality="Janov",
        locality_description="sídliště",
        theme="Prevence",
        period=Months(FIRST, LAST),
        month_count=12,
        state=Term("finished", "ukončen"),
        provider="Agentura",
        team="expert, metodik",
        demo_notice="",
        publicity="",
        publicity_logos=(),
        printed_on=date(2024, 7, 1),
    )
    written = {
        code: section(code, f"Psaný text oddílu {code}.")
        for code in (
            "locality",
            "annotation",
            "expert_support",
            "starting_points",
            "course",
            "overall_evaluation",
            "cooperation",
        )
    }
    values: dict[str, Any] = {
        "audience": Audience.PARTNERS,
        "parts": tuple(Part),
        "identification": identification,
        "scale": (),
        "shifts": (),
        "summary": None,
        "methodology": section("methodology", "Hodnocení se opírá o rozhovory."),
        **written,
        "figures": (figure(),),
        "goals": (goal(""), goal("1.1")),
        "steps": (step(),),
        "outputs_introduction": section("outputs", "Výstupy shrnuje tabulka."),
        "outputs": (output(),),
        "criteria": (Criterion("1.1", "Obec má přehled.", True, (indicator(),), 4),),
        "phases": (phase(),),
        "other_consultations": (),
        "statistics": None,
        "recommendations": (recommendation(),),
        "further_sections": (),
        "abbreviations": (),
        "sources": (source(),),
        "evidence": (),
        "actors": (),
        "working_groups": (),
        "target_groups": (),
    }
    return ProgramReport(**{**values, **changes})


def identified(**changes: Any) -> ProgramReport:
    """A clean report but for its identification."""
    report = clean_report()
    return replace(report, identification=replace(report.identification, **changes))


def saying(text: str) -> ProgramReport:
    """A clean report whose overall evaluation says something more."""
    return clean_report(overall_evaluation=section("overall_evaluation", text, key=3))


def with_indicator(**fields: Any) -> ProgramReport:
    """A clean report with one indicator that is spoiled."""
    return clean_report(
        criteria=(Criterion("1.1", "Obec má přehled.", True, (indicator(**fields),), 4),)
    )


def findings(report: ProgramReport, public: ProgramReport | None = None) -> tuple[Finding, ...]:
    return checks.run(Checked(report, public or report))


def found(rule: str, report: ProgramReport, public: ProgramReport | None = None) -> list[str]:
    """The sentences one rule says about a report."""
    assert rule in {one.name for one in checks.RULES}, rule
    return [one.sentence for one in findings(report, public) if one.rule == rule]


def target(rule: str, report: ProgramReport) -> checks.Target:
    (finding,) = [one for one in findings(report) if one.rule == rule]
    return finding.target
