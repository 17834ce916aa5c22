"""The store of rendered reports: who draws one, how far it is, and the file in the end.

Workers on many machines look into one table, and any of them may be killed at any moment. So
whatever moves a rendering on is one UPDATE that says in which state, and under whose claim, it
has to be; who was given up and wakes again finds that it changes nothing. Who draws says that
they are alive at least every `beat_seconds()`; whoever finds a rendering silent for longer than
`settings.REPORT_LOST_AFTER` gives it back, and after MOST_ATTEMPTS it has failed.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reporting.content_key import content_key
from reporting.models import (
    Rendering,
    RenderingFailure,
    RenderingQuerySet,
    RenderingState,
    RenderingStep,
    Report,
)
from reporting.structure import Audience

MOST_ATTEMPTS = 3


def beat_seconds() -> float:
    return float(settings.REPORT_LOST_AFTER) / 6


def silent_since() -> datetime:
    """Who was heard of before this is taken for dead."""
    return timezone.now() - timedelta(seconds=settings.REPORT_LOST_AFTER)


def order(*, report: Report, audience: Audience, form: str, today: date) -> Rendering:
    """The rendering of a report as it stands now, which may be done long since or only ordered.

    Two people who order at once get the same one. Call it outside of a transaction, so that
    it is saved when this returns and a worker elsewhere sees it.
    """
    key = content_key(report, audience=audience, form=form, today=today)
    known = Rendering.objects.without_content().filter(key=key).first()
    if known:
        return known
    with transaction.atomic():
        rendering, _created = Rendering.objects.without_content().get_or_create(
            key=key,
            defaults={
                "program": report.program,
                "report": report if report.pk else None,
                "audience": audience,
                "form": form,
            },
        )
        older = Rendering.objects.of_same_file(rendering).filter(pk__lt=rendering.pk)
        older.filter(state__in=(RenderingState.WAITING, RenderingState.FAILED)).delete()
    return rendering


def claim(pk: int) -> Rendering | None:
    """Take a waiting rendering to draw it; None when somebody else has, or nobody wants it."""
    token, now = uuid4().hex, timezone.now()
    taken = Rendering.objects.filter(pk=pk, state=RenderingState.WAITING).update(
        state=RenderingState.RUNNING,
        step=RenderingStep.READING,
        claim=token,
        attempts=F("attempts") + 1,
        started_at=now,
        alive_at=now,
    )
    if not taken:
        return None
    found = Rendering.objects.without_content().select_related(
        "report", "program__locality__municipality", "program__theme"
    )
    return found.filter(pk=pk, claim=token).first()


def beat(rendering: Rendering) -> bool:
    """Say that it is still being drawn; False when it was given to somebody else meanwhile."""
    return bool(_claimed(rendering).update(alive_at=timezone.now()))


def enter(rendering: Rendering, step: RenderingStep) -> bool:
    return bool(_claimed(rendering).update(step=step, alive_at=timezone.now()))


def finish(rendering: Rendering, *, content: bytes, name: str) -> bool:
    """Keep the file in place of all older ones; False when somebody else was given the work."""
    with transaction.atomic():
        kept = _claimed(rendering).update(
            state=RenderingState.DONE,
            claim="",
            content=content,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            name=name,
            finished_at=timezone.now(),
        )
        if kept:
            same = Rendering.objects.of_same_file(rendering)
            same.filter(pk__lt=rendering.pk).delete()
    return bool(kept)


def fail(rendering: Rendering, failure: RenderingFailure) -> None:
    _claimed(rendering).update(
        state=RenderingState.FAILED, claim="", failure=failure, finished_at=timezone.now()
    )


def give_back(rendering: Rendering) -> None:
    """Who draws was told to stop: somebody else shall draw it, and it counts for no attempt."""
    _claimed(rendering).update(
        state=RenderingState.WAITING,
        step=RenderingStep.QUEUED,
        claim="",
        task="",
        attempts=F("attempts") - 1,
    )


def retry(rendering: Rendering) -> bool:
    """Order what has failed once more; False when somebody else did so before."""
    return bool(
        Rendering.objects.filter(pk=rendering.pk, state=RenderingState.FAILED).update(
            state=RenderingState.WAITING,
            step=RenderingStep.QUEUED,
            failure="",
            attempts=0,
            task="",
            asked_at=timezone.now(),
        )
    )


def give_back_lost(among: RenderingQuerySet | None = None) -> list[Rendering]:
    """Take work from those who went silent; answers with what waits for somebody else now."""
    found = Rendering.objects.all() if among is None else among
    waiting = []
    silent = found.filter(state=RenderingState.RUNNING, alive_at__lt=silent_since())
    for lost in silent.without_content():
        # Who wakes at this very moment has said so before us, and keeps it.
        silent_still = _claimed(lost).filter(alive_at=lost.alive_at)
        if lost.attempts >= MOST_ATTEMPTS:
            silent_still.update(
                state=RenderingState.FAILED,
                claim="",
                failure=RenderingFailure.LOST,
                finished_at=timezone.now(),
            )
        elif silent_still.update(state=RenderingState.WAITING, step=RenderingStep.QUEUED, claim=""):
            waiting.append(lost)
    return waiting


def claim_next(pks: Iterable[int]) -> Rendering | None:
    """Take the first of these that waits for somebody; None when none of them does."""
    waiting = Rendering.objects.filter(pk__in=list(pks), state=RenderingState.WAITING)
    for pk in waiting.values_list("pk", flat=True):
        taken = claim(pk)
        if taken:
            return taken
    return None


def _claimed(rendering: Rendering) -> RenderingQuerySet:
    return Rendering.objects.filter(
        pk=rendering.pk, state=RenderingState.RUNNING, claim=rendering.claim
    )
