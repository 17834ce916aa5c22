"""`manage.py check_report`: what is found, for people and for other programs."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_abbreviation, make_program
from tests.reporting.checks.clean import make_clean_program

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("check_report", *arguments, stdout=output)
    return output.getvalue()


def test_clean_program_passes() -> None:
    make_clean_program()

    assert run("lom") == "0 blocking, 0 to consider\n"
    assert json.loads(run("lom", "--json")) == []


def test_advice_alone_passes() -> None:
    make_abbreviation(make_clean_program(), "PMS")

    said = run("lom")

    assert said.startswith("- Zkratka PMS")
    assert said.endswith("0 blocking, 1 to consider\n")


def test_what_blocks_fails(capsys: pytest.CaptureFixture[str]) -> None:
    program = make_clean_program()
    goal = program.goal_set.get(code="1.1")
    goal.evaluation = "Viz cíl 1.5."
    goal.save()
    output = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("check_report", "lom", "--json", stdout=output)

    assert stopped.value.code == 1
    (finding,) = json.loads(output.getvalue())
    assert finding == {
        "rule": "unknown_reference",
        "title": "Každý cíl a kritérium, na které se odkazuje, existuje",
        "severity": "blocks",
        "sentence": "Cíl 1.1, vyhodnocení: odkazuje na cíl 1.5, který neexistuje. "
        "Na téže úrovni jsou: 1.1, 1.2.",
        "target": {"kind": "evaluation", "key": goal.pk, "field": "evaluation", "code": ""},
    }


def test_empty_program_is_not_ready() -> None:
    make_program(slug="prazdny")

    with pytest.raises(SystemExit):
        run("prazdny")


def test_unknown_program() -> None:
    with pytest.raises(CommandError, match="nikde"):
        run("nikde")
