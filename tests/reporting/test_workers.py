"""Workers killed in the middle of a batch: every report comes out once, right and whole.

Real processes share a real database, as on several machines: a file of SQLite, or a database of
PostgreSQL beside the one of the other tests.
"""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = 50
LOST_AFTER = 3
"""Seconds."""


@pytest.fixture(scope="module")
def database_url(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A database for this module only, with many small programs."""
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('workers')}/data.sqlite3"
        else:
            stack.enter_context(django_db_blocker.unblock())
            url = stack.enter_context(_database_of_postgres())
        run(url, "-m", "tests.reporting.workshop", "prepare", str(PROGRAMS))
        yield url


@contextmanager
def _database_of_postgres() -> Iterator[str]:
    server = connection.settings_dict
    name = f"{server['NAME']}_workers"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield (
        f"postgresql://{quote(server['USER'])}:{quote(server['PASSWORD'])}"
        f"@{server['HOST']}:{server['PORT']}/{quote(name)}"
    )
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def process(database_url: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "litvinov.settings",
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": database_url,
            "REPORT_LOST_AFTER": str(LOST_AFTER),
            "TASK_BACKEND": "database",
        },
        stdout=subprocess.PIPE,
        text=True,
        # With its own workers it is one group, which can be killed together.
        start_new_session=True,
    )


def run(database_url: str, *arguments: str) -> str:
    with process(database_url, *arguments) as running:
        output, _ = running.communicate()
    assert running.returncode == 0
    return output


def worker(database_url: str) -> subprocess.Popen[str]:
    return process(database_url, "manage.py", "db_worker", "--interval=0.1", "--no-startup-delay")


def batch(database_url: str, form: str, workers: int) -> subprocess.Popen[str]:
    options = ["--all", f"--format={form}", f"--workers={workers}"]
    return process(database_url, "manage.py", "render_reports", *options)


def ask(database_url: str, question: str) -> int:
    """One number out of the database, which is not the one of this process."""
    if database_url.startswith("sqlite"):
        path = database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, timeout=60)) as file:
            return int(file.execute(question).fetchone()[0])
    with psycopg.connect(database_url) as server:
        [[number]] = server.execute(question.encode()).fetchall()
        return int(number)


def kill_while_it_draws(database_url: str, victim: subprocess.Popen[str]) -> None:
    """Stop the only worker again and again until it is caught at work; then kill it."""
    drawing = "SELECT count(*) FROM reporting_rendering WHERE state = 'running'"
    while True:
        victim.send_signal(signal.SIGSTOP)
        if ask(database_url, drawing):
            break
        victim.send_signal(signal.SIGCONT)
    victim.send_signal(signal.SIGKILL)
    victim.wait()


def in_the_store(database_url: str, form: str) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(
        run(database_url, "-m", "tests.reporting.workshop", "report", form)
    )
    return found


def read_lines(running: subprocess.Popen[str], number: int) -> list[str]:
    assert running.stdout
    return [running.stdout.readline() for _line in range(number)]


def test_batch_survives_a_killed_worker(database_url: str) -> None:
    with ExitStack() as stack:
        victim = stack.enter_context(worker(database_url))
        running = stack.enter_context(batch(database_url, "json", workers=0))
        first, *_lines = read_lines(running, 11)

        kill_while_it_draws(database_url, victim)
        survivor = stack.enter_context(worker(database_url))
        rest, _ = running.communicate(timeout=300)
        survivor.terminate()

    assert first == f"{PROGRAMS} wanted, 0 there already\n"
    assert running.returncode == 0
    assert rest.splitlines()[-1].startswith(f"{PROGRAMS}/{PROGRAMS} ")
    found = in_the_store(database_url, "json")
    names = [f"program-{number:03}" for number in range(PROGRAMS)]
    assert [name for name, *_ in found] == names
    assert all(state == "done" and is_right for _, state, _, is_right in found)
    # All at the first attempt, but the one that was cut off.
    assert sorted(attempts for *_, attempts, _ in found) == [1] * (PROGRAMS - 1) + [2]
    # The queue, too, knows that its worker is gone.
    tasks = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = "
    assert ask(database_url, f"{tasks}'RUNNING'") == 0
    assert ask(database_url, f"{tasks}'FAILED'") == 1
    assert ask(database_url, f"{tasks}'SUCCESSFUL'") == PROGRAMS


def test_batch_killed_with_its_workers_goes_on_where_it_ended(database_url: str) -> None:
    with batch(database_url, "html", workers=2) as killed:
        read_lines(killed, 11)
        os.killpg(killed.pid, signal.SIGKILL)

    with batch(database_url, "html", workers=2) as resumed:
        output, _ = resumed.communicate(timeout=300)

    assert resumed.returncode == 0
    wanted, known = re.findall(r"\d+", output.splitlines()[0])
    assert int(wanted) == PROGRAMS
    assert 10 <= int(known) < PROGRAMS
    found = in_the_store(database_url, "html")
    assert len(found) == PROGRAMS
    assert all(state == "done" and is_right for _, state, _, is_right in found)
    assert {attempts for *_, attempts, _ in found} <= {1, 2}


def test_batch_goes_on_when_one_of_its_own_workers_is_killed(database_url: str) -> None:
    with batch(database_url, "xlsx", workers=2) as running:
        read_lines(running, 6)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        # Besides the two there is the tracker of what processes share.
        for child in children:
            if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
                os.kill(int(child), signal.SIGKILL)
                break
        running.communicate(timeout=300)

    assert running.returncode == 0
    found = in_the_store(database_url, "xlsx")
    assert len(found) == PROGRAMS
    assert all(state == "done" and is_right for _, state, _, is_right in found)
