from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.audit import save_record
from accounts.roles import Visibility
from indicators.models import IndicatorRecommendation, Moment
from litvinov.narrative import plain_text
from programs.models import Abbreviation, Evidence, Output, Program
from reporting.reading import read_report
from reporting.structure import Audience, ProgramReport
from tests.builders import (
    adopt,
    assess,
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
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_working_group,
)

pytestmark = pytest.mark.django_db

HIDDEN = (Visibility.TEAM, Visibility.PARTNERS)


def read(program: Program, audience: Audience = Audience.PUBLIC) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


def test_labels_are_czech_on_an_english_screen() -> None:
    program = make_program(state="finished")

    with translation.override("en"):
        report = read(program)

    assert report.identification.state.label == "ukončen"
    assert [level.label for level in report.scale] == [
        "Nenaplněno",
        "Naplněno formálně",
        "Naplněno částečně",
        "Převážně naplněno",
        "Plně naplněno",
    ]


def test_small_counts_withheld_from_public_only() -> None:
    program = make_program()
    few, many = make_target_group(program, "Děti"), make_target_group(program, "Rodiče")
    unknown = make_target_group(program, "Senioři")
    make_consultation(program, counts={few: 4, many: 5, unknown: None})

    public = read(program).other_consultations[0].attendances
    partners = read(program, Audience.PARTNERS).other_consultations[0].attendances

    assert [(row.count, row.few) for row in public] == [(None, True), (5, False), (None, False)]
    assert [(row.count, row.few) for row in partners] == [(4, False), (5, False), (None, False)]


def test_consultations_stand_in_their_phase_and_in_order_of_time() -> None:
    program = make_program()
    make_phase(program)
    make_consultation(program, held_on=date(2024, 3, 1), outcome="Druhá.")
    make_consultation(program, held_on=date(2024, 2, 1), outcome="První.")
    make_consultation(program, held_on=date(2023, 7, 1), outcome="Mimo.")

    report = read(program)

    inside = [consultation.held_on for consultation in report.phases[0].consultations]
    outside = [consultation.held_on for consultation in report.other_consultations]
    assert inside == [date(2024, 2, 1), date(2024, 3, 1)]
    assert outside == [date(2023, 7, 1)]


def test_hidden_source_leaves_no_number_behind() -> None:
    program = make_program()
    shown, hidden = make_source(program, 1), make_source(program, 2, visibility="team")
    section = make_section("locality", 10)
    make_narrative(program, section, text="Text.").sources.set([shown, hidden])
    make_figure(program, source=hidden)

    report = read(program)

    assert [source.number for source in report.sources] == [1]
    assert report.locality.passages[0].sources == (1,)
    assert report.figures[0].source is None


def test_hidden_recommendation_leaves_no_number_behind() -> None:
    program = make_program()
    goal = make_goal(program)
    recommendation = make_recommendation(program, goals=[goal], visibility="partners")
    output = Output.objects.create(program=program, position=1, text="Výstup")
    output.recommendations.add(recommendation)
    adopted = adopt(program, make_criterion())
    IndicatorRecommendation.objects.create(
        recommendation=recommendation, indicator=adopted.criterion.indicators.get()
    )

    public, partners = read(program), read(program, Audience.PARTNERS)

    for report, numbers in ((public, ()), (partners, (1,))):
        assert report.goals[0].recommendations == numbers
        assert report.outputs[0].recommendations == numbers
        assert report.criteria[0].indicators[0].recommendations == numbers


def test_recommendation_does_not_name_a_hidden_activity() -> None:
    program = make_program()
    activity = make_activity(make_phase(program), title="Tajná", visibility="team")
    make_recommendation(program, activity=activity)

    assert read(program).recommendations[0].activity == ""


@pytest.mark.parametrize("visibility", HIDDEN)
def test_hidden_texts_are_not_read(visibility: str) -> None:
    program = make_program()
    make_narrative(program, make_section("locality", 10), text="Skryté.", visibility=visibility)
    make_activity(make_phase(program), visibility=visibility)
    make_figure(program, visibility=visibility)

    report = read(program)

    assert report.locality.passages == ()
    assert report.phases[0].activities == ()
    assert report.figures == ()


def test_written_section_of_an_unknown_kind_is_printed_after_the_frame() -> None:
    program = make_program()
    make_section("locality", 10)
    make_narrative(program, make_section("pribehy", 5, "Příběhy"), text="Příběh.")

    report = read(program)

    assert [section.title for section in report.further_sections] == ["Příběhy"]


