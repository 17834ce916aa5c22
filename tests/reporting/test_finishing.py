"""The last pass over the PDF: what an independent checker and the tree of tags say of it."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate
from weasyprint import HTML

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import pdf as renderer
from reporting.structure import Audience
from tests import pdf
from tests.builders import make_narrative, make_program, make_section
from tests.pages import furnish

pytestmark = pytest.mark.django_db

HOSTILE = "Slovo \u202eobráceně\u202c a\u0301 ﬁ soft\u00adhyphen nula\u200bšířka 🙂 שלום “ – … → −5"


def rendered(program: Program) -> bytes:
    report = read_report(program, audience=Audience.PUBLIC, today=date(2024, 7, 1))
    return renderer.render(report)


def whole_program() -> Program:
    program = make_program()
    furnish(program)
    return program


def hostile_program() -> Program:
    program = make_program()
    furnish(program)
    section = make_section("nepratelske", 950, "Nepřátelské texty")
    make_narrative(program, section, text=f"{HOSTILE}[^1]\n\n[^1]: Poznámka {HOSTILE}")
    further = make_section("seznamy", 960, "Seznamy v seznamech")
    make_narrative(
        program,
        further,
        text="4. *čtyři*  \nzlom\n   - **a**\n      - b\n         - c\n\n- d\n   1. e",
    )
    return program


@pytest.mark.parametrize("make", [make_program, whole_program, hostile_program])
def test_independent_checker_finds_nothing(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "zprava.pdf"
    path.write_bytes(rendered(make()))

    report = validate(str(path))

    assert [(one.rule_id, one.severity.name, one.message) for one in report.findings] == []


@pytest.mark.parametrize("make", [make_program, whole_program, hostile_program])
def test_defaults_and_parser_of_our_own_change_nothing_in_a_report(
    monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    program = make()
    ours = rendered(program)

    def as_weasyprint_reads(written: str) -> HTML:
        fetcher = renderer.StaticFilesFetcher()
        return HTML(string=written, base_url=renderer.BASE_URL, url_fetcher=fetcher)

    monkeypatch.setattr(renderer, "ReportHTML", as_weasyprint_reads)

    assert rendered(program) == ours


def elements(root: Any) -> Iterator[Any]:
    kids = root.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture
def document() -> Iterator[Any]:
    with pdf.open_pdf(rendered(hostile_program())) as opened:
        yield opened


def test_every_table_is_whole_and_every_head_says_what_it_heads(document: Any) -> None:
    tables = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Table"]

    for table in tables:
        parts = Counter(str(kid.S) for kid in table.K)
        heads = [one for one in elements(table) if one.S == "/TH"]
        assert parts["/Caption"] == 1
        assert heads
        assert all(one.A.Scope in ("/Column", "/Row") for one in heads)


def test_running_heads_and_page_numbers_are_artifacts(document: Any) -> None:
    for page in document.pages[1:]:
        content = page.Contents.read_bytes()
        assert content.count(b"/Artifact <</Type /Pagination>> BDC") >= 3


def test_every_mark_of_a_page_belongs_to_an_element_of_the_tree(document: Any) -> None:
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}

    for page in document.pages:
        own = parents[int(page.obj.StructParents)]
        marks = pdf.marks_of(page)
        assert marks == {number for number, parent in enumerate(own) if parent is not None}
        assert int(document.Root.StructTreeRoot.ParentTreeNextKey) > int(page.obj.StructParents)


def test_notes_are_notes_with_their_numbers(document: Any) -> None:
    notes = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Note"]

    assert notes
    assert len({str(note.ID) for note in notes}) == len(notes)
    assert all(note.K[0].S == "/Lbl" for note in notes)


def test_pictures_lie_on_the_page(document: Any) -> None:
    figures = [one for one in elements(document.Root.StructTreeRoot) if one.S == "/Figure"]

    assert figures
    for figure in figures:
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842
        assert str(figure.Alt).strip()


def test_links_say_in_words_where_they_lead(document: Any) -> None:
    said = {
        str(link.Dest): str(link.Contents)
        for page in document.pages
        for link in page.obj.get("/Annots", [])
        if "/Dest" in link
    }

    assert said["zdroj-1"] == "Zdroj 1: Strategický plán"
    assert said["cil-1.1"] == "Cíl 1.1"
    assert all(anchor != words for anchor, words in said.items())


def test_file_declares_both_standards(document: Any) -> None:
    metadata = document.Root.Metadata.read_bytes().decode()

    assert 'pdfaid:part="2" pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaProperty:name>part</pdfaProperty:name>" in metadata


RENDER = """
import sys, django
django.setup()
from hashlib import sha256
from reporting.formats import FORMS
from reporting.renderers import json_file
report = json_file.read(sys.stdin.buffer.read())
for form, made in FORMS.items():
    print(form, sha256(made.render(report)).hexdigest())
"""


def test_same_report_gives_the_same_bytes_in_another_process_locale_and_time_zone() -> None:
    """In every form, whatever order sets of texts happen to have."""
    from reporting.formats import FORMS
    from reporting.renderers import json_file

    report = read_report(hostile_program(), audience=Audience.PUBLIC, today=date(2024, 7, 1))
    sent = json_file.render(report)

    told = [
        subprocess.run(
            [sys.executable, "-c", RENDER],
            input=sent,
            capture_output=True,
            check=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "litvinov.settings", **settings},
        ).stdout.decode()
        for settings in (
            {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        )
    ]

    own = [f"{form} {sha256(made.render(report)).hexdigest()}\n" for form, made in FORMS.items()]
    assert told[0] == told[1] == "".join(own)
