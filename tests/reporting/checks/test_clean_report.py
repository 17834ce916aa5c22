"""Nothing is found where nothing is wrong."""

from tests.reporting.checks.reports import clean_report, findings


def test_nothing_is_found_in_a_clean_report() -> None:
    assert findings(clean_report()) == ()
