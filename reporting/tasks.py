"""What runs outside of requests: through Django's Tasks API, which Django 6 has of its own."""

from datetime import date

from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks_db.models import DBTaskResult

from reporting import drawing, store
from reporting.models import Rendering, RenderingState, Report
from reporting.structure import Audience

AT_ONCE = 10
"""The priority of what somebody waits for, before what runs overnight."""


class WorkerLost(Exception):
    """A worker went silent over a task, most likely because it was killed."""


@task()
def draw_report(pk: int) -> None:
    """Draw one rendering, unless somebody else does; work of dead workers is given back first."""
    send_lost()
    claimed = store.claim(pk)
    if claimed:
        drawing.draw(claimed)


def ask(*, report: Report, audience: Audience, form: str, today: date) -> Rendering:
    """The rendering of a report as it stands, sent to be drawn unless it was.

    Where tasks run at once, it comes back drawn.
    """
    rendering = store.order(report=report, audience=audience, form=form, today=today)
    if rendering.state == RenderingState.RUNNING:
        send_lost(rendering)
    elif rendering.state == RenderingState.WAITING and is_in_no_queue(rendering):
        send(rendering, priority=AT_ONCE)
    else:
        return rendering
    return Rendering.objects.without_content().get(pk=rendering.pk)


def send(rendering: Rendering, *, priority: int = 0) -> None:
    """Give a rendering that waits to the workers. Sent twice, it is drawn once all the same."""
    # Marked first: where tasks run at once, the rendering is done when this returns.
    waiting = Rendering.objects.filter(pk=rendering.pk)
    waiting.update(sent_at=timezone.now())
    result = draw_report.using(priority=priority).enqueue(rendering.pk)
    waiting.update(task=result.id)


def send_lost(only: Rendering | None = None) -> None:
    """Give the work of those who went silent to others, and say in the queue that it failed."""
    among = Rendering.objects.filter(pk=only.pk) if only else None
    for lost in store.give_back_lost(among):
        _give_up(lost.task)
        send(lost, priority=AT_ONCE)


def is_in_no_queue(rendering: Rendering) -> bool:
    """Whether a rendering that waits would wait for ever."""
    if not rendering.task or rendering.sent_at is None:
        return True
    if rendering.sent_at > store.silent_since():
        return False
    if not default_task_backend.supports_get_result:
        return True
    try:
        result = default_task_backend.get_result(rendering.task)
    except TaskResultDoesNotExist:
        return True
    return result.status != TaskResultStatus.READY


def _give_up(task_id: str) -> None:
    """The queue would show the task of a dead worker as running for ever."""
    if default_task_backend.supports_get_result:
        running = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.RUNNING)
        for left in running:
            left.set_failed(WorkerLost())
