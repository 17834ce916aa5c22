"""Settings from the environment: safe where nothing is said, loud where it is said wrong."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from litvinov.settings import kept_secret

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = """
import json
from django.conf import settings
names = (
    "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "EMAIL_BACKEND",
    "EMAIL_HOST", "EMAIL_FILE_PATH",
)
shown = {name: getattr(settings, name) for name in names}
shown["database"] = settings.DATABASES["default"]
print(json.dumps(shown))
"""


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """What settings need, in a place of its own, so that its var/ is not the real one."""
    home = tmp_path / "litvinov"
    shutil.copytree(ROOT / "litvinov", home / "litvinov")
    shutil.copy(ROOT / "manage.py", home)
    return home


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "litvinov.settings",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(home: Path, **environment: str) -> dict[str, Any]:
    result = run(home, "-c", SHOW, **environment)
    assert (result.returncode, result.stderr) == (0, "")
    shown: dict[str, Any] = json.loads(result.stdout)
    return shown


def test_settings_nothing_said_are_the_safe_ones(application: Path) -> None:
    settings = settings_with(application)

    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["HTTPS"] is False
    assert settings["database"]["ENGINE"] == "litvinov.db.sqlite3"
    assert settings["database"]["NAME"] == str(application / "var" / "litvinov.sqlite3")


def test_settings_mail_is_kept_in_var_when_no_server_is_named(application: Path) -> None:
    settings = settings_with(application)

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert settings["EMAIL_FILE_PATH"] == str(application / "var" / "mail")


def test_settings_secret_is_kept_for_the_second_start(application: Path) -> None:
    first, second = (settings_with(application)["SECRET_KEY"] for _ in range(2))

    path = application / "var" / "secret-key"
    assert path.read_text(encoding="utf-8") == first == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_settings_secret_given_is_used_and_not_written(application: Path) -> None:
    settings = settings_with(application, SECRET_KEY="dané tajemství dosti dlouhé")

    assert settings["SECRET_KEY"] == "dané tajemství dosti dlouhé"
    assert not (application / "var" / "secret-key").exists()


def test_kept_secret_is_generated_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "nová" / "tajemství"

    first, second = kept_secret(path), kept_secret(path)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_kept_secret_differs_between_installations(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "jedna") != kept_secret(tmp_path / "druhá")


def test_kept_secret_written_by_hand_is_read_without_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "tajemství"
    path.write_text("vlastní\n", encoding="utf-8")

    assert kept_secret(path) == "vlastní"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "ano"),
        ("DEBUG", ""),
        ("HTTPS", "nevím"),
        ("HTTPS", ""),
        ("DATABASE_URL", "mysql://u:p@localhost/litvinov"),
        ("DATABASE_URL", "oracle://u:p@localhost/litvinov"),
        ("DATABASE_URL", "nesmysl"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "postgresql://u:p@localhost:port/litvinov"),
        ("EMAIL_URL", "smtp://u:p@localhost:port"),
        ("EMAIL_URL", "nesmysl"),
        ("EMAIL_URL", ""),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "programy.example.cz,,localhost"),
        ("INVITATION_DAYS", "čtrnáct"),
        ("INVITATION_DAYS", "0"),
        ("INVITATION_DAYS", "1000000"),
        ("EVIDENCE_MAX_MB", "0"),
        ("EVIDENCE_MAX_MB", "dvacet"),
        ("EVIDENCE_DIR", "build/static/evidence"),
    ],
)
def test_settings_wrong_variable_stops_the_start_with_its_name(
    application: Path, variable: str, value: str
) -> None:
    result = run(application, "-c", SHOW, **{variable: value})

    last = result.stderr.strip().splitlines()[-1]
    assert (result.returncode, result.stdout) == (1, "")
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert variable in last


def test_settings_wrong_variable_stops_a_command_too(application: Path) -> None:
    result = run(application, "manage.py", "check", DEBUG="ano")

    assert result.returncode == 1
    assert result.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Wrong setting in the environment: "
        'Environment variable "DEBUG" invalid: Not a valid boolean.'
    )


HTTPS_SETTINGS = (
    "HTTPS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)
HTTPS_ON = [True, True, 31_536_000, ["HTTP_X_FORWARDED_PROTO", "https"], True, True]
HTTPS_OFF = [False, False, 0, None, False, False]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"ALLOWED_HOSTS": "programy.example.cz"}, HTTPS_ON),
        ({"ALLOWED_HOSTS": "localhost,programy.example.cz"}, HTTPS_ON),
        ({"ALLOWED_HOSTS": "programy.example.cz", "DEBUG": "true"}, HTTPS_ON),
        ({"ALLOWED_HOSTS": "localhost,127.0.0.1"}, HTTPS_OFF),
        ({"HTTPS": "true"}, HTTPS_ON),
        ({"ALLOWED_HOSTS": "programy.example.cz", "HTTPS": "false"}, HTTPS_OFF),
    ],
)
def test_settings_https_is_on_as_soon_as_a_real_host_is_named(
    application: Path, environment: dict[str, str], expected: list[Any]
) -> None:
    settings = settings_with(application, **environment)

    assert [settings[name] for name in HTTPS_SETTINGS] == expected


def test_settings_hosts_may_be_written_with_spaces(application: Path) -> None:
    settings = settings_with(application, ALLOWED_HOSTS="programy.example.cz, localhost")

    assert settings["ALLOWED_HOSTS"] == ["programy.example.cz", "localhost"]


def test_settings_postgresql_is_used_as_it_is_named(application: Path) -> None:
    url = "postgresql://jana:heslo@db.example.cz:5433/programy"

    database = settings_with(application, DATABASE_URL=url)["database"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        *("jana", "heslo", "db.example.cz", 5433, "programy")
    ]


def test_settings_mail_server_is_used_as_it_is_named(application: Path) -> None:
    settings = settings_with(application, EMAIL_URL="smtp://u:p@posta.example.cz:587")

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert settings["EMAIL_HOST"] == "posta.example.cz"


READ_PRAGMAS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "busy_timeout"):
        cursor.execute(f"PRAGMA {pragma}")
        print(cursor.fetchone()[0])
"""


def test_settings_sqlite_lets_others_read_while_one_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data.sqlite3"

    result = run(ROOT, "-c", READ_PRAGMAS, SECRET_KEY="x" * 50, DATABASE_URL=url)

    assert (result.stdout.split(), result.stderr) == (["wal", "1", "20000"], "")


COMPETE = """
import sqlite3
import sys
import django
django.setup()
from django.db import connection, transaction
other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SELECT 1")
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        print(error)
    print(other.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
other.execute("BEGIN IMMEDIATE")
other.close()
"""


def test_settings_sqlite_transaction_takes_the_right_to_write_at_once(tmp_path: Path) -> None:
    """Else two transactions that read first and write then would fail instead of waiting."""
    path = tmp_path / "data.sqlite3"
    url = f"sqlite:///{path}"

    result = run(ROOT, "-c", COMPETE, str(path), SECRET_KEY="x" * 50, DATABASE_URL=url)

    assert (result.stdout.splitlines(), result.stderr) == (["database is locked", "0"], "")
