"""A process that stays and renders on demand, as a worker does: one line in, one line out.

It reads an order: "read" is everything from the database to the bytes of the PDF; "stored" is what
a click on a report takes that was drawn before and has not changed; a number is the report that
many times over, without the reading. It answers with seconds until the file is there, seconds until
it is ready for the next order, pages, and mebibytes at most.
"""

import json
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

import django
import pikepdf

django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks.content import repeated  # noqa: E402
from reporting import tasks  # noqa: E402
from reporting.collector import collector_off  # noqa: E402
from reporting.formats import Format  # noqa: E402
from reporting.management.commands.render_report import program_of  # noqa: E402
from reporting.models import Rendering, RenderingState, Report  # noqa: E402
from reporting.reading import read_report  # noqa: E402
from reporting.renderers import pdf  # noqa: E402
from reporting.structure import Audience, ProgramReport  # noqa: E402


def read(slug: str) -> ProgramReport:
    return read_report(program_of(slug), audience=Audience.PARTNERS, today=timezone.localdate())


def stored(slug: str) -> bytes:
    """Raises RuntimeError if it had to be drawn first."""
    report = Report.objects.newest_of(program_of(slug))
    rendering = tasks.ask(
        report=report, audience=Audience.PARTNERS, form=Format.PDF, today=timezone.localdate()
    )
    if rendering.state != RenderingState.DONE:
        raise RuntimeError(f"{rendering.get_state_display()}: {rendering.get_failure_display()}")
    kept = Rendering.objects.get(pk=rendering.pk).content
    if kept is None:
        raise RuntimeError("done, and yet without a file")
    return bytes(kept)


def work_for(order: str, slug: str) -> Callable[[], bytes]:
    if order == "read":
        return lambda: pdf.render(read(slug))
    if order == "stored":
        return lambda: stored(slug)
    report = repeated(read(slug), int(order))
    return lambda: pdf.render(report)


def main(slug: str) -> None:
    for line in sys.stdin:
        work = work_for(line.strip(), slug)
        began = perf_counter()
        # As where a rendering is drawn: nothing is cleared up before the file was handed over.
        with collector_off():
            content = work()
            seconds = perf_counter() - began
        ready = perf_counter() - began
        with pikepdf.open(BytesIO(content)) as document:
            pages = len(document.pages)
        status = Path("/proc/self/status").read_text()
        peak = next(one.split()[1] for one in status.splitlines() if one.startswith("VmHWM"))
        answer = {
            "seconds": seconds,
            "ready": ready,
            "pages": pages,
            "peak": int(peak) / 1024,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
