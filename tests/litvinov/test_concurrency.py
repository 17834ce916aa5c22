"""Many people save at once on a real database: nobody fails, nothing is lost.

As in production, several processes with several threads each use one database: a file of
SQLite, or a database of PostgreSQL beside the one of the other tests, which roll theirs back.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from tests.litvinov.crowd import ACTIONS, PEOPLE

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES = 4
EVERYBODY = sorted(f"osoba{number}@example.cz" for number in range(PEOPLE))


@pytest.fixture(scope="module")
def database_url(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """An empty database for this module only."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('crowd')}/data.sqlite3"
        return
    server = connection.settings_dict
    name = f"{server['NAME']}_crowd"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield (
        f"postgresql://{quote(server['USER'])}:{quote(server['PASSWORD'])}"
        f"@{server['HOST']}:{server['PORT']}/{quote(name)}"
    )
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def crowd(database_url: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.litvinov.crowd", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "litvinov.settings",
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": database_url,
            "TASK_BACKEND": "immediate",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(database_url: str, command: str) -> str:
    with crowd(database_url, command) as process:
        output, _ = process.communicate()
    assert process.returncode == 0
    return output


def act_in_processes(database_url: str) -> dict[str, list[str]]:
    """What everybody got, for each action."""
    share = PEOPLE // PROCESSES
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                crowd(database_url, str(number * share), str(number * share + share - 1))
            )
            for number in range(PROCESSES)
        ]
        pipes = [(process.stdin, process.stdout) for process in processes]
        assert [read.readline() for _, read in pipes if read] == ["ready\n"] * PROCESSES
        results = {}
        for action in ACTIONS:
            for write, _ in pipes:
                assert write is not None
                write.write(f"{action}\n")
                write.flush()
            answers = [json.loads(read.readline()) for _, read in pipes if read]
            results[action] = sorted(answer for some in answers for answer in some)
        for process in processes:
            process.communicate()
    assert [process.returncode for process in processes] == [0] * PROCESSES
    return results


@pytest.fixture(scope="module")
def outcome(database_url: str) -> dict[str, Any]:
    """What everybody got and what is in the database afterwards."""
    run(database_url, "prepare")
    results = act_in_processes(database_url)
    return {"results": results, **json.loads(run(database_url, "report"))}


def test_edits_of_one_record_at_once_are_all_saved(outcome: dict[str, Any]) -> None:
    version, evaluation = outcome["edited"]

    assert outcome["results"]["edit_newest"] == ["saved"] * PEOPLE
    assert version == 1 + PEOPLE
    assert sorted(evaluation.split()) == EVERYBODY


def test_edits_of_one_record_at_once_leave_consecutive_versions_of_everybody(
    outcome: dict[str, Any],
) -> None:
    created, *changes = outcome["edited history"]

    assert created[:3] == [1, "+", None]
    assert [version for version, *_ in changes] == list(range(2, PEOPLE + 2))
    assert {kind for _, kind, *_ in changes} == {"~"}
    assert sorted(email for _, _, email, _ in changes) == EVERYBODY
    # Each edit was made on top of the one before it.
    assert [len(evaluation.split()) for *_, evaluation in changes] == list(range(1, PEOPLE + 1))


def test_overwriting_what_everybody_opened_at_once_lets_one_through(
    outcome: dict[str, Any],
) -> None:
    assert outcome["results"]["overwrite"] == ["conflict"] * (PEOPLE - 1) + ["saved"]

    version, evaluation = outcome["overwritten"]
    created, changed = outcome["overwritten history"]
    assert version == 2
    assert created == [1, "+", None, ""]
    assert changed == [2, "~", evaluation, evaluation]


def test_adding_to_one_phase_at_once_gives_everybody_a_place(outcome: dict[str, Any]) -> None:
    assert outcome["results"]["add_activity"] == ["saved"] * PEOPLE

    assert [position for position, _ in outcome["activities"]] == list(range(1, PEOPLE + 1))
    assert sorted(title for _, title in outcome["activities"]) == EVERYBODY
    assert sorted(outcome["activity history"]) == EVERYBODY


def test_logging_consultations_at_once_loses_none(outcome: dict[str, Any]) -> None:
    assert outcome["results"]["log_consultation"] == ["saved"] * PEOPLE

    assert sorted(outcome["consultations"]) == EVERYBODY
    assert sorted(outcome["consultation history"]) == EVERYBODY
    assert outcome["consultation goals"] == PEOPLE


def test_invitation_used_by_everybody_at_once_lets_one_in(outcome: dict[str, Any]) -> None:
    assert outcome["results"]["use_invitation"] == ["closed"] * (PEOPLE - 1) + ["entered"]

    assert outcome["members"] == ["pozvana@example.cz"]


def test_clicks_for_one_report_at_once_draw_it_once(outcome: dict[str, Any]) -> None:
    [(key, attempts)] = outcome["renderings"]

    assert outcome["results"]["click_for_report"] == [str(key)] * PEOPLE
    assert attempts == 1
