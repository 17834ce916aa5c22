"""The file of a report as people meet it: at once, after a while, or not at all."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reporting import drawing, store, tasks
from reporting.models import Rendering, RenderingFailure
from tests.builders import make_figure, make_goal, make_report
from tests.conftest import Cast, client_of

pytestmark = pytest.mark.django_db

FILE = "/programy/nas/zprava/soubory/json/"
PROGRESS = f"{FILE}priprava/"
RETRY = f"{FILE}znovu/"
HIDDEN = "Jen pro partnery"


def work() -> None:
    """What `manage.py db_worker` does with all that waits."""
    for waiting in DBTaskResult.objects.filter(status="READY"):
        waiting.claim("worker")
        task: Any = waiting.task
        task.call(*waiting.args_kwargs["args"])
        waiting.set_successful(None)


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_of(cast.expert)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> Iterator[pytest.MonkeyPatch]:
    """No report can be read."""

    def fail(*args: Any, **options: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(drawing, "read_report", fail)
        yield patched


class TestAtOnce:
    def test_unchanged_report_is_not_drawn_again(
        self, client: Client, broken: pytest.MonkeyPatch
    ) -> None:
        broken.undo()
        first = client.get(FILE)
        broken.setattr(drawing, "read_report", None)

        second = client.get(FILE)

        assert second.status_code == 200
        assert second.content == first.content
        assert Rendering.objects.get().attempts == 1

    def test_changed_report_is_never_served_old(self, cast: Cast, client: Client) -> None:
        before = client.get(FILE)
        make_figure(cast.program, name="Nový údaj")

        after = client.get(FILE)

        assert "Nový údaj" in after.content.decode()
        assert after["ETag"] != before["ETag"]

    def test_browser_that_has_it_is_not_sent_it_again(self, client: Client) -> None:
        first = client.get(FILE)

        again = client.get(FILE, headers={"If-None-Match": first["ETag"]})
        other = client.get(FILE, headers={"If-None-Match": '"jina"'})

        assert (again.status_code, again.content) == (304, b"")
        assert (other.status_code, other.content) == (200, first.content)
        assert first["Cache-Control"] == "private, no-cache"

    def test_tag_does_not_tell_that_hidden_content_has_changed(
        self, cast: Cast, client: Client
    ) -> None:
        before = client.get(FILE)
        make_figure(cast.program, name=HIDDEN, visibility="partners")

        assert client.get(FILE)["ETag"] == before["ETag"]

    def test_editions_are_kept_apart(self, cast: Cast, client: Client) -> None:
        make_figure(cast.program, name=HIDDEN, visibility="partners")

        partners = client.get(FILE, query_params={"pro": "partnery"})
        public = client_of(cast.reader).get(FILE)

        assert HIDDEN in partners.content.decode()
        assert HIDDEN not in public.content.decode()
        assert public["ETag"] != partners["ETag"]

    def test_asks_a_fixed_number_of_questions(self, cast: Cast, client: Client) -> None:
        counts = []
        for number in (1, 2):
            make_goal(cast.program, f"1.{number}")
            client.get(FILE)
            with CaptureQueriesContext(connection) as asked:
                client.get(FILE)
            counts.append(len(asked))

        assert counts[0] == counts[1]

    def test_file_replaced_while_it_is_served_is_asked_for_anew(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.get(FILE)
        gone = Rendering.objects.without_content().get()
        Rendering.objects.all().delete()
        gone_ask = tasks.ask
        monkeypatch.setattr(tasks, "ask", lambda **asked: gone)

        response = client.get(FILE, query_params={"zprava": ""})
        monkeypatch.setattr(tasks, "ask", gone_ask)

        assert (response.status_code, response["Location"]) == (302, f"{FILE}?zprava=")
        assert client.get(response["Location"]).status_code == 200


@pytest.mark.usefixtures("queued")
class TestAfterAWhile:
    def test_click_leads_to_the_progress(self, client: Client) -> None:
        response = client.get(FILE)

        assert (response.status_code, response["Location"]) == (302, PROGRESS)

    def test_progress_is_of_the_report_and_edition_asked_for(
        self, cast: Cast, client: Client
    ) -> None:
        report = make_report(cast.program)

        response = client.get(f"{FILE}?zprava={report.pk}&pro=partnery&jine=1")

        assert response["Location"] == f"{PROGRESS}?pro=partnery&zprava={report.pk}"

    def test_says_how_far_it_is(self, client: Client) -> None:
        waiting = client.get(PROGRESS).content.decode()
        store.claim(Rendering.objects.get().pk)
        running = client.get(PROGRESS).content.decode()

        assert "<strong>Krok 1 ze 3.</strong> Čeká se, až na zprávu přijde řada." in waiting
        assert "<strong>Krok 2 ze 3.</strong> Načítá se obsah programu." in running
        # Without JavaScript the browser asks again by itself.
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting

    def test_part_of_the_page_follows(self, client: Client) -> None:
        client.get(PROGRESS)
        part = {"HX-Request": "true"}

        same = client.get(f"{PROGRESS}?krok=1", headers=part)
        store.claim(Rendering.objects.get().pk)
        next_step = client.get(f"{PROGRESS}?krok=1", headers=part)

        assert (same.status_code, same.content) == (204, b"")
        assert next_step.status_code == 200
        assert "<html" not in next_step.content.decode()
        assert "Krok 2 ze 3." in next_step.content.decode()

    def test_brings_the_file(self, client: Client) -> None:
        client.get(FILE)
        work()

        part = client.get(f"{PROGRESS}?krok=3", headers={"HX-Request": "true"})
        page = client.get(PROGRESS)
        file = client.get(FILE)

        assert part["HX-Refresh"] == "true"
        assert page["Refresh"] == f"0; url={FILE}"
        assert f'href="{FILE}" autofocus' in page.content.decode()
        assert json.loads(file.content)["format"] == "program-report"

    def test_two_people_wait_for_one(self, cast: Cast, client: Client) -> None:
        client.get(FILE)
        client_of(cast.town).get(FILE)
        work()

        assert client_of(cast.town).get(FILE).content == client.get(FILE).content
        assert Rendering.objects.get().attempts == 1
        assert DBTaskResult.objects.count() == 1

    def test_who_waits_has_the_work_of_a_dead_worker_done_again(self, client: Client) -> None:
        client.get(FILE)
        store.claim(Rendering.objects.get().pk)
        Rendering.objects.update(alive_at=timezone.now() - timedelta(hours=1))

        assert "Krok 1 ze 3." in client.get(PROGRESS).content.decode()
        work()
        assert client.get(FILE).status_code == 200


class TestNotAtAll:
    def test_failure_is_told_and_can_be_tried_again(
        self, client: Client, broken: pytest.MonkeyPatch
    ) -> None:
        response = client.get(FILE, follow=True)

        page = response.content.decode()
        assert response.redirect_chain == [(PROGRESS, 302)]
        assert "Zprávu se nepodařilo připravit" in page
        assert "Příprava souboru skončila chybou." in page
        assert f'action="{RETRY}"' in page

        broken.undo()
        assert client.post(RETRY)["Location"] == PROGRESS
        assert client.get(FILE).status_code == 200

    def test_whoever_waits_learns_of_the_failure(
        self, client: Client, broken: pytest.MonkeyPatch
    ) -> None:
        response = client.get(f"{PROGRESS}?krok=1", headers={"HX-Request": "true"})

        assert response["HX-Refresh"] == "true"

    @pytest.mark.parametrize("failure", list(RenderingFailure))
    def test_every_failure_has_words(
        self, client: Client, broken: pytest.MonkeyPatch, failure: RenderingFailure
    ) -> None:
        client.get(FILE)
        Rendering.objects.update(failure=failure)

        assert str(failure.label) in client.get(PROGRESS).content.decode()

    def test_retry_of_what_is_there_changes_nothing(self, client: Client) -> None:
        client.get(FILE)

        assert client.post(RETRY)["Location"] == PROGRESS
        assert Rendering.objects.get().attempts == 1

    def test_retry_is_a_post(self, client: Client) -> None:
        assert client.get(RETRY).status_code == 405


@pytest.mark.parametrize("address", [FILE, PROGRESS, RETRY])
class TestRights:
    def answer(self, client: Client, address: str, **asked: str) -> int:
        send = client.post if address.endswith("znovu/") else client.get
        return send(address, query_params=asked).status_code

    def test_stranger_finds_nothing_and_orders_nothing(self, cast: Cast, address: str) -> None:
        assert self.answer(client_of(cast.stranger), address) == 404
        assert not Rendering.objects.exists()

    def test_reader_is_refused_the_partners_edition(self, cast: Cast, address: str) -> None:
        partners = client_of(cast.town)
        assert self.answer(partners, FILE, pro="partnery") == 200

        assert self.answer(client_of(cast.reader), address, pro="partnery") == 403
        assert Rendering.objects.count() == 1

    def test_unknown_form_is_not_found(self, cast: Cast, address: str) -> None:
        unknown = address.replace("json", "odt")

        assert self.answer(client_of(cast.expert), unknown) == 404

    def test_report_of_another_program_is_not_found(self, cast: Cast, address: str) -> None:
        other = make_report(cast.strange_program)

        assert self.answer(client_of(cast.expert), address, zprava=str(other.pk)) == 404
