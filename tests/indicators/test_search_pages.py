"""Hledání: what is found, by whom, and how it is shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.audit import delete_record, save_record
from accounts.roles import Role, Visibility
from actors.models import GroupMember, WorkingGroup, WorkingGroupState
from indicators.models import Moment
from programs.models import Abbreviation, Membership, Output, Program
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_figure,
    make_goal,
    make_member,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_section,
    make_source,
    make_step,
)
from tests.conftest import Cast, client_of

pytestmark = pytest.mark.django_db


def search(client: Client, q: str, **more: str) -> str:
    response = client.get("/hledani/", {"q": q, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_hits_are_marked_and_lead_to_their_records(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program, short_title="Dostupné bydlení", wording="Rodiny bydlí.")

    page = search(expert_client, "BYDLENI")

    assert "Dostupné <mark>bydlení</mark>" in page
    assert f'href="/programy/nas/cile/#cil-{goal.pk}"' in page
    assert "1 výsledek" in page


def test_what_was_typed_is_escaped(cast: Cast, expert_client: Client) -> None:
    make_goal(cast.program, wording="Znění s <b>značkou</b> & dalším.")

    page = search(expert_client, '"><script>alert(1)</script> značkou')
    assert "<script>alert" not in page

    page = search(expert_client, "značkou")
    assert "&lt;b&gt;<mark>značkou</mark>&lt;/b&gt; &amp; dalším" in page


def test_every_kind_of_record_is_found_and_opens(cast: Cast, expert_client: Client) -> None:
    program = cast.program
    phase = make_phase(program, expert_comment="Hledané.")
    criterion = make_criterion(name="Hledané.")
    adopted = adopt(program, criterion)
    make_goal(program, wording="Hledané.")
    make_activity(phase, title="Hledané.")
    make_consultation(program, outcome="Hledané.", team_note="Hledané.")
    make_recommendation(program, title="Hledané.")
    make_source(program, name="Hledané.")
    make_narrative(program, make_section("oddil", 1), text="Hledané.")
    assess(adopted, criterion.indicators.get(), Moment.FINAL, statement="Hledané.")
    make_actor(program, "Hledané")
    make_figure(program, name="Hledané.")
    make_step(program, description="Hledané.")
    save_record(Output(program=program, position=1, text="Hledané."), by=None)
    save_record(Abbreviation(program=program, abbreviation="HL", expansion="Hledané."), by=None)

    response = expert_client.get("/hledani/", {"q": "hledané"})

    hits = response.context["hits"]
    assert {hit.kind for hit in hits} == {
        *("Fáze", "Cíl", "Aktivita", "Konzultace", "Konzultace – poznámka týmu", "Doporučení"),
        *("Zdroj", "Text oddílu", "Vyhodnocení", "Převzaté kritérium", "Aktér"),
        *("Údaj", "Krok harmonogramu", "Výstup", "Zkratka"),
    }
    for hit in hits:
        opened = expert_client.get(hit.address)
        assert opened.status_code == 200, hit.address
        _page, _hash, place = hit.address.partition("#")
        assert not place or f'id="{place}"' in opened.content.decode(), hit.address
        assert hit.address != "/programy/nas/", hit.kind


def test_text_is_not_said_twice(cast: Cast, expert_client: Client) -> None:
    make_goal(cast.program, "1.1", wording="Celé znění cíle.")
    make_goal(cast.program, "1.2", short_title="Zkrácené", wording="Delší znění cíle.")

    first, second = expert_client.get("/hledani/", {"q": "zneni"}).context["hits"]

    assert [len(hit.text) for hit in (first, second)] in ([0, 3], [3, 0])


def test_one_program_and_all_of_mine(cast: Cast, expert_client: Client) -> None:
    other = make_program(slug="druhy", title="Druhý program")
    make_member(other, Role.READER, cast.expert)
    make_goal(cast.program, wording="Bydlení doma.")
    make_goal(other, wording="Bydlení jinde.")
    make_goal(cast.strange_program, wording="Bydlení u cizích.")

    everywhere = search(expert_client, "bydlení", program="all")
    assert "doma" in everywhere
    assert "jinde" in everywhere
    assert "cizích" not in everywhere
    one = search(expert_client, "bydlení", program="druhy")
    assert "jinde" in one
    assert "doma" not in one


@pytest.mark.parametrize("program", ["cizi", "neni"])
def test_a_program_of_others_is_as_unknown_as_none(
    cast: Cast, expert_client: Client, program: str
) -> None:
    make_goal(cast.strange_program, wording="Bydlení u cizích.")

    page = search(expert_client, "bydlení", program=program)

    assert "cizích" not in page
    assert "field__errors" in page
    assert f"&quot;{program}&quot; není k dispozici" in page
    assert 'value="bydlení"' in page


def test_kinds_are_counted_and_chosen(cast: Cast, expert_client: Client) -> None:
    make_goal(cast.program, "1.1", wording="Bydlení.")
    make_goal(cast.program, "1.2", wording="Bydlení.")
    make_source(cast.program, name="O bydlení")

    response = expert_client.get("/hledani/", {"q": "bydlení"})
    assert [(kind["label"], kind["count"]) for kind in response.context["kinds"]] == [
        ("Cíle", 2),
        ("Zdroje", 1),
    ]

    response = expert_client.get("/hledani/", {"q": "bydlení", "kind": "source"})
    assert [hit.kind for hit in response.context["hits"]] == ["Zdroj"]
    assert response.context["count"] == 1


def planted(cast: Cast) -> None:
    program = cast.program
    for position, visibility in enumerate(Visibility, start=1):
        make_source(program, position, name=f"Tajemství {visibility}", visibility=visibility)
    make_consultation(program, outcome="Zápis.", team_note="Tajemství poznámky")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.EXPERT, {"team", "partners", "public", "poznámky"}),
        (Role.CONSULTANT, {"team", "partners", "public", "poznámky"}),
        (Role.METHODOLOGIST, {"team", "partners", "public", "poznámky"}),
        (Role.TOWN, {"partners", "public"}),
        (Role.READER, {"public"}),
    ],
)
def test_only_what_the_role_may_read(cast: Cast, role: Role, seen: set[str]) -> None:
    planted(cast)

    response = client_of(cast.member(role)).get("/hledani/", {"q": "tajemství"})

    page = response.content.decode()
    words = ("team", "partners", "public", "poznámky")
    assert {word for word in words if f"</mark> {word}" in page} == seen
    assert response.context["count"] == len(seen)
    assert sum(kind["count"] for kind in response.context["kinds"]) == len(seen)


def test_rights_in_one_program_open_nothing_in_another(cast: Cast, reader_client: Client) -> None:
    planted(cast)
    make_member(cast.strange_program, Role.EXPERT, cast.reader)

    assert reader_client.get("/hledani/", {"q": "tajemství"}).context["count"] == 1


def test_strangers_and_former_members_find_nothing(cast: Cast, stranger_client: Client) -> None:
    planted(cast)
    actor = make_actor(cast.program, "Tajemství aktéra")
    assert stranger_client.get("/hledani/", {"q": "tajemství"}).context["count"] == 0

    client = client_of(cast.expert)
    assert client.get("/hledani/", {"q": "tajemství"}).context["count"] == 5
    delete_record(Membership.objects.get(user=cast.expert), by=cast.consultant)

    response = client.get("/hledani/", {"q": "tajemství"})
    assert response.context["count"] == 0
    assert str(actor) not in response.content.decode()


def test_nobody_searches_without_signing_in(client: Client, cast: Cast) -> None:
    assert client.get("/hledani/", {"q": "x"}).status_code == 302


def test_a_record_made_private_is_found_no_more(cast: Cast, reader_client: Client) -> None:
    source = make_source(cast.program, name="Veřejný dokument")
    assert reader_client.get("/hledani/", {"q": "dokument"}).context["count"] == 1

    source.visibility = Visibility.TEAM
    save_record(source, by=None)

    assert reader_client.get("/hledani/", {"q": "dokument"}).context["count"] == 0


def test_actors_and_groups_are_found_by_those_whose_program_took_them(
    cast: Cast, expert_client: Client, stranger_client: Client
) -> None:
    make_actor(cast.program, "Městská policie", description="Hlídky v lokalitě.")
    group = WorkingGroup(
        municipality=cast.program.locality.municipality,
        name="Skupina pro policii",
        state=WorkingGroupState.ACTIVE,
    )
    save_record(group, by=None)
    save_record(GroupMember(group=group, position=1, function="Velitel policie"), by=None)
    assert expert_client.get("/hledani/", {"q": "policie"}).context["count"] == 1

    save_record(cast.program, by=None, links={"working_groups": [group]})

    page = search(expert_client, "polic")
    assert "Městská <mark>policie</mark>" in page
    assert "Skupina pro <mark>policii</mark>" in page
    assert "Velitel <mark>policie</mark>" in page
    assert stranger_client.get("/hledani/", {"q": "policie"}).context["count"] == 0


def test_a_shared_actor_is_shown_in_the_program_that_is_searched(cast: Cast) -> None:
    second = make_program(locality=cast.program.locality, title="A druhý", slug="druhy")
    actor = make_actor(cast.program, "Městská policie")
    second.actors.add(actor)
    make_member(second, Role.EXPERT, cast.expert)
    client = client_of(cast.expert)

    everywhere = client.get("/hledani/", {"q": "policie"}).context["hits"]
    assert [hit.program for hit in everywhere] == [second]
    here = client.get("/hledani/", {"q": "policie", "program": "nas"}).context["hits"]
    assert [hit.program for hit in here] == [cast.program]


def test_pages_of_hits(cast: Cast, expert_client: Client) -> None:
    for number in range(1, 46):
        make_goal(cast.program, f"1.{number}", wording="Bydlení.")

    first = expert_client.get("/hledani/", {"q": "bydlení"})
    assert len(first.context["hits"]) == 20
    assert "45 výsledků" in first.content.decode()
    last = expert_client.get("/hledani/", {"q": "bydlení", "page": "3"})
    assert len(last.context["hits"]) == 5
    shown = {hit.address for page in (1, 2, 3) for hit in _hits(expert_client, page)}
    assert len(shown) == 45


def _hits(client: Client, page: int) -> list:
    return client.get("/hledani/", {"q": "bydlení", "page": str(page)}).context["hits"]


def test_empty_search_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Na velikosti písmen a diakritice nezáleží" in search(expert_client, "")
    assert "Napište aspoň jedno slovo nebo číslo." in search(expert_client, " ?! ")


def test_no_hit_says_what_to_do(cast: Cast, expert_client: Client) -> None:
    make_member(make_program(), Role.READER, cast.expert)

    page = search(expert_client, "xyzabc", program="nas", kind="goal")

    assert "xyzabc" in page
    assert "program=all" in page
    assert "Zkuste méně slov" in page


def test_header_searches_from_every_page(cast: Cast, expert_client: Client) -> None:
    page = expert_client.get("/programy/nas/").content.decode()

    assert 'action="/hledani/"' in page
    assert 'id="hledat"' in page
    assert 'id="hledat"' not in search(expert_client, "x")


def many(size: int) -> tuple[Program, Client]:
    program = make_program()
    user = make_member(program, Role.EXPERT)
    for _ in range(size - 1):
        make_member(make_program(), Role.EXPERT, user)
    for number in range(1, size + 1):
        make_goal(program, f"1.{number}", wording="Bydlení.")
        make_source(program, number, name=f"Bydlení {number}")
        make_actor(program, f"Bydlení {number}")
    return program, client_of(user)


def test_number_of_queries_does_not_depend_on_hits_or_programs() -> None:
    counts = {}
    for size in (1, 3, 100):
        _program, client = many(size)
        client.get("/hledani/", {"q": "bydlení"})
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/hledani/", {"q": "bydlení"})
        assert response.context["count"] == 3 * size
        counts[size] = len(captured)

    # Of many hits only a page is read, on which there may be fewer kinds of records.
    assert counts[1] == counts[3]
    assert counts[100] <= counts[1]
