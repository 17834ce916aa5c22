"""Where the pages of the PDF end: read back from the file, by the places of what is printed."""

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from reporting.chapters import chapters_of
from reporting.renderers import html
from reporting.renderers.characters import printable
from tests.pdf_marks import BOTTOM, TOP, Mark, Node
from tests.reporting.conftest import LITVINOV, Printed

# Texts written to break a document may end a page where they like.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        "printed", [*LITVINOV, "empty", "furnished", "filled", "huge"], indirect=True
    ),
]

FEWEST_LINES = 3
# A row nearly as high as a page may be torn: moved as a whole it would leave its heading alone.
HIGHEST_ROW = 0.65 * (BOTTOM - TOP)


def pages_of(node: Node) -> set[int]:
    return {mark.page for mark in node.marks() if mark.lines}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)


def test_no_heading_or_caption_ends_a_page(printed: Printed) -> None:
    heads = {"H1", "H2", "H3", "H4", "Caption", "THead"}
    stranded = []
    for page in range(1, len(printed.tagged.pages)):
        body = printed.tagged.body_of(page)
        if not body:
            continue
        node, mark = body[-1]
        # A heading in the side column may end lower than the text beside it.
        beside = [other for other, one in body if abs(one.lowest - mark.lowest) < 40]
        if heads & node.within() and all(heads & other.within() for other in beside):
            stranded.append((page + 1, mark.text))

    assert stranded == []


def test_no_page_is_nearly_empty_but_the_end_of_a_chapter(printed: Printed) -> None:
    """The last page of what stands before a chapter that starts anew may be short."""
    tagged = printed.tagged
    first = {page: tagged.body_of(page)[0][0] for page in range(1, len(tagged.pages))}
    thin = []
    for page, following in pairwise(range(1, len(tagged.pages))):
        full = (tagged.body_of(page)[-1][1].lowest - TOP) / (BOTTOM - TOP)
        if full < 0.2 and "H2" not in first[following].within():
            thin.append((page + 1, round(full, 2)))

    assert thin == []


def test_no_row_is_torn_that_fits_on_a_page(printed: Printed) -> None:
    torn = [
        row.text()[:60]
        for row in printed.tagged.nodes("TR")
        if len(pages_of(row)) > 1 and max(map(height, row.parts())) < HIGHEST_ROW
    ]

    assert torn == []


def height(cell: Node) -> float:
    """How high a cell would be in one piece: the sum of its pieces on all pages."""
    lines: dict[int, set[float]] = defaultdict(set)
    for mark in cell.marks():
        lines[mark.page] |= mark.lines
    return sum(max(one) - min(one) + 12 for one in lines.values() if one)


def test_no_paragraph_leaves_a_line_or_two_alone(printed: Printed) -> None:
    document = lxml_html.fromstring(printable(html.body(printed.report, with_expansions=False)))
    for hidden in document.xpath("//span[@class='footnote' or @class='sr-only']"):
        hidden.drop_tree()
    whole = {squeezed(one.text_content()) for one in document.iter("p")}
    short = []
    for paragraph in printed.tagged.nodes("P"):
        text = squeezed(paragraph.text(without=("Reference", "Note", "Lbl")))
        lines = {(mark.page, line) for mark in own_marks(paragraph) for line in mark.lines}
        if text and text not in whole and len(base_lines(lines)) < FEWEST_LINES:
            short.append(text[:60])

    assert short == []


def own_marks(paragraph: Node) -> list[Mark]:
    return list(paragraph.marks(without=("Reference", "Note", "Lbl")))


def base_lines(lines: set[tuple[int, float]]) -> set[tuple[int, int]]:
    """Lines of text of more than one size share a base line within a point or two."""
    return {(page, round(line / 4)) for page, line in lines}


def test_heads_of_tables_are_repeated_on_every_page(printed: Printed) -> None:
    for table in printed.tagged.nodes("Table"):
        head = next(part for part in table.parts() if part.kind == "THead")
        said = squeezed(head.text())
        pages = sorted(pages_of(table))
        for page in pages[1:]:
            own = [mark for mark in table.marks() if mark.page == page and mark.lines]
            assert said in squeezed(printed.tagged.pages[page].decoration.text), own[0].text


def test_running_heads_name_the_chapter_and_the_page(printed: Printed) -> None:
    total = len(printed.tagged.pages)
    contents = min(pages_of(printed.tagged.nodes("H2")[0]))
    for number, page in enumerate(printed.tagged.pages, 1):
        said = squeezed(page.decoration.text)
        assert said.endswith(f"{number}/{total}") == (number > contents)


def test_running_head_names_the_chapter_that_begins_on_the_page(printed: Printed) -> None:
    tagged = printed.tagged
    running = {squeezed(one.title): one.running_title for one in chapters_of(printed.report)}
    first: dict[int, str] = {}
    for heading in tagged.nodes("H2"):
        title = squeezed(heading.text()).lstrip("0123456789")
        if title in running:
            first.setdefault(min(pages_of(heading)), running[title])
    assert first
    for page, said in first.items():
        if len(said) <= 60:
            assert squeezed(said) in squeezed(tagged.pages[page].decoration.text)
