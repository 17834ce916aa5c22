"""What is copied or read aloud from the PDF is what is printed, character by character."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from fontTools.ttLib import TTFont
from lxml import html as lxml_html
from weasyprint import HTML

from litvinov import czech
from reporting.renderers import html, pdf
from reporting.renderers.characters import printable, readable
from reporting.wording import REFINEMENT_MARK, SHIFT_MARKS
from tests import pdf as pdf_files
from tests.pdf_marks import Node, Tagged, unicode_map
from tests.reporting.conftest import Printed
from tests.reporting.extremes import HOSTILE

pytestmark = pytest.mark.django_db

SIGNS = "−→„“–…‰§×•=?□()/%°€‚‘’”·½²³" + "".join(SHIFT_MARKS.values()) + REFINEMENT_MARK
CZECH = "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž"


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)


class _Expected:
    """The words of the HTML in their order, with what style sheets add to them."""

    def __init__(self) -> None:
        self.tables, self.charts, self.notes = count(1), count(1), count(1)

    def of(self, element: Any) -> Iterator[str]:
        if not isinstance(element.tag, str):
            return
        classes = element.get("class", "").split()
        if self._is_hidden(element, classes):
            return
        yield from self._before(element, classes)
        yield element.text or ""
        for child in element:
            yield from self.of(child)
            yield child.tail or ""

    def _is_hidden(self, element: Any, classes: list[str]) -> bool:
        if element.tag == "title" or "contents__page" in classes:
            return True
        in_pair = any("summary__pair" in one.get("class", "") for one in element.iterancestors())
        hidden = element.tag == "span" and "sr-only" in classes
        return hidden or ("codes__word" in classes and in_pair)

    def _before(self, element: Any, classes: list[str]) -> Iterator[str]:
        if "table-number" in classes:
            yield f"Tabulka {next(self.tables)}"
        if "chart-number" in classes:
            yield f"Graf {next(self.charts)}"
        if "footnote" in classes:
            number = next(self.notes)
            yield f"{number}{number}. "
        item = element.getparent() if element.tag == "p" else None
        if item is not None and item.tag == "li" and element.getprevious() is None:
            items = item.getparent()
            place = items.index(item) + int(items.get("start", 1))
            yield "•" if items.tag == "ul" else f"{place}."


def expected_text(printed: Printed) -> str:
    written = printable(html.body(printed.report, with_expansions=False))
    return squeezed("".join(_Expected().of(lxml_html.fromstring(written))))


def told(node: Node) -> Iterator[str]:
    """The text of the tags, but for the numbers of pages in the contents."""
    for kid in node.kids:
        if not isinstance(kid, Node):
            yield kid.text
        elif not (kid.kind == "NonStruct" and node.kind == "TOCI"):
            yield from told(kid)


def test_text_of_the_tags_is_the_text_of_the_report_in_its_order(printed: Printed) -> None:
    expected = expected_text(printed)
    found = squeezed("".join(told(printed.tagged.root)))

    pairs = enumerate(zip(expected, found, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), len(expected))
    assert found[max(0, at - 30) : at + 50] == expected[max(0, at - 30) : at + 50]
    assert len(found) == len(expected)


def test_another_reader_finds_the_same_characters(printed: Printed) -> None:
    """poppler reads the streams in its own way; on each page it must see what the tags say."""
    pages = pdf_files.raw_pages(printed.content)
    for page, text in zip(printed.tagged.pages, pages, strict=False):
        marks = "".join(mark.text for mark in [*page.marks.values(), page.decoration])
        assert sorted(squeezed(text)) == sorted(squeezed(marks)), page.number + 1


def test_no_sign_is_missing_or_invisible(printed: Printed) -> None:
    text = "".join(
        mark.text
        for page in printed.tagged.pages
        for mark in [*page.marks.values(), page.decoration]
    )

    odd = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs")}
    assert odd <= {czech.WORD_JOINER}
    assert "\ufffd" not in text


def faces() -> dict[str, set[int]]:
    _folders, files = staticfiles_storage.listdir("fonts")
    found = {}
    for name in files:
        if re.fullmatch(r"Source\w+-\w+-[A-Z0-9]+\.ttf", name):
            with staticfiles_storage.open(f"fonts/{name}") as file, TTFont(file) as font:
                assert "fvar" not in font, "a variable font is not one weight"
                found[name.rsplit("-", 1)[0]] = set(font.getBestCmap())
    return found


def test_each_family_and_weight_is_one_whole_file() -> None:
    """Fonts split by alphabets print "P⁴íliÁ" for "Příliš" while extraction looks right."""
    known = faces()

    assert sorted(known) == [
        "SourceSans3-It",
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
        "SourceSerif4-It",
        "SourceSerif4-Regular",
        "SourceSerif4-Semibold",
    ]
    letters = set(map(ord, CZECH + CZECH.upper() + SIGNS + "0123456789 " + czech.NBSP))
    for name, covered in known.items():
        missing = {chr(code) for code in letters - covered}
        assert missing <= ({"□"} if "Serif" in name else set()), name


def drawn(text: str, family: str = "Source Serif 4", weight: int = 400) -> bytes:
    style = f"<link rel='stylesheet' href='{staticfiles_storage.url('report.css')}'>"
    font = f"font: {weight} 10pt '{family}', 'Source Sans 3'; overflow-wrap: anywhere"
    page = f'<html lang="cs"><title>x</title>{style}<p style="{font}">{text}'
    return bytes(
        HTML(
            string=printable(page), base_url=pdf.BASE_URL, url_fetcher=pdf.StaticFilesFetcher()
        ).write_pdf(pdf_variant="pdf/a-2a", uncompressed_pdf=True)
    )


@pytest.mark.parametrize(
    ("family", "weight"),
    [
        ("Source Serif 4", 400),
        ("Source Serif 4", 600),
        ("Source Sans 3", 400),
        ("Source Sans 3", 600),
    ],
)
def test_every_character_we_print_is_read_back_as_itself(family: str, weight: int) -> None:
    """All of the font at once: no two of them share a shape, and none is drawn by another font."""
    characters = "".join(
        chr(code)
        for code in sorted(set.intersection(*faces().values()))
        if printable(chr(code)) == chr(code) and chr(code) not in "<>&"
    )
    assert len(characters) > 800

    tagged = Tagged(drawn(" ".join(characters), family, weight))

    assert squeezed(tagged.root.text()) == squeezed(characters)
    wanted = {"Source Serif 4": "Source-Serif-4", "Source Sans 3": "Source-Sans-3"}[family]
    fonts = {
        str(font.BaseFont) for page in tagged.file.pages for font in page.Resources.Font.values()
    }
    assert all("+Source-S" in font for font in fonts)
    assert any(wanted in font for font in fonts)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_pasted_is_printed_by_our_fonts_alone(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    escaped = readable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    tagged = Tagged(drawn(escaped))

    assert squeezed(tagged.root.text()) == squeezed(printable(readable(text)).replace("\x85", ""))
    assert [said for said in caplog.messages if ".notdef" in said] == []
    for page in tagged.file.pages:
        for font in page.Resources.Font.values():
            assert "Source-S" in str(font.BaseFont)
            assert 0 not in unicode_map(font)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ja\u0301chymov", "Jáchymov"),
        ("ﬁnance", "finance"),
        ("kri\u00admi\u00adna\u00adli\u00adta", "kriminalita"),
        ("nula\u200bšířka", "nulašířka"),
        ("🙂", "[U+1F642]"),
        ("שלום", "[U+05E9 U+05DC U+05D5 U+05DD]"),
        ("世界", "[U+4E16 U+754C]"),
        ("x\u030c", "x[U+030C]"),
        ("\ue000", "[U+E000]"),
        ("\u202egnp.exe", "gnp.exe"),
        ("𝐁𝐲𝐭", "Byt"),
        ("\x07", "□"),
        ("5 µm, 3 Ω", "5 μm, 3 Ω"),
        ('<a href="https://e.cz/ž🙂">', '<a href="https://e.cz/%C5%BE%F0%9F%99%82">'),
    ],
)
def test_characters_come_out_readable_or_as_their_number(typed: str, shown: str) -> None:
    assert printable(readable(typed)) == shown


def test_word_and_the_web_get_composed_letters_and_no_turned_text() -> None:
    assert readable("Ja\u0301chymov \u202eexe.gnp\u202c 🙂 שלום") == "Jáchymov exe.gnp 🙂 שלום"
