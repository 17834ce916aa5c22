"""The tables as CSV, and everything in one file with its checksums."""

import csv
import zipfile
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO

import pytest

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import archive, csv_file, json_file
from reporting.structure import Audience, ProgramReport
from reporting.tables import Table, tables_of
from reporting.tables.table import table
from tests import pdf
from tests.builders import make_evidence, make_goal, make_program
from tests.pages import furnish


def rendered(*row: object) -> str:
    columns = tuple(f"sloupec {number}" for number in range(len(row)))
    file = csv_file.render(Table("zkouska", "Zkouška", columns, (row,)))  # type: ignore[arg-type]
    return file.decode("utf-8-sig").split("\r\n", 1)[1]


def test_csv_begins_with_the_mark_and_the_head() -> None:
    file = csv_file.render(Table("cile", "Cíle", ("Cíl", "Znění"), ()))

    assert file == b"\xef\xbb\xbf" + "Cíl,Znění\r\n".encode()


def test_csv_is_quoted_after_the_standard() -> None:
    assert rendered('a "b", c', "řádek\r\ndruhý", "prostý") == (
        '"a ""b"", c","řádek\r\ndruhý",prostý\r\n'
    )


def test_csv_cells_are_for_machines() -> None:
    row = (None, 0, -5, Decimal("3900"), Decimal("158.70"), date(2024, 6, 30), True, False, "a")

    assert rendered(*row) == ",0,-5,3900,158.7,2024-06-30,ano,ne,a\r\n"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "＝", "＠"])
def test_csv_texts_are_no_formulas(begin: str) -> None:
    [row] = csv.reader(StringIO(rendered(f"{begin}1+1", "konec"), newline=""))

    assert row == [f"'{begin}1+1", "konec"]


def test_a_text_with_a_sign_inside_stays_as_it_is() -> None:
    assert rendered("a=b", "2-3") == "a=b,2-3\r\n"


def read(program: Program) -> ProgramReport:
    return read_report(program, audience=Audience.PARTNERS, today=date(2024, 7, 1))


def unpacked(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.django_db
def test_archive_holds_every_form_and_its_checksums() -> None:
    program = make_program(title="Bydlení")
    furnish(program)
    make_evidence(program, 7, title="Zápis")
    report = read(program)

    file = archive.render(report)

    files = unpacked(file)
    names = {table.name for table in tables_of(report)}
    assert set(files) == {
        "zprava.pdf",
        "zprava.docx",
        "zprava.json",
        "prilohy.csv",
        "manifest-sha256.txt",
        *(f"tabulky/{name}.csv" for name in names - {"prilohy"}),
    }
    assert all(name.isascii() and ".." not in name for name in files)
    assert json_file.read(files["zprava.json"]) == report
    assert "Bydlení" in pdf.body_text(files["zprava.pdf"])
    assert "Zápis" in files["prilohy.csv"].decode("utf-8-sig")
    manifest = files.pop("manifest-sha256.txt").decode().splitlines()
    assert manifest == [f"{sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    assert archive.render(report) == file


@pytest.mark.django_db
def test_archive_of_an_empty_program_has_every_table() -> None:
    files = unpacked(archive.render(read(make_program())))

    assert files["prilohy.csv"].decode("utf-8-sig").startswith("Příloha,Název")
    assert len([name for name in files if name.startswith("tabulky/")]) >= 20


def test_tables_refuse_rows_of_another_width() -> None:
    with pytest.raises(ValueError, match="cells"):
        table("cile", "Cíle", "Cíl | Znění", [("1.1",)])


@pytest.mark.django_db
def test_goal_without_a_code_is_named_in_tables() -> None:
    program = make_program()
    make_goal(program, "", wording="Dlouhodobý.")

    [cell] = [table.rows[0][0] for table in tables_of(read(program)) if table.name == "cile"]

    assert cell == "dlouhodobý cíl"
