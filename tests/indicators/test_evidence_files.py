"""What may be uploaded, how it is kept, and who gets it back."""

import hashlib
import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Visibility
from programs import evidence_files
from programs.file_types import (
    CSV,
    DOCX,
    JPEG,
    LONGEST_NAME,
    ODS,
    ODT,
    PDF,
    PNG,
    TEXT,
    XLSX,
    FileType,
    WrongFile,
    recognise,
    safe_name,
)
from programs.models import Evidence
from tests.builders import make_evidence
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, sent

ADD = "/programy/nas/podklady/doklady/novy/"
ARCHIVE = "/programy/nas/podklady/doklady/prilohy.zip"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


def package(**parts: str | bytes) -> bytes:
    """A ZIP; names of parts are written with "__" for a slash and "_D" for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        for name, part in parts.items():
            opened.writestr(name.replace("__", "/").replace("_D", "."), part)
    return content.getvalue()


def open_xml(main: str, **more: str | bytes) -> bytes:
    types = f'<Types><Override ContentType="application/{main}.main+xml"/></Types>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        opened.writestr("[Content_Types].xml", types)
        for name, part in more.items():
            opened.writestr(name.replace("__", "/").replace("_D", "."), part)
    return content.getvalue()


WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
PDF_CONTENT = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG_CONTENT = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(30)
JPEG_CONTENT = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
PROGRAM_CONTENT = b"MZ\x90\x00" + bytes(200)
HTML_CONTENT = b"<!DOCTYPE html><script>alert(1)</script>"
SVG_CONTENT = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("zápis.pdf", PDF_CONTENT, PDF),
        ("bez přípony", PDF_CONTENT, PDF),
        ("Zápis z 1.2.2024", PDF_CONTENT, PDF),
        ("mapa.PNG", PNG_CONTENT, PNG),
        ("foto.jpeg", JPEG_CONTENT, JPEG),
        ("zápis.docx", open_xml(WORD), DOCX),
        ("tabulka.xlsx", open_xml(SHEET), XLSX),
        ("zápis.odt", package(mimetype=OPEN_TEXT), ODT),
        ("tab.ods", package(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ODS),
        ("poznámky.txt", "Příliš žluťoučký kůň\r\n".encode(), TEXT),
        ("data.csv", "obec;počet\nLitvínov;5\n".encode("utf-8-sig"), CSV),
        ("MZ.txt", b"MZ je zkratka, a ne program.", TEXT),
    ],
)
def test_kind_told_from_content(name: str, content: bytes, kind: FileType) -> None:
    assert recognise(io.BytesIO(content), name) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("prázdný.pdf", b"", "empty"),
        ("faktura.pdf", PROGRAM_CONTENT, "forbidden"),
        ("faktura.pdf.exe", PDF_CONTENT, "mismatch"),
        ("obrázek.png", JPEG_CONTENT, "mismatch"),
        ("zápis.pdf", open_xml(WORD), "mismatch"),
        ("stránka.html", b"jen text", "mismatch"),
        ("stránka.txt", HTML_CONTENT, "forbidden"),
        ("stránka.txt", b"\xef\xbb\xbf \n" + HTML_CONTENT, "forbidden"),
        ("obrázek.svg", SVG_CONTENT, "forbidden"),
        ("obrázek.txt", b'<?xml version="1.0"?>' + SVG_CONTENT, "forbidden"),
        ("skript.txt", b"#!/bin/sh\nrm -rf /", "forbidden"),
        ("binární.txt", b"text\x00text", "forbidden"),
        ("binární.txt", b"x" * 5000 + b"\x00", "forbidden"),
        ("starý.txt", "Příliš žluťoučký".encode("cp1250"), "encoding"),
        ("široký.csv", "obec".encode("utf-16"), "forbidden"),
        ("archiv.zip", package(a_Dtxt="a"), "forbidden"),
        ("prezentace.pptx", open_xml("vnd.openxmlformats-officedocument.p"), "forbidden"),
        ("makra.docx", open_xml(WORD, word__vbaProject_Dbin="x"), "macros"),
        ("makra.docm", open_xml(f"{WORD}.macroEnabled"), "macros"),
        ("makra.odt", package(mimetype=OPEN_TEXT, Basic__script_Dxml="x"), "macros"),
        ("useknutý.docx", open_xml(WORD)[:-30], "forbidden"),
        ("polyglot.docx", b"\x7fELF" + open_xml(WORD), "forbidden"),
        ("polyglot.odt", b"<html>" + package(mimetype=OPEN_TEXT), "forbidden"),
        ("jen hlavička.docx", b"PK\x03\x04", "forbidden"),
        ("starý.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "forbidden"),
    ],
)
def test_file_that_may_not_be_attached(name: str, content: bytes, code: str) -> None:
    with pytest.raises(WrongFile) as refused:
        recognise(io.BytesIO(content), name)

    assert refused.value.code == code


def test_package_that_would_grow_is_not_unpacked() -> None:
    """A part is read up to a limit, however much it would be unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("[Content_Types].xml", b" " * 50_000_000)

    with pytest.raises(WrongFile):
        recognise(content, "bomba.docx")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Windows\\zápis.PDF", "zápis.pdf"),
        ("fak\u202etura\u200b.pdf", "faktura.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie- x.pdf"),
        ('"><script>.pdf', "---script-.pdf"),
        (".htaccess", "priloha.pdf"),
        ("...", "priloha.pdf"),
        ("", "priloha.pdf"),
        ("CON.pdf", "priloha CON.pdf"),
        ("zápis.exe", "zápis.pdf"),
        ("e\u0301tuda.pdf", "étuda.pdf"),
        ("smlouva č. 5.2024", "smlouva č. 5.2024.pdf"),
    ],
)
def test_name_made_safe(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe


def test_long_name_cut_before_its_extension() -> None:
    name = safe_name("ž" * 400 + ".docx", "docx")

    assert len(name) == LONGEST_NAME
    assert name.endswith("ž.docx")
    assert len(name.encode()) < 255


def upload(
    client: Client, content: bytes, name: str = "zápis.pdf", address: str = ADD, **changes: Any
) -> Any:
    """Fill in the form at an address, choose a file and send it."""
    form = form_of(client, address)
    data = sent(form, **{"title": "Zápis z jednání", **changes})
    return client.post(address, {**data, "file": SimpleUploadedFile(name, content)})


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def waiting(folder: Path) -> list[Path]:
    return list((folder / "pending").iterdir())


def at(noun: str, evidence: Evidence) -> str:
    return reverse(f"indicators:evidence_{noun}", args=["nas", evidence.pk])


def download(client: Client, address: str) -> tuple[int, bytes]:
    """The status and the content, read to the end as a browser does."""
    response: Any = client.get(address)
    content = response.streaming_content if response.streaming else [response.content]
    return response.status_code, b"".join(content)


def test_file_kept_under_a_name_of_ours_and_given_back(
    cast: Cast,
    expert_client: Client,
    reader_client: Client,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(expert_client, PDF_CONTENT, "../Zápis „A“.pdf")

    kept = Evidence.objects.get()
    assert (kept.file_name, kept.content_type) == ("Zápis „A“.pdf", "application/pdf")
    assert kept.size == len(PDF_CONTENT)
    assert kept.sha256 == hashlib.sha256(PDF_CONTENT).hexdigest()
    assert files(folder) == [kept.stored_as]
    assert "pdf" not in kept.stored_as
    assert waiting(folder) == []
    answer = reader_client.get(at("file", kept))
    assert b"".join(answer.streaming_content) == PDF_CONTENT  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Z%C3%A1pis%20%E2%80%9EA%E2%80%9C.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_files_are_readable_by_the_application_only(
    cast: Cast, expert_client: Client, folder: Path
) -> None:
    upload(expert_client, PDF_CONTENT)

    [name] = files(folder)
    assert (folder / name).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("prázdný.pdf", b"", "Soubor je prázdný."),
        (
            "faktura.pdf",
            PROGRAM_CONTENT,
            "Soubor tohoto druhu přiložit nelze. Přiložit lze PDF, DOCX, XLSX, ODT, ODS, prostý "
            "text (TXT, CSV), PNG a JPEG.",
        ),
        (
            "obrázek.png",
            JPEG_CONTENT,
            "Název souboru končí na .png, obsahem je to ale .jpg. Uložte ho znovu ve správném "
            "formátu.",
        ),
    ],
)
def test_wrong_file_told_at_its_field_and_nothing_kept(
    cast: Cast, expert_client: Client, folder: Path, name: str, content: bytes, message: str
) -> None:
    response = upload(expert_client, content, name, description="Pečlivě napsaný popis.")

    assert response.status_code == 422
    assert errors_of(response) == {"file": [message]}
    assert "Pečlivě napsaný popis." in response.content.decode()
    assert not Evidence.objects.exists()
    assert (files(folder), waiting(folder)) == ([], [])


