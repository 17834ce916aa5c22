"""The report in Word: reopened, its parts read as they are in the file."""

import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from docx import Document
from PIL import Image

from indicators.models import Moment
from programs.models import Program
from reporting.chapters import chapters_of
from reporting.reading import read_report
from reporting.renderers import docx as renderer
from reporting.renderers import html
from reporting.renderers.docx.fields import Bookmarks
from reporting.structure import Audience, ProgramReport
from tests import docx
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_consultation,
    make_criterion,
    make_goal,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_step,
)
from tests.docx import W, val

pytestmark = pytest.mark.django_db

# The order of children in the schema of the format; Word repairs a file that has another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens bidi snapToGrid spacing"
    " ind contextualSpacing jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish webHidden color spacing"
    " w kern position sz szCs highlight u effect bdr shd vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right between bar",
    "numPr": "ilvl numId",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "numbering": "numPicBullet abstractNum num",
    "settings": "zoom proofState defaultTabStop characterSpacingControl savePreviewPicture"
    " updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr themeFontLang"
    " clrSchemeMapping doNotAutoCompressPictures shapeDefaults decimalSymbol listSeparator docId"
    " defaultImageDpi",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
}
HOSTILE = (
    "Řídicí \x0bznak\x1b a \ufffe, konec ]]> <b>&amp;</b>, \U0001f600, עברית, ne\u200bviditelná, "
    "\u202eobrácená, "
) + "neobhospodařovávatelnějšími" * 3


def read(program: Program, audience: Audience = Audience.PARTNERS) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


def render(program: Program) -> bytes:
    return renderer.render(read(program))


def body_of(content: bytes) -> Any:
    return docx.part(content, "word/document.xml").find(f"{W}body")


@pytest.fixture(scope="module")
def litvinov(django_db_setup: None, django_db_blocker: Any) -> tuple[ProgramReport, bytes]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        report = read(Program.objects.get(slug="litvinov-janov"))
        content = renderer.render(report)
        transaction.set_rollback(True)
    return report, content


@pytest.fixture
def furnished() -> Program:
    """Everything that has its own shape in Word: lists, notes, links, long rows, charts."""
    program = make_program(title="Bydlení", provider="Agentura")
    make_goal(program, "1.1", short_title="Byty")
    make_source(program, 1, name="Zpráva", url="https://example.cz/a b?c=[1]")
    section = make_section("annotation", 5)
    text = (
        "Úvod **tučně** a [odkaz](https://example.cz/x).\n\n- první\n\n  dál v první\n- druhá\n"
        "  - vnořená\n\n3. třetí\n4. čtvrtá\n\nKonec[^1], viz cíl 1.1 a cíl 9.9.\n\n"
        "[^1]: Poznámka pod čarou."
    )
    make_narrative(program, section, text=text)
    adopted = adopt(program, make_criterion("1.1", 2))
    first, second = adopted.criterion.indicators.all()
    assess(adopted, first, Moment.BASELINE, expert=1, statement="V buňce[^1].\n\n[^1]: Z buňky.")
    assess(adopted, first, Moment.FINAL, expert=3, statement="- odrážka\n- v buňce")
    assess(adopted, second, Moment.FINAL, expert=2, statement="Dlouhý řádek tabulky. " * 600)
    phase = make_phase(program, 1, expert_comment="Komentář.\n\n- bod komentáře")
    make_activity(phase, 1)
    make_consultation(program, outcome="Dohoda.")
    make_recommendation(program, 1, text="Pokračovat.")
    make_step(program, 1)
    return program


def test_word_tells_what_the_html_tells_in_the_same_order(
    litvinov: tuple[ProgramReport, bytes], furnished: Program
) -> None:
    for report in (litvinov[0], read(furnished), read(make_program())):
        assert docx.told(renderer.render(report)) == docx.told_by_html(html.render(report))


