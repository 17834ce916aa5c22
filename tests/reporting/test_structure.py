"""The reading of a report is immutable all the way down and free of the database."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.audit import save_record
from litvinov import narrative
from reporting import structure
from reporting.reading import read_report
from reporting.renderers import html
from reporting.structure import Audience
from tests.builders import (
    make_consultation,
    make_evidence,
    make_goal,
    make_phase,
    make_program,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

SCALARS = (str, int, Decimal, date, bool, type(None), Enum)


def walk(part: Any) -> Iterator[Any]:
    yield part
    if is_dataclass(part):
        for field in fields(part):
            yield from walk(getattr(part, field.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from walk(item)


def rich_report() -> structure.ProgramReport:
    program = make_program()
    goal = make_goal(program, evaluation="Text[^1]\n\n- bod\n\n[^1]: Poznámka.")
    make_phase(program, expert_comment="**Komentář**")
    consultation = make_consultation(program, goals=[goal])
    make_recommendation(program, finding="Zjištění.", conclusion="Závěr.", response="accepted")
    links: dict[str, Any] = {"goals": [goal], "evidence": [make_evidence(program)]}
    save_record(consultation, by=None, links=links)
    return read_report(program, audience=Audience.PUBLIC, today=date(2024, 7, 1))


def test_report_holds_only_frozen_values() -> None:
    allowed = {part for part in walk(rich_report()) if not isinstance(part, SCALARS)}

    strange = [part for part in allowed if not is_dataclass(part) and not isinstance(part, tuple)]
    thawed = [
        type(part).__name__
        for part in allowed
        if is_dataclass(part) and not part.__dataclass_params__.frozen  # type: ignore[union-attr]
    ]
    assert strange == []
    assert thawed == []


def test_report_is_hashable_and_equal_to_itself_read_again() -> None:
    report = rich_report()

    assert hash(report) == hash(report)


def test_rendering_asks_the_database_nothing() -> None:
    report = rich_report()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        html.render(report)

    assert list(queries) == []


def test_texts_come_in_reading_order_with_notes() -> None:
    passage = structure.Passage("Téma", narrative.parse("Věta[^1].\n\n[^1]: Poznámka."), (1,))

    assert list(structure.texts(passage)) == ["Téma", "Věta (Poznámka.)."]