def test_file_too_large_refused_with_what_was_typed(
    cast: Cast, expert_client: Client, folder: Path, settings: Any
) -> None:
    settings.EVIDENCE_MAX_MB = 1

    response = upload(
        expert_client, PDF_CONTENT + bytes(1024 * 1024), description="Pečlivě napsaný popis."
    )

    assert errors_of(response) == {"file": ["Soubor je příliš velký, může mít nejvýše 1 MB."]}
    assert "Pečlivě napsaný popis." in response.content.decode()
    assert not folder.exists()


def test_file_of_the_largest_size_taken(cast: Cast, expert_client: Client, settings: Any) -> None:
    settings.EVIDENCE_MAX_MB = 1
    content = PDF_CONTENT + bytes(1024 * 1024 - len(PDF_CONTENT))

    upload(expert_client, content)

    assert Evidence.objects.get().size == 1024 * 1024


def test_huge_request_refused_before_it_is_read(
    cast: Cast, expert_client: Client, settings: Any
) -> None:
    settings.EVIDENCE_MAX_MB = 1

    response = expert_client.post(ADD, CONTENT_LENGTH=str(100 * 1024 * 1024))

    assert response.status_code == 413
    assert "Soubor může mít nejvýše 1 MB." in response.content.decode()


def test_chosen_file_not_lost_when_something_else_is_wrong(
    cast: Cast, expert_client: Client, folder: Path
) -> None:
    refused = upload(expert_client, PDF_CONTENT, title="")
    form = refused.context["form"]
    page = refused.content.decode()

    expert_client.post(ADD, sent(form, title="Zápis", aside=form.data["aside"]))

    assert refused.status_code == 422
    assert errors_of(refused) == {"title": ["Pojmenujte doklad."]}
    assert "Vybraný soubor" in page
    assert "zápis.pdf" in page
    saved = Evidence.objects.get()
    assert (saved.title, saved.file_name) == ("Zápis", "zápis.pdf")
    with evidence_files.open_kept(saved.stored_as) as content:
        assert content.read() == PDF_CONTENT


