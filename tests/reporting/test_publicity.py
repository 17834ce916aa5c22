"""Who pays for a program: a text and logos on the title page, in every form of the report."""

import zlib
from datetime import date
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import docx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from reporting.publicity import LARGEST_LOGO, logos
from reporting.reading import read_report
from reporting.renderers import docx as docx_renderer
from reporting.renderers import json_file, pdf
from reporting.renderers.pdf import ForbiddenAddress, StaticFilesFetcher
from reporting.structure import Audience
from tests import pdf as read_pdf
from tests.builders import make_report
from tests.conftest import Cast
from tests.forms import errors_of, send

TEXT = "Projekt CZ.03.02.01/00/22_018/0001234 je spolufinancován Evropskou unií."
ALTERNATIVE = "Vlajka Evropské unie s nápisem Spolufinancováno Evropskou unií"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x00\x33\x99" * 4) * 2))
    + _chunk(b"IEND", b"")
)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PUBLICITY_DIR = tmp_path
    return tmp_path


@pytest.fixture
def logo(folder: Path) -> None:
    (folder / "eu.png").write_bytes(PNG)
    (folder / "eu.txt").write_text(f"{ALTERNATIVE}\n", encoding="utf-8")


def read(cast: Cast, **fields: Any) -> Any:
    report = make_report(cast.program, **{"with_publicity": True, "publicity": TEXT, **fields})
    return read_report(
        cast.program, audience=Audience.PUBLIC, today=date(2024, 7, 1), report=report
    )


@pytest.mark.usefixtures("logo")
def test_text_and_logo_stand_in_every_form(cast: Cast, reader_client: Client) -> None:
    report = read(cast)

    page = reader_client.get("/programy/nas/zprava/").content.decode()
    printed = pdf.render(report)
    word = docx.Document(BytesIO(docx_renderer.render(report)))

    assert f'alt="{ALTERNATIVE}"' in page
    assert TEXT in page.replace("\xa0", " ").replace("\u2060", "")
    assert TEXT in read_pdf.page_text(printed, 1)
    with read_pdf.open_pdf(printed) as document:
        assert len(document.pages[0].get_images()) == 1
    described = word.element.body.xpath(".//wp:docPr/@descr")
    assert ALTERNATIVE in described
    assert ALTERNATIVE in json_file.render(report).decode()


@pytest.mark.usefixtures("logo")
def test_switched_off_publicity_is_nowhere(cast: Cast, reader_client: Client) -> None:
    report = read(cast, with_publicity=False)

    page = reader_client.get("/programy/nas/zprava/").content.decode()

    assert (report.identification.publicity, report.identification.publicity_logos) == ("", ())
    assert "Evropsk" not in page
    assert "Evropsk" not in read_pdf.full_text(pdf.render(report))


def test_publicity_without_a_text_told_next_to_its_field(expert_client: Client) -> None:
    response = send(
        expert_client, "/programy/nas/zprava/vydani/nove/", with_publicity=True, publicity=""
    )

    assert response.status_code == 422
    assert list(errors_of(response)) == ["publicity"]


def test_no_folder_is_no_logo(settings: Any, tmp_path: Path) -> None:
    settings.PUBLICITY_DIR = tmp_path / "none"

    assert logos() == ()


@pytest.mark.parametrize(
    ("content", "alternative"),
    [
        (PNG, ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Logo"),
        (b"%PDF-1.7", "Logo"),
        (PNG + b"\0" * LARGEST_LOGO, "Logo"),
    ],
)
def test_wrong_logo_stops_with_its_name(folder: Path, content: bytes, alternative: str) -> None:
    (folder / "eu.png").write_bytes(content)
    (folder / "eu.txt").write_text(alternative, encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match=r"eu\.png"):
        logos()


def test_more_logos_than_fit_are_refused(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.png").write_bytes(PNG)

    with pytest.raises(ImproperlyConfigured, match="at most 4"):
        logos()


@pytest.mark.usefixtures("logo")
def test_pdf_takes_the_logo_and_no_other_data() -> None:
    fetcher = StaticFilesFetcher()
    [known] = logos()

    assert fetcher.fetch(known.address).read() == PNG
    with pytest.raises(ForbiddenAddress):
        fetcher.fetch(known.address + "AAAA")


def test_words_stand_for_a_logo_that_is_gone(cast: Cast, folder: Path) -> None:
    (folder / "eu.png").write_bytes(PNG)
    (folder / "eu.txt").write_text(ALTERNATIVE, encoding="utf-8")
    report = read(cast)
    (folder / "eu.png").unlink()

    assert ALTERNATIVE in read_pdf.page_text(pdf.render(report), 1)
