"""Two versions of a text compared by words."""

from hypothesis import given
from hypothesis import strategies as st

from litvinov.words import Kind, Piece, compare

TEXTS = st.text(alphabet="abč \n.", max_size=60)


def test_changed_word_is_removed_and_added() -> None:
    assert compare("město připraví návrh", "město připraví dohodu") == (
        Piece(Kind.SAME, "město připraví "),
        Piece(Kind.REMOVED, "návrh"),
        Piece(Kind.ADDED, "dohodu"),
    )


def test_equal_texts_are_one_piece() -> None:
    assert compare("beze změny", "beze změny") == (Piece(Kind.SAME, "beze změny"),)
    assert compare("", "") == ()


@given(TEXTS, TEXTS)
def test_pieces_give_both_versions_back(old: str, new: str) -> None:
    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == new


def test_long_texts_are_compared_by_lines() -> None:
    lines = [f"řádek {number} s několika slovy navíc\n" for number in range(1000)]
    changed = [*lines[:500], "jiný řádek\n", *lines[501:]]

    pieces = compare("".join(lines), "".join(changed))

    assert [piece.kind for piece in pieces] == [Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SAME]
    assert pieces[2].text == "jiný řádek\n"
