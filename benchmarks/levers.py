"""What each thing that is done for the speed of the PDF gives: a render without it, in turn.

`.venv/bin/python -m benchmarks.levers [--write]`, on the database that DATABASE_URL names.
"""

import gc
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from statistics import median
from time import process_time
from typing import Any, BinaryIO
from unittest.mock import patch

import django

django.setup()

import tinyhtml5  # noqa: E402
from weasyprint import HTML  # noqa: E402

from benchmarks.notes import put  # noqa: E402
from benchmarks.warm import read  # noqa: E402
from reporting.collector import collector_off  # noqa: E402
from reporting.renderers import pdf  # noqa: E402

ROUNDS = 5
Change = Callable[[], AbstractContextManager[Any]]


def changes() -> dict[str, Change]:
    """What is measured, by what is left out."""
    return {
        "nothing: as it is": nullcontext,
        "collector of garbage off": _collecting,
        "style sheet and fonts read once": lambda: patch.object(
            pdf, "_style", pdf._style.__wrapped__
        ),
        "defaults of our own": lambda: patch.object(
            pdf.ReportHTML, "_ua_stylesheets", HTML._ua_stylesheets
        ),
        "a parser in C": lambda: patch.object(pdf, "_tree", _parsed_slowly),
        "hints for lists only where a list needs them": lambda: patch.object(
            pdf, "_LIST_FROM_A_NUMBER", re.compile("")
        ),
        "finishing (what it costs)": lambda: patch.object(pdf, "finish", _unfinished),
        "tags and PDF/A with their finishing (what they cost)": _untagged,
    }


@contextmanager
def _collecting() -> Iterator[None]:
    with patch.object(pdf, "collector_off", nullcontext):
        gc.enable()
        try:
            yield
        finally:
            gc.disable()


def _parsed_slowly(written: str) -> Any:
    return tinyhtml5.parse(written, namespace_html_elements=False)


def _unfinished(file: BinaryIO, *, names: dict[str, str]) -> bytes:
    file.seek(0)
    return file.read()


@contextmanager
def _untagged() -> Iterator[None]:
    write = pdf.ReportHTML.write_pdf

    def write_pdf(self: HTML, target: BinaryIO, **options: Any) -> Any:
        return write(self, target, **{**options, "pdf_variant": None})

    with (
        patch.object(pdf.ReportHTML, "write_pdf", write_pdf),
        patch.object(pdf, "finish", _unfinished),
    ):
        yield


def main(slug: str) -> None:
    report = read(slug)
    known: dict[str, list[float]] = {name: [] for name in changes()}
    for _round in range(ROUNDS):
        for name, change in changes().items():
            with collector_off(), change():
                began = process_time()
                pdf.render(report)
                known[name].append(process_time() - began)
    as_it_is = median(known["nothing: as it is"])
    rows = ["|Left out|Render|Difference|", "|-|-|-|"]
    for name, seconds in known.items():
        rows.append(f"|{name}|{median(seconds):.2f} s|{median(seconds) - as_it_is:+.2f} s|")
    text = "\n".join(rows)
    print(text)
    if "--write" in sys.argv:
        put(text, place="levers")


if __name__ == "__main__":
    main("litvinov-janov")
