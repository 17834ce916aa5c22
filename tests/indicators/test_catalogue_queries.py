"""Pages of the catalogue ask the database the same number of questions, however long it is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from indicators import actions
from indicators.models import CriteriaCatalogue, Criterion, Indicator, Moment
from programs.models import Program
from tests.builders import (
    adopt,
    assess,
    make_criterion,
    make_member,
    make_program,
    publish,
)
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


def renewed(size: int) -> tuple[Program, User, CriteriaCatalogue, CriteriaCatalogue]:
    """A program with so many criteria, all assessed, and a next version that rewords some,
    leaves some out and adds some."""
    program = make_program()
    user = make_member(program, Role.EXPERT)
    make_member(make_program(), Role.METHODOLOGIST, user)
    first = make_criterion("1.1", 1)
    rest = [
        make_criterion(f"1.{number}", 1, area=first.area, position=number)
        for number in range(2, 2 * size + 1)
    ]
    catalogue = publish(first.area.catalogue)
    for position, criterion in enumerate([first, *rest], start=1):
        adopted = adopt(program, criterion, position)
        assess(adopted, criterion.indicators.get(), Moment.BASELINE, statement="Popis.")
    following = actions.draft_next_version(
        catalogue=catalogue, version_name=f"další {size}", by=user
    )
    parts = Criterion.objects.filter(area__catalogue=following).order_by("position")
    Indicator.objects.filter(criterion__in=parts[:size]).update(name="Nově.")
    for criterion in parts[size : 2 * size]:
        actions.delete_catalogue_part(part=criterion, by=user)
    for number in range(size):
        make_criterion(f"2.{number + 1}", 1, area=following.areas.get(), position=900 + number)
    return program, user, catalogue, following


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_same_number_of_queries_for_any_length() -> None:
    counts: dict[int, dict[str, int]] = {}
    for size in (1, 3, 20):
        program, user, catalogue, following = renewed(size)
        client = client_of(user)
        counts[size] = {
            route: queries(client, reverse(route, args=[following.pk]))
            for route in ("catalogue_detail", "catalogue_publish")
        }
        publish(following)
        for route, arguments in (
            ("indicators:adopted_criterion_list", [program.slug]),
            ("indicators:adopted_criterion_add", [program.slug]),
            ("indicators:catalogue_move", [program.slug, following.pk]),
            ("catalogue_next_version", [catalogue.pk]),
        ):
            counts[size][route] = queries(client, reverse(route, args=arguments))

    assert counts[1] == counts[3] == counts[20]


def test_history_asks_for_each_kind_of_part_it_shows() -> None:
    """However many changes there are; a long page may show fewer kinds than a short one."""
    counts = {}
    for size in (1, 3, 20):
        _program, user, _catalogue, following = renewed(size)
        address = reverse("catalogue_history", args=[following.pk])
        counts[size] = queries(client_of(user), address)

    assert max(counts.values()) == counts[1]


def test_history_of_a_program_names_deleted_parts_in_a_fixed_number_of_queries() -> None:
    counts = {}
    for size in (1, 3, 20):
        program, user, catalogue, following = renewed(size)
        publish(following)
        leave = [
            f"criterion-{criterion.pk}"
            for criterion in Criterion.objects.filter(area__catalogue=catalogue)
        ]
        actions.move_to_catalogue(
            program=program, catalogue=following, opened=catalogue, leave=leave, by=user
        )
        address = reverse("programs:program_history", args=[program.slug])
        counts[size] = queries(client_of(user), f"{address}?kind=assessment")

    assert counts[1] == counts[3] == counts[20]
