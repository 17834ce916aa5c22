"""The list of pages is whole, and each page opens for those it is meant for and nobody else."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts.roles import Role
from tests.builders import make_user
from tests.conftest import Cast, client_of
from tests.pages import NO_PAGES, OPERATOR, PAGES, Page, furnish, pages_of


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or f"unnamed: {pattern.pattern}")
        elif pattern.namespace:
            yield from routes(pattern, f"{namespace}{pattern.namespace}:")
        else:
            yield from routes(pattern, namespace)


@pytest.fixture
def member_client(cast: Cast, role: Role, settings: Any) -> Client:
    """A member with a password, as everybody who has signed in has one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    member = cast.member(role)
    member.set_password("heslo pro zkoušku")
    member.save()
    return client_of(member)


def path_of(page: Page, cast: Cast) -> str:
    path = page.path(cast.program)
    assert path, f"{page.route} has nothing to show"
    return path


def test_every_route_is_a_page_or_is_said_to_be_none() -> None:
    listed = [page.route for page in PAGES]
    # Django's admin has pages of its own making, for the operator alone; what it may do is
    # tried in tests/indicators/test_admin.py.
    ours = [route for route in routes(get_resolver()) if not route.startswith("admin:")]

    assert sorted(ours) == sorted([*listed, *NO_PAGES])


@pytest.mark.parametrize("role", Role)
def test_member_opens_the_pages_of_their_role_and_is_refused_elsewhere(
    cast: Cast, role: Role, member_client: Client
) -> None:
    furnish(cast.program)

    answers = {page.route: member_client.get(path_of(page, cast)) for page in PAGES if page.roles}

    assert {route: answer.status_code for route, answer in answers.items()} == {
        page.route: 200 if role in page.roles else 403 for page in PAGES if page.roles
    }
    linked = {
        (route, link)
        for route, answer in answers.items()
        if answer.status_code == 200
        for link in links_of(answer.content.decode())
    }
    refused = {page.route for page in PAGES if page.roles and role not in page.roles}
    assert {(route, link) for route, link in linked if link in refused} == set()


def links_of(page: str) -> Iterator[str]:
    """The routes of our own that a page links."""
    for path in re.findall(r'<a [^>]*href="(/[^"#?]*)', page):
        yield resolve(unescape(path)).view_name


def test_operator_opens_the_pages_about_people(cast: Cast) -> None:
    furnish(cast.program)
    client = client_of(make_user(is_superuser=True))

    shown = {page.route: client.get(path_of(page, cast)).status_code for page in pages_of(OPERATOR)}

    assert shown == {page.route: 200 for page in pages_of(OPERATOR)}


def test_pages_for_signing_in_open_without_it(cast: Cast) -> None:
    furnish(cast.program)
    client = Client()

    shown = {
        page.route: client.get(path_of(page, cast), follow=True).status_code
        for page in pages_of(None)
    }

    assert shown == {page.route: 200 for page in pages_of(None)}


def test_every_other_page_sends_a_stranger_to_the_sign_in(cast: Cast) -> None:
    furnish(cast.program)
    client = Client()
    paths = {page.route: path_of(page, cast) for page in PAGES if page.roles}

    answers = {route: client.get(path) for route, path in paths.items()}

    sign_in = reverse("account_login")
    assert {route: answer.headers.get("Location", "") for route, answer in answers.items()} == {
        route: sign_in if route == "account_logout" else f"{sign_in}?next={path}"
        for route, path in paths.items()
    }


@pytest.mark.parametrize("role", [Role.EXPERT])
def test_program_without_records_has_pages_that_need_none(
    cast: Cast, role: Role, member_client: Client
) -> None:
    shown = {
        page.route: member_client.get(path).status_code
        for page in pages_of(role)
        if (path := page.path(cast.program))
    }

    assert shown == dict.fromkeys(
        (
            "account_logout",
            "account_change_password",
            "profile",
            "programs:program_list",
            "programs:member_list",
            "programs:member_history",
            "programs:member_leave",
            "my_work",
            "search",
            "program_detail",
            "programs:program_history",
            "programs:goal_list",
            "programs:goal_add",
            "programs:goal_renumber",
            "programs:output_list",
            "programs:output_add",
            "programs:schedule_detail",
            "programs:step_add",
            "programs:course_detail",
            "programs:consultation_list",
            "programs:consultation_statistics",
            "programs:phase_add",
            "programs:consultation_add",
            "programs:actor_list",
            "programs:actor_add",
            "programs:actor_take",
            "programs:working_group_list",
            "programs:working_group_add",
            "programs:working_group_take",
            "programs:target_group_list",
            "programs:target_group_add",
            "programs:target_group_take",
            "programs:source_list",
            "programs:source_add",
            "programs:figure_list",
            "programs:figure_add",
            "programs:abbreviation_list",
            "programs:abbreviation_add",
            "indicators:indicator_list",
            "indicators:adopted_criterion_list",
            "indicators:adopted_criterion_add",
            "indicators:recommendation_list",
            "indicators:recommendation_add",
            "indicators:evidence_list",
            "indicators:evidence_add",
            "reporting:report_preview",
            "reporting:rendering_detail",
            "reporting:report_check",
            "reporting:report_comparison",
            "reporting:report_list",
            "reporting:report_add",
            "programs:narrative_list",
            "programs:section_list",
            "programs:program_edit",
            "programs:frame_history",
        ),
        200,
    )
