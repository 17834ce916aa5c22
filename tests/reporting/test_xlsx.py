"""The report as a workbook, opened again: sheets, types and texts that look like formulas."""

import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import xlsx
from reporting.structure import Audience
from reporting.tables import tables_of
from tests.builders import (
    adopt,
    assess,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
)
from tests.pages import furnish

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+420 123", "-1", "@SUM(A1)", '=HYPERLINK("http://example.com")', "{=1}"]
TODAY = date(2024, 7, 1)
DAY: Any = {"date_precision": "day"}


def render(program: Program) -> bytes:
    return xlsx.render(read_report(program, audience=Audience.PARTNERS, today=TODAY))


def opened(program: Program) -> Any:
    return load_workbook(BytesIO(render(program)))


def column(sheet: Any, title: str) -> list[Any]:
    """The cells of a column below its head."""
    [head] = [cell for cell in sheet[1] if cell.value == title]
    return [row[head.column - 1] for row in sheet.iter_rows(min_row=2)]


def test_sheet_for_every_table_with_a_frozen_head() -> None:
    program = make_program()
    furnish(program)
    report = read_report(program, audience=Audience.PARTNERS, today=TODAY)

    book = load_workbook(BytesIO(xlsx.render(report)))

    tables = tables_of(report)
    assert book.sheetnames == [table.title for table in tables]
    for table, sheet in zip(tables, book.worksheets, strict=True):
        assert tuple(cell.value for cell in sheet[1]) == table.columns
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.max_row == 1 + len(table.rows)


def test_sheets_have_titles_that_every_program_takes() -> None:
    report = read_report(make_program(), audience=Audience.PUBLIC, today=TODAY)

    titles = [table.title for table in tables_of(report)]

    assert len({title.casefold() for title in titles}) == len(titles)
    assert [
        title for title in titles if len(title) > 31 or re.search(r"[\[\]:*?/\\']", title)
    ] == []


def test_numbers_dates_and_texts_have_their_types() -> None:
    program = make_program()
    make_figure(program, 1, value=Decimal("158.7"), date_from=date(2023, 1, 2), **DAY)
    make_figure(program, 2, value=0)
    make_figure(program, 3, value=None, value_text="desítky", date_from=date(1850, 1, 1), **DAY)

    sheet = opened(program)["Údaje o lokalitě"]

    values = column(sheet, "Hodnota")
    assert [cell.value for cell in values] == [158.7, 0, None]
    assert [cell.data_type for cell in values[:2]] == ["n", "n"]
    days = column(sheet, "Od")
    assert days[0].is_date
    assert [str(cell.value) for cell in days] == ["2023-01-02 00:00:00", "None", "1850-01-01"]
    assert [cell.value for cell in column(sheet, "Hodnota slovy")] == [None, None, "desítky"]


def test_zero_nothing_and_not_to_be_judged_differ() -> None:
    program = make_program()
    adopted = adopt(program, make_criterion(indicator_count=3))
    for indicator, level in zip(adopted.criterion.indicators.all(), (0, "?", None), strict=True):
        assess(adopted, indicator, "baseline", expert=level, statement="Stav.")  # type: ignore[arg-type]

    sheet = opened(program)["Stavy ukazatelů"]

    moments = [cell.value for cell in column(sheet, "Okamžik")]
    levels = [cell.value for cell in column(sheet, "Úroveň (expert)")]
    labels = [cell.value for cell in column(sheet, "Označení (expert)")]
    baselines = [place for place, moment in enumerate(moments) if moment == "výchozí"]
    assert [(levels[place], labels[place]) for place in baselines] == [
        (0, "Nenaplněno"),
        (None, "Nelze posoudit"),
        (None, None),
    ]


def test_yes_and_no_are_said() -> None:
    program = make_program()
    adopt(program, make_criterion("1.1", mandatory=True), 1)
    adopt(program, make_criterion("2.1"), 2)

    cells = column(opened(program)["Kritéria"], "Povinná aktivita")

    assert [(cell.value, cell.data_type) for cell in cells] == [("ano", "s"), ("ne", "s")]


