"""The cast of the tests and their signed-in clients."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from accounts.roles import Role
from programs.models import Program
from tests.builders import make_member, make_program

# How long an example takes says what else the machine does, and nothing of our code.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")


@dataclass(frozen=True)
class Cast:
    """One program and a person in each role; the stranger works on another program."""

    program: Program
    expert: User
    consultant: User
    methodologist: User
    town: User
    reader: User
    stranger: User
    strange_program: Program

    def member(self, role: Role) -> User:
        return {
            Role.EXPERT: self.expert,
            Role.CONSULTANT: self.consultant,
            Role.METHODOLOGIST: self.methodologist,
            Role.TOWN: self.town,
            Role.READER: self.reader,
        }[role]


@pytest.fixture(autouse=True)
def _tasks_run_at_once(settings: Any) -> None:
    """On both databases; a test that wants a queue says so with `queued`."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def queued(settings: Any) -> None:
    """Tasks wait in the database until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def cast(db: None) -> Cast:
    program, strange = make_program(slug="nas"), make_program(slug="cizi")
    return Cast(
        program=program,
        expert=make_member(program, Role.EXPERT),
        consultant=make_member(program, Role.CONSULTANT),
        methodologist=make_member(program, Role.METHODOLOGIST),
        town=make_member(program, Role.TOWN),
        reader=make_member(program, Role.READER),
        stranger=make_member(strange, Role.EXPERT),
        strange_program=strange,
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def expert_client(cast: Cast) -> Client:
    return client_of(cast.expert)


@pytest.fixture
def town_client(cast: Cast) -> Client:
    return client_of(cast.town)


@pytest.fixture
def reader_client(cast: Cast) -> Client:
    return client_of(cast.reader)


@pytest.fixture
def stranger_client(cast: Cast) -> Client:
    return client_of(cast.stranger)
