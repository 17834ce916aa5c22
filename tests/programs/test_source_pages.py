"""Sources: numbered by their order, told where they are cited, kept while a figure needs them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Visibility
from programs.models import Source
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_criterion,
    make_figure,
    make_goal,
    make_narrative,
    make_phase,
    make_section,
    make_source,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/podklady/"
ADD = "/programy/nas/podklady/novy/"


def page_of(source: Source, page: str) -> str:
    return reverse(f"programs:source_{page}", args=["nas", source.pk])


def cite(record: object, source: Source) -> None:
    save_record(record, by=None, links={"sources": [source]})  # type: ignore[arg-type]


def citations(client: Client) -> dict[str, list[tuple[str, str]]]:
    sources = client.get(LIST).context["sources"]
    return {
        source.name: sorted((citation.kind, citation.title) for citation in source.citations)
        for source in sources
    }


def test_source_added_at_the_end(cast: Cast, expert_client: Client) -> None:
    make_source(cast.program, 3)

    response = send(expert_client, ADD, name="Strategie", url="www.example.cz", year="2022")

    source = Source.objects.get(name="Strategie")
    assert response.headers["Location"] == LIST
    assert (source.position, source.url, source.year) == (4, "https://www.example.cz", 2022)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Pojmenujte zdroj."),
        ({"name": "Dokument 1"}, "name", "Zdroj s tímto názvem už program má."),
        ({"year": "1850"}, "year", "Hodnota musí být větší nebo rovna 1900."),
        ({"url": "javascript:alert(1)"}, "url", "Zadejte platnou adresu URL."),
    ],
)
def test_bad_source_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, object], field: str, message: str
) -> None:
    make_source(cast.program)
    typed = {"name": "Nový", "author": "Pečlivý úřad", **changes}

    response = send(expert_client, ADD, **typed)

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivý úřad" in response.content.decode()
    assert Source.objects.count() == 1


def test_name_of_another_program_is_free(cast: Cast, expert_client: Client) -> None:
    make_source(cast.strange_program, name="Strategie")

    send(expert_client, ADD, name="Strategie")

    assert Source.objects.filter(program=cast.program, name="Strategie").exists()


def test_list_tells_where_a_source_is_cited(cast: Cast, reader_client: Client) -> None:
    source = make_source(cast.program, name="Strategie")
    make_source(cast.program, 2, name="Nepoužitý")
    criterion = make_criterion()
    adopted = adopt(cast.program, criterion)
    cite(make_goal(cast.program, "1.1", short_title="Bezpečí"), source)
    cite(make_activity(make_phase(cast.program), title="Setkání"), source)
    cite(make_narrative(cast.program, make_section("uvod", 1, "Úvod")), source)
    cite(assess(adopted, criterion.indicators.get(), "final", statement="Stav."), source)  # type: ignore[arg-type]
    make_figure(cast.program, name="Počet obyvatel", source=source)

    found = citations(reader_client)

    assert [kind for kind, _title in found["Strategie"]] == [
        "Aktivita",
        "Cíl",
        "Text oddílu",
        "Vyhodnocení",
        "Údaj",
    ]
    assert ("Cíl", "1.1 Bezpečí") in found["Strategie"]
    assert ("Text oddílu", "Úvod") in found["Strategie"]
    assert found["Nepoužitý"] == []


def test_list_names_nothing_that_the_person_may_not_read(cast: Cast, reader_client: Client) -> None:
    source, hidden = make_source(cast.program, name="Veřejný"), Visibility.TEAM
    make_source(cast.program, 2, name="TAJNÝ zdroj", visibility=hidden)
    make_figure(cast.program, name="TAJNÝ údaj", source=source, visibility=hidden)
    activity = make_activity(make_phase(cast.program), title="TAJNÁ akce", visibility=hidden)
    cite(activity, source)

    assert citations(reader_client) == {"Veřejný": []}
    assert "TAJN" not in reader_client.get(LIST).content.decode()
    assert len(citations(client_of(cast.methodologist))) == 2


@pytest.mark.parametrize("page", ["edit", "delete", "history"])
def test_hidden_source_not_found(cast: Cast, town_client: Client, page: str) -> None:
    source = make_source(cast.program, visibility=Visibility.TEAM)

    status = town_client.get(page_of(source, page)).status_code

    assert status == (404 if page == "history" else 403)


def test_source_moved_and_all_renumbered(cast: Cast, expert_client: Client) -> None:
    for position, name in ((1, "A"), (2, "B"), (3, "C")):
        last = make_source(cast.program, position, name=name)

    response = expert_client.post(page_of(last, "move"), {"rank": "1"}, follow=True)

    order = Source.objects.filter(program=cast.program).values_list("position", "name")
    assert list(order) == [(1, "C"), (2, "A"), (3, "B")]
    assert "Zdroje jsou přečíslovány" in response.content.decode()


def test_source_that_a_figure_needs_not_deleted(cast: Cast, expert_client: Client) -> None:
    source = make_source(cast.program)
    figure = make_figure(cast.program, name="Počet obyvatel", source=source)

    shown = expert_client.get(page_of(source, "delete")).content.decode()
    answer = expert_client.post(page_of(source, "delete"))

    assert reverse("programs:figure_edit", args=["nas", figure.pk]) in shown
    assert answer.status_code == 422
    assert (
        "Z tohoto zdroje pocházejí údaje: Počet obyvatel. Nejdřív u nich uveďte jiný zdroj."
        in answer.content.decode()
    )
    assert Source.objects.exists()


def test_deleted_source_leaves_gap_and_comes_back_with_its_citations(
    cast: Cast, expert_client: Client
) -> None:
    source = make_source(cast.program)
    make_source(cast.program, 2)
    goal = make_goal(cast.program)
    cite(goal, source)
    expert_client.post(page_of(source, "delete"))
    left = list(Source.objects.values_list("position", flat=True))
    row = Source.history.filter(history_type="-").get().history_id

    expert_client.post(reverse("programs:record_undelete", args=["nas", "source", row]))

    assert left == [2]
    assert list(goal.sources.values_list("position", flat=True)) == [1]


def test_second_edit_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    source = make_source(cast.program)
    form = form_of(expert_client, page_of(source, "edit"))
    source.author = "Kolegyně"
    save_record(source, by=cast.consultant)

    response = expert_client.post(page_of(source, "edit"), sent(form, author="Moje"))

    assert response.status_code == 409
    assert "Kolegyně" in response.content.decode()
    assert "Moje" in response.content.decode()


@pytest.mark.parametrize("page", ["edit", "delete", "history"])
def test_source_of_another_program_not_found(cast: Cast, expert_client: Client, page: str) -> None:
    foreign = make_source(cast.strange_program)

    assert expert_client.get(page_of(foreign, page)).status_code == 404
    assert expert_client.post(page_of(foreign, "move"), {"rank": 1}).status_code == 404


def test_empty_list_teaches(cast: Cast, expert_client: Client) -> None:
    assert "Program zatím nemá žádné zdroje." in expert_client.get(LIST).content.decode()