@pytest.mark.parametrize("formula", FORMULAS)
def test_texts_are_no_formulas(formula: str) -> None:
    program = make_program(title=formula)
    make_goal(program, wording=formula)
    make_narrative(program, make_section("locality", 10), topic=formula, text=f"\\{formula}")
    make_recommendation(program, title=formula, next_step=formula)
    make_figure(program, name=formula, value_text=formula, value=None)
    make_evidence(program, title=formula)

    file = render(program)

    book = load_workbook(BytesIO(file))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value and formula in str(cell.value)]
    assert len(found) >= 6
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert {cell.data_type for cell in found} == {"s"}
    assert "<f>" not in "".join(parts(file).values())


def test_addresses_are_texts_and_not_links() -> None:
    program = make_program()
    make_evidence(program, url="https://www.example.cz/a")

    file = render(program)

    assert not [name for name, part in parts(file).items() if 'TargetMode="External"' in part]


def test_nothing_of_a_long_text_is_lost() -> None:
    program = make_program()
    text = "".join(f"slovo{number} " for number in range(6_000)).strip()
    smiling = "😀" * 40_000
    make_goal(program, "1.1", wording=text)
    make_goal(program, "1.2", wording=smiling)

    sheet = opened(program)["Cíle"]

    pieces = [cell.value or "" for cell in column(sheet, "Znění")]
    codes = [cell.value for cell in column(sheet, "Cíl")]
    assert "".join(pieces) == text + smiling
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) <= 32_767
    assert [code for code in codes if code] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    "text",
    [
        "\x0b\x01řídicí",
        "_x0041_",
        "<r><t>x</t></r>",
        "<r>",
        "&amp; <b>",
        "\ufffe\uffff",
        "\u202eabc",
    ],
)
def test_strange_letters_do_not_break_the_file(text: str) -> None:
    program = make_program()
    make_goal(program, wording=text, state_reason="Důvod.")

    sheet = opened(program)["Cíle"]

    said = column(sheet, "Znění")[0].value
    if text.isprintable():
        assert said.strip() == text
    assert column(sheet, "Důvod")[0].value == "Důvod."


def test_metadata_name_no_person_and_no_hour() -> None:
    program = make_program(provider="Agentura pro sociální začleňování")

    known = opened(program).properties

    assert known.creator == "Agentura pro sociální začleňování"
    assert not known.lastModifiedBy or known.lastModifiedBy == known.creator
    assert known.title == program.title
    assert known.created.isoformat() == "2024-07-01T00:00:00"


def test_same_report_gives_the_same_bytes() -> None:
    program = make_program()
    furnish(program)
    make_phase(program, 2)

    assert render(program) == render(program)


def parts(file: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_rows_are_as_high_as_their_texts() -> None:
    program = make_program()
    make_goal(program, "1.1", wording="slovo " * 100)
    make_goal(program, "1.2", wording="Krátce.")
    make_goal(program, "1.3", wording="a\n" * 300)

    sheet = opened(program)["Cíle"]

    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[1] in (None, 15), "the height every row has"
    assert 10 * 15 <= heights[0] <= 14 * 15
    assert heights[2] == pytest.approx(409, abs=1)


def test_words_are_czech_where_there_is_no_code_for_machines() -> None:
    program = make_program()
    make_figure(program, date_from=date(2023, 1, 1), date_precision="month")

    book = opened(program)

    assert [cell.value for cell in column(book["Údaje o lokalitě"], "Přesnost")] == ["měsíc"]
    rows = {row[0].value: row[1].value for row in book["Identifikace"].iter_rows()}
    assert rows["Volitelné části"].startswith("manažerské shrnutí; metodologie")


def test_no_word_of_a_head_is_broken() -> None:
    for sheet in opened(make_program()):
        for cell in sheet[1]:
            width = sheet.column_dimensions[cell.column_letter].width
            assert width > max(map(len, cell.value.split())), (sheet.title, cell.value)
