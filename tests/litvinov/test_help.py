"""The help page and the list of keyboard shortcuts, without a browser."""

from fnmatch import fnmatchcase

import pytest
from django.test import Client
from django.urls import reverse

from litvinov.help import NEEDS, TOPICS, anchor_for
from litvinov.shortcuts import GROUPS, Shortcut, group_of
from litvinov.templatetags.czech_text import typeset_html
from tests.conftest import Cast, client_of
from tests.pages import PAGES


def test_pages_lead_to_topics_that_there_are() -> None:
    assert {anchor for _, anchor in NEEDS} <= {topic.anchor for topic in TOPICS}
    unmet = [
        needs for needs, _ in NEEDS if not any(fnmatchcase(page.route, needs) for page in PAGES)
    ]
    assert unmet == []


@pytest.mark.parametrize(
    ("route", "anchor"),
    [
        ("indicators:indicator_list", "ukazatele"),
        ("indicators:indicator_history", "historie"),
        ("programs:consultation_add", "konzultace"),
        ("program_detail", ""),
        ("login", ""),
    ],
)
def test_anchor_follows_from_the_page(route: str, anchor: str) -> None:
    assert anchor_for(route) == anchor


@pytest.mark.django_db
def test_help_opens_to_everybody_with_contents_and_shortcuts() -> None:
    answer = Client().get(reverse("help_page"))

    page = answer.content.decode()
    assert answer.status_code == 200
    for topic in TOPICS:
        assert f'id="{topic.anchor}"' in page
    assert page.count("<kbd>") > 50
    assert Client().post(reverse("help_page")).status_code == 405


@pytest.mark.django_db
def test_script_gets_the_shortcuts_alone(cast: Cast) -> None:
    answer = client_of(cast.reader).get(reverse("help_page"), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert page.strip().startswith("<dialog")
    assert "HX-Request" in answer["Vary"]
    for group in GROUPS:
        assert str(group.title) in page


@pytest.mark.django_db
def test_page_that_is_missing_leads_to_the_help_as_a_whole() -> None:
    page = Client().get("/neni/").content.decode()

    assert f'href="{reverse("help_page")}"' in page


def test_no_two_shortcuts_of_a_group_share_a_key() -> None:
    for group in GROUPS:
        ways = [way for shortcut in group.shortcuts for way in shortcut.keys.split("|")]
        assert len(ways) == len(set(ways)), group.name
    assert group_of("grid").name == "grid"


def test_keys_are_told_apart_as_held_together_and_one_after_another() -> None:
    together, after = Shortcut("Ctrl+S|g p", GROUPS[0].title).ways

    assert [(chord.keys, chord.follows) for chord in together] == [(("Ctrl", "S"), False)]
    assert [(chord.keys, chord.follows) for chord in after] == [(("g",), False), (("p",), True)]


def test_typesetting_leaves_tags_alone() -> None:
    html = '<p class="a b">Klub v obci <a href="/k u/">s tebou</a></p>'

    assert typeset_html(html) == (
        '<p class="a b">Klub v\u00a0obci <a href="/k u/">s\u00a0tebou</a></p>'
    )