def test_chosen_file_exchanged_for_another(cast: Cast, expert_client: Client) -> None:
    form = upload(expert_client, PDF_CONTENT, title="").context["form"]
    data = sent(form, title="Mapa", aside=form.data["aside"])

    expert_client.post(ADD, {**data, "file": SimpleUploadedFile("mapa.png", PNG_CONTENT)})

    assert Evidence.objects.get().file_name == "mapa.png"


def test_wrong_file_leaves_the_chosen_one(cast: Cast, expert_client: Client) -> None:
    form = upload(expert_client, PDF_CONTENT, title="").context["form"]
    data = sent(form, title="Mapa", aside=form.data["aside"])

    refused = expert_client.post(
        ADD, {**data, "file": SimpleUploadedFile("virus.exe", PROGRAM_CONTENT)}
    )

    assert refused.status_code == 422
    assert list(errors_of(refused)) == ["file"]
    assert "zápis.pdf" in refused.content.decode()


def test_chosen_file_survives_a_closed_tab(cast: Cast, expert_client: Client) -> None:
    form = upload(expert_client, PDF_CONTENT, title="").context["form"]
    key = expert_client.get(ADD).context["form_key"]
    typed = sent(form, title="Rozepsaný", aside=form.data["aside"])
    expert_client.post(reverse("draft_save"), {**typed, "form_key": key, "form_address": ADD})

    offered = expert_client.get(ADD).context["drafts"]
    page = expert_client.get(f"{ADD}?koncept={offered[0].pk}")

    assert "zápis.pdf" in page.content.decode()
    expert_client.post(ADD, sent(page.context["form"]))
    assert Evidence.objects.get().file_name == "zápis.pdf"


