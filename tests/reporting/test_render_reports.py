"""`manage.py render_reports`: which reports it draws, what it tells and when it fails."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from programs.models import Program
from reporting import batch, drawing, store
from reporting.models import Rendering, RenderingState, Report
from reporting.reading import read_report
from reporting.structure import Audience
from tests.builders import make_goal, make_program
from tests.reporting.test_rendering_pages import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def programs(db: None) -> dict[str, Program]:
    return {
        "loni": make_program(
            slug="loni", first_month=date(2022, 1, 1), last_month=date(2023, 6, 1)
        ),
        "letos": make_program(
            slug="letos", first_month=date(2023, 7, 1), last_month=date(2024, 6, 1)
        ),
    }


def render(*arguments: str, **options: Any) -> list[str]:
    told = StringIO()
    call_command("render_reports", *arguments, "--format=json", stdout=told, **options)
    return told.getvalue().splitlines()


def drawn() -> list[tuple[str, str, str]]:
    done = Rendering.objects.filter(state=RenderingState.DONE).order_by("pk")
    return list(done.values_list("program__slug", "form", "audience"))


def test_draws_all(programs: dict[str, Program]) -> None:
    first, *lines = render("--all")

    assert first == "2 wanted, 0 there already"
    assert [line.split(":")[0] for line in lines] == [
        "1/2 letos json public",
        "2/2 loni json public",
    ]
    assert drawn() == [("letos", "json", "public"), ("loni", "json", "public")]


def test_draws_programs_that_ended_in_a_year(programs: dict[str, Program]) -> None:
    render("--all", "--year=2023")

    assert drawn() == [("loni", "json", "public")]


def test_draws_those_named_in_forms_and_editions(programs: dict[str, Program]) -> None:
    render("letos", "--format=html", "--audience=public", "--audience=partners")

    assert set(drawn()) == {
        ("letos", form, audience)
        for form in ("html", "json")
        for audience in ("public", "partners")
    }


def test_draws_nothing_twice(programs: dict[str, Program]) -> None:
    render("letos")

    assert render("--all")[0] == "2 wanted, 1 there already"
    assert render("--all") == ["2 wanted, 2 there already"]
    assert set(Rendering.objects.values_list("attempts", flat=True)) == {1}


def test_names_what_failed_and_draws_the_rest(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def read(program: Program, **options: Any) -> Any:
        if program.slug == "letos":
            raise ZeroDivisionError
        return read_report(program, **options)

    with monkeypatch.context() as patched:
        patched.setattr(drawing, "read_report", read)
        with pytest.raises(CommandError, match=r"Not drawn:\nletos json public: failed \(error\)"):
            render("--all")
    assert drawn() == [("loni", "json", "public")]

    # Once it is mended, the next run draws what failed.
    assert render("--all")[0] == "2 wanted, 1 there already"
    assert len(drawn()) == 2


def test_draws_anew_what_changes_meanwhile(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    writers = iter(["1.1"])

    def read(program: Program, **options: Any) -> Any:
        told = read_report(program, **options)
        for code in writers:
            make_goal(program, code)
        return told

    monkeypatch.setattr(drawing, "read_report", read)

    render("letos")

    assert b'"code": "1.1"' in bytes(Rendering.objects.get().content or b"")


def test_gives_up_what_changes_all_the_time(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter(f"1.{number}" for number in range(1, 100))

    def read(program: Program, **options: Any) -> Any:
        told = read_report(program, **options)
        make_goal(program, next(codes))
        return told

    monkeypatch.setattr(drawing, "read_report", read)

    with pytest.raises(CommandError, match=r"letos json public: failed \(outdated\)"):
        render("letos")


def test_program_deleted_meanwhile_is_not_waited_for(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    def claim(_pks: Any) -> None:
        Program.objects.filter(slug="letos").delete()

    monkeypatch.setattr(store, "claim_next", claim)
    monkeypatch.setattr(batch, "LOOK_AGAIN", 0)

    assert render("letos") == ["1 wanted, 0 there already"]


def test_takes_over_from_who_went_silent(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program.objects.select_related("locality").get(slug="letos")
    report = Report(program=program)
    silent = store.order(
        report=report, audience=Audience.PUBLIC, form="json", today=timezone.localdate()
    )
    store.claim(silent.pk)
    Rendering.objects.update(alive_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(batch, "LOOK_AGAIN", 0)

    render("letos")

    done = Rendering.objects.get()
    assert (done.state, done.attempts) == (RenderingState.DONE, 2)


@pytest.mark.usefixtures("queued")
class TestLeftToWorkers:
    @pytest.fixture(autouse=True)
    def _workers_work_meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batch.time, "sleep", lambda seconds: work())

    def test_are_drawn_by_them(self, programs: dict[str, Program]) -> None:
        render("--all", workers=0)

        assert len(drawn()) == 2

    def test_workers_of_another_version_end_the_batch(
        self, programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawing, "content_key", lambda *args, **options: "another")

        with pytest.raises(CommandError, match=r"letos json public: failed \(outdated\)"):
            render("letos", workers=0)

    def test_task_whose_worker_died_before_it_began_is_sent_again(
        self, programs: dict[str, Program], settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.REPORT_LOST_AFTER = 0

        def die_once(seconds: float) -> None:
            for task in DBTaskResult.objects.all():
                task.claim("dead")
            monkeypatch.setattr(batch.time, "sleep", lambda seconds: work())

        monkeypatch.setattr(batch.time, "sleep", die_once)

        render("letos", workers=0)

        assert drawn() == [("letos", "json", "public")]


def test_dying_workers_end_the_batch(
    programs: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dead:
        exitcode = 1

        def is_alive(self) -> bool:
            return False

        def terminate(self) -> None:
            pass

    monkeypatch.setattr(batch, "LOOK_AGAIN", 0)
    monkeypatch.setattr(batch, "_process", lambda pks: Dead())

    with pytest.raises(CommandError, match="Workers die"):
        render("--all", workers=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name programs, or give --all"),
        (("letos", "--all"), "Name programs, or give --all"),
        (("jinde", "letos"), "There is no program jinde"),
        (("--all", "--year=0"), "at most four digits"),
        (("--all", "--workers=-1"), "a number from 0 to 64"),
        (("--all", "--workers=65"), "a number from 0 to 64"),
        (("--all", "--audience=team"), "invalid choice"),
    ],
)
def test_refuses_what_it_does_not_know(
    programs: dict[str, Program], arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        render(*arguments)

    assert drawn() == []
