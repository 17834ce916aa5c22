"""Every page asks the database the same number of questions at 1, 3 and 300 rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from programs.models import Program
from reporting.reading import read_report
from reporting.reading.checked import read_checked
from reporting.structure import Audience
from tests.conftest import client_of
from tests.growth import Growth, grow
from tests.pages import OPERATOR, PAGES, Page

pytestmark = pytest.mark.django_db

SIZES = (1, 3, 300)
VISITORS: tuple[str, ...] = (Role.EXPERT, Role.CONSULTANT, Role.METHODOLOGIST, OPERATOR)
"""Who opens a page: the first of these who may."""
ASKED = {
    "search": ["?q=Dalsi", "?q=text&program={slug}"],
    "programs:program_history": [f"?kind={kind}" for kind in ("consultation", "goal", "rating")],
    "indicators:indicator_list": ["?view=missing", "?sort=final&page=2", "?chart=none"],
    "programs:consultation_list": ["?phase=1&sort=held_on"],
    "programs:actor_list": ["?text=skola"],
}
"""Pages that show other rows when they are asked something."""
MADE_ON_DEMAND = ("reporting:rendering_detail",)
"""Pages whose first visit makes what they show."""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is saved inside is gone afterwards."""
    block = transaction.atomic()
    # As the transaction of a test itself: a view may begin its own outermost one inside.
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def addresses(page: Page, growth: Growth) -> list[str]:
    path = page.path(growth.program)
    assert path, f"{page.route} has nothing to show"
    asked = ASKED.get(page.route, [])
    return [path, *(path + query.format(slug=growth.program.slug) for query in asked)]


class Visitors:
    """Signed-in people, one for all pages of their role."""

    def __init__(self, growth: Growth) -> None:
        self.clients = {role: client_of(user) for role, user in growth.people.items()}

    def of(self, page: Page) -> Client:
        if not page.roles:
            return Client()
        return self.clients[next(role for role in VISITORS if role in page.roles)]


def queries(client: Client, address: str, *, signed_in: bool) -> int:
    with CaptureQueriesContext(connection) as captured:
        # A link out of a message leads once further before it shows its page.
        response = client.get(address, follow=not signed_in)
    assert response.status_code == 200, address
    return len(captured)


def readings(growth: Growth) -> dict[str, int]:
    """What it takes to read a report, without the page around it."""
    program = Program.objects.select_related("locality__municipality", "theme").get(
        pk=growth.program.pk
    )
    today = date(2024, 7, 1)
    looks: dict[str, Callable[..., object]] = {
        one.value: partial(read_report, audience=one) for one in Audience
    }
    found = {}
    for name, look in {**looks, "check": read_checked}.items():
        with CaptureQueriesContext(connection) as captured:
            look(program, today=today)
        found[f"reading: {name}"] = len(captured)
    return found


@pytest.mark.parametrize("is_of_programs", [True, False], ids=["programs", "others"])
def test_every_page(is_of_programs: bool, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Two halves, for two processors.
    pages = [page for page in PAGES if page.route.startswith("programs:") == is_of_programs]
    counts: dict[str, list[int]] = {}
    for size in SIZES:
        with undone():
            growth = grow(size)
            visitors = Visitors(growth)
            for page in pages:
                for number, address in enumerate(addresses(page, growth)):
                    client, signed_in = visitors.of(page), bool(page.roles)
                    if size == 1 or page.route in MADE_ON_DEMAND:
                        # The first visit warms what is kept for the whole process.
                        queries(client, address, signed_in=signed_in)
                    count = queries(client, address, signed_in=signed_in)
                    counts.setdefault(f"{page.route} {number}", []).append(count)
            if not is_of_programs:
                for name, count in readings(growth).items():
                    counts.setdefault(name, []).append(count)

    assert {page: found for page, found in counts.items() if len(set(found)) > 1} == {}
