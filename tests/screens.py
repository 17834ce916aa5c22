"""Pictures of every page, of states worth seeing and of the report: `make screens`.

They end in var/screens, at the width of a desk and of a phone. `ARGS='goal state-404'` takes
anew only those whose name begins with one of these. The pages come from the production server
over a database of its own, so neither the data of this installation nor a demonstration that
is running is touched.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import django
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "var" / "screens"
SECONDS_TO_START = 30


def main(*wanted: str) -> None:
    if SCREENS.exists() and not wanted:
        shutil.rmtree(SCREENS)
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="litvinov.settings",
            DATABASE_URL=f"sqlite:///{folder}/screens.sqlite3",
            EMAIL_URL=f"file://{folder}/mail",
            SECRET_KEY="only for pictures",
            # Playwright's loop runs in this thread, which Django takes for asynchronous code.
            DJANGO_ALLOW_ASYNC_UNSAFE="1",
        )
        django.setup()
        # It knows the models, which can be imported only now.
        from tests.browser import pictures

        world = pictures.fill_database()
        if not wanted or "report" in wanted:
            pictures.take_report(world, folder, SCREENS)
        with server(folder / "server.log") as address, sync_playwright() as playwright:
            pictures.take_pages(playwright, address, world, SCREENS, wanted)
    print(f"{SCREENS.relative_to(ROOT)}: {len(list(SCREENS.glob('*.png')))} pictures")


@contextmanager
def server(log: Path) -> Iterator[str]:
    """The production server on a free port, with the environment of this process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    command = [str(Path(sys.executable).with_name("gunicorn")), "litvinov.wsgi"]
    command += ["--bind", f"{host}:{port}", "--workers", "2", "--threads", "4", "--preload"]
    command += ["--no-control-socket", "--log-level", "warning"]
    # It logs every refusal, and refusals are among the pictures.
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stderr=errors)
    try:
        wait_for(host, port, process)
        yield f"http://{host}:{port}"
    except BaseException:
        print(log.read_text(encoding="utf-8"), file=sys.stderr)
        raise
    finally:
        process.terminate()
        process.wait()


def wait_for(host: str, port: int, process: subprocess.Popen[bytes]) -> None:
    """Raises SystemExit when the server ends or does not answer in time."""
    for _ in range(SECONDS_TO_START * 10):
        if process.poll() is not None:
            raise SystemExit(f"The server ended with status {process.returncode}.")
        try:
            socket.create_connection((host, port)).close()
        except ConnectionRefusedError:
            sleep(0.1)
        else:
            return
    raise SystemExit(f"The server did not answer in {SECONDS_TO_START} seconds.")


if __name__ == "__main__":
    main(*sys.argv[1:])