def ticket_of(client: Client) -> str:
    ticket: str = upload(client, PDF_CONTENT, title="").context["form"].data["aside"]
    return ticket


def test_ticket_of_somebody_else_is_worth_nothing(cast: Cast, expert_client: Client) -> None:
    ticket = ticket_of(client_of(cast.consultant))

    response = expert_client.post(ADD, sent(form_of(expert_client, ADD), title="A", aside=ticket))

    assert errors_of(response) == {"file": ["Soubor už tu není uložen. Vyberte ho prosím znovu."]}
    assert "zápis.pdf" not in response.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("forged", ["x", "../../etc/passwd", '["1","secret-key"]:abc', "a:b:c"])
def test_forged_ticket_is_worth_nothing(cast: Cast, expert_client: Client, forged: str) -> None:
    genuine = ticket_of(expert_client)
    for ticket in (forged, genuine[:-1] + "_", forged + genuine):
        response = expert_client.post(
            ADD, sent(form_of(expert_client, ADD), title="A", aside=ticket)
        )

        assert list(errors_of(response)) == ["file"]
    assert not Evidence.objects.exists()


def test_file_nobody_came_for_goes_after_a_day(
    cast: Cast, expert_client: Client, folder: Path
) -> None:
    ticket = ticket_of(expert_client)
    [old] = waiting(folder)
    yesterday = time.time() - evidence_files.KEPT_ASIDE - 60
    os.utime(old, (yesterday, yesterday))

    upload(expert_client, PNG_CONTENT, "mapa.png")

    response = expert_client.post(ADD, sent(form_of(expert_client, ADD), title="A", aside=ticket))
    assert not old.exists()
    assert errors_of(response) == {"file": ["Soubor už tu není uložen. Vyberte ho prosím znovu."]}


