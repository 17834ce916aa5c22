"""A whole program in the database in which nothing is missing and nothing contradicts itself."""

from collections.abc import Iterable
from datetime import date

from accounts.audit import save_record
from indicators.models import Moment
from programs.models import Program, Source
from tests.builders import (
    adopt,
    assess,
    link,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_group_member,
    make_municipality,
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_program_section,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_working_group,
)

SECTIONS = {
    "summary": "Program posílil spolupráci města s obyvateli sídliště; zbývá rozšířit služby.",
    "methodology": "Hodnocení se opírá o rozhovory a dokumenty. Expert hodnotí vlastní práci.",
    "locality": "Sídliště Lom leží na okraji města a žije v něm 3 900 obyvatel (zdroj 1).",
    "annotation": "Program řešil prevenci rizikového chování dětí a mládeže.",
    "expert_support": "Podpora měla podobu schůzek, rozborů a doporučení.",
    "starting_points": "SVL vznikla po roce 2000, když se sem stěhovaly rodiny z jiných obcí.",
    "outputs": "Výstupy odpovídají cílům 1.1 a 1.2.",
    "course": "Program proběhl ve čtyřech fázích; cíl 1.2 byl od října 2023 pozastaven.",
    "overall_evaluation": "Cíl 1.1 se podařilo splnit, viz kritérium 1.1 a doporučení č. 1.",
    "cooperation": "Agentura nabízí městu další konzultace při zavádění doporučení.",
    "sustainability": "Setkávání bude hradit město ze svého rozpočtu.",
}
NAMES = {"1.1": ("Přehled", "Služby"), "2.1": ("Bezpečí", "Účast")}
ACTIVITIES = ("Seznámení s aktéry", "Rozbor služeb", "Setkání obyvatel", "Předání")
COMMENTS = (
    "Aktéři se seznámili s programem a shodli se na jeho cílech.",
    "Rozbor služeb ukázal, co v lokalitě schází nejvíce.",
    "Setkání s obyvateli přinesla náměty, které převzalo vedení města.",
    "Doporučení byla předána městu a projednána v komisi.",
)


def make_clean_program() -> Program:
    """A final report for the town of Lom, told in every part of the report."""
    program = make_program(
        municipality=make_municipality(name="Lom"),
        title="Bezpečné sídliště Lom",
        slug="lom",
        state="finished",
        provider="Agentura pro sociální začleňování",
        team="lokální konzultant, expert, metodik",
    )
    make_report(
        program,
        reference_number="MMR-1/2024-55",
        file_number="SPIS-1/2024",
        dated_on=date(2024, 6, 30),
        prepared_by="expert programu",
    )
    analysis = make_source(program, 1, name="Analýza lokality", author="Město Lom", year=2023)
    survey = make_source(program, 2, name="Dotazníkové šetření", year=2024)
    _people(program)
    for position, (code, text) in enumerate(SECTIONS.items(), start=1):
        section = make_section(code, position, code.replace("_", " ").capitalize())
        make_narrative(program, section, text=text).sources.set([analysis])
        if code == "sustainability":
            make_program_section(program, 1, section)
    make_figure(
        program,
        name="Počet obyvatel sídliště",
        area="sídliště",
        value=3900,
        unit="obyvatel",
        date_from=date(2023, 1, 1),
        date_precision="day",
        source=analysis,
    )
    make_step(program, 1, description="Seznámení s lokalitou", responsible="lokální konzultant")
    make_abbreviation(program, "SVL", expansion="sociálně vyloučená lokalita")
    # In the code list, but not in the plan of the program.
    make_section("financing", 99, "Zdroje financování")
    _goals(program)
    _course(program)
    _criteria(program, [analysis, survey])
    return program


def _people(program: Program) -> None:
    town = make_actor(program, "Město Lom", description="Zřizovatel služeb v lokalitě.")
    make_actor(program, "Komunitní centrum Lom", abbreviation="KCL")
    make_target_group(program, "Rodiny s dětmi", description="Rodiny ze sídliště.")
    group = make_working_group(program, "Skupina prevence", purpose="Prevence ve městě.")
    make_group_member(group, 1, function="vedoucí sociálního odboru", actor=town)


