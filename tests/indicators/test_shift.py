import pytest

from indicators.shift import Shift, shift_between


@pytest.mark.parametrize(
    ("baseline", "final", "shift"),
    [
        (0, 4, Shift.MUCH_BETTER),
        (1, 3, Shift.MUCH_BETTER),
        (1, 2, Shift.BETTER),
        (0, 0, Shift.SAME),
        (4, 4, Shift.SAME),
        (3, 2, Shift.WORSE),
        (3, 1, Shift.MUCH_WORSE),
        (4, 0, Shift.MUCH_WORSE),
    ],
)
def test_shift_named_by_difference(baseline: int, final: int, shift: Shift) -> None:
    assert shift_between(baseline, final) == shift
