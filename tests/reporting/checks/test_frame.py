"""The title page and the written sections."""

import pytest

from reporting.checks import Checked, Severity, run
from reporting.structure import ProgramReport, Section, Term
from reporting.summary import summarise
from tests.reporting.checks.reports import clean_report, found, identified, section, target


@pytest.mark.parametrize(
    "field",
    ["provider", "team", "reference_number", "file_number", "dated_on", "prepared_by"],
)
def test_title_page_lacks_something(field: str) -> None:
    report = identified(**{field: None if field == "dated_on" else ""})

    assert target("unidentified", report).field == field


def test_section_that_is_not_written() -> None:
    report = clean_report(cooperation=Section("cooperation", "Další spolupráce", ()))

    assert found("unwritten_section", report) == ["Oddíl „Další spolupráce“ není napsán."]
    assert target("unwritten_section", report).code == "cooperation"


def test_further_section_that_is_not_written() -> None:
    report = clean_report()
    voice = Section("voice", "Hlas cílové skupiny", ())

    (finding,) = run(Checked(report, report, unwritten=(voice,)))
    assert (finding.rule, finding.target.code) == ("unwritten_further_section", "voice")
    assert run(Checked(report, report)) == (), "nobody planned it"


def test_methodology_without_a_sentence() -> None:
    report = clean_report(methodology=Section("methodology", "Metodologie", ()))

    assert target("unwritten_summary", report).code == "methodology"
    assert found("unwritten_summary", clean_report(methodology=None)) == []


def test_what_blocks_stands_first_and_only_in_a_final_report() -> None:
    unwritten = clean_report(cooperation=Section("cooperation", "Další spolupráce", ()), steps=())

    first, *_rest = run(Checked(unwritten, unwritten))
    assert (first.rule, first.severity) == ("unwritten_section", Severity.BLOCKS)

    interim = identified(kind=Term("interim", "Průběžná zpráva"))
    interim = type(interim)(
        **{
            **{name: getattr(interim, name) for name in interim.__dataclass_fields__},
            "cooperation": unwritten.cooperation,
        }
    )
    (finding,) = run(Checked(interim, interim))
    assert finding.severity == Severity.ADVICE


def test_summary_longer_than_its_page() -> None:
    def told(letters: int) -> ProgramReport:
        words = " ".join(["slovo"] * (letters // 6))
        summary = summarise(
            passages=section("summary", words, key=7).passages,
            goals=(),
            criteria=(),
            outputs=(),
            recommendations=(),
            phases=(),
            consultation_count=0,
        )
        return clean_report(summary=summary)

    assert found("overfull_summary", told(3000)) == []
    (sentence,) = found("overfull_summary", told(4800))
    assert "nevejde na jednu stranu" in sentence
    assert target("overfull_summary", told(4800)).key == 7