def _goals(program: Program) -> None:
    make_goal(program, "", wording="Sídliště je bezpečným místem k životu.")
    make_goal(
        program,
        "1.1",
        wording="Obyvatelé se podílejí na rozhodování o sídlišti.",
        implementation_state="closed",
        fulfilment="mostly",
        evaluation="Obyvatelé se scházejí s vedením města každý měsíc.",
    )
    make_goal(
        program,
        "1.2",
        wording="Vznikne nízkoprahové zařízení pro děti.",
        implementation_state="suspended",
        fulfilment="not_realised",
        state_reason="Chybí vhodné prostory.",
        state_position="town",
        evaluation="Cíl byl pozastaven; město hledá prostory.",
    )


def _course(program: Program) -> None:
    closed, suspended = program.goal_set.get(code="1.1"), program.goal_set.get(code="1.2")
    town, group = program.actors.get(name="Město Lom"), program.target_groups.get()
    evidence = make_evidence(program, 1, title="Zápis ze setkání")
    starts = ((2023, 7), (2023, 10), (2024, 1), (2024, 4))
    for position, (year, month) in enumerate(starts, start=1):
        phase = make_phase(
            program,
            position,
            first_month=date(year, month, 1),
            last_month=date(year, month + 2, 1),
            expert_comment=COMMENTS[position - 1],
        )
        activity = make_activity(
            phase,
            title=ACTIVITIES[position - 1],
            goals=[closed],
            actors=[town],
            held_from=date(year, month, 5),
            held_to=date(year, month, 20),
        )
        activity.evidence.add(evidence)
        make_consultation(
            program,
            held_on=date(year, month, 10),
            goals=[closed],
            actors=[town],
            counts={group: 12},
            outcome=f"Dohodnut postup pro {position}. fázi.",
        )
    recommendation = make_recommendation(
        program,
        title="Otevřít zařízení pro děti",
        text="Upravit bývalou prodejnu a přijmout pracovníky.",
        finding="Děti nemají kde trávit volný čas.",
        conclusion="Chybí zařízení.",
        goals=[closed, suspended],
        state="handed_over",
        priority="high",
        due_on=date(2025, 6, 30),
        response="partly",
        response_reason="Prostory se hledají.",
        responded_on=date(2024, 6, 20),
    )
    recommendation.addressees.add(town)
    make_output(program, 1, text="Návrh sousedských setkání", goals=[closed], delivered="yes")
    output = make_output(program, 2, text="Záměr zařízení", goals=[suspended], delivered="partly")
    save_record(output, by=None, links={"recommendations": [recommendation]})


def _criteria(program: Program, sources: Iterable[Source]) -> None:
    recommendation = program.recommendation_set.get()
    for place, code in enumerate(("1.1", "2.1"), start=1):
        criterion = make_criterion(code, 2)
        adopted = adopt(program, criterion, place)
        for number, indicator in enumerate(criterion.indicators.all(), start=1):
            indicator.name = NAMES[code][number - 1]
            save_record(indicator, by=None)
            beginning = assess(
                adopted,
                indicator,
                Moment.BASELINE,
                expert=2,
                town=2,
                as_of=date(2023, 7, 1),
                statement=f"Na začátku: {indicator.name.lower()}, stav zjištěn z dokumentů.",
            )
            end = assess(
                adopted,
                indicator,
                Moment.FINAL,
                expert=3 if number == 1 else 1,
                town=3 if number == 1 else 1,
                as_of=date(2024, 6, 1),
                statement=f"Na konci: {indicator.name.lower()}, ověřeno při rozhovorech.",
                justification="" if number == 1 else "Skončil projekt, který službu platil.",
                contribution="direct" if number == 1 else "",
            )
            beginning.sources.set(sources)
            end.sources.set(sources)
            if number == 2:
                link(recommendation, indicator)