def test_texts_of_spaces_are_not_written() -> None:
    program = make_program()
    make_narrative(program, make_section("locality", 10), text=" \n ")

    assert read(program).locality.passages == ()


def test_own_abbreviation_comes_before_the_shared_one() -> None:
    program = make_program(team="MP a SVL")
    Abbreviation.objects.create(abbreviation="MP", forms=["MP"], expansion="městská policie")
    Abbreviation.objects.create(
        program=program, abbreviation="MP", forms=["MP"], expansion="místní partnerství"
    )
    Abbreviation.objects.create(
        program=make_program(), abbreviation="SVL", forms=["SVL"], expansion="cizí"
    )

    found = [(one.forms, one.expansion) for one in read(program).abbreviations]

    assert found == [(("MP",), "místní partnerství")]


def test_another_program_of_the_town_keeps_its_own_actors() -> None:
    program = make_program()
    other = make_program(locality=program.locality)
    make_actor(program, "Náš aktér")
    make_actor(other, "Jejich aktér")

    assert [actor.name for actor in read(program).actors] == ["Náš aktér"]


def test_raters_and_interim_states_are_kept_apart() -> None:
    program = make_program()
    adopted = adopt(program, make_criterion())
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=1, town=2)
    assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, 1, 1), statement="Zatím.")
    assess(adopted, indicator, Moment.FINAL, expert=3, town=2)

    read_indicator = read(program).criteria[0].indicators[0]

    assert (read_indicator.expert_shift.code, read_indicator.town_shift.code) == (  # type: ignore[union-attr]
        "much_better",
        "same",
    )
    assert [interim.as_of for interim in read_indicator.interims] == [date(2024, 1, 1)]


def test_corrected_baseline_is_printed_with_what_it_said_and_why() -> None:
    program = make_program()
    adopted = adopt(program, make_criterion())
    indicator = adopted.criterion.indicators.get()
    baseline = assess(adopted, indicator, Moment.BASELINE, expert=2, visibility=Visibility.PARTNERS)
    make_correction(baseline, old_statement="Jen pro partnery.", reason="Nová data.")
    baseline.visibility = Visibility.PUBLIC
    save_record(baseline, by=None)
    make_correction(baseline, old_statement="", rater="expert", old_level=1, reason="Omyl.")

    public = read(program).criteria[0].indicators[0].baseline.corrections
    partners = read(program, Audience.PARTNERS).criteria[0].indicators[0].baseline.corrections

    assert [correction.reason for correction in public] == ["Omyl."]
    assert public[0].level
    assert (public[0].level.label, public[0].statement) == ("Naplněno formálně", ())
    assert [correction.reason for correction in partners] == ["Nová data.", "Omyl."]


def fill(program: Program, count: int) -> None:
    """`count` of everything, each linked to something."""
    sources = [make_source(program, number) for number in range(1, count + 1)]
    actors = [make_actor(program) for _ in range(count)]
    groups = [make_target_group(program) for _ in range(count)]
    goals = [make_goal(program, f"1.{number}") for number in range(1, count + 1)]
    section = make_section(f"lokalita-{program.pk}", 1000 + program.pk)
    phase = make_phase(program)
    evidence = [make_evidence(program, number) for number in range(1, count + 1)]
    working_groups = [make_working_group(program) for _ in range(count)]
    for number in range(1, count + 1):
        make_group_member(working_groups[number - 1], actor=actors[0])
        make_output(program, number, goals=goals[:3])
        make_abbreviation(program, f"ZK{number}")
        make_narrative(program, section, position=number, text="T").sources.set(sources)
        make_step(program, number)
        make_figure(program, number, source=sources[0])
        activity = make_activity(phase, number, goals=goals, actors=actors)
        activity.sources.set(sources)
        activity.evidence.set(evidence[:3])
        make_consultation(
            program, goals=goals[:3], actors=actors[:3], counts=dict.fromkeys(groups[:3], 6)
        )
        make_recommendation(program, number, goals=goals[:3])
        adopted = adopt(program, make_criterion(f"{number}.1"), number)
        indicator = adopted.criterion.indicators.get()
        for moment in (Moment.BASELINE, Moment.FINAL):
            assessment = assess(adopted, indicator, moment, expert=2, town=3)
            assessment.sources.set(sources[:3])
            assessment.evidence.set(evidence[:3])
            if moment == Moment.BASELINE:
                make_correction(assessment)
        assess(adopted, indicator, Moment.INTERIM, as_of=date(2024, 1, 1), expert=2)