def test_chapters_are_headings_and_no_level_is_left_out(
    litvinov: tuple[ProgramReport, bytes],
) -> None:
    report, content = litvinov
    paragraphs = Document(BytesIO(content)).paragraphs
    styled = [(str(one.style.name if one.style else ""), one) for one in paragraphs]
    headings = [
        (int(name.removeprefix("Heading ")), paragraph.text.replace("\u00a0", " "))
        for name, paragraph in styled
        if name.startswith("Heading ")
    ]

    assert [text for level, text in headings if level == 1] == [
        f"{chapter.number} {chapter.title}" for chapter in chapters_of(report)
    ]
    levels = [level for level, _text in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {1, 2, 3} == set(levels)
    assert [name for name, _paragraph in styled].count("Title") == 1


def test_every_style_in_use_is_a_named_one(litvinov: tuple[ProgramReport, bytes]) -> None:
    found = docx.parts(litvinov[1])
    known = {val(style, "styleId") for style in found["word/styles.xml"].iter(f"{W}style")}
    used = {
        val(mark)
        for name, root in found.items()
        if name.startswith("word/")
        for mark in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }

    assert used <= known
    assert {"Heading1", "Heading2", "Caption", "ListBullet", "FootnoteText"} <= used
    body = body_of(litvinov[1])
    assert {val(mark) for mark in body.iter(f"{W}tblStyle")} == {"ReportTable"}
    assert not list(body.iter(f"{W}rFonts", f"{W}sz", f"{W}color"))


def test_no_empty_paragraph_keeps_a_distance(litvinov: tuple[ProgramReport, bytes]) -> None:
    body = body_of(litvinov[1])

    empty = [
        one
        for one in body.iter(f"{W}p")
        if not docx.text_of(one).strip()
        and not list(one.iter(f"{W}drawing"))
        and one.getparent().tag != f"{W}tc"
    ]
    # Word asks for a paragraph after the last table.
    assert empty in ([], [body[-2]])


def test_captions_are_numbered_by_fields_in_order(furnished: Program) -> None:
    numbers: dict[str, list[str]] = {"Tabulka": [], "Graf": []}
    for paragraph in body_of(render(furnished)).iter(f"{W}p"):
        codes = [code.text.split() for code in paragraph.iter(f"{W}instrText")]
        for code in codes:
            if code[0] == "SEQ":
                assert docx.style_of(paragraph) == "Caption"
                text = docx.text_of(paragraph).replace("\u00a0", " ")
                assert text.startswith(f"{code[1]} ")
                numbers[code[1]].append(text.split()[1])

    assert numbers["Tabulka"] == [str(n + 1) for n in range(len(numbers["Tabulka"]))]
    assert numbers["Graf"] == ["1", "2"]
    assert len(numbers["Tabulka"]) > 5


def test_tables_repeat_their_head_and_say_what_they_are(
    litvinov: tuple[ProgramReport, bytes],
) -> None:
    tables = list(body_of(litvinov[1]).iter(f"{W}tbl"))

    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert val(table.find(f"{W}tblPr/{W}tblLook"), "firstRow") == "1"
        assert val(table.find(f"{W}tblPr/{W}tblCaption"))
        widths = [int(val(column, "w")) for column in table.iter(f"{W}gridCol")]
        assert int(val(table.find(f"{W}tblPr/{W}tblW"), "w")) == pytest.approx(sum(widths), abs=9)
        assert sum(widths) <= 9645


def test_a_row_longer_than_a_page_may_be_divided(furnished: Program) -> None:
    rows = list(body_of(render(furnished)).iter(f"{W}tr"))
    long_rows = [row for row in rows if len(docx.text_of(row)) > 5000]

    assert len(long_rows) == 1
    assert long_rows[0].find(f"{W}trPr/{W}cantSplit") is None
    short = [row for row in rows if len(docx.text_of(row)) < 300]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in short)


def test_contents_are_a_field_over_the_chapters(litvinov: tuple[ProgramReport, bytes]) -> None:
    report, content = litvinov
    frame = body_of(content).find(f"{W}sdt")
    codes = [code.text.strip() for code in frame.iter(f"{W}instrText")]
    lines = [one for one in frame.iter(f"{W}p") if docx.style_of(one) == "TOC1"]

    assert val(frame.find(f".//{W}docPartGallery")) == "Table of Contents"
    assert codes[0] == r'TOC \o "1-1" \h \z \u'
    assert len(lines) == len(chapters_of(report))
    assert len([code for code in codes if code.startswith("PAGEREF ")]) == len(lines)
    marks = Counter(val(one, "fldCharType") for one in frame.iter(f"{W}fldChar"))
    assert len(set(marks.values())) == 1
    settings = docx.part(content, "word/settings.xml")
    assert val(settings.find(f"{W}updateFields")) == "true"


