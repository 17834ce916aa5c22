"""Defects that real reports had, each on a program that is clean but for it."""

from datetime import date
from typing import Any

import pytest

from accounts.audit import save_record
from indicators.models import Assessment, Moment
from programs.models import Activity, Goal, Narrative, Phase, Program
from reporting import checks
from reporting.checks import Finding
from reporting.reading.checked import read_checked
from tests.builders import (
    make_abbreviation,
    make_actor,
    make_figure,
    make_goal,
    make_source,
    make_step,
)
from tests.reporting.checks.clean import make_clean_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return make_clean_program()


def findings(program: Program) -> list[Finding]:
    return list(checks.run(read_checked(program, today=date(2024, 7, 1))))


def rules(program: Program) -> set[str]:
    return {finding.rule for finding in findings(program)}


def only(program: Program, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = [one for one in findings(program) if one.rule == rule]
    return finding


def write(record: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    save_record(record, by=None)


def evaluate(program: Program, code: str, **fields: Any) -> Goal:
    goal = program.goal_set.get(code=code)
    write(goal, **fields)
    return goal


def say(program: Program, section: str, text: str) -> Narrative:
    narrative = Narrative.objects.get(program=program, section__code=section)
    write(narrative, text=text)
    return narrative


def comment(program: Program, position: int, text: str) -> None:
    write(program.phase_set.get(position=position), expert_comment=text)


def judge(program: Program, indicator: str, moment: Moment, **fields: Any) -> Assessment:
    assessment = Assessment.objects.get(
        adopted__program=program, indicator__name=indicator, moment=moment
    )
    write(assessment, **fields)
    return assessment


def rate(assessment: Assessment, level: int) -> None:
    for rating in assessment.ratings.all():
        write(rating, level=level)


def test_evaluation_refers_to_a_goal_that_does_not_exist(program: Program) -> None:
    goal = evaluate(program, "1.1", evaluation="Poznatky jsou námětem k osvětě (cíl 1.5).")

    finding = only(program, "unknown_reference")

    assert finding.severity == checks.Severity.BLOCKS
    assert "cíl 1.5" in finding.sentence
    assert (finding.target.kind, finding.target.key) == ("evaluation", goal.pk)


def test_positions_counted_in_three_ways(program: Program) -> None:
    make_abbreviation(program, "APK", expansion="asistent prevence kriminality")
    say(program, "starting_points", "V lokalitě působili 4 APK, v celém městě 8 APK.")
    judge(program, "Služby", Moment.FINAL, statement="Město má 10 pozic APK.")

    assert "4, 8, 10" in only(program, "conflicting_counts").sentence


def test_figure_given_twice_with_two_values(program: Program) -> None:
    known = program.contextfigure_set.get()
    figure = make_figure(
        program,
        2,
        name=known.name,
        area=known.area,
        unit=known.unit,
        value=4200,
        source=known.source,
    )

    assert only(program, "conflicting_figures").target.key == figure.pk


def test_phase_missing_between_two_others(program: Program) -> None:
    Activity.objects.filter(phase__program=program, phase__position=3).delete()
    Phase.objects.filter(program=program, position=3).delete()

    assert "Fáze 4" in only(program, "phases_with_gaps").sentence


def test_steps_of_the_schedule_before_the_program(program: Program) -> None:
    step = make_step(
        program, 2, first_month=date(2023, 4, 1), last_month=date(2023, 5, 1), responsible="LK"
    )

    assert only(program, "misplaced_step").target.key == step.pk


def test_abbreviations_missing_in_their_list(program: Program) -> None:
    say(program, "annotation", "SVL, NZDM, VTOS, ESF, MV a PAQ; dále PP, SZ a o.p.s.")

    said = [one.sentence for one in findings(program) if one.rule == "undefined_abbreviation"]

    assert len(said) == 8
    for form in ("NZDM", "VTOS", "ESF", "MV", "PAQ", "PP", "SZ", "o.p.s."):
        assert any(f"zkratka {form} není" in sentence for sentence in said), form


def test_listed_abbreviations_that_no_text_uses(program: Program) -> None:
    make_abbreviation(program, "PMS", expansion="Probační a mediační služba")
    say(program, "annotation", "Podílí se Probační a mediační služba. SVL je malá.")

    assert "PMS" in only(program, "unused_abbreviation").sentence


def test_two_states_of_one_goal(program: Program) -> None:
    evaluate(program, "1.2", evaluation="Záměr je nyní odložen.")
    activity = Activity.objects.filter(phase__program=program).first()
    assert activity
    activity.goals.add(program.goal_set.get(code="1.2"))

    assert "odložen" in only(program, "two_states").sentence
    assert only(program, "halted_but_active").target.key == activity.pk


def test_drop_of_a_level_that_nobody_explains(program: Program) -> None:
    final = judge(program, "Služby", Moment.FINAL, justification="")

    finding = only(program, "unexplained_worsening")

    assert finding.severity == checks.Severity.BLOCKS
    assert finding.target.key == final.indicator_id
    assert finding.target.field == "final-justification"


def test_description_that_got_worse_may_be_a_refinement(program: Program) -> None:
    judge(program, "Služby", Moment.FINAL, justification="", is_refinement=True)

    assert "unexplained_worsening" not in rules(program)


def test_this_year_and_a_state_without_date(program: Program) -> None:
    judge(program, "Přehled", Moment.FINAL, statement="V tomto roce přijat pracovník.")
    judge(program, "Služby", Moment.BASELINE, as_of=None)

    assert "v tomto roce" in only(program, "vague_time").sentence.lower()
    assert only(program, "undated_state").target.field == "baseline-as_of"


def test_data_older_than_two_years(program: Program) -> None:
    figure = make_figure(
        program,
        2,
        name="Index kriminality",
        value="158.7",
        date_from=date(2020, 1, 1),
        date_to=date(2020, 12, 31),
        date_precision="year",
        source=program.source_set.first(),
    )

    assert only(program, "outdated_figure").target.key == figure.pk


def test_estimate_and_superlative_without_source(program: Program) -> None:
    figure = make_figure(program, 2, name="Odhad počtu obyvatel lokality", value=3900)
    narrative = say(program, "locality", "Jde o největší lokalitu svého druhu v ČR.")
    narrative.sources.clear()

    assert only(program, "figure_without_source").target.key == figure.pk
    assert only(program, "figure_without_date").target.key == figure.pk
    assert only(program, "unsourced_claim").target.key == narrative.pk


def test_goal_without_explicit_state(program: Program) -> None:
    goal = evaluate(program, "1.1", implementation_state="")

    assert only(program, "unevaluated_goal").target.key == goal.pk


def test_goals_no_activity_and_no_output_serves(program: Program) -> None:
    make_goal(
        program,
        "1.3",
        implementation_state="in_progress",
        fulfilment="partly",
        evaluation="Dění sleduje odbor.",
    )

    said = [one.sentence for one in findings(program) if one.rule == "unsupported_goal"]
    assert said == ["Cíl 1.3 nemá žádnou aktivitu.", "Cíl 1.3 nemá plánovaný výstup."]


def test_one_place_with_several_names(program: Program) -> None:
    actor = make_actor(program, "Sousedský dům Libuše")
    write(actor, aliases=["Sousedské centrum Libuše", "komunitní centrum Libuše"])
    comment(program, 3, "Děti se sešly v Sousedském centru Libuše.")
    comment(program, 4, "Doporučení míří do komunitního centra Libuše.")

    said = [one.sentence for one in findings(program) if one.rule == "other_name"]

    assert len(said) == 2
    assert all("Sousedský dům Libuše" in sentence for sentence in said)


def test_person_named_in_a_public_text(program: Program) -> None:
    comment(program, 3, "Jednalo se s panem Novákem a s paní Horváthovou.")

    said = [one for one in findings(program) if one.rule == "named_person"]

    assert len(said) == 2
    assert {one.severity for one in said} == {checks.Severity.BLOCKS}
    assert {(one.target.kind, one.target.key) for one in said} == {("comment", 3)}


def test_person_named_in_a_text_for_partners_only(program: Program) -> None:
    narrative = say(program, "annotation", "Jednalo se s panem Novákem o SVL.")
    write(narrative, visibility="partners")

    assert "named_person" not in rules(program)


def test_same_text_in_two_indicators_and_at_both_ends(program: Program) -> None:
    text = "Obec sbírá data o rizikovém chování a zahrnuje je do svých strategických dokumentů."
    for indicator, moment in (
        ("Přehled", Moment.BASELINE),
        ("Bezpečí", Moment.BASELINE),
        ("Bezpečí", Moment.FINAL),
    ):
        judge(program, indicator, moment, statement=text)

    copies = [one.target.field for one in findings(program) if one.rule == "copied_text"]

    assert copies == ["baseline-statement", "final-statement"]


def test_nearly_the_same_text_in_two_indicators(program: Program) -> None:
    text = "Obec nemá pro oblast prevence vyčleněn úvazek {} sociálního pracovníka ani jiné pozice."
    judge(program, "Přehled", Moment.BASELINE, statement=text.format("terénního"))
    judge(program, "Bezpečí", Moment.BASELINE, statement=text.format("ambulantního"))

    assert "reworded_text" in rules(program)


def test_final_report_says_what_will_be_prepared(program: Program) -> None:
    evaluate(program, "1.1", evaluation="Doporučení k setkáním bude zpracováno.")
    recommendation = program.recommendation_set.get()
    write(recommendation, state="in_progress")

    assert "bude zpracováno" in only(program, "still_planned").sentence
    assert only(program, "unfinished_recommendation").target.key == recommendation.pk


def test_meeting_planned_and_a_visit_considered(program: Program) -> None:
    comment(program, 2, "Naplánováno bylo i setkání s dospělými.")
    comment(program, 3, "Zvažována byla návštěva policisty ze zahraničí.")

    assert sum(one.rule == "still_planned" for one in findings(program)) == 2


def test_criterion_named_where_one_indicator_is_judged(program: Program) -> None:
    judge(program, "Přehled", Moment.FINAL, statement="Kritérium je plněno.")

    assert only(program, "wrong_noun").target.field == "final-statement"


def test_one_document_under_two_names(program: Program) -> None:
    make_source(program, 3, name="Bezpečnostní analýza na území města Lom 2020", year=2020)
    make_source(program, 4, name="Bezpečnostní analýza města Lom 2021", year=2021)
    undated = make_source(program, 5, name="Plán prevence kriminality")

    assert "3 a 4" in only(program, "similar_sources").sentence
    assert only(program, "undated_source").target.key == undated.pk


def test_period_without_its_years(program: Program) -> None:
    say(program, "starting_points", "Index je vyšší ve všech zkoumaných letech, SVL je malá.")

    assert "ve všech zkoumaných letech" in only(program, "vague_time").sentence


def test_improvement_that_may_not_come_from_the_program(program: Program) -> None:
    judge(program, "Přehled", Moment.FINAL, contribution="")

    assert only(program, "unattributed_shift").target.field == "final-contribution"


def test_unverified_budget(program: Program) -> None:
    comment(program, 1, "Hřiště vznikne údajně ze zůstatku rozpočtu.")

    assert "údajně" in only(program, "hearsay").sentence


def test_counts_that_are_not_given(program: Program) -> None:
    comment(program, 1, "Proběhlo několik jednání a přišel velký počet dětí.")

    assert "několik jednání" in only(program, "vague_count").sentence


def test_evaluation_leans_on_a_suspended_goal(program: Program) -> None:
    evaluate(program, "1.1", evaluation="Na to reaguje cíl 1.2 a zapojení obyvatel.")

    assert "Pozastaven" in only(program, "halted_but_cited").sentence


def test_goal_answered_by_a_recommendation_that_is_not_there(program: Program) -> None:
    evaluate(program, "1.1", addressed_by_recommendation=True)
    program.recommendation_set.get().goals.clear()

    said = [one.sentence for one in findings(program) if one.rule == "goal_without_recommendation"]
    assert len(said) == 2, "and the one that was not realised"


def test_noise_of_scanning_and_slips_of_typing(program: Program) -> None:
    comment(program, 1, "Konec textu vvvvvv chybí.")
    comment(program, 2, "Město má 10pozic strážníků.")

    assert "vvvvvv" in only(program, "unfinished_text").sentence
    assert "10pozic" in only(program, "slip").sentence
