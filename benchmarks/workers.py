"""How a batch of reports grows faster with workers: one against two, in turn.

`make benchmark-workers` gives it a PostgreSQL server of its own, thrown away at the end.
"""

import subprocess
import sys
from statistics import median
from time import perf_counter

import django

django.setup()

from benchmarks.notes import put  # noqa: E402
from reporting.models import Rendering, RenderingState  # noqa: E402
from tests.reporting import workshop  # noqa: E402

PROGRAMS = 50
ROUNDS = 3
WORKERS = (1, 2)


def draw_all(workers: int) -> float:
    """Seconds that it takes. Raises CalledProcessError or RuntimeError when one is not drawn."""
    Rendering.objects.all().delete()
    began = perf_counter()
    order = ["render_reports", "--all", "--workers", str(workers)]
    subprocess.run([sys.executable, "manage.py", *order], check=True, stdout=subprocess.DEVNULL)
    seconds = perf_counter() - began
    drawn = Rendering.objects.filter(state=RenderingState.DONE).count()
    if drawn != PROGRAMS:
        raise RuntimeError(f"{drawn} of {PROGRAMS} were drawn")
    return seconds


def main() -> None:
    workshop.prepare(PROGRAMS)
    known: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    for _round in range(ROUNDS):
        for workers in WORKERS:
            known[workers].append(draw_all(workers))
    alone = median(known[1])
    rows = ["|Workers|Median|Fastest–slowest|× one|", "|-|-|-|-|"]
    for workers, seconds in known.items():
        rows.append(
            f"|{workers}|{median(seconds):.1f} s|{min(seconds):.1f}–{max(seconds):.1f} s"
            f"|{median(seconds) / alone:.2f}|"
        )
    text = "\n".join(rows)
    print(text)
    if "--write" in sys.argv:
        put(text, place="workers")


if __name__ == "__main__":
    main()
