"""The PDF of programs unlike Litvínov, of hostile texts, and what it may fetch."""

import logging
import re
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from weasyprint import HTML

from accounts.audit import save_record
from indicators.models import Moment
from litvinov import czech
from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import pdf as renderer
from reporting.renderers.pdf import BASE_URL, ForbiddenAddress, StaticFilesFetcher
from reporting.structure import Audience
from tests import pdf
from tests.builders import (
    adopt,
    assess,
    make_actor,
    make_consultation,
    make_criterion,
    make_evidence,
    make_goal,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

LONG_WORD = "nej" + "neobhospodařovávatelnějšími" * 3


def render(program: Program) -> bytes:
    report = read_report(program, audience=Audience.PUBLIC, today=date(2024, 7, 1))
    return renderer.render(report)


def test_empty_program_says_what_is_empty() -> None:
    text = pdf.body_text(render(make_program()))

    for sentence in (
        "Tato část zatím nebyla napsána.",
        "Údaje o lokalitě zatím nejsou uvedeny.",
        "Cíle zatím nejsou stanoveny.",
        "Harmonogram zatím není sestaven.",
        "Výstupy zatím nejsou uvedeny.",
        "Program zatím nepřevzal žádná kritéria.",
        "Fáze realizace zatím nejsou uvedeny.",
        "Program zatím neobsahuje žádné doporučení.",
        "V textu není užita žádná zkratka ze seznamu.",
        "Zpráva necituje žádný zdroj.",
        "Ke zprávě není přiložen žádný doklad.",
    ):
        assert sentence in text


def test_empty_program_names_nothing_it_may_do_without() -> None:
    program = make_program()
    for place, code in enumerate(("annotation", "expert_support", "voice"), start=1):
        make_section(code, place, f"Oddíl {code}")

    text = pdf.body_text(render(program))

    assert "Oddíl annotation" in text
    for title in ("Oddíl expert_support", "Oddíl voice", "Aktéři", "Cílové skupiny"):
        assert title not in text


def test_program_with_other_numbers_of_everything() -> None:
    """One criterion, goals three levels deep, no phases, a word of eighty letters, empty texts."""
    program = make_program(title="Bydlení", team="", provider="")
    for code, parent in (("", None), ("2.2", None), ("2.10", None)):
        make_goal(program, code, parent=parent)
    middle = program.goal_set.get(code="2.10")
    make_goal(program, "2.10.3", parent=middle, wording=f"Cíl {LONG_WORD}.")
    adopted = adopt(program, make_criterion("7.3", 2))
    first, _second = adopted.criterion.indicators.all()
    assess(adopted, first, Moment.FINAL, expert=0, statement="")
    make_consultation(program, outcome="Bez fáze.")

    text = pdf.body_text(render(program))

    assert len(LONG_WORD) >= 80
    assert LONG_WORD in text.replace(" ", "")
    order = [text.index(f"Cíl {code} ") for code in ("2.2", "2.10", "2.10.3")]
    assert order == sorted(order)
    assert "Kritérium 7.3" in text
    assert "Konzultace mimo fáze" in text
    assert "Bez fáze." in text
    assert "Zatím nevyplněno." in text


def test_town_rating_printed_beside_the_expert_one() -> None:
    program = make_program()
    adopted = adopt(program, make_criterion())
    indicator = adopted.criterion.indicators.get()
    assess(adopted, indicator, Moment.BASELINE, expert=1, town=1, statement="Před.")
    assess(adopted, indicator, Moment.FINAL, expert=1, town=4, statement="Po.")

    text = pdf.body_text(render(program))

    assert "1 → 1" in text
    assert "Obec: 1 → 4" in text
    assert "▲▲ výrazné zlepšení" in text


HOSTILE = [
    '<img src="file:///etc/passwd"><script>alert(1)</script>',
    '<link rel="attachment" href="file:///etc/hostname">',
    "![obrázek](http://example.com/x.png)",
    "[odkaz](javascript:alert(1)) a [druhý](file:///etc/passwd)",
    "<style>@import url(http://example.com/x.css)</style>",
    "&lt;b&gt; & < > \" ' {{ program }} {% load i18n %}",
    "=cmd|' /C calc'!A0",
    "a\u0301e\u0301 ﬁ m\u00adě\u00adkký\u200b rozdělovník 😀 שלום",
    "\x0b\x0c řídicí znaky",
    "*" * 500 + "_" * 500,
    "1. " * 200,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_text(text: str, caplog: pytest.LogCaptureFixture) -> None:
    program = make_program(title="Program < & >")
    make_narrative(program, make_section("locality", 10), topic=text[:150], text=text)
    make_actor(program, text[:200], description=text)
    make_phase(program, expert_comment=text)
    make_evidence(program, title=text[:200])
    make_evidence(program, 2, title="Soubor", url="", stored_as="x", size=1, file_name=text[:150])

    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        content = render(program)

    # A sign that no font has is another matter; nothing may be fetched.
    assert [said for said in caplog.messages if ".notdef" not in said] == []
    with pdf.open_pdf(content) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert b"root:x:" not in content


@pytest.mark.parametrize("sign", ["A", "a@", "[", "*_", "– ", "cíl 1.1–"])
def test_picture_or_rubbish_pasted_into_a_text_is_printed_whole(sign: str) -> None:
    """Whatever takes the square of a length, or worse, would never end here."""
    pasted = sign * (60_000 // len(sign))
    program = make_program()
    make_narrative(
        program,
        make_section("locality", 10),
        text=f"![mapa](data:image/png;base64,{pasted}) konec",
    )

    content = render(program)

    printed = re.sub(rf"[\s{czech.WORD_JOINER}]", "", pdf.body_text(content))
    shown = re.sub(r"\s", "", f"![mapa](data:image/png;base64,{pasted})konec")
    assert shown in printed
    with pdf.open_pdf(content) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        assert all(one.get("/Subtype") != "/Image" for one in streams)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.com/x.png",
        "https://example.com/x.css",
        "data:text/css,body{color:red}",
        f"{BASE_URL}/media/x.png",
        f"{BASE_URL}/static",
        "ftp://example.com/x",
    ],
)
def test_fetcher_serves_nothing_but_our_static_files(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        StaticFilesFetcher().fetch(address)


def test_fetcher_does_not_leave_the_folder_of_static_files() -> None:
    with pytest.raises(Exception, match="outside"):
        StaticFilesFetcher().fetch(f"{BASE_URL}/static/../../../../etc/passwd")


def test_attachment_in_a_page_is_not_embedded(caplog: pytest.LogCaptureFixture) -> None:
    page = '<link rel="attachment" href="file:///etc/hostname"><p>text</p>'

    content = HTML(string=page, base_url=BASE_URL, url_fetcher=StaticFilesFetcher()).write_pdf()

    with pdf.open_pdf(content) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})


