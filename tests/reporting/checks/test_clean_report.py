"""Nothing is found where nothing is wrong."""

from datetime import date

import pytest

from reporting import checks
from reporting.reading.checked import read_checked
from tests.reporting.checks.clean import make_clean_program
from tests.reporting.checks.reports import clean_report, findings


def test_nothing_is_found_in_a_clean_report() -> None:
    assert findings(clean_report()) == ()


@pytest.mark.django_db
def test_nothing_is_found_in_a_clean_program() -> None:
    program = make_clean_program()

    found = checks.run(read_checked(program, today=date(2024, 7, 1)))

    assert [(one.rule, one.sentence) for one in found] == []
