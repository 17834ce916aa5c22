import pytest

from indicators.dumbbell import NARROW, RING, WIDE, Item, Layout, Mark, draw, mark_of


@pytest.mark.parametrize(
    ("baseline", "final", "refines", "mark"),
    [
        (1, 3, False, Mark.SHIFT),
        (3, 1, False, Mark.SHIFT),
        (3, 1, True, Mark.REFINEMENT),
        (0, 0, False, Mark.SAME),
        (2, None, False, Mark.RING),
        (None, 3, False, Mark.NOTHING),
        (None, None, False, Mark.NOTHING),
    ],
)
def test_mark_tells_what_became_of_the_baseline(
    baseline: int | None, final: int | None, refines: bool, mark: Mark
) -> None:
    assert mark_of(Item("Ukazatel", baseline, final, is_refinement=refines)) == mark


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_tip_of_the_arrow_stands_exactly_on_the_final_level(layout: Layout) -> None:
    levels = dict(draw([], layout, "wide").axis)

    better, worse = draw([Item("a", 1, 4), Item("b", 3, 0)], layout, "wide").bars

    assert better.arrow.split(",")[0] == f"{levels[4]:g}"
    assert worse.arrow.split(",")[0] == f"{levels[0]:g}"
    assert (better.ring, worse.ring) == (levels[1], levels[3])
    assert (better.line_from, worse.line_from) == (levels[1] + RING, levels[3] - RING)
    assert (better.is_worse, worse.is_worse) == (False, True)


def test_unchanged_is_a_dot_without_word_and_unclear_a_ring_with_it() -> None:
    same, unclear = draw(
        [Item("a", 2, 2, words="beze změny"), Item("b", 1, None, words="nelze určit")], WIDE, "wide"
    ).bars

    assert (same.words, same.arrow, same.line_from) == ("", "", None)
    assert (unclear.words, unclear.ring, unclear.arrow) == ("nelze určit", 259, "")


def test_levels_stand_where_the_design_says_and_rows_below_each_other() -> None:
    drawing = draw([Item(str(number), 1, 2) for number in range(3)], WIDE, "wide")

    assert drawing.axis == ((0, 214), (1, 259), (2, 304), (3, 349), (4, 394))
    assert [bar.y for bar in drawing.bars] == [25, 39, 53]
    assert drawing.height > drawing.bars[-1].y
    assert draw([], NARROW, "narrow").bars == ()
