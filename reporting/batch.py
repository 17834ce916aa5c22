"""Many reports at once: ordered together, drawn by any number of processes, counted as they come.

What is done stays in the store, so a batch that was killed goes on where it ended when it is run
again, and two that run at once share the work.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from django.conf import settings
from django.utils import timezone

from programs.models import Program
from reporting import drawing, store, tasks
from reporting.models import (
    Rendering,
    RenderingFailure,
    RenderingQuerySet,
    RenderingState,
    Report,
)
from reporting.structure import Audience
from reporting.worker_process import work

LOOK_AGAIN = 0.2
"""Seconds between two looks at what others draw."""
MOST_ORDERS = 3
"""So often one file is ordered in a batch when its report changes all the time."""
MOST_DEATHS = 3
"""So many processes may die one after another with nothing drawn between."""


class WorkersDie(Exception):
    """Processes that were to draw reports end before they have drawn any."""


@dataclass(frozen=True)
class Wanted:
    """One file of a batch."""

    program: int
    slug: str
    audience: Audience
    form: str

    def __str__(self) -> str:
        return f"{self.slug} {self.form} {self.audience}"


class Batch:
    """Files that are wanted; `open` has those that are not there yet, by their renderings."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.open: dict[int, Wanted] = {}
        self.orders: dict[Wanted, int] = {}
        self.known: list[Wanted] = []
        for one in wanted:
            rendering = self._order(one)
            if rendering and rendering.state == RenderingState.DONE:
                self.known.append(one)
            elif rendering:
                self.open[rendering.pk] = one

    def run(self, workers: int) -> Generator[tuple[Wanted, Rendering]]:
        """Draw what is open in so many processes and yield each file as it ends, well or not.

        One draws in this process; none leaves everything to `manage.py db_worker`. Raises
        WorkersDie when that is hopeless.
        """
        match workers:
            case 0:
                yield from self._leave_to_others()
            case 1:
                yield from self._draw_here()
            case _:
                yield from self._draw_beside(workers)

    def _draw_here(self) -> Iterator[tuple[Wanted, Rendering]]:
        while self.open:
            claimed = store.claim_next(self.open)
            if claimed:
                drawing.draw(claimed)
            else:
                self._wait()
            yield from self._ended()

    def _leave_to_others(self) -> Iterator[tuple[Wanted, Rendering]]:
        looked = time.monotonic()
        while self.open:
            waiting = self._renderings().filter(state=RenderingState.WAITING)
            if time.monotonic() - looked < settings.REPORT_LOST_AFTER:
                waiting = waiting.filter(task="")
            else:
                # Now and then also for those whose worker died before it began.
                looked = time.monotonic()
            for rendering in waiting:
                if tasks.is_in_no_queue(rendering):
                    tasks.send(rendering)
            tasks.send_lost()
            time.sleep(LOOK_AGAIN)
            yield from self._ended()

    def _draw_beside(self, workers: int) -> Iterator[tuple[Wanted, Rendering]]:
        processes: list[BaseProcess] = []
        deaths = 0
        try:
            while self.open:
                deaths += sum(1 for one in processes if one.exitcode)
                if deaths > MOST_DEATHS * workers:
                    raise WorkersDie
                processes = [one for one in processes if one.is_alive()]
                waiting = self._renderings().filter(state=RenderingState.WAITING).count()
                for _number in range(min(workers, len(processes) + waiting) - len(processes)):
                    processes.append(_process(list(self.open)))
                self._wait()
                for ended in self._ended():
                    deaths = 0
                    yield ended
        finally:
            for one in processes:
                one.terminate()

    def _wait(self) -> None:
        store.give_back_lost(self._renderings())
        time.sleep(LOOK_AGAIN)

    def _renderings(self) -> RenderingQuerySet:
        return Rendering.objects.filter(pk__in=list(self.open)).without_content()

    def _ended(self) -> Iterator[tuple[Wanted, Rendering]]:
        now = {rendering.pk: rendering for rendering in self._renderings()}
        for pk, wanted in list(self.open.items()):
            rendering = now.get(pk)
            has_changed = rendering is None or rendering.failure == RenderingFailure.OUTDATED
            if has_changed and self.orders[wanted] < MOST_ORDERS:
                del self.open[pk]
                rendering = self._order(wanted)
                if rendering:
                    self.open[rendering.pk] = wanted
            if rendering and rendering.state in (RenderingState.DONE, RenderingState.FAILED):
                del self.open[rendering.pk]
                yield wanted, rendering

    def _order(self, wanted: Wanted) -> Rendering | None:
        """What failed before is tried once more; None when the program is gone."""
        self.orders[wanted] = self.orders.get(wanted, 0) + 1
        program = Program.objects.select_related("locality").filter(pk=wanted.program).first()
        if program is None:
            return None
        report = Report.objects.newest_of(program)
        report.program = program
        rendering = store.order(
            report=report,
            audience=wanted.audience,
            form=wanted.form,
            today=timezone.localdate(),
        )
        if store.retry(rendering):
            rendering.refresh_from_db()
        return rendering


def _process(pks: list[int]) -> BaseProcess:
    # Spawned, not forked: a connection to a database cannot be shared.
    process = get_context("spawn").Process(target=work, args=[pks], daemon=True)
    process.start()
    return process
