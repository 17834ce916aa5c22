"""As big a program as its report is looked at: much of everything, and long."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, cycle

from django.db import transaction

from indicators.models import Moment
from programs.models import Goal, Program
from reporting.chapters import FRAME_TITLES
from tests.builders import (
    adopt,
    assess,
    link,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
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

CRITERIA, INDICATORS = 12, 150
_SENTENCES = (
    "Obyvatelé sídliště se v uplynulém čtvrtletí scházeli s vedením města každý měsíc.",
    "Odbor sociálních věcí vyhodnotil terénní službu a předložil komisi návrh jejího rozšíření.",
    "Z rozhovorů s rodiči vyplynulo, že odpolední program pro mládež zůstává nedostatečný.",
    "Školy popsaly, jak spolupracují s orgánem sociálně-právní ochrany dětí v SVL.",
    "Městská policie sdílela přehled přestupků, osobní údaje z něj byly předem odstraněny.",
    "Podle zdroje 3 roste podíl domácností, které platí nájemné ve více splátkách.",
    "Cíl 1.2 navazuje na kritérium 1.1 a částečně i na cíle 2.1–2.3.",
    "Neziskové organizace upozornily na kolísavé financování v letech 2022–2024.",
    "Fokusní skupina potvrdila, že obyvatelé znají nabídku služeb spíše z doslechu.",
    "Rada města vzala návrhy na vědomí dne 14. března 2024 a uložila je rozpracovat.",
)
_TOPICS = ("Bydlení", "Zaměstnanost", "Vzdělávání", "Bezpečnost", "Zdraví", "Dluhy")
_SECTIONS = (
    *("summary", "methodology", "locality", "annotation", "expert_support", "starting_points"),
    *("outputs", "course", "overall_evaluation", "cooperation", "voice", "sustainability"),
)
_TITLES = {
    **FRAME_TITLES,
    "expert_support": "Podpora experta",
    "voice": "Hlas cílové skupiny",
    "sustainability": "Udržitelnost",
}


_paragraphs = count(1)


def text_of(words: int, start: int = 0) -> str:
    """Paragraphs of about a hundred words, each with a number of its own, and a list at times."""
    told, sentences, paragraphs = 0, cycle(_SENTENCES), []
    for _skipped in range(start % len(_SENTENCES)):
        next(sentences)
    while told < words:
        said, size = [f"Zjištění {next(_paragraphs)} uvádí toto."], 4
        while size < min(100, words - told):
            said.append(next(sentences))
            size += len(said[-1].split())
        told += size
        paragraphs.append(" ".join(said))
        if len(paragraphs) % 6 == 3:
            paragraphs.append("- **zapojení** obyvatel,\n- *dostupnost* služeb,\n- prevence.")
    return "\n\n".join(paragraphs)


@transaction.atomic
def make_big_program(comment_words: int = 4000) -> Program:
    """12 criteria, 150 indicators, comments of 4,000 words and ratings that differ."""
    program = make_program(
        municipality=make_municipality(name="Velké Meziříčí nad Bystřičkou"),
        title="Komplexní podpora sociálního začleňování v lokalitách Na Vyhlídce a U Cihelny",
        slug="velke-mezirici",
        state="finished",
        provider="Agentura pro sociální začleňování",
        team="lokální konzultantka, expert na prevenci, metodička",
    )
    make_report(
        program,
        reference_number="MMR-12345/2024-55",
        file_number="SPIS-77/2024",
        dated_on=date(2024, 6, 30),
        prepared_by="expert programu",
    )
    make_abbreviation(program, "SVL", expansion="sociálně vyloučená lokalita")
    _frame(program)
    _goals(program)
    _course(program, comment_words)
    _recommendations(program)
    _criteria(program)
    return program


def _frame(program: Program) -> None:
    for number in range(1, 31):
        make_source(
            program,
            number,
            name=f"Analýza lokality, svazek {number}: {_TOPICS[number % 6].lower()}",
            author="Město Velké Meziříčí nad Bystřičkou",
            year=2018 + number % 7,
            url=f"https://www.example.cz/dokumenty/analyza-lokality/svazek/{number:03}.pdf",
        )
        make_figure(
            program,
            number,
            name=f"{_TOPICS[number % 6]}: počet osob v evidenci za oblast {number}",
            area="město" if number % 2 else "lokalita Na Vyhlídce",
            value=number * 1234 + number / 4,
            unit="osob",
            date_from=date(2023, 1, 1),
            date_to=date(2023, 12, 31),
            date_precision="year",
            source=program.source_set.get(position=number),
        )
    sources = list(program.source_set.all())
    for position, code in enumerate(_SECTIONS, start=1):
        section = make_section(code, position, _TITLES[code])
        for number in range(1 if code == "summary" else 3):
            text = text_of(60 if code == "summary" else 350, position + number)
            topic = "" if code == "summary" else _TOPICS[number]
            written = make_narrative(program, section, position=number + 1, topic=topic, text=text)
            written.sources.set(sources[number : number + 3])
        if code in ("voice", "sustainability"):
            make_program_section(program, position, section)
    for number in range(1, 21):
        make_step(
            program,
            number,
            description=f"{_TOPICS[number % 6]}: {_SENTENCES[number % 10]}",
            first_month=date(2023, 7 + number % 6, 1),
            last_month=date(2024, 1 + number % 6, 1),
            responsible="lokální konzultantka, odbor sociálních věcí, městská policie",
        )
    for number in range(1, 41):
        make_actor(
            program,
            f"Organizace pro {_TOPICS[number % 6].lower()} a podporu rodin {number}, z. ú.",
            functions=["ředitelka", "koordinátor terénní služby"],
            description=_SENTENCES[number % 10],
        )
        if number <= 10:
            make_target_group(
                program, f"Cílová skupina {number}", description=_SENTENCES[number - 1]
            )
    for number in range(1, 6):
        group = make_working_group(
            program, f"Pracovní skupina {_TOPICS[number]}", purpose=_SENTENCES[number]
        )
        for place, actor in enumerate(list(program.actors.all())[number : number + 6], start=1):
            make_group_member(group, place, function=f"vedoucí služby {place}", actor=actor)


def _goals(program: Program) -> None:
    states = cycle(("in_progress", "closed", "suspended", "postponed"))
    degrees = cycle(("fulfilled", "mostly", "partly", "not_realised", "not_assessed"))
    make_goal(program, "", wording="Lokality jsou bezpečným místem k životu všech generací.")
    for first in range(1, 5):
        for code in (
            f"{first}.1",
            *(f"{first}.1.{n}" for n in (1, 2, 3)),
            f"{first}.2",
            f"{first}.3",
        ):
            state = next(states)
            halted = state in ("suspended", "postponed")
            make_goal(
                program,
                code,
                wording=f"{_SENTENCES[first]} Cíl zahrnuje i oblast „{_TOPICS[first]}“.",
                short_title=f"{_TOPICS[first]} {code}",
                implementation_state=state,
                fulfilment=next(degrees),
                state_reason=_SENTENCES[4] if halted else "",
                state_position="town" if halted else "",
                evaluation=text_of(250, first),
            )
    for number in range(1, 26):
        make_output(
            program,
            number,
            text=f"Výstup {number}: {_SENTENCES[number % 10]}",
            goals=_some(program, number),
            delivered=("yes", "partly", "no")[number % 3],
        )


def _some(program: Program, number: int) -> list[Goal]:
    goals = list(program.goal_set.exclude(code=""))
    return [goals[number % len(goals)], goals[(number + 5) % len(goals)]]


def _course(program: Program, comment_words: int) -> None:
    actors, groups = list(program.actors.all()), list(program.target_groups.all())
    for number in range(1, 61):
        make_evidence(
            program,
            number,
            title=f"Zápis z jednání pracovní skupiny č. {number}: {_TOPICS[number % 6].lower()}",
            dated_on=date(2023, 7, 1) + timedelta(days=5 * number),
        )
    evidence = list(program.evidence_set.all())
    for position, (year, month) in enumerate(
        ((2023, 7), (2023, 10), (2024, 1), (2024, 4)), start=1
    ):
        phase = make_phase(
            program,
            position,
            first_month=date(year, month, 1),
            last_month=date(year, month + 2, 1),
            expert_comment=text_of(comment_words, position),
        )
        for number in range(1, 9):
            make_activity(
                phase,
                number,
                title=f"{_TOPICS[number % 6]}: setkání a rozbor {position}.{number}",
                goals=_some(program, number),
                actors=actors[number : number + 4],
                text=text_of(150, number),
                method="polostrukturovaný rozhovor",
                place="Komunitní centrum Na Vyhlídce",
                held_from=date(year, month, number),
                held_to=date(year, month + 1, number),
                evidence=evidence[number : number + 2],
            )
        for number in range(1, 31):
            make_consultation(
                program,
                held_on=date(year, month, 1) + timedelta(days=2 * number),
                kind=("meeting", "focus_group", "visit")[number % 3],
                goals=_some(program, number + position),
                actors=actors[number % 40 : number % 40 + 3],
                counts={groups[number % 10]: number % 14 or None},
                outcome=text_of(30, number),
            )


def _recommendations(program: Program) -> None:
    actors = list(program.actors.all())
    for number in range(1, 31):
        response = ("accepted", "partly", "rejected", "")[number % 4]
        make_recommendation(
            program,
            number,
            title=f"{_TOPICS[number % 6]}: zavést pravidelné vyhodnocování služby č. {number}",
            finding=text_of(40, number),
            conclusion=text_of(20, number + 1),
            text=text_of(120, number + 2),
            goals=_some(program, number),
            addressees=actors[number : number + 2],
            state="handed_over",
            priority=("high", "medium", "low")[number % 3],
            due_on=date(2025, 1 + number % 12, 28),
            response=response,
            responded_on=date(2024, 6, 20) if response else None,
            response_reason=_SENTENCES[number % 10] if response else "",
            next_step=_SENTENCES[(number + 3) % 10] if response else "",
        )


def _criteria(program: Program) -> None:
    sources = list(program.source_set.all())
    recommended = cycle(program.recommendation_set.all())
    levels = _levels()
    counts = [INDICATORS // CRITERIA + (place < INDICATORS % CRITERIA) for place in range(CRITERIA)]
    for place, size in enumerate(counts):
        code = f"{place // 3 + 1}.{place % 3 + 1}"
        criterion = make_criterion(
            code,
            size,
            name=f"Obec {_TOPICS[place % 6].lower()} soustavně sleduje a řídí.",
            mandatory=place % 4 == 0,
        )
        adopted = adopt(program, criterion, place + 1)
        for indicator in criterion.indicators.all():
            baseline, final, town = next(levels)
            beginning = assess(
                adopted,
                indicator,
                Moment.BASELINE,
                expert=baseline,
                town=baseline,
                as_of=date(2023, 7, 1),
                statement=text_of(50, place),
            )
            beginning.sources.set(sources[place : place + 2])
            if indicator.position % 6 == 0:
                make_correction(beginning, corrected_on=date(2023, 9, 1))
                assess(
                    adopted,
                    indicator,
                    Moment.INTERIM,
                    expert=baseline,
                    as_of=date(2024, 1, 1),
                    statement=text_of(30, place),
                )
            assess(
                adopted,
                indicator,
                Moment.FINAL,
                expert=final,
                town=town,
                as_of=date(2024, 6, 1),
                statement=text_of(80, place + indicator.position),
                justification=_SENTENCES[place % 10] if indicator.position % 3 == 0 else "",
                contribution=("direct", "indirect", "none")[indicator.position % 3],
            )
            if indicator.position % 5 == 0:
                link(next(recommended), indicator)


def _levels() -> Iterator[tuple[int | str, int | str, int | str]]:
    """The level at the beginning, the expert's at the end and the town's."""
    return cycle(((0, 2, 3), (1, 2, 2), (2, 2, 4), (3, 2, 3), (2, "?", 2), (4, 1, 3), (1, 4, 4)))