def queries_of(count: int, audience: Audience) -> int:
    program = make_program()
    fill(program, count)
    program = Program.objects.select_related("locality__municipality", "theme").get(pk=program.pk)
    with CaptureQueriesContext(connection) as queries:
        read(program, audience)
    return len(queries)


@pytest.mark.parametrize("audience", list(Audience))
def test_reading_takes_the_same_queries_however_much_there_is(audience: Audience) -> None:
    counts: dict[int, Any] = {count: queries_of(count, audience) for count in (1, 3, 50)}

    assert counts[1] == counts[3] == counts[50]


def attach(record: Any, *evidence: Evidence) -> Any:
    save_record(record, by=None, links={"evidence": evidence})
    return record


def test_annexes_tell_what_they_are_attached_to() -> None:
    program = make_program()
    link = make_evidence(program, 1, title="Web města", url="https://www.example.cz/a")
    stored: dict[str, Any] = {"stored_as": "f" * 32, "file_name": "zápis.pdf", "size": 10}
    minutes = make_evidence(program, 2, title="Zápis", dated_on=date(2024, 2, 12), **stored)
    adopted = adopt(program, make_criterion("2.1"))
    indicator = adopted.criterion.indicators.get()
    attach(make_activity(make_phase(program), title="Setkání"), link, minutes)
    attach(make_consultation(program, held_on=date(2024, 2, 1)), minutes)
    attach(make_recommendation(program, 1, title="Otevřít klub"), minutes)
    attach(assess(adopted, indicator, Moment.FINAL, statement="Stav."), minutes)

    report = read(program)

    first, second = report.evidence
    assert (first.number, first.url, first.file_type) == (1, "https://www.example.cz/a", "")
    assert (second.number, second.url, second.file_type) == (2, "", "pdf")
    assert second.dated_on == date(2024, 2, 12)
    assert [(place.word, place.code, place.held_on, place.name) for place in second.places] == [
        ("Aktivita", "", None, "Setkání"),
        ("Konzultace", "", date(2024, 2, 1), "setkání"),
        ("Doporučení", "1", None, "Otevřít klub"),
        ("Kritérium", "2.1", None, f"{indicator} – Závěrečné vyhodnocení"),
    ]
    [phase] = report.phases
    assert phase.activities[0].evidence == (1, 2)
    assert phase.consultations[0].evidence == (2,)
    assert report.recommendations[0].evidence == (2,)
    assert report.criteria[0].indicators[0].final.evidence == (2,)


@pytest.mark.parametrize("audience", list(Audience))
def test_annexes_decided_for_the_audience(audience: Audience) -> None:
    program = make_program()
    pieces = {
        visibility: make_evidence(program, number, title=visibility, visibility=visibility)
        for number, visibility in enumerate(Visibility, start=1)
    }
    phase = make_phase(program)
    attach(make_activity(phase, 1), *pieces.values())
    attach(make_activity(phase, 2, visibility=Visibility.TEAM), *pieces.values())

    report = read(program, audience)

    shown = ["partners", "public"] if audience == Audience.PARTNERS else ["public"]
    numbers = tuple(range(1, len(shown) + 1))
    assert [piece.title for piece in report.evidence] == shown
    assert [len(piece.places) for piece in report.evidence] == [1] * len(shown)
    assert [activity.evidence for activity in report.phases[0].activities] == [numbers]


def test_recommendation_comes_with_its_chain_and_what_became_of_it() -> None:
    program = make_program()
    make_recommendation(
        program,
        finding="Děti nemají kam jít.",
        conclusion="Chybí zázemí.",
        priority="high",
        due_on=date(2024, 12, 31),
        response="partly",
        response_reason="Nejsou peníze.",
        responded_on=date(2024, 6, 3),
        follow_up="done",
    )

    [found] = read(program).recommendations

    chain = (plain_text(found.finding), plain_text(found.conclusion))
    assert chain == ("Děti nemají kam jít.", "Chybí zázemí.")
    assert [part and part.label for part in (found.priority, found.response, found.follow_up)] == [
        "vysoká",
        "přijato částečně",
        "splněno",
    ]
    assert (found.due_on, found.responded_on) == (date(2024, 12, 31), date(2024, 6, 3))
