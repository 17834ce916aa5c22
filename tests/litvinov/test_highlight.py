"""What was typed becomes terms; a text shows where it holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litvinov import highlight
from litvinov.highlight import Piece, Term, mark, parse, snippet


def marked(text: str, typed: str) -> list[str]:
    return [piece.text for piece in mark(text, parse(typed)) if piece.is_hit]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ("  - * \" ' % ", ()),
        ("dům", (Term(("dům",), True),)),
        ("v domě", (Term(("v",)), Term(("domě",), True))),
        ("1.1.5", (Term(("1", "1", "5")),)),
        ("Litvínov-Hamr", (Term(("litvínov", "hamr"), True),)),
        ('"sociální bydlení"', (Term(("sociální", "bydlení")),)),
        ("„sociální bydlení“", (Term(("sociální", "bydlení")),)),
        ('"nedokončené', (Term(("nedokončené",), True),)),
        ("město AND obec", (Term(("město",), True), Term(("and",), True), Term(("obec",), True))),
        ("NEAR(a b)", (Term(("near", "a")), Term(("b",), True))),
        ("MMR-12345/2024", (Term(("mmr", "12345", "2024")),)),
        ("ch", (Term(("ch",), True),)),
    ],
)
def test_parse(typed: str, terms: tuple[Term, ...]) -> None:
    assert parse(typed) == terms


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("Řešitel řeší ÚKOL", "resi ukol", ["Řešitel", "řeší", "ÚKOL"]),
        ("Dům u Nového Dvora", "DŮM", ["Dům"]),
        ("Chudoba a hlad", "ch", ["Chudoba"]),
        ("cíle 1.1.5 a 1.15", "1.1.5", ["1.1.5"]),
        ("Litvínov-\u2060Hamr, Hamr nad Litvínovem", "litvinov-hamr", ["Litvínov-\u2060Hamr"]),
        ("prevence, preventivní", '"preven"', []),
        ("sociální bydlení, bydlení sociální", '"socialni bydleni"', ["sociální bydlení"]),
        ("u\u0301řad", "úřad", ["u\u0301řad"]),
        ("spo\u00adlupráce", "spolupráce", ["spo\u00adlupráce"]),
        ("Straße i đak", "strasse dak", ["Straße", "đak"]),
        ("<b>město</b>", "mesto b", ["b", "město", "b"]),
        ("nic", "něco", []),
    ],
)
def test_mark(text: str, typed: str, hits: list[str]) -> None:
    assert marked(text, typed) == hits


@given(st.text(max_size=200), st.text(max_size=30))
def test_marked_pieces_are_the_text(text: str, typed: str) -> None:
    pieces = mark(text, parse(typed))

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(st.text(max_size=60))
def test_a_text_holds_its_own_words(text: str) -> None:
    words = highlight.words(text)

    assert all(mark(" ".join(words), (Term((word,)),)) for word in words)
    assert all(word and " " not in word for word in words)


def test_snippet_shows_the_place_of_the_hit() -> None:
    text = "začátek " * 100 + "hledané slovo" + " konec" * 100

    pieces = snippet(text, parse("hledane"), length=60)

    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… začátek")
    assert shown.endswith("konec …")
    assert Piece("hledané", is_hit=True) in pieces
    assert 60 <= len(shown) < 90


def test_short_snippet_is_the_whole_text() -> None:
    assert snippet("Jedno\nslovo.", parse("slovo")) == (
        Piece("Jedno ", is_hit=False),
        Piece("slovo", is_hit=True),
        Piece(".", is_hit=False),
    )


@given(st.text(max_size=400), st.text(max_size=30), st.integers(1, 50))
def test_snippet_is_part_of_the_text(text: str, typed: str, length: int) -> None:
    shown = "".join(piece.text for piece in snippet(text, parse(typed), length=length))

    assert shown.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
