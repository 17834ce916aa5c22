"""Our PDF beside LibreOffice's and Chromium's of the same content, made in turn in one run.

`make benchmark` measures; `make benchmark ARGS="--rounds 9 --write"` puts the tables into
docs/performance.md too. Nothing here is a test: a machine that does something else at the same time
measures nothing.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from types import TracebackType
from typing import IO, Any

import pikepdf

from benchmarks.notes import put

ROOT = Path(__file__).resolve().parent.parent
SLUG = "litvinov-janov"
TIMES = 10
# Tagged PDF/A-2 and PDF/UA, as ours: https://help.libreoffice.org, "PDF export command line".
LIBREOFFICE_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "SelectPdfVersion": {"type": "long", "value": "2"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        "PDFUACompliance": {"type": "boolean", "value": "true"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
    }
)
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
]


@dataclass(frozen=True)
class Run:
    seconds: float
    peak: float
    """Mebibytes of the largest process that took part."""


@dataclass
class Contestant:
    name: str
    run: Callable[[], Run]
    output: Path | None = None
    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def peak(self) -> float:
        return max(run.peak for run in self.runs)


class Kitchen:
    """A folder with a database, the same content for all, and a process of ours that stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'benchmark.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "litvinov.settings",
            "SECRET_KEY": "benchmark",
            "PYTHONPATH": str(ROOT),
        }
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_demo", "--password-file", str(folder / "password"))
        self.docx, self.html = folder / "report.docx", folder / "report.html"
        for path in (self.docx, self.html):
            self.manage(*self.order(path))
        # A page from the disk finds its style sheet and fonts beside itself.
        shutil.copytree(ROOT / "build" / "collected", folder / "static")
        self.html.write_text(self.html.read_text().replace('"/static/', '"static/'))
        self._stays: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Kitchen":
        command = [sys.executable, "-m", "benchmarks.warm", SLUG]
        self._stays = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        stays = self._process
        self._pipe(stays.stdin).close()
        stays.wait(timeout=60)
        self._pipe(stays.stdout).close()

    def order(self, path: Path) -> list[str]:
        kind = path.suffix.removeprefix(".")
        return [
            *("render_report", SLUG, "--audience", "partners"),
            *("--format", kind, "--output", str(path)),
        ]

    def manage(self, *order: str) -> Run:
        return self.whole_process([sys.executable, "manage.py", *order])

    def whole_process(self, command: list[str]) -> Run:
        """Raises CalledProcessError when it fails."""
        began = perf_counter()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Run(seconds, used.ru_maxrss / 1024)

    def ask(self, order: str) -> dict[str, Any]:
        stays = self._process
        self._pipe(stays.stdin).write(f"{order}\n")
        self._pipe(stays.stdin).flush()
        answer: dict[str, Any] = json.loads(self._pipe(stays.stdout).readline())
        return answer

    @property
    def _process(self) -> subprocess.Popen[str]:
        if self._stays is None:
            raise RuntimeError("the process that stays was not started")
        return self._stays

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        if pipe is None:
            raise RuntimeError("a pipe was not opened")
        return pipe

    def warm(self, order: str, until: str = "seconds") -> Run:
        answer = self.ask(order)
        return Run(answer[until], answer["peak"])

    def contestants(self) -> list[Contestant]:
        ours, theirs = self.folder / "ours.pdf", self.folder / "report.pdf"
        printed = self.folder / "chromium.pdf"
        profile = f"-env:UserInstallation=file://{self.folder / 'libreoffice'}"
        word = ["soffice", profile, "--headless", "--convert-to", LIBREOFFICE_FILTER]
        word += ["--outdir", str(self.folder), str(self.docx)]
        browser = [*CHROMIUM, f"--user-data-dir={self.folder / 'chromium'}"]
        browser += [f"--print-to-pdf={printed}", f"file://{self.html}"]
        return [
            Contestant("ours, warm", lambda: self.warm("read")),
            Contestant("ours, warm, until ready again", lambda: self.warm("read", "ready")),
            Contestant("ours, unchanged", lambda: self.warm("stored")),
            Contestant("ours, cold", lambda: self.manage(*self.order(ours)), ours),
            Contestant("LibreOffice", lambda: self.whole_process(word), theirs),
            Contestant("Chromium", lambda: self.whole_process(browser), printed),
        ]


def compete(contestants: list[Contestant], rounds: int) -> None:
    """Everybody once for practice, then `rounds` times in turn, each time another one first."""
    for one in contestants:
        one.run()
    for number in range(rounds):
        first = number % len(contestants)
        for one in contestants[first:] + contestants[:first]:
            one.runs.append(one.run())
            print(f"{one.name:30} {one.runs[-1].seconds:7.3f} s", file=sys.stderr)


def pages_and_tags(path: Path) -> str:
    with pikepdf.open(path) as document:
        tagged = "/StructTreeRoot" in document.Root
        return f"{len(document.pages)} pages, {'tagged' if tagged else 'no tags'}"


def machine() -> str:
    office = subprocess.run(
        ["soffice", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[:2]
    chromium = subprocess.run(
        ["chromium", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[:2]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()},"
        f" {' '.join(office)}, {' '.join(chromium)}"
    )


def table(contestants: list[Contestant]) -> list[str]:
    rival = next(one for one in contestants if one.name == "LibreOffice")
    rows = ["|What|Median|Fastest–slowest|× LibreOffice|Peak memory|File|", "|-|-|-|-|-|-|"]
    for one in contestants:
        seconds = sorted(run.seconds for run in one.runs)
        file = pages_and_tags(one.output) if one.output else ""
        rows.append(
            f"|{one.name}|{one.seconds:.3f} s|{seconds[0]:.3f}–{seconds[-1]:.3f} s"
            f"|{one.seconds / rival.seconds:.3f}|{one.peak:.0f} MiB|{file}|"
        )
    return rows


def growth(kitchen: Kitchen, rounds: int) -> list[str]:
    """How the time of a render grows with the content, both measured in turn."""
    rows = ["|Content|Pages|Median|× once|Peak memory|", "|-|-|-|-|-|"]
    answers: dict[int, list[dict[str, Any]]] = {1: [], TIMES: []}
    for _round in range(rounds):
        for times, known in answers.items():
            known.append(kitchen.ask(str(times)))
    once = median(answer["seconds"] for answer in answers[1])
    for times, known in answers.items():
        seconds = median(answer["seconds"] for answer in known)
        rows.append(
            f"|{times}×|{known[0]['pages']}|{seconds:.2f} s|{seconds / once:.1f}"
            f"|{max(answer['peak'] for answer in known):.0f} MiB|"
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the PDF beside its rivals.")
    parser.add_argument("--rounds", type=int, default=7, help="at least 5 (default 7)")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    options = parser.parse_args()
    if options.rounds < 5:
        parser.error("--rounds: a median of fewer than 5 says little")
    missing = [name for name in ("soffice", "chromium") if not shutil.which(name)]
    if missing:
        parser.error(f"missing: {', '.join(missing)}; .ci/packages benchmark installs them")

    with TemporaryDirectory() as folder, Kitchen(Path(folder)) as kitchen:
        contestants = kitchen.contestants()
        compete(contestants, options.rounds)
        lines = [
            f"Medians of {options.rounds} rounds in turn; {machine()}.",
            "",
            *table(contestants),
            "",
            *growth(kitchen, 3),
        ]
    text = "\n".join(lines)
    print(text)
    if options.write:
        put(text, place="rivals")


if __name__ == "__main__":
    main()
