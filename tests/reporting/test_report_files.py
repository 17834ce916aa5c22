"""The report as a file: from the shell and from the page, for whom it is meant."""

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reporting.formats import Format
from tests.builders import make_figure, make_report
from tests.conftest import Cast, client_of

pytestmark = pytest.mark.django_db

FORMATS = [form.value for form in Format]
HIDDEN = "Jen pro partnery"


def opens(form: str, content: bytes) -> bool:
    """Whether a file is what its name says."""
    match form:
        case "pdf":
            return content.startswith(b"%PDF-")
        case "docx":
            return "word/document.xml" in zipfile.ZipFile(BytesIO(content)).namelist()
        case "xlsx":
            return "Identifikace" in load_workbook(BytesIO(content)).sheetnames
        case "json":
            return json.loads(content)["format"] == "program-report"
        case "zip":
            return "zprava.docx" in zipfile.ZipFile(BytesIO(content)).namelist()
    return content.startswith(b"<!doctype html>")


@pytest.mark.parametrize("audience", ["public", "partners"])
@pytest.mark.parametrize("form", FORMATS)
def test_command_writes_every_form(cast: Cast, tmp_path: Path, form: str, audience: str) -> None:
    path = tmp_path / "nová složka" / f"zprava.{form}"

    call_command("render_report", "nas", output=path, format=form, audience=audience)

    assert opens(form, path.read_bytes())


@pytest.mark.parametrize(("audience", "is_there"), [("public", False), ("partners", True)])
def test_command_reads_for_the_audience(
    cast: Cast, tmp_path: Path, audience: str, is_there: bool
) -> None:
    make_figure(cast.program, name=HIDDEN, visibility="partners")
    path = tmp_path / "zprava.json"

    call_command("render_report", "nas", output=path, format="json", audience=audience)

    assert (HIDDEN in path.read_text()) is is_there


@pytest.mark.parametrize(
    "arguments",
    [
        ("jinde", "--output", "x"),
        ("nas",),
        ("nas", "--output", "x", "--format", "odt"),
        ("nas", "--output", "x", "--audience", "team"),
    ],
)
def test_command_refuses_what_it_does_not_know(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError):
        call_command("render_report", *arguments)

    assert list(tmp_path.iterdir()) == []


def test_command_says_when_it_cannot_write(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "soubor").write_text("")

    with pytest.raises(CommandError, match="Cannot write"):
        call_command("render_report", "nas", output=tmp_path / "soubor" / "x.json", format="json")


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("html", "text/html; charset=utf-8"),
        ("zip", "application/zip"),
    ],
)
def test_reader_downloads_every_form(cast: Cast, form: str, kind: str) -> None:
    response = client_of(cast.reader).get(f"/programy/nas/zprava/soubory/{form}/")

    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="nas.{form}"'
    assert opens(form, response.content)


def test_name_tells_reports_and_editions_apart(cast: Cast) -> None:
    final = make_report(cast.program, dated_on=date(2024, 6, 30))
    interim = make_report(cast.program, kind="interim", dated_on=date(2024, 1, 31))
    client = client_of(cast.town)

    names = [
        client.get(f"/programy/nas/zprava/soubory/json/?{query}")["Content-Disposition"]
        for query in ("", f"zprava={interim.pk}", f"pro=partnery&zprava={final.pk}")
    ]

    assert [name.split('"')[1] for name in names] == [
        "nas-2024-06-30.json",
        "nas-prubezna-2024-01-31.json",
        "nas-2024-06-30-pro-partnery.json",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_stranger_finds_no_file(cast: Cast, form: str) -> None:
    response = client_of(cast.stranger).get(f"/programy/nas/zprava/soubory/{form}/")

    assert response.status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_reader_gets_only_the_public_edition(cast: Cast, form: str) -> None:
    address = f"/programy/nas/zprava/soubory/{form}/?pro=partnery"

    assert client_of(cast.reader).get(address).status_code == 403


def test_partners_get_what_is_meant_for_them(cast: Cast) -> None:
    make_figure(cast.program, name=HIDDEN, visibility="partners")
    make_figure(cast.program, 2, name="Jen pro tým", visibility="team")
    client = client_of(cast.expert)

    public = client.get("/programy/nas/zprava/soubory/json/").content.decode()
    partners = client.get("/programy/nas/zprava/soubory/json/?pro=partnery").content.decode()

    assert HIDDEN not in public
    assert HIDDEN in partners
    assert "Jen pro tým" not in public + partners


@pytest.mark.parametrize("form", ["odt", "PDF", "pdf.exe", "csv"])
def test_unknown_form_is_not_found(cast: Cast, form: str) -> None:
    response = client_of(cast.expert).get(f"/programy/nas/zprava/soubory/{form}/")

    assert response.status_code == 404


@pytest.mark.parametrize("asked", ["jina", "0", "-1", "1 OR 1", "９", "99999999999999999999"])
def test_unknown_report_is_not_found(cast: Cast, asked: str) -> None:
    client = client_of(cast.expert)

    assert client.get("/programy/nas/zprava/", {"zprava": asked}).status_code == 404
    assert client.get("/programy/nas/zprava/soubory/json/", {"zprava": asked}).status_code == 404


def test_report_of_another_program_is_not_found(cast: Cast) -> None:
    other = make_report(cast.strange_program)
    client = client_of(cast.expert)

    for address in ("/programy/nas/zprava/", "/programy/nas/zprava/soubory/json/"):
        assert client.get(address, {"zprava": other.pk}).status_code == 404