def test_file_speaks_czech_and_names_no_person(litvinov: tuple[ProgramReport, bytes]) -> None:
    report, content = litvinov
    properties = Document(BytesIO(content)).core_properties
    languages = docx.part(content, "word/styles.xml").find(
        f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"
    )

    assert val(languages) == "cs-CZ"
    assert properties.language == "cs-CZ"
    assert properties.title == f"{report.identification.title} – závěrečná evaluační zpráva" + (
        " poradenského programu"
    )
    assert properties.author == report.identification.provider
    assert properties.last_modified_by == properties.comments == ""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert b"python-docx" not in everything
    assert b"@example.cz" not in everything


def test_notes_are_real_and_stand_where_they_are_called(furnished: Program) -> None:
    found = docx.parts(render(furnished))
    notes = {
        val(one, "id"): docx.text_of(one).replace("\u00a0", " ")
        for one in found["word/footnotes.xml"]
    }
    calls = list(found["word/document.xml"].iter(f"{W}footnoteReference"))

    assert [val(call, "id") for call in calls] == ["1", "2"]
    assert notes["1"].strip() == "Poznámka pod čarou."
    assert notes["2"].strip() == "Z buňky."
    for call, before in zip(calls, ("Konec", "V\u00a0buňce"), strict=True):
        paragraph = next(call.iterancestors(f"{W}p"))
        runs = list(paragraph.iter(f"{W}r"))
        assert docx.text_of(runs[runs.index(call.getparent()) - 1]) == before
    assert next(calls[1].iterancestors(f"{W}tc")) is not None


