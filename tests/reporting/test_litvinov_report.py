"""The report of the demonstration program holds every item of its fixture."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from litvinov import narrative
from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import pdf as pdf_renderer
from reporting.structure import Audience
from tests import pdf

# The mark makes pytest-django create the database that the shared report is read from.
pytestmark = pytest.mark.django_db

FIXTURE = Path(settings.BASE_DIR, "fixtures")

PRINTED_FIELDS = {
    "programs.program": ["title", "provider", "team", "demo_notice"],
    "programs.theme": ["name"],
    "actors.municipality": ["name", "district", "region"],
    "actors.locality": ["name", "description"],
    "actors.actor": ["name", "abbreviation", "aliases", "functions", "description"],
    "actors.workinggroup": ["name", "purpose"],
    "actors.groupmember": ["function"],
    "actors.targetgroup": ["name", "aliases", "description"],
    "programs.narrativesection": ["title"],
    "programs.narrative": ["topic", "text"],
    "programs.source": ["name", "kind", "author", "data_date", "url"],
    "programs.contextfigure": ["name", "area", "value_text", "unit", "derivation"],
    "programs.goal": ["short_title", "wording", "state_reason", "evaluation"],
    "programs.schedulestep": ["description", "time_text", "responsible"],
    "programs.phase": ["expert_comment"],
    "programs.activity": ["title", "text", "method", "place"],
    "programs.recommendation": ["title", "text"],
    "programs.output": ["text"],
    "indicators.criterion": ["name"],
    "indicators.indicator": ["name"],
    "indicators.assessment": ["statement", "justification"],
}
FORBIDDEN = [
    r"\bK\d\.\d-U\d",
    r"\bF\d-A\d",
    r"\b(DOK|CIS|ANO|LOK|VYCH|HAR|DOP|VYS|PS|CS|TVR|ZMI|BAR|PRAX|FIN|MIS|POD)-\d",
    r"\bOCR\b",
    r"[Vv]e zdroji",
    r"[Zz]nění zdroje",
    r"dovozen",
    r"\bř\. \d",
    r"\bNone\b",
    r"\{\{|\}\}|\{%",
]


UNWRITTEN = ("Hlas cílové skupiny", "Udržitelnost výsledků")
"""Sections of the code list of which the fixture has no text."""


@pytest.fixture(scope="module")
def printed(django_db_setup: None, django_db_blocker: Any) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        program = Program.objects.get(slug="litvinov-janov")
        report = read_report(program, audience=Audience.PUBLIC, today=date(2024, 7, 1))
        transaction.set_rollback(True)
    return pdf_renderer.render(report)


@pytest.fixture(scope="module")
def text(printed: bytes) -> str:
    return pdf.body_text(printed)


def entries() -> list[dict[str, Any]]:
    return [
        entry
        for name in ("reference", "litvinov-janov")
        for entry in yaml.safe_load((FIXTURE / f"{name}.yaml").read_text(encoding="utf-8"))
    ]


def expected_pieces() -> Iterator[tuple[str, str]]:
    """What must be printed: each sentence of each printed field of each record."""
    for entry in entries():
        if entry["fields"].get("title") in UNWRITTEN:
            continue
        for name in PRINTED_FIELDS.get(entry["model"], []):
            value = entry["fields"].get(name) or ""
            for piece in value if isinstance(value, list) else [value]:
                for sentence in sentences(piece):
                    yield f"{entry['model']}.{name}", sentence


def sentences(source: str) -> Iterator[str]:
    """Sentences; a note's number interrupts its sentence, the note stands at the foot."""
    plain = narrative.plain_text(narrative.parse(re.sub(r"\[\^\w+\]:?", "\n\n", source)))
    for line in plain.splitlines():
        for part in re.split(r"(?<=[.!?]) (?=[A-ZÁ-Ž])", line.strip()):
            if part.strip(" .,"):
                yield pdf.normalised(part)


def crosses_pages(piece: str, pages: list[str]) -> bool:
    """Whether a sentence ends on the next page, with notes of the first one in between."""
    words = piece.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return any(
        following.startswith(tail) and head in page
        for page, following in pairwise(pages)
        for head, tail in splits
    )


def test_every_item_of_the_fixture_is_printed(printed: bytes, text: str) -> None:
    pages = pdf.body_pages(printed)

    missing = [
        (where, piece)
        for where, piece in expected_pieces()
        if piece not in text and not crosses_pages(piece, pages)
    ]

    assert missing == []


