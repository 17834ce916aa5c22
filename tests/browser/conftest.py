"""A real Chromium in front of the real application, and what it may not complain about.

The demonstration takes seconds to load and pytest-django empties the database after each
of these tests, so it is loaded once, kept in tables beside the application's own, and
copied back in milliseconds for each test that asks for it.
"""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from accounts.models import User
from indicators.models import CriteriaCatalogue
from programs.models import Program
from tests.browser.chromium import CHROMIUM, PATIENCE, launch, open_context
from tests.browser.states import World, make_world

PASSWORD = "heslo pro zkoušku"
DEMO_PROGRAM = "litvinov-janov"

expect.set_options(timeout=PATIENCE)


class Watch:
    """What the browser complained about during a test; there may be nothing at the end."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._expected: set[int] = set()
        self._expected_words: set[str] = set()

    def expect_status(self, *statuses: int) -> None:
        """The test means to be refused in this way."""
        self._expected.update(statuses)

    def expect_words(self, *words: str) -> None:
        """The test means to bring about complaints that say one of these."""
        self._expected_words.update(words)

    def _complain(self, complaint: str) -> None:
        if not any(words in complaint for words in self._expected_words):
            self.complaints.append(complaint)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._complain(f"JavaScript: {error.error}"))
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failure)

    def _on_console(self, message: ConsoleMessage) -> None:
        # Answers of the server are judged below. A breach of the content security policy
        # comes as an error of the console.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load"):
            self._complain(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._complain(f"{response.status}: {response.url}")

    def _on_failure(self, request: Request) -> None:
        # A download ends the navigation that began it.
        if request.failure != "net::ERR_ABORTED":
            self._complain(f"{request.failure}: {request.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.exit(f"{CHROMIUM} is missing; .ci/packages test installs it.", returncode=1)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: in memory all threads of the server would share one connection."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


class WholeApplication(WSGIHandler):
    """The application as it runs live: WhiteNoise serves what was collected."""

    def __init__(self, _media_handler: Any) -> None:
        super().__init__()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The address of the application, which runs in threads of this process."""
    if not (Path(django_settings.STATIC_ROOT) / "staticfiles.json").exists():
        pytest.exit("The assets are not built: make build/.collected", returncode=1)
    database: Any = connections[DEFAULT_DB_ALIAS]
    shared = {}
    if database.vendor == "sqlite" and database.is_in_memory_db():
        # Only when other tests, which keep it in memory, ran first.
        database.inc_thread_sharing()
        shared = {DEFAULT_DB_ALIAS: database}
    thread = LiveServerThread(
        "127.0.0.1", static_handler=WholeApplication, connections_override=shared
    )
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    if shared:
        database.dec_thread_sharing()


@pytest.fixture(autouse=True)
def _sign_in_quickly(settings: Any) -> None:
    """Passwords are checked fast, and one test's sign-ins do not count against the next."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert watch.complaints == []


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(
    transactional_db: None, chromium: Browser, server: str, watch: Watch
) -> Iterator[OpenPage]:
    """Open a window of a person's own: `open_page(user, width=390, javascript=False)`.

    Without a user nobody is signed in; a user gets the cookie of a session, since signing
    in has a test of its own.
    """
    contexts = []

    def open_page(user: User | None = None, *, width: int = 1280, **options: Any) -> Page:
        context = open_context(chromium, server, user, width=width, **options)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, user: User) -> None:
    """Through the form, as people do; the user must have PASSWORD."""
    page.goto("/ucet/prihlaseni/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Heslo").fill(PASSWORD)
    page.get_by_role("button", name="Přihlásit se").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programy")


class KeptData:
    """Data that take long to make, kept in tables of their own once they are made.

    Copying is plain SQL that both databases understand.
    """

    def __init__(self) -> None:
        self.tables: dict[str, list[str]] = {}

    def restore(self, name: str, make: Callable[[], object]) -> None:
        """Put the data into the empty database; `make` makes them the first time."""
        if name in self.tables:
            self._copy_back(name)
        else:
            make()
            self._keep(name)

    def _keep(self, name: str) -> None:
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        with connection.cursor() as cursor:
            for table in tables:
                kept = f'CREATE TABLE "{name}_{table}" AS SELECT * FROM "{table}"'  # noqa: S608
                cursor.execute(kept)
        self.tables[name] = tables

    def _copy_back(self, name: str) -> None:
        # Foreign keys are checked when the transaction ends, so the order does not matter.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables[name]:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  names from Django
            # A published catalogue takes nothing more, so it comes after its parts.
            for table in sorted(self.tables[name], key=CriteriaCatalogue._meta.db_table.__eq__):
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{name}_{table}"')  # noqa: S608
        ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def kept_data(django_db_setup: None) -> KeptData:
    return KeptData()


def load_demo() -> Program:
    call_command("load_demo", stdout=StringIO())
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return Program.objects.get(slug=DEMO_PROGRAM)


@pytest.fixture
def demo(transactional_db: None, kept_data: KeptData) -> Program:
    """The program Litvínov – Janov of the demonstration, as it is loaded."""
    kept_data.restore("demo", load_demo)
    return Program.objects.get(slug=DEMO_PROGRAM)


@pytest.fixture
def world(transactional_db: None, kept_data: KeptData) -> World:
    """The same program as people go on with it, and one that is empty."""
    kept_data.restore("world", lambda: make_world(load_demo()))
    return World.from_database()