def test_drawings_have_their_words_and_their_alternative(furnished: Program) -> None:
    content = render(furnished)
    described = [
        one
        for one in body_of(content).iter()
        if isinstance(one.tag, str) and one.tag.endswith("}docPr")
    ]

    assert len(described) == 2
    assert "Ukazatel 1.1 číslo 1." in described[0].get("descr") + described[1].get("descr")
    assert len({one.get("id") for one in described}) == 2
    with zipfile.ZipFile(BytesIO(content)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        chart = Image.open(BytesIO(package.read(pictures[0]))).convert("L")
    # Labels stand left of the levels; without fonts there would be nothing but white.
    labels = chart.crop((0, 0, chart.width // 3, chart.height))
    assert sum(labels.histogram()[:100]) > 100


def test_every_link_within_leads_to_a_place(furnished: Program) -> None:
    body = body_of(render(furnished))
    names = [val(mark, "name") for mark in body.iter(f"{W}bookmarkStart")]
    anchors = {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink") if one.get(f"{W}anchor")}
    pages = {code.text.split()[1] for code in body.iter(f"{W}instrText") if "PAGEREF" in code.text}

    assert anchors | pages <= set(names)
    assert "_cil_1_1" in anchors
    assert len({name.lower() for name in names}) == len(names)
    assert max(len(name) for name in names) <= 40
    identifiers = [val(mark, "id") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(identifiers)) == len(identifiers)


def test_names_of_places_never_meet() -> None:
    bookmarks = Bookmarks()
    anchors = ["cil-1.1.5", "cil-1-1-5", "CIL-1.1.5", "a" * 60, "a" * 61, "příloha-1", "😀"]

    names = [bookmarks.name(anchor) for anchor in anchors]

    assert len({name.lower() for name in names}) == len(anchors)
    assert max(map(len, names)) <= 40
    assert [bookmarks.name(anchor) for anchor in anchors] == names


def test_links_outside_are_addresses_word_can_read(furnished: Program) -> None:
    relations = docx.part(render(furnished), "word/_rels/document.xml.rels")
    targets = {one.get("Target") for one in relations if one.get("TargetMode") == "External"}

    assert "https://example.cz/x" in targets
    assert "https://example.cz/a%20b?c=%5B1%5D" in targets


def test_lists_are_lists_of_word(furnished: Program) -> None:
    content = render(furnished)
    found = {
        docx.text_of(one).replace("\u00a0", " ").strip(): one
        for one in body_of(content).iter(f"{W}p")
    }
    styles = {text: docx.style_of(one) for text, one in found.items()}

    assert styles["první"] == styles["druhá"] == "ListBullet"
    assert styles["dál v první"] == "ListContinue"
    assert styles["vnořená"] == "ListBullet2"
    assert styles["třetí"] == styles["čtvrtá"] == "ListNumber"
    assert styles["odrážka"] == "TableBullet"
    assert styles["bod komentáře"] == "CommentBullet"
    number = val(found["třetí"].find(f"{W}pPr/{W}numPr/{W}numId"))
    assert val(found["čtvrtá"].find(f"{W}pPr/{W}numPr/{W}numId")) == number
    numbering = docx.part(content, "word/numbering.xml")
    kept = next(one for one in numbering.iter(f"{W}num") if val(one, "numId") == number)
    assert val(kept.find(f"{W}lvlOverride/{W}startOverride")) == "3"


def test_children_stand_in_the_order_of_the_schema(
    litvinov: tuple[ProgramReport, bytes], furnished: Program
) -> None:
    orders = {name: order.split() for name, order in ORDER.items()}
    for content in (litvinov[1], render(furnished), render(make_program())):
        for name, root in docx.parts(content).items():
            if not name.startswith("word/") or name.endswith(".rels"):
                continue
            for element in root.iter(f"{W}*"):
                order = orders.get(_local(element))
                if order is None:
                    continue
                children = [_local(child) for child in element if isinstance(child.tag, str)]
                places = [order.index(child) for child in children]
                assert places == sorted(places), f"{name}: {_local(element)} {children}"


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def test_every_cell_ends_with_a_paragraph_and_no_tables_touch(furnished: Program) -> None:
    body = body_of(render(furnished))

    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))
    tags = [child.tag for child in body]
    assert (f"{W}tbl", f"{W}tbl") not in set(zip(tags, tags[1:], strict=False))
    assert tags[-2:] == [f"{W}p", f"{W}sectPr"]


def test_switches_of_the_report_are_obeyed(furnished: Program) -> None:
    full = render(furnished)
    make_report(furnished, with_levels=False, with_charts=False)
    plain = render(furnished)

    assert "Úroveňaposun" in docx.told(full)
    assert "Úroveňaposun" not in docx.told(plain)
    assert list(body_of(full).iter(f"{W}drawing"))
    assert not list(body_of(plain).iter(f"{W}drawing"))


def test_the_same_report_is_the_same_bytes(litvinov: tuple[ProgramReport, bytes]) -> None:
    report, content = litvinov

    assert renderer.render(report) == content


def test_hostile_texts_come_out_or_are_seen_to_be_replaced() -> None:
    program = make_program(title=f"Název {HOSTILE}"[:190])
    make_goal(program, "1.1", short_title=HOSTILE[:60], wording=f"{HOSTILE} a cíl 1.1")
    make_narrative(program, make_section("annotation", 5), text=f"{HOSTILE}\n\n- {HOSTILE}")
    adopted = adopt(program, make_criterion("1.1", 1, name=HOSTILE))
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.FINAL, expert=2, statement=f"{HOSTILE} {'slovo ' * 20_000}")
    make_phase(program, 1, expert_comment=f"Zápis[^1].\n\n[^1]: {HOSTILE}")

    report = read(program)
    content = renderer.render(report)

    told = docx.told(content)
    assert told == docx.told_by_html(html.render(report))
    for seen in ("a\ufffd,konec]]>", "\U0001f600,עברית,ne\u200bviditelná"):
        assert seen in told
    assert told.count("slovo") == 20_000


def test_characters_xml_refuses_are_seen_to_be_replaced() -> None:
    """Forms and models refuse them, but a report may come from a file."""
    report = read(make_program())
    known = replace(
        report.identification, title="Byd\x0blení", municipality="Most\x00ov\x1b", provider="A\x07"
    )

    content = renderer.render(replace(report, identification=known))

    assert "Most\ufffdov\ufffd" in docx.told(content)
    properties = Document(BytesIO(content)).core_properties
    assert (properties.author, properties.title[:4]) == ("A\ufffd", "Byd\ufffd")
