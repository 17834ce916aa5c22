"""Drawing one rendering that was claimed: read, draw, and keep what came of it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils import timezone

from programs.models import Program
from reporting import store
from reporting.collector import collector_off
from reporting.content_key import content_key
from reporting.formats import FORMS, Format, file_name
from reporting.models import Rendering, RenderingFailure, RenderingStep, Report
from reporting.reading import read_report
from reporting.structure import Audience

logger = logging.getLogger(__name__)


def draw(rendering: Rendering) -> None:
    """Draw what `store.claim` has given us.

    What was read is drawn only if the key says afterwards that nothing has changed since it
    was ordered, and that it was ordered from the same version of the program as ours.
    """
    try:
        with heartbeat(rendering), collector_off():
            _draw(rendering)
    except Exception:
        logger.exception("Rendering %s of program %s failed", rendering.form, rendering.program_id)
        store.fail(rendering, RenderingFailure.ERROR)
    except BaseException:
        # We were told to stop; somebody else shall not have to wait until we are taken for dead.
        store.give_back(rendering)
        raise


def _draw(rendering: Rendering) -> None:
    form, audience = Format(rendering.form), Audience(rendering.audience)
    today = timezone.localdate()
    report = rendering.report or Report(program=rendering.program)
    read = read_report(rendering.program, audience=audience, today=today, report=report)
    now = _as_it_stands(rendering)
    if now is None or rendering.key != content_key(now, audience=audience, form=form, today=today):
        store.fail(rendering, RenderingFailure.OUTDATED)
        return
    if not store.enter(rendering, RenderingStep.DRAWING):
        return
    content = FORMS[form].render(read)
    store.finish(rendering, content=content, name=file_name(rendering.program.slug, read, form))


def _as_it_stands(rendering: Rendering) -> Report | None:
    """The report, asked for anew; None when it is gone or the program was given its first one."""
    program = Program.objects.select_related("locality").filter(pk=rendering.program_id).first()
    if program is None:
        return None
    if rendering.report_id is None:
        newest = Report.objects.newest_of(program)
        return None if newest.pk else newest
    found = Report.objects.filter(pk=rendering.report_id).first()
    if found:
        found.program = program
    return found


@contextmanager
def heartbeat(rendering: Rendering) -> Iterator[None]:
    """Say now and then, from a thread, that the rendering is being drawn."""
    stopped = threading.Event()

    def beat() -> None:
        try:
            while not stopped.wait(store.beat_seconds()):
                try:
                    store.beat(rendering)
                except DatabaseError:
                    # A database that does not answer now may do so before we count as dead.
                    logger.warning("A heartbeat was not written", exc_info=True)
                finally:
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{rendering.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