def test_expected_pieces_cover_the_whole_program() -> None:
    """Guards the test above against a fixture that shrank or a field that was renamed."""
    counts: dict[str, int] = {}
    for entry in entries():
        counts[entry["model"]] = counts.get(entry["model"], 0) + 1

    assert {model: counts[model] for model in sorted(PRINTED_FIELDS)} == {
        "actors.actor": 44,
        "actors.groupmember": 28,
        "actors.locality": 1,
        "actors.municipality": 1,
        "actors.targetgroup": 10,
        "actors.workinggroup": 10,
        "indicators.assessment": 52,
        "indicators.criterion": 3,
        "indicators.indicator": 26,
        "programs.activity": 15,
        "programs.contextfigure": 12,
        "programs.goal": 10,
        "programs.narrative": 23,
        "programs.narrativesection": 16,
        "programs.output": 5,
        "programs.phase": 4,
        "programs.program": 1,
        "programs.recommendation": 5,
        "programs.schedulestep": 6,
        "programs.source": 20,
        "programs.theme": 1,
    }


def test_used_abbreviations_and_only_they_are_listed(text: str) -> None:
    chapter = text[text.index("Zkratka Význam") :]
    chapter = chapter[: chapter.index("Zdroj 1 ")]

    listed = {
        entry["fields"]["abbreviation"]
        for entry in entries()
        if entry["model"] == "programs.abbreviation"
        and re.search(rf"(?<!\w){re.escape(entry['fields']['abbreviation'])} \w", chapter)
    }

    known = {
        e["fields"]["abbreviation"] for e in entries() if e["model"] == "programs.abbreviation"
    }
    assert known - listed == {"LP"}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_remark_of_the_reader_is_printed(text: str, pattern: str) -> None:
    assert re.findall(pattern, text) == []


def test_demo_notice_stands_on_title_page_and_by_the_scale(printed: bytes) -> None:
    with pdf.open_pdf(printed) as document:
        pages = len(document.pages)
    notice = "nejde o hodnocení ASZ"

    told = [number for number in range(1, pages + 1) if notice in pdf.page_text(printed, number)]

    assert told == [1, 4]
    assert "Úrovně ukazatelů" in pdf.page_text(printed, 4)


def test_codes_never_stand_alone(text: str) -> None:
    """A criterion and a goal may have the same code, so the word always comes with it."""
    for code in ("1.1", "1.2", "2.1"):
        assert f"Kritérium {code}" in text
    for code in ("1.1", "1.1.1", "1.1.5", "1.2", "1.3", "1.4"):
        assert f"Cíl {code}" in text


def test_chapters_come_in_the_order_of_the_frame(text: str) -> None:
    headings = [
        "3 Období realizace",
        "4 Základní údaje o lokalitě",
        "5 Anotace programu",
        "6 Východiska výběru poradenského programu",
        "7 Cíle poradenského programu",
        "8 Předpokládaný harmonogram realizace",
        "9 Popis výstupů programu",
        "10 Popis výchozího stavu lokality",
        "11 Průběh realizace poradenského programu",
        "12 Vyhodnocení závěrečného stavu lokality",
        "13 Vyhodnocení cílů poradenského programu",
        "14 Doporučení",
        "15 Celkové vyhodnocení poradenského programu",
        "16 Možnosti další spolupráce s obcí",
        "17 Bariéry a limity",
        "18 Příklady dobré praxe",
        "21 Seznam zkratek",
        "22 Zdroje",
        "23 Přílohy",
    ]
    contents_end = text.index("Jak zprávu číst")

    places = [text.index(heading, contents_end) for heading in headings]

    assert places == sorted(places)


def test_counts_of_shifts_are_those_of_the_fixture(text: str) -> None:
    assert "1× zlepšení, 5× beze změny, 1× zhoršení, 1× nelze určit" in text
    assert "1× zlepšení, 6× beze změny" in text
    assert "2× zlepšení, 7× beze změny, 2× zhoršení" in text


def test_goal_that_gathers_others_says_how_those_were_met(text: str) -> None:
    """Its state is not computed, and nobody forgot to write it."""
    assert (
        "Cíl 1.1 Hodnotí se dílčí cíle "
        "1× převážně splněn, 2× částečně splněn, 2× nerealizován" in text
    )


def test_sections_a_report_may_do_without_are_left_out(text: str) -> None:
    assert "Tato část zatím nebyla napsána." not in text
    for title in UNWRITTEN:
        assert title not in text


def test_pdf_has_title_language_tags_and_bookmarks(printed: bytes) -> None:
    with pdf.open_pdf(printed) as document:
        root = document.Root
        bookmarks = document.open_outline().root

        assert str(root.Lang) == "cs"
        assert bool(root.MarkInfo.Marked) is True
        assert str(document.docinfo.Title).startswith("Poradenský program Litvínov")
        assert [bookmark.title for bookmark in bookmarks[0].children[:3]] == [
            "Obsah",
            "1\u00a0Manažerské shrnutí",
            "2\u00a0Metodologie a\u00a0omezení",
        ]


def test_pdf_names_no_person_and_embeds_no_file(printed: bytes) -> None:
    with pdf.open_pdf(printed) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
        assert str(document.docinfo.Author).startswith("Agentura pro sociální začleňování")