def test_fonts_are_ours_and_embedded() -> None:
    with pdf.open_pdf(render(make_program())) as document:
        fonts = {
            str(font.BaseFont).split("+")[-1].rstrip(",")
            for page in document.pages
            for font in page.Resources.Font.values()
        }

    assert fonts <= {"Source-Sans-3", "Source-Sans-3-Semi-Bold", "Source-Serif-4"}
    assert "Source-Sans-3" in fonts


def test_czech_letters_are_extracted_as_printed() -> None:
    letters = "ěščřžýáíéůúďťňó ĚŠČŘŽÝÁÍÉŮÚĎŤŇÓ „uvozovky“ – … → −5"
    program = make_program()
    make_narrative(program, make_section("locality", 10), text=letters)

    assert letters in pdf.body_text(render(program))


def test_download_is_named_after_the_program(cast: Cast, town_client: Client) -> None:
    public = town_client.get("/programy/nas/zprava/soubory/pdf/")
    partners = town_client.get("/programy/nas/zprava/soubory/pdf/", {"pro": "partnery"})

    assert public.headers["Content-Disposition"] == 'attachment; filename="nas.pdf"'
    assert partners.headers["Content-Disposition"] == (
        'attachment; filename="nas-pro-partnery.pdf"'
    )
    assert public.headers["Content-Type"] == "application/pdf"
    assert public.content.startswith(b"%PDF-")


def test_report_is_czech_on_an_english_screen(cast: Cast, expert_client: Client) -> None:
    expert_client.cookies["django_language"] = "en"

    page = expert_client.get("/programy/nas/zprava/").content.decode()

    assert "Download PDF" in page
    assert "Období realizace" in page
    assert '<article class="report" lang="cs">' in page


def test_command_writes_what_the_button_downloads(
    cast: Cast, expert_client: Client, tmp_path: Path
) -> None:
    make_goal(cast.program, wording="Společný cíl.")
    path = tmp_path / "nova" / "zprava.pdf"

    call_command("render_report", "nas", output=path)

    downloaded = expert_client.get("/programy/nas/zprava/soubory/pdf/").content
    assert pdf.full_text(path.read_bytes()) == pdf.full_text(downloaded)


def test_command_names_an_unknown_program(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no program neni"):
        call_command("render_report", "neni", output=tmp_path / "x.pdf")


def test_command_names_a_path_it_cannot_write(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "soubor").write_text("x")

    with pytest.raises(CommandError, match="Cannot write"):
        call_command("render_report", "nas", output=tmp_path / "soubor" / "x.pdf")


def test_annexes_listed_and_cited() -> None:
    program = make_program()
    address = "https://www.example.cz/zapis/" + "x" * 80
    evidence = make_evidence(program, 3, title="Zápis z jednání", url=address)
    consultation = make_consultation(program)
    save_record(consultation, by=None, links={"evidence": [evidence]})

    text = " ".join(pdf.body_text(render(program)).split())

    assert "Seznam příloh" in text
    assert text.count("Příloha 1") == 2
    assert "Konzultace 1. 2. 2024: setkání" in text
    assert address in text.replace(" ", "")


def test_recommendation_printed_with_its_chain_and_response() -> None:
    program = make_program()
    make_recommendation(
        program,
        finding="Děti nemají kam jít.",
        conclusion="Chybí zázemí.",
        response="rejected",
        response_reason="Nejsou peníze.",
        responded_on=date(2024, 6, 3),
    )

    text = " ".join(pdf.body_text(render(program)).split())

    places = [text.index(part) for part in ("Děti nemají kam jít.", "Chybí zázemí.", "nepřijato (")]
    assert places == sorted(places)
    assert "nepřijato (3. 6. 2024): Nejsou peníze." in text
