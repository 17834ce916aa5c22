"""References and citations in texts, in any grammatical case."""

from dataclasses import replace

import pytest

from tests.reporting.checks.reports import (
    clean_report,
    evidence,
    found,
    goal,
    recommendation,
    saying,
    section,
    source,
    target,
)


@pytest.mark.parametrize(
    "text",
    [
        "Jde o cíl 1.5.",
        "Vrací se k cíli č. 1.5.",
        "V cílech 1.1 a 1.5 nic.",
        "Cílů 1.1–1.5 se netýká.",
        "CÍL 1.5 není.",
        "dílčího podcíle 1.5",
    ],
)
def test_reference_to_a_goal_that_does_not_exist(text: str) -> None:
    (sentence,) = found("unknown_reference", saying(text))

    assert "cíl 1.5" in sentence
    assert "1.1" in sentence, "what exists at the same level is offered"


@pytest.mark.parametrize(
    "text",
    ["Cíle 1.1 bylo dosaženo.", "Dne 1.5. 2024.", "bod 1.5", "Náklady 1.5 mil. Kč.", "cílová 1.5"],
)
def test_what_exists_or_is_no_reference(text: str) -> None:
    assert found("unknown_reference", saying(text)) == []


def test_reference_to_a_criterion_that_does_not_exist() -> None:
    (sentence,) = found("unknown_reference", saying("Podle kritéria č. 2.1 a kritéria 1.1."))

    assert "kritérium 2.1" in sentence


def test_reference_opens_the_text_it_stands_in() -> None:
    report = clean_report(
        goals=(goal(""), goal("1.1", evaluation=section("", "Viz cíl 1.5.").passages[0].text))
    )

    assert target("unknown_reference", report).kind == "evaluation"
    assert target("unknown_reference", report).field == "evaluation"


@pytest.mark.parametrize(
    "text",
    [
        "Viz zdroj 9.",
        "Ze zdroje č. 9 plyne.",
        "V příloze č. 9.",
        "Příloha 9 dokládá.",
        "Podle doporučení č. 9.",
        "Doporučení 9 říká.",
    ],
)
def test_citation_of_what_is_not_there(text: str) -> None:
    (sentence,) = found("unknown_citation", saying(text))

    assert " 9" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Viz zdroj 1 a přílohu 1, doporučení č. 1.",
        "Podle doporučení 9 odborníků.",
        "Podle přílohy č. 9 k vyhlášce.",
        "Příloha 9 zákona.",
        "Ze zdrojů 20 milionů.",
        "Zdroje 2023.",
    ],
)
def test_citation_of_what_is_there(text: str) -> None:
    report = clean_report(
        sources=(source(),),
        evidence=(evidence(),),
        recommendations=(recommendation(),),
        overall_evaluation=section("overall_evaluation", text),
    )

    assert found("unknown_citation", report) == []


def test_public_text_cites_what_is_only_for_partners() -> None:
    report = saying("Uvádí to zdroj 2.")
    both = replace(report, sources=(source(1), source(2, "Neveřejná zpráva")))

    (sentence,) = found("unknown_citation", both, replace(both, sources=(source(1),)))

    assert "zdroj 2" in sentence
    assert "veřejn" in sentence
    assert found("unknown_citation", both, both) == []
