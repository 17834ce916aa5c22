"""What PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) ask for, read in the finished file."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pdfua import validate
from pikepdf import Array, Dictionary, Name, Stream

from reporting.chapters import chapters_of
from tests.pdf_marks import Node, unicode_map
from tests.reporting.conftest import Printed

pytestmark = pytest.mark.django_db

TYPES = {
    *("Root", "Document", "Art", "Sect", "Div", "NonStruct", "P", "H1", "H2", "H3", "H4"),
    *("Span", "Link", "Reference", "Note", "Figure", "Caption", "TOC", "TOCI"),
    *("L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD"),
}
# What may stand in what (ISO 32000-1, 14.8.4); kinds that are not named hold anything.
PARTS = {
    "Table": {"Caption", "THead", "TBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Lbl", "Reference", "NonStruct"},
}
WHOLE = {"TR": {"THead", "TBody"}, "LI": {"L"}, "LBody": {"LI"}, "TD": {"TR"}, "TH": {"TR"}}


def test_independent_checker_finds_nothing(printed: Printed, tmp_path: Path) -> None:
    path = tmp_path / "zprava.pdf"
    path.write_bytes(printed.content)

    report = validate(str(path))

    assert [(one.rule_id, one.severity.name, one.message) for one in report.findings] == []


def test_every_element_stands_where_its_kind_may(printed: Printed) -> None:
    for node in printed.tagged.root.all():
        kinds = [part.kind for part in node.parts()]
        assert node.kind in TYPES
        if node.kind in PARTS:
            assert set(kinds) <= PARTS[node.kind], node.kind
        if node.kind in WHOLE:
            assert node.parent is not None
            assert node.parent.kind in WHOLE[node.kind]
        if node.kind == "LI":
            assert kinds in (["LBody"], ["Lbl", "LBody"])
    assert "/RoleMap" not in printed.tagged.file.Root.StructTreeRoot


def test_tables_are_regular(printed: Printed) -> None:
    for table in printed.tagged.nodes("Table"):
        assert [part.kind for part in table.parts()] == ["Caption", "THead", "TBody"]
        rows = [node for node in table.all() if node.kind == "TR"]
        assert len({len(row.parts()) for row in rows}) == 1
        heads = [node for node in table.all() if node.kind == "TH"]
        assert all(str(head.element.A.Scope) in ("/Column", "/Row") for head in heads)
        cells = sum(len(row.parts()) for row in rows)
        assert len(heads) * 2 <= cells or len(rows) == 1


def test_headings_leave_no_level_out(printed: Printed) -> None:
    levels = [
        int(node.kind[1]) for node in printed.tagged.root.all() if re.fullmatch(r"H\d", node.kind)
    ]

    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, level in zip(levels, levels[1:], strict=False):
        assert level <= before + 1


def test_all_content_is_read_or_is_decoration(printed: Printed) -> None:
    """Nothing is outside of marks, and each mark is in the tree once and known to its page."""
    tagged = printed.tagged
    root = tagged.file.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    seen: Counter[int] = Counter(id(mark) for mark in tagged.root.marks())

    assert set(seen.values()) == {1}
    for page in tagged.pages:
        assert page.unmarked == []
        for number, mark in page.marks.items():
            assert id(mark) in seen
            assert number < len(parents[int(page.page.StructParents)])
    assert int(root.ParentTreeNextKey) > max(parents)


def test_figures_and_notes_say_what_they_are(printed: Printed) -> None:
    for figure in printed.tagged.nodes("Figure"):
        assert str(figure.element.Alt).strip()
        left, bottom, right, top = (float(value) for value in figure.element.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842
    notes = printed.tagged.nodes("Note")
    assert len({str(note.element.ID) for note in notes}) == len(notes)
    assert len(printed.tagged.nodes("Reference")) >= len(notes)
    for note in notes:
        assert note.parts()[0].kind == "Lbl"
        before = _before(note)
        assert before.kind == "Reference"
        assert before.text() == note.parts()[0].text().strip(" .")


def _before(node: Node) -> Node:
    assert node.parent is not None
    parts = node.parent.parts()
    return parts[parts.index(node) - 1]


def test_links_are_tagged_and_say_where_they_lead(printed: Printed) -> None:
    file = printed.tagged.file
    referred = {
        kid.Obj.objgen
        for node in printed.tagged.nodes("Link")
        for kid in _kids(node.element)
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    }
    for page in file.pages:
        links = list(page.obj.get("/Annots", []))
        assert page.obj.Tabs == Name.S
        for link in links:
            assert link.Subtype == Name.Link
            assert link.objgen in referred
            assert str(link.Contents).strip()
            assert int(link.F) == 4
            assert "/StructParent" in link
            assert "/Dest" in link or re.match(r"https?:|mailto:", str(link.A.URI))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, Array) else [kids]


def test_catalogue_of_the_file(printed: Printed) -> None:
    file = printed.tagged.file
    root = file.Root
    program = printed.report.identification

    assert str(root.Lang) == "cs"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
    assert int(root.OutputIntents[0].DestOutputProfile.N) == 3
    assert not {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Perms"} & set(root.keys())
    assert set(root.get("/Names", {}).keys()) <= {"/Dests"}
    assert "/Encrypt" not in file.trailer
    assert len(file.trailer.ID) == 2
    assert program.title.split()[0] in str(file.docinfo.Title)


def test_metadata_are_in_step_and_name_no_person(printed: Printed) -> None:
    file = printed.tagged.file
    text = file.Root.Metadata.read_bytes()
    xmp = etree.fromstring(text[text.index(b"<x:xmpmeta") : text.index(b"<?xpacket end")])
    spaces = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    }

    def said(name: str) -> str:
        return "".join(xmp.xpath(f"//dc:{name}//rdf:li/text()", namespaces=spaces))

    info = file.docinfo
    assert set(info.keys()) <= {"/Title", "/Author", "/Subject", "/Producer"}
    assert said("title") == str(info.Title)
    assert said("creator") == str(info.get("/Author", ""))
    assert said("description") == str(info.Subject)
    assert said("creator") in (printed.report.identification.provider, "")
    assert xmp.xpath("string(//@pdfaid:part)", namespaces=spaces) == "2"
    assert xmp.xpath("string(//@pdfaid:conformance)", namespaces=spaces) == "A"
    assert xmp.xpath("string(//pdfuaid:part)", namespaces=spaces) == "1"
    assert "/Filter" not in file.Root.Metadata


def test_bookmarks_are_the_chapters(printed: Printed) -> None:
    found = [str(item.title) for item in _outline(printed.tagged.file)]
    titles = [re.sub(r"\s+", " ", one.title) for one in chapters_of(printed.report)]

    plain = [re.sub(r"[\s\u2060]+", " ", title) for title in found]
    for number, title in enumerate(titles, 1):
        if title.isascii() or len(title) < 90:
            assert any(str(number) in one for one in plain)
    assert len(found) >= len(titles)


def _outline(file: pikepdf.Pdf) -> Iterator[Any]:
    with file.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            yield item
            waiting = [*item.children, *waiting]


def test_fonts_are_embedded_with_right_widths_and_complete_maps(printed: Printed) -> None:
    fonts = {
        font.objgen: font
        for page in printed.tagged.file.pages
        for font in page.obj.Resources.Font.values()
    }

    names = Counter(str(font.BaseFont).split("+")[1].rstrip(",") for font in fonts.values())
    assert set(names.values()) == {1}
    for font in fonts.values():
        inner = font.DescendantFonts[0]
        assert re.match(r"/[A-Z]{6}\+Source-S", str(font.BaseFont))
        assert font.Encoding == Name("/Identity-H")
        assert inner.CIDToGIDMap == Name.Identity
        assert str(inner.BaseFont) == str(font.BaseFont) == str(inner.FontDescriptor.FontName)
        program = TTFont(BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
        scale = 1000 / program["head"].unitsPerEm
        order, metrics = program.getGlyphOrder(), program["hmtx"].metrics
        widths = dict(_widths(inner.W))
        meanings = unicode_map(font)
        assert 0 not in meanings
        for code, meaning in meanings.items():
            assert meaning
            assert "\ufeff" not in meaning
            assert "\0" not in meaning
            assert abs(widths[code] - metrics[order[code]][0] * scale) <= 1


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    items = iter(array)
    for first in items:
        for place, width in enumerate(next(items)):
            yield int(first) + place, float(width)


def test_nothing_runs_is_attached_or_is_fetched(printed: Printed) -> None:
    forbidden = {
        *("/JavaScript", "/JS", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/RichMedia", "/Movie", "/Sound"),
        *("/XFA", "/AF", "/FFilter", "/FDecodeParms"),
    }
    wanted = {"http", "https", "mailto"}
    for thing in printed.tagged.file.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        keys = set(thing.keys())
        assert not keys & forbidden
        for key in ("/S", "/Type", "/Subtype"):
            assert str(thing.get(key, "")) not in forbidden
        if "/URI" in keys:
            assert str(thing.URI).split(":")[0] in wanted
