"""Preview, PDF and Word tell everything in one order.

Word is also compared with the HTML letter by letter in `test_docx.py`; a PDF has notes, heads and
page numbers in between, so it is read by the beginnings of everything that is written once.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import lxml.html
import pytest
from django.core.management import call_command

from litvinov import czech
from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import docx as docx_renderer
from reporting.renderers import html
from reporting.renderers import pdf as pdf_renderer
from reporting.structure import Audience
from tests import docx, pdf
from tests.builders import make_program
from tests.pages import furnish
from tests.reporting.big import make_big_program

_BLOCKS = "//p|//li|//h1|//h2|//h3|//h4|//th|//td|//caption|//dt|//dd|//figcaption"
_BEGINNING = 24
"""Letters; more of them are often torn apart by the end of a line or of a page."""


def condensed(text: str) -> str:
    return re.sub(rf"[\s\u00ad{czech.WORD_JOINER}-]+", "", text)


def beginnings(page: str) -> list[str]:
    """How everything begins that is written once, in the order of the preview."""
    root = lxml.html.fromstring(page)
    # Contents lead to headings by their words, and pictures are told by what stands beside them.
    for left_out in root.xpath("//nav|//svg|//*[contains(@class, 'sr-only')]|//sup"):
        left_out.drop_tree()
    blocks = [block for block in root.xpath(_BLOCKS) if not block.xpath(".//p|.//li")]
    found = [condensed(block.text_content())[:_BEGINNING] for block in blocks]
    counts = Counter(found)
    return [one for one in found if len(one) == _BEGINNING and counts[one] == 1]


def misplaced(page: str, told: str) -> list[str]:
    """What does not stand where the preview has it. Notes stand at the foot of a page or apart."""
    told = condensed(told)
    once = [one for one in beginnings(page) if told.count(one) == 1]
    places = [told.index(one) for one in once]
    return [
        one
        for one, place, following in zip(once, places, places[1:], strict=False)
        if place > following
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "fewest"), [("litvinov", 300), ("big", 600), ("furnished", 30), ("empty", 10)]
)
def test_preview_pdf_and_word_read_in_one_order(make: str, fewest: int) -> None:
    makers: dict[str, Callable[[], Program]] = {
        "litvinov": litvinov,
        "big": lambda: make_big_program(comment_words=400),
        "furnished": furnished,
        "empty": make_program,
    }
    report = read_report(makers[make](), audience=Audience.PUBLIC, today=date(2024, 7, 1))

    page = html.body(report, with_expansions=False)
    printed = pdf.body_text(pdf_renderer.render(report))
    word = docx.told(docx_renderer.render(report))

    for told in (printed, word):
        asked = beginnings(page)
        counts = [condensed(told).count(one) for one in asked]
        assert counts.count(1) >= fewest
        # What the end of a page tears apart is not found.
        assert counts.count(0) <= 0.1 * len(asked)
        assert misplaced(page, told) == []


def test_what_changed_places_is_seen() -> None:
    first, second = "První odstavec s vlastním začátkem.", "Druhý odstavec začíná úplně jinak."
    page = f"<div><p>{first}</p><p>{second}</p></div>"

    assert misplaced(page, f"{first} {second}") == []
    assert len(misplaced(page, f"{second} {first}")) == 1


def litvinov() -> Program:
    call_command("load_demo", verbosity=0)
    return Program.objects.get(slug="litvinov-janov")


def furnished() -> Program:
    program = make_program()
    furnish(program)
    return program
