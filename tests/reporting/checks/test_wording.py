"""Words: abbreviations, times, copies, and two names of one thing."""

import pytest

from litvinov.narrative import parse
from reporting.checks import Checked, Kind, run
from reporting.structure import Abbreviation, Term
from tests.reporting.checks.reports import (
    activity,
    actor,
    assessment,
    clean_report,
    found,
    goal,
    identified,
    phase,
    recommendation,
    saying,
    section,
    target,
    with_indicator,
)

LONG = (
    "Město má přehled o aktérech v lokalitě, pravidelně se s nimi schází a společně "
    "plánuje prevenci rizikového chování dětí a mládeže."
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Zařízení NZDM Jaklík.", "NZDM"),
        ("Po výkonu VTOS.", "VTOS"),
        ("Otevřená společnost, o. p. s., školí.", "o. p. s."),
        ("Spolek z.s. pomáhá.", "z.s."),
        ("Organizace HoST.", "HoST"),
    ],
)
def test_abbreviation_that_is_not_explained(text: str, form: str) -> None:
    (sentence,) = found("undefined_abbreviation", saying(text))

    assert form in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Kapitola IV a příloha XXIII.",
        "Největší v ČR a EU.",
        "To JE VELMI DŮLEŽITÉ.",
        "Číslo MMR-12345/2024.",
        "Adresa www.ABC.cz.",
        "Stálo to 5 Kč.",
        "Zkratka ASZ je v seznamu.",
    ],
)
def test_what_is_no_unknown_abbreviation(text: str) -> None:
    report = clean_report(
        overall_evaluation=section("overall_evaluation", text),
        abbreviations=(Abbreviation(("ASZ",), "Agentura"),),
    )

    assert found("undefined_abbreviation", report) == []


def test_abbreviation_of_an_actor_is_explained_where_actors_are() -> None:
    report = clean_report(
        overall_evaluation=section("overall_evaluation", "Rodinám pomáhá SOFA."),
        actors=(actor("SOFA"),),
    )

    assert found("undefined_abbreviation", report) == []


def test_unknown_abbreviation_is_told_once() -> None:
    assert len(found("undefined_abbreviation", saying("NZDM, a znovu NZDM."))) == 1


def test_abbreviation_that_is_never_used() -> None:
    report = clean_report()
    findings = run(Checked(report, report, unused=("PMS",)))

    assert [one.rule for one in findings] == ["unused_abbreviation"]


@pytest.mark.parametrize(
    "text", ["Letos přibylo.", "v tomto  roce", "Nyní je klid.", "ve všech zkoumaných letech"]
)
def test_time_that_says_nothing_after_years(text: str) -> None:
    assert len(found("vague_time", saying(text))) == 1


@pytest.mark.parametrize("text", ["V roce 2024.", "Nynější stav.", "Letošek", "Loňský rok 2023"])
def test_time_that_can_be_told(text: str) -> None:
    assert found("vague_time", saying(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Setkání bylo naplánováno.",
        "Doporučení bude ještě zpracováno.",
        "Budou zajištěny prostory.",
        "Zvažována byla návštěva.",
    ],
)
def test_plan_left_open(text: str) -> None:
    report = clean_report(phases=(phase(expert_comment=parse(text)),))

    assert len(found("still_planned", report)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Město bude pokračovat.",
        "Termínem bude červen 2024.",
        "Budou ženy a muži.",
        "Plánované setkání proběhlo.",
    ],
)
def test_what_is_no_open_plan(text: str) -> None:
    report = clean_report(phases=(phase(expert_comment=parse(text)),))

    assert found("still_planned", report) == []


def test_plans_belong_to_recommendations_and_to_interim_reports() -> None:
    planned = parse("Hřiště bude postaveno.")
    recommending = clean_report(recommendations=(recommendation(text=planned),))
    interim = identified(kind=Term("interim", "Průběžná zpráva"))
    names = interim.__dataclass_fields__
    fields = {name: getattr(interim, name) for name in names}
    running = type(interim)(**{**fields, "phases": (phase(expert_comment=planned),)})

    assert found("still_planned", recommending) == found("still_planned", running) == []


def test_indicator_taken_for_its_criterion() -> None:
    report = with_indicator(final=assessment("Kritérium je plněno."))

    assert len(found("wrong_noun", report)) == 1
    assert found("wrong_noun", saying("Kritérium je plněno.")) == []


def test_end_that_repeats_the_beginning() -> None:
    copied = with_indicator(final=assessment(LONG), baseline=assessment(LONG))

    (sentence,) = found("copied_text", copied)
    assert "„Přehled o aktérech“" in sentence
    assert found("copied_text", with_indicator(final=assessment("Beze změny."))) == []


def test_text_copied_elsewhere() -> None:
    report = clean_report(goals=(goal(""), goal("1.1", evaluation=parse(LONG))))
    report = clean_report(goals=report.goals, phases=(phase(expert_comment=parse(LONG)),))

    assert len(found("copied_text", report)) == 1
    assert found("reworded_text", report) == []


def test_same_thing_in_other_words() -> None:
    other = LONG.replace("pravidelně", "často")
    report = clean_report(
        goals=(goal(""), goal("1.1", evaluation=parse(LONG))),
        phases=(phase(expert_comment=parse(other)),),
    )

    assert len(found("reworded_text", report)) == 1


def test_recommendation_may_be_called_as_the_activity_that_prepared_it() -> None:
    title = "Zpracování doporučení pro posílení spolusprávy a bezpečí na úrovni komunity"
    report = clean_report(
        phases=(phase(activities=(activity(title),)),),
        recommendations=(recommendation(title=title),),
    )

    assert found("copied_text", report) == found("reworded_text", report) == []


LIBUSE = actor(aliases=("Sousedské centrum Libuše", "komunitní centrum Libuše", "centrum"))


@pytest.mark.parametrize(
    "text",
    [
        "Děti chodí do Sousedského centra Libuše.",
        "V komunitním centru Libuše.",
        "Sousedské centrum Libuše",
    ],
)
def test_actor_called_by_another_name(text: str) -> None:
    report = clean_report(overall_evaluation=section("overall_evaluation", text), actors=(LIBUSE,))

    (sentence,) = found("other_name", report)
    assert "Sousedský dům Libuše" in sentence


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("Chodí do Sousedského domu Libuše.", LIBUSE.aliases),
        ("Chodí do centra.", LIBUSE.aliases),
        ("Sousedský dům Libuše (dříve Sousedské centrum Libuše).", LIBUSE.aliases),
        ("Dům Libuše je otevřen.", ("Dům Libuše",)),
    ],
)
def test_actor_called_by_its_name(text: str, aliases: tuple[str, ...]) -> None:
    report = clean_report(
        overall_evaluation=section("overall_evaluation", text), actors=(actor(aliases=aliases),)
    )

    assert found("other_name", report) == []


def test_abbreviation_in_the_name_of_an_indicator() -> None:
    """It is printed like any other, but only the list of abbreviations can explain it."""
    described = {"baseline": assessment("Na začátku."), "final": assessment("Na konci.")}
    report = with_indicator(name="Obec pracuje s osobami po VTOS.", **described)

    assert target("undefined_abbreviation", report).kind == Kind.ABBREVIATION
