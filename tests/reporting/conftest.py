"""Reports drawn once for all tests that read the finished PDF."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import pdf as renderer
from reporting.structure import Audience, ProgramReport
from tests.builders import make_program
from tests.pages import furnish
from tests.pdf_marks import Tagged
from tests.reporting.extremes import hostile_report, huge_report
from tests.reporting.filled import filled_report

LITVINOV = ("litvinov_public", "litvinov_partners")
OTHERS = ("empty", "furnished", "filled", "hostile", "huge")


@dataclass
class Printed:
    report: ProgramReport
    content: bytes

    @cached_property
    def tagged(self) -> Tagged:
        return Tagged(self.content)


def _read(program: Program, audience: Audience) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


def _litvinov(audience: Audience) -> ProgramReport:
    call_command("load_demo", verbosity=0)
    return _read(Program.objects.get(slug="litvinov-janov"), audience)


def _furnished() -> ProgramReport:
    program = make_program()
    furnish(program)
    return _read(program, Audience.PARTNERS)


MAKERS: dict[str, Callable[[], ProgramReport]] = {
    "litvinov_public": lambda: _litvinov(Audience.PUBLIC),
    "litvinov_partners": lambda: _litvinov(Audience.PARTNERS),
    "empty": lambda: _read(make_program(), Audience.PUBLIC),
    "furnished": _furnished,
    "filled": filled_report,
    "hostile": hostile_report,
    "huge": huge_report,
}


@pytest.fixture(scope="session")
def drawn(django_db_setup: None, django_db_blocker: Any) -> Callable[[str], Printed]:
    """A report by its name, drawn when it is asked for first; the database stays as it was."""
    done: dict[str, Printed] = {}

    def draw(name: str) -> Printed:
        if name not in done:
            with django_db_blocker.unblock(), transaction.atomic():
                report = MAKERS[name]()
                transaction.set_rollback(True)
            # Numbers that filled_report makes up lead nowhere.
            logger = logging.getLogger("weasyprint")
            logger.disabled = name not in LITVINOV
            done[name] = Printed(report, renderer.render(report))
            logger.disabled = False
        return done[name]

    return draw


@pytest.fixture(params=[*LITVINOV, *OTHERS])
def printed(request: pytest.FixtureRequest, drawn: Callable[[str], Printed]) -> Printed:
    return drawn(request.param)
