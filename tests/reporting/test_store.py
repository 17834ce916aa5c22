"""The store of rendered reports: one for each content, whoever draws it and whoever dies."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from programs.actions import delete_program
from programs.models import Program
from reporting import actions, drawing, store, tasks
from reporting.formats import FORMS, Format
from reporting.models import Rendering, RenderingFailure, RenderingState, RenderingStep, Report
from reporting.reading import read_report
from reporting.structure import Audience
from tests.builders import make_goal, make_report
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def order(program: Program, form: str = "json", **other: Any) -> Rendering:
    loaded = Program.objects.select_related("locality").get(pk=program.pk)
    report = other.pop("report", None) or Report.objects.newest_of(loaded)
    report.program = loaded
    asked: dict[str, Any] = {"audience": Audience.PUBLIC, "today": timezone.localdate()}
    return store.order(report=report, form=form, **{**asked, **other})


def claimed(program: Program) -> Rendering:
    taken = store.claim(order(program).pk)
    assert taken
    return taken


def silence(rendering: Rendering) -> None:
    """As if whoever draws it had been killed long ago."""
    long_ago = timezone.now() - timedelta(hours=1)
    Rendering.objects.filter(pk=rendering.pk).update(alive_at=long_ago)


def fresh(program: Program, form: str = "json") -> bytes:
    loaded = Program.objects.select_related("locality__municipality", "theme").get(pk=program.pk)
    read = read_report(loaded, audience=Audience.PUBLIC, today=timezone.localdate())
    return FORMS[Format(form)].render(read)


def test_what_is_ordered_twice_is_one(cast: Cast) -> None:
    assert order(cast.program) == order(cast.program)
    assert Rendering.objects.count() == 1


def test_what_has_changed_is_another_one(cast: Cast) -> None:
    first = order(cast.program)
    make_goal(cast.program, "1.1")

    second = order(cast.program)

    assert second != first
    # Nobody shall draw what nobody wants any more.
    assert list(Rendering.objects.all()) == [second]


def test_every_form_audience_and_report_has_its_own(cast: Cast) -> None:
    report = make_report(cast.program)
    interim = make_report(cast.program, kind="interim", dated_on=date(2024, 1, 31))

    orders = [
        order(cast.program, report=report),
        order(cast.program, report=interim),
        order(cast.program, "html", report=report),
        order(cast.program, report=report, audience=Audience.PARTNERS),
    ]

    assert len(set(orders)) == Rendering.objects.count() == 4


def test_one_of_two_claims(cast: Cast) -> None:
    rendering = order(cast.program)

    assert store.claim(rendering.pk) is not None
    assert store.claim(rendering.pk) is None


def test_what_is_drawn_is_what_a_fresh_drawing_gives(cast: Cast) -> None:
    make_goal(cast.program, "1.1")

    drawing.draw(claimed(cast.program))

    done = order(cast.program)
    assert (done.state, done.failure, done.name) == (RenderingState.DONE, "", "nas.json")
    assert bytes(done.content or b"") == fresh(cast.program)
    assert done.size == len(fresh(cast.program))


def test_newer_takes_the_place_of_older(cast: Cast) -> None:
    drawing.draw(claimed(cast.program))
    old = order(cast.program)
    make_goal(cast.program, "1.1")

    taken = claimed(cast.program)

    # Until the newer one is there, the older one stays; nobody is given it.
    assert Rendering.objects.filter(pk=old.pk).exists()
    drawing.draw(taken)
    assert list(Rendering.objects.all()) == [taken]


def test_what_changes_while_it_is_read_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_while_somebody_writes(*args: Any, **options: Any) -> Any:
        read = read_report(*args, **options)
        make_goal(cast.program, "1.1")
        return read

    taken = claimed(cast.program)
    monkeypatch.setattr(drawing, "read_report", read_while_somebody_writes)

    drawing.draw(taken)

    taken.refresh_from_db()
    assert (taken.state, taken.failure) == (RenderingState.FAILED, RenderingFailure.OUTDATED)
    assert order(cast.program) != taken


def test_another_version_of_the_program_draws_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = claimed(cast.program)
    monkeypatch.setattr("reporting.content_key.drawing_version", lambda: "another")

    drawing.draw(taken)

    taken.refresh_from_db()
    assert (taken.failure, taken.content) == (RenderingFailure.OUTDATED, None)


def test_first_report_of_a_program_makes_the_one_without_old(cast: Cast) -> None:
    taken = claimed(cast.program)
    make_report(cast.program)

    drawing.draw(taken)

    taken.refresh_from_db()
    assert taken.failure == RenderingFailure.OUTDATED


def test_an_error_is_told_and_logged(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **options: Any) -> Any:
        raise ZeroDivisionError

    taken = claimed(cast.program)
    monkeypatch.setattr(drawing, "read_report", broken)

    drawing.draw(taken)

    taken.refresh_from_db()
    assert (taken.state, taken.failure) == (RenderingState.FAILED, RenderingFailure.ERROR)
    assert "ZeroDivisionError" in caplog.text


def test_who_is_told_to_stop_gives_the_work_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*args: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    taken = claimed(cast.program)
    monkeypatch.setattr(drawing, "read_report", stopped)

    with pytest.raises(KeyboardInterrupt):
        drawing.draw(taken)

    taken.refresh_from_db()
    assert (taken.state, taken.attempts, taken.claim) == (RenderingState.WAITING, 0, "")


def test_who_is_heard_of_keeps_the_work(cast: Cast) -> None:
    taken = claimed(cast.program)

    assert store.give_back_lost() == []
    assert store.beat(taken)


def test_who_went_silent_loses_the_work(cast: Cast) -> None:
    taken = claimed(cast.program)
    silence(taken)

    assert store.give_back_lost() == [taken]

    taken.refresh_from_db()
    assert (taken.state, taken.step) == (RenderingState.WAITING, RenderingStep.QUEUED)


def test_who_wakes_late_changes_nothing(cast: Cast) -> None:
    late = claimed(cast.program)
    silence(late)
    store.give_back_lost()
    second = claimed(cast.program)

    assert not store.beat(late)
    assert not store.enter(late, RenderingStep.DRAWING)
    assert not store.finish(late, content=b"late", name="late.json")
    store.fail(late, RenderingFailure.ERROR)
    store.give_back(late)

    assert store.finish(second, content=b"right", name="nas.json")
    assert not store.finish(late, content=b"late", name="late.json")
    second.refresh_from_db()
    assert (bytes(second.content or b""), second.attempts) == (b"right", 2)


def test_what_kills_every_worker_is_given_up(cast: Cast) -> None:
    for _attempt in range(store.MOST_ATTEMPTS):
        silence(claimed(cast.program))
        store.give_back_lost()

    lost = order(cast.program)
    assert (lost.state, lost.failure) == (RenderingState.FAILED, RenderingFailure.LOST)
    assert store.claim(lost.pk) is None
    assert store.retry(lost)
    assert not store.retry(lost)
    assert claimed(cast.program).attempts == 1


def test_deleted_report_takes_its_files_along(cast: Cast) -> None:
    report = make_report(cast.program)
    drawing.draw(claimed(cast.program))

    actions.delete_report(report=report, by=cast.expert)

    assert not Rendering.objects.exists()


def test_deleted_program_takes_its_files_along(cast: Cast) -> None:
    drawing.draw(claimed(cast.program))
    taken = claimed(cast.strange_program)

    delete_program(program=cast.program, by=cast.consultant)
    delete_program(program=cast.strange_program, by=cast.consultant)

    assert not Rendering.objects.exists()
    # Nobody is there any more for whom it would be drawn.
    drawing.draw(taken)
    assert not Rendering.objects.exists()


def test_says_while_it_draws_that_it_is_alive(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    beaten = threading.Event()
    monkeypatch.setattr(store, "beat_seconds", lambda: 0.01)
    monkeypatch.setattr(store, "beat", lambda rendering: beaten.set())

    with drawing.heartbeat(claimed(cast.program)):
        assert beaten.wait(10)


class TestTasks:
    """Where tasks run at once they do; where they wait, each is sent as long as it has to be."""

    def ask(self, program: Program) -> Rendering:
        loaded = Program.objects.select_related("locality").get(pk=program.pk)
        report = Report.objects.newest_of(loaded)
        report.program = loaded
        today = timezone.localdate()
        return tasks.ask(report=report, audience=Audience.PUBLIC, form="json", today=today)

    def queue(self) -> list[str]:
        found = tasks.DBTaskResult.objects.order_by("enqueued_at")
        return list(found.values_list("status", flat=True))

    def test_immediately(self, cast: Cast) -> None:
        assert self.ask(cast.program).state == RenderingState.DONE

    @pytest.mark.usefixtures("queued")
    def test_waits_and_is_sent_once(self, cast: Cast) -> None:
        assert self.ask(cast.program).state == RenderingState.WAITING
        assert self.ask(cast.program).state == RenderingState.WAITING

        assert self.queue() == ["READY"]

    @pytest.mark.usefixtures("queued")
    def test_waits_patiently_in_a_long_queue(self, cast: Cast) -> None:
        waiting = self.ask(cast.program)
        Rendering.objects.update(sent_at=timezone.now() - timedelta(hours=1))

        assert self.ask(cast.program) == waiting
        assert self.queue() == ["READY"]

    @pytest.mark.usefixtures("queued")
    def test_is_sent_again_when_its_task_was_lost(self, cast: Cast) -> None:
        self.ask(cast.program)
        Rendering.objects.update(sent_at=timezone.now() - timedelta(hours=1))
        tasks.DBTaskResult.objects.update(status="RUNNING")

        self.ask(cast.program)

        assert self.queue() == ["RUNNING", "READY"]

    @pytest.mark.usefixtures("queued")
    def test_dead_worker_leaves_no_task_running(self, cast: Cast) -> None:
        self.ask(cast.program)
        tasks.DBTaskResult.objects.update(status="RUNNING")
        silence(claimed(cast.program))

        assert self.ask(cast.program).state == RenderingState.WAITING
        assert self.queue() == ["FAILED", "READY"]

    @pytest.mark.usefixtures("queued")
    def test_worker_gives_back_what_others_left(self, cast: Cast) -> None:
        self.ask(cast.program)
        lost = claimed(cast.program)
        silence(lost)
        other = order(cast.strange_program)

        tasks.draw_report.call(other.pk)

        lost.refresh_from_db()
        other.refresh_from_db()
        assert (lost.state, other.state) == (RenderingState.WAITING, RenderingState.DONE)

    def test_second_task_for_the_same_does_nothing(self, cast: Cast) -> None:
        done = self.ask(cast.program)
        finished = done.finished_at

        tasks.draw_report.call(done.pk)

        done.refresh_from_db()
        assert (done.finished_at, done.attempts) == (finished, 1)
