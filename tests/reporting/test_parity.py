"""Every value of the structure stands in every form of the report.

The report is made from the types of the structure, so that a field added tomorrow is looked for
tomorrow. What is unique is searched for; what can only be yes or no, a level or a month is
changed, and the text of the report has to change with it.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from openpyxl import load_workbook

from litvinov import czech
from reporting.renderers import archive, html, json_file, xlsx
from reporting.structure import Audience, Part, ProgramReport
from reporting.tables import tables_of
from reporting.tables.program import PARTS
from tests import pdf
from tests.reporting.filled import changed, filled_report, leaves

PAGES = ("preview", "html", "pdf", "docx")
TABLES = ("xlsx", "csv")
FORMS = (*PAGES, *TABLES, "json")

EXCEPTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "Term.code": (
        (*PAGES, *TABLES),
        "A code is for machines; people read its label, which stands beside it.",
    ),
    "Section.code": (PAGES, "A code is for machines; people read the title of the section."),
    "ProgramReport.parts": (PAGES, "Parts that a report has are seen as its chapters."),
    "Rating.label": (
        PAGES,
        "Pages say a level by its number and one word; the scale explains both once.",
    ),
    "Goal.depth": (PAGES, "The code of a goal says how deep it is: 1.1.5 belongs to 1.1."),
}
"""At most five, and no narrative among them."""

DIFFERENCES = (
    *("ProgramReport.audience", "Rating.level", "Figure.date_precision"),
    *("Months.first", "Months.last", "Step.months", "MonthCount.month"),
)
"""Values that are too small or too common to be searched for, besides yes and no."""


@cache
def filled() -> ProgramReport:
    return filled_report()


@cache
def unpacked() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive.render(filled()))) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of_html(source: str) -> str:
    """What is seen, numbers of lists and where links lead to included."""
    root = lxml.html.fromstring(source)
    addresses = [link.get("href") for link in root.iter("a")]
    numbers = [numbered.get("start", "1") for numbered in root.iter("ol")]
    return " ".join([root.text_content(), *addresses, *numbers])


def text_of_pdf(file: bytes) -> str:
    with pdf.open_pdf(file) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        addresses = [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]
    return " ".join([pdf.full_text(file), *addresses])


def text_of_docx(file: bytes) -> str:
    """Its text and footnotes, what is said instead of pictures, links and numbers of lists."""
    with zipfile.ZipFile(BytesIO(file)) as package:
        parts = {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist()}
    texts = [
        re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", part))
        for name, part in parts.items()
        if name in ("word/document.xml", "word/footnotes.xml")
    ]
    pictures = re.findall(r' descr="([^"]*)"', parts["word/document.xml"])
    targets = re.findall(r'Target="([^"]+)"', parts["word/_rels/document.xml.rels"])
    notes = re.findall(r'Target="([^"]+)"', parts.get("word/_rels/footnotes.xml.rels", ""))
    starts = re.findall(r'<w:startOverride w:val="(\d+)"', parts["word/numbering.xml"])
    return " ".join([*texts, *pictures, *targets, *notes, *starts])


def text_of_xlsx(file: bytes) -> str:
    book = load_workbook(BytesIO(file))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def text_of_json(file: bytes) -> str:
    def values(content: Any) -> Iterator[str]:
        if isinstance(content, dict | list):
            for inner in content.values() if isinstance(content, dict) else content:
                yield from values(inner)
        else:
            yield str(content)

    return " ".join(values(json.loads(file)))


def text_of_csv(files: dict[str, bytes]) -> str:
    return " ".join(
        content.decode("utf-8-sig") for name, content in files.items() if name.endswith(".csv")
    )


TEXTS: dict[str, Callable[[], str]] = {
    "preview": lambda: text_of_html(html.body(filled())),
    "html": lambda: text_of_html(html.render(filled())),
    "pdf": lambda: text_of_pdf(unpacked()["zprava.pdf"]),
    "docx": lambda: text_of_docx(unpacked()["zprava.docx"]),
    "xlsx": lambda: text_of_xlsx(xlsx.render(filled())),
    "json": lambda: text_of_json(unpacked()["zprava.json"]),
    "csv": lambda: text_of_csv(unpacked()),
}


def condensed(text: str) -> str:
    """Without what typography puts in: spaces, hyphens at ends of lines, capitals."""
    return re.sub(r"[\s\u00ad\u2060-]+", "", text).casefold()


def sayings(value: Any) -> tuple[str, ...]:
    """The ways in which a value may be written."""
    match value:
        case date():
            return value.isoformat(), czech.short_date(value), czech.full_date(value)
        case Decimal():
            return format(value, "f"), czech.number(value)
        case Part():
            return value.value, PARTS[value]
    return (str(value),)


def is_searched_for(owner: str, value: Any) -> bool:
    return (
        owner not in DIFFERENCES
        and not isinstance(value, bool)
        and value is not None
        and value != ""
    )


def missing(form: str) -> list[str]:
    text = condensed(TEXTS[form]())
    found = [
        owner
        for owner, _path, value in leaves(filled())
        if is_searched_for(owner, value)
        and not any(condensed(said) in text for said in sayings(value))
    ]
    return sorted(set(found))


@pytest.mark.parametrize("form", FORMS)
def test_every_value_stands_in_every_form(form: str) -> None:
    excepted = {owner for owner, (forms, _reason) in EXCEPTIONS.items() if form in forms}

    assert set(missing(form)) - excepted == set()


def test_few_exceptions_each_with_a_reason_and_none_a_narrative() -> None:
    texts = {"Text.text", "Link.address", "NumberedList.start"}

    assert len(EXCEPTIONS) <= 5
    assert all(reason for _forms, reason in EXCEPTIONS.values())
    assert not texts & set(EXCEPTIONS)


def test_words_are_printed_without_what_they_usually_come_with() -> None:
    """Nobody has to fill in everything: a text must not wait for a choice beside it."""
    report = replace(
        filled(),
        goals=tuple(replace(goal, reason="") for goal in filled().goals),
        recommendations=tuple(
            replace(one, response=None, follow_up=None) for one in filled().recommendations
        ),
        criteria=tuple(
            replace(
                criterion,
                indicators=tuple(
                    replace(one, final=replace(one.final, statement=()))
                    for one in criterion.indicators
                ),
            )
            for criterion in filled().criteria
        ),
    )

    text = condensed(text_of_html(html.body(report)))

    wanted = [
        *(goal.position.label for goal in report.goals if goal.position),
        *(one.response_reason for one in report.recommendations),
        *(one.follow_up_note for one in report.recommendations),
        *(str(one.final.sources[0]) for one in report.criteria[0].indicators),
        *(one.final.justification for one in report.criteria[0].indicators),
    ]
    assert [word for word in wanted if condensed(word) not in text] == []


def other(owner: str, value: Any) -> Any:
    """Something else that may stand in that place."""
    match value:
        case bool():
            return not value
        case Audience():
            return Audience.PUBLIC
        case int():
            return (value + 1) % 5
        case date():
            return czech.months_later(value, 1)
    return {"day": "year"}[value]


def small_values() -> list[tuple[str, Any, Any]]:
    return [
        (owner, path, value)
        for owner, path, value in leaves(filled())
        if value is not None
        and value != ""
        and not is_searched_for(owner, value)
        # What is kept of a rating that was corrected is its level; a baseline refines nothing.
        and not ("corrections" in path and path[-1] == "to_verify")
        and path[-2:] != ("baseline", "is_refinement")
    ]


def pages_say(report: ProgramReport) -> str:
    return condensed(text_of_html(html.body(report)))


def tables_say(report: ProgramReport) -> str:
    return str([table.rows for table in tables_of(report)])


def json_says(report: ProgramReport) -> str:
    return json_file.render(report).decode()


@pytest.mark.parametrize("said", [pages_say, tables_say, json_says])
def test_small_values_change_every_form(said: Callable[[ProgramReport], str]) -> None:
    before = said(filled())
    excepted = set(EXCEPTIONS) if said is pages_say else set()

    unsaid = {
        owner
        for owner, path, value in small_values()
        if owner not in excepted and said(changed(filled(), path, other(owner, value))) == before
    }

    assert unsaid == set()
