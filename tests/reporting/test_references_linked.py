"""Codes in texts lead to their place, and abbreviations say what they stand for."""

from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest

from litvinov import narrative
from reporting.renderers.references import linked
from reporting.structure import Abbreviation

PLACES = "".join(
    f'<div id="{anchor}"></div>' for anchor in ("cil-1.1", "cil-1.1.5", "cil-1.3", "kriterium-2.1")
)
ASZ = Abbreviation(("ASZ", "OSZ MMR"), "Agentura pro sociální začleňování")


def done(html: str, *, with_expansions: bool = False, abbreviations: Any = ()) -> str:
    report: Any = SimpleNamespace(
        goals=[SimpleNamespace(code=code) for code in ("", "1.1", "1.1.5", "1.3", "1.4")],
        criteria=[SimpleNamespace(code="2.1")],
        abbreviations=abbreviations,
    )
    return linked(f"<article>{html}{PLACES}</article>", report, with_expansions=with_expansions)


def tree(html: str) -> Any:
    return lxml.html.fragment_fromstring(html)


def links(html: str) -> list[tuple[str, str]]:
    """What is linked in a piece of the report, and where it leads."""
    return [(link.text, link.get("href")) for link in tree(done(html)).iter("a")]


@pytest.mark.parametrize(
    "word",
    ["cíl", "cíle", "cíli", "cílem", "cílech", "cílů", "cílům", "Cíl", "podcíl", "dílčího cíle"],
)
def test_goal_in_every_case_leads_to_its_place(word: str) -> None:
    assert links(f"<p>Podle {word} 1.1.5 se pracovalo.</p>") == [("1.1.5", "#cil-1.1.5")]


@pytest.mark.parametrize(
    "word",
    ["kritérium", "kritéria", "kritériu", "kritériem", "kritérií", "kritériím", "kritériích"],
)
def test_criterion_in_every_case_leads_to_its_place(word: str) -> None:
    assert links(f"<p>Viz {word} 2.1.</p>") == [("2.1", "#kriterium-2.1")]


def test_goal_and_criterion_of_one_code_are_told_apart() -> None:
    assert links("<p>Kritérium 1.1 a cíl 2.1.</p>") == []
    assert links("<p>Cíl 1.1 a kritérium 2.1.</p>") == [
        ("1.1", "#cil-1.1"),
        ("2.1", "#kriterium-2.1"),
    ]


def test_both_ends_of_a_range_and_each_of_a_list_lead_to_their_places() -> None:
    expected = [("1.1", "#cil-1.1"), ("1.3", "#cil-1.3")]

    assert links("<p>Cíle 1.1–1.3 trvají.</p>") == expected
    assert links("<p>(cíle 1.1, 1.2 a 1.3)</p>") == expected


def test_only_what_has_a_place_in_the_report_is_linked() -> None:
    """1.5 is no goal at all; 1.4 is one, but the report does not print it."""
    assert links("<p>Cíle 1.5 a 1.4 zůstaly, bod 1.1 a datum 1.1.2024 také.</p>") == []


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Cíl 1.1</h2>",
        "<h3>Cíl 1.1</h3>",
        '<p><a href="https://www.example.cz/">cíl 1.1</a></p>',
        "<svg><text>cíl 1.1</text></svg>",
        "<table><caption>Cíl 1.1</caption><thead><tr><th>Cíl 1.1</th></tr></thead></table>",
        "<figure><figcaption>Cíl 1.1</figcaption></figure>",
        '<section class="guide"><p>např. Cíl 1.1</p></section>',
    ],
)
def test_headings_links_drawings_and_examples_are_left_alone(html: str) -> None:
    before, after = f"<article>{html}{PLACES}</article>", done(html)

    assert len(tree(after).findall(".//a")) == len(tree(before).findall(".//a"))
    assert tree(after).text_content() == tree(before).text_content()


def test_text_after_what_is_left_alone_is_linked() -> None:
    html = '<p><a href="https://www.example.cz/">Web</a> k cíli 1.1.</p>'

    assert ("1.1", "#cil-1.1") in links(html)


def test_bold_text_and_footnotes_are_linked() -> None:
    text = narrative.parse("Splněn **cíl 1.1**.^[Viz kritérium 2.1.]")

    assert links(narrative.to_html(text)) == [("1.1", "#cil-1.1"), ("2.1", "#kriterium-2.1")]


@pytest.mark.parametrize(
    "hostile",
    [
        '<script>alert("x")</script> cíl 1.1',
        "cíl 1.1 <img src=x onerror=alert(1)>",
        'cíl 1.1 & "uvozovky" \' <b>tučně</b>',
        "&lt;b&gt; cíl 1.1 &amp;lt;",
    ],
)
def test_what_was_typed_stays_text(hostile: str) -> None:
    html = done(narrative.to_html(narrative.parse(hostile)))

    root = tree(html)
    assert {element.tag for element in root.iter()} <= {"article", "p", "span", "a", "div"}
    assert [link.get("href") for link in root.iter("a")] == ["#cil-1.1"]
    assert root.text_content().split() == hostile.split()


def test_no_line_may_part_what_holds_together() -> None:
    """WeasyPrint breaks a line too early before a link glued to what precedes it."""
    html = done("<p>Práce (cíle\xa01.1–1.3), která trvá, k cíli 1.1.5 vedla.</p>")

    spans = [span.text_content() for span in tree(html).iter("span")]
    assert spans == ["(cíle\xa01.1–1.3),"]
    assert tree(html).text_content() == "Práce (cíle\xa01.1–1.3), která trvá, k cíli 1.1.5 vedla."


def test_first_use_of_an_abbreviation_carries_its_expansion() -> None:
    html = "<h2>ASZ</h2><p>Pomáhá ASZ. I OSZ MMR, ASZ a ASZX.</p>"

    found = tree(done(html, with_expansions=True, abbreviations=[ASZ])).findall(".//abbr")

    assert [(one.text, one.get("title")) for one in found] == [("ASZ", ASZ.expansion)]
    assert found[0].getparent().tag == "p"


def test_abbreviation_that_is_spelled_out_beside_is_not_told_twice() -> None:
    for html in (f"<p>{ASZ.expansion} (ASZ)</p>", f"<p>ASZ ({ASZ.expansion})</p>"):
        [found] = tree(done(html, with_expansions=True, abbreviations=[ASZ])).findall(".//abbr")
        assert found.get("class") == "abbr--spelled"
    [found] = tree(done("<p>ASZ", with_expansions=True, abbreviations=[ASZ])).findall(".//abbr")
    assert found.get("class") is None


def test_paper_and_proper_names_have_no_expansions() -> None:
    name = Abbreviation(("HoST",), "")

    assert "<abbr" not in done("<p>ASZ</p>", abbreviations=[ASZ])
    assert "<abbr" not in done("<p>HoST</p>", with_expansions=True, abbreviations=[name])


def test_hostile_expansion_stays_a_text() -> None:
    hostile = Abbreviation(("X<Y",), '"><script>')

    html = done("<p>X&lt;Y</p>", with_expansions=True, abbreviations=[hostile])

    assert [one.get("title") for one in tree(html).iter("abbr")] == ['"><script>']
    assert not list(tree(html).iter("script"))