def test_form_sent_twice_makes_one_piece(cast: Cast, expert_client: Client, folder: Path) -> None:
    shown = expert_client.get(ADD)
    data = {**sent(shown.context["form"], title="Zápis"), "form_key": shown.context["form_key"]}

    answers = [
        expert_client.post(ADD, {**data, "file": SimpleUploadedFile("z.pdf", PDF_CONTENT)})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Evidence.objects.count() == len(files(folder)) == 1


def test_nothing_kept_on_the_disk_when_saving_fails(
    cast: Cast, expert_client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("The database went away.")

    monkeypatch.setattr("indicators.actions.evidence.actions.attach_evidence", fail)

    with pytest.raises(RuntimeError):
        upload(expert_client, PDF_CONTENT)

    assert not Evidence.objects.exists()
    assert files(folder) == []
    assert len(waiting(folder)) == 1


def test_replaced_file_comes_back_from_history(cast: Cast, expert_client: Client) -> None:
    upload(expert_client, PDF_CONTENT)
    evidence = Evidence.objects.get()
    first = evidence.stored_as

    upload(expert_client, PNG_CONTENT, "mapa.png", at("edit", evidence), title="Mapa")
    evidence.refresh_from_db()
    replaced = (evidence.file_name, evidence.content_type)
    row = Evidence.history.filter(version=1).get().history_id
    expert_client.post(reverse("programs:version_restore", args=["nas", "evidence", row]))

    evidence.refresh_from_db()
    assert replaced == ("mapa.png", "image/png")
    assert (evidence.stored_as, evidence.file_name) == (first, "zápis.pdf")
    assert download(expert_client, at("file", evidence)) == (200, PDF_CONTENT)


def test_deleted_file_comes_back(cast: Cast, expert_client: Client) -> None:
    upload(expert_client, PDF_CONTENT)
    evidence = Evidence.objects.get()

    expert_client.post(at("delete", evidence))
    gone = expert_client.get(at("file", evidence)).status_code
    row = Evidence.history.filter(history_type="-").get().history_id
    expert_client.post(reverse("programs:record_undelete", args=["nas", "evidence", row]))

    assert gone == 404
    assert download(expert_client, at("file", evidence)) == (200, PDF_CONTENT)


def test_file_missing_on_the_disk_said_honestly(cast: Cast, expert_client: Client) -> None:
    evidence = make_evidence(
        cast.program, stored_as="f" * 32, file_name="zápis.pdf", size=10, url=""
    )

    response = expert_client.get(at("file", evidence))

    assert response.status_code == 404
    assert "zná soubor zápis.pdf, ale na serveru není" in response.content.decode()


def test_file_of_the_team_refused_to_others(
    cast: Cast, expert_client: Client, town_client: Client, stranger_client: Client
) -> None:
    upload(expert_client, PDF_CONTENT, visibility=Visibility.TEAM)
    evidence = Evidence.objects.get()

    answers = {
        name: download(client, at("file", evidence))[0]
        for name, client in (
            ("town", town_client),
            ("reader", client_of(cast.reader)),
            ("stranger", stranger_client),
            ("nobody", Client()),
            ("methodologist", client_of(cast.methodologist)),
        )
    }

    assert answers == {
        "town": 404,
        "reader": 404,
        "stranger": 404,
        "nobody": 302,
        "methodologist": 200,
    }


def test_file_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_evidence(
        cast.strange_program, stored_as="f" * 32, file_name="z.pdf", size=10, url=""
    )

    assert expert_client.get(at("file", foreign)).status_code == 404


def test_link_has_no_file(cast: Cast, expert_client: Client) -> None:
    assert expert_client.get(at("file", make_evidence(cast.program))).status_code == 404


def archive(client: Client) -> zipfile.ZipFile:
    response: Any = client.get(ARCHIVE)
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_archive_has_all_one_may_read(
    cast: Cast, expert_client: Client, town_client: Client
) -> None:
    upload(expert_client, PDF_CONTENT, title="Zápis: rada/město")
    upload(expert_client, PNG_CONTENT, "tajné.png", title="Utajená", visibility="team")
    make_evidence(cast.program, 3, title="Web města", url="https://www.example.cz/a")
    lost = {"stored_as": "f" * 32, "file_name": "z.pdf", "size": 10, "url": ""}
    make_evidence(cast.program, 4, title="Ztracená", **lost)

    everything, for_town = archive(expert_client), archive(town_client)

    assert everything.namelist() == [
        "01 Zápis- rada-město.pdf",
        "02 Utajená.png",
        "seznam-priloh.txt",
    ]
    assert for_town.namelist() == ["01 Zápis- rada-město.pdf", "seznam-priloh.txt"]
    assert for_town.read("01 Zápis- rada-město.pdf") == PDF_CONTENT
    told = for_town.read("seznam-priloh.txt").decode("utf-8-sig")
    saved = Evidence.objects.get(position=1)
    assert "Příloha 1: Zápis: rada/město" in told
    assert f"SHA-256: {saved.sha256}" in told
    assert "Odkaz: https://www.example.cz/a" in told
    assert "Soubor: na serveru chybí" in told
    assert "Utajená" not in told
    assert "Příloha 2" not in told


def test_archive_of_the_same_is_the_same(cast: Cast, expert_client: Client) -> None:
    upload(expert_client, PDF_CONTENT)

    contents = [download(expert_client, ARCHIVE)[1] for _ in range(2)]

    assert contents[0] == contents[1]
