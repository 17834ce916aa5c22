"""Towns and their localities: a code list of methodologists, needed to found programs."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from actors.models import Locality, Municipality
from tests.builders import make_actor, make_municipality, make_program
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/ciselniky/obce/"
ADD = "/ciselniky/obce/nova/"
SOUND = {"name": "Smyšlenov", "code": "567256", "district": "Most", "region": "Ústecký kraj"}


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_of(cast.methodologist)


def town_page(municipality: Municipality, page: str = "detail") -> str:
    return reverse(f"municipality_{page}", args=[municipality.pk])


def test_municipality_added(client: Client) -> None:
    response = send(client, ADD, **SOUND, ico="00266027")

    town = Municipality.objects.get(code="567256")
    assert response.headers["Location"] == town_page(town)
    assert town.ico == "00266027"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Pojmenujte obec."),
        ({"code": "56725"}, "code", "Kód obce má šest číslic."),
        ({"code": "999111"}, "code", "Tento kód má jiná obec."),
        ({"ico": "00266028"}, "ico", "Toto IČO není platné, zkontrolujte jeho číslice."),
        ({"ico": "266027"}, "ico", "IČO má osm číslic."),
    ],
)
def test_bad_municipality_told_next_to_its_field(
    client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    make_municipality(code="999111")
    count = Municipality.objects.count()

    response = send(client, ADD, **{**SOUND, **changes})

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Ústecký kraj" in response.content.decode()
    assert Municipality.objects.count() == count


def test_list_found_without_diacritics_and_by_code(client: Client) -> None:
    make_municipality(name="Děčín", code="562335")
    make_municipality(name="Chomutov", code="562971", district="Chomutov")

    def found(text: str) -> list[str]:
        rows = client.get(LIST, {"text": text}).context["table"].rows
        return [row.record.name for row in rows]

    assert found("decin") == ["Děčín"]
    assert found("562971") == ["Chomutov"]


def test_second_edit_refused_with_both_versions(client: Client, cast: Cast) -> None:
    town = make_municipality()
    form = form_of(client, town_page(town, "edit"))
    town.district = "Louny"
    save_record(town, by=cast.methodologist)

    response = client.post(town_page(town, "edit"), sent(form, district="Teplice"))

    assert response.status_code == 409
    difference = response.context["conflict"].differences[0]
    assert (difference.theirs, difference.mine) == ("Louny", "Teplice")


def test_municipality_in_use_kept_and_told_why(client: Client) -> None:
    program = make_program(title="Tajný program")
    town = program.locality.municipality
    make_actor(program, "Škola")

    answer = client.post(town_page(town, "delete"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nelze smazat, protože se používá: Aktér Škola" in page
    assert "Tajný program" not in page
    assert Municipality.objects.filter(pk=town.pk).exists()


def test_locality_of_a_program_kept_and_the_program_not_named(client: Client) -> None:
    program = make_program(title="Tajný program")

    answer = client.post(reverse("locality_delete", args=[program.locality_id]))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nelze smazat, protože se používá v programu." in page.replace("\u00a0", " ")
    assert "Tajný program" not in page


def test_municipality_deleted_and_brought_back(client: Client) -> None:
    town = make_municipality(name="Smyšlenov")
    client.post(town_page(town, "delete"))
    gone = not Municipality.objects.filter(name="Smyšlenov").exists()
    row = Municipality.history.filter(history_type="-").get().history_id
    address = reverse("code_list_restore", args=["municipality", row])
    offered = address in client.get(LIST).content.decode()

    client.post(address)

    assert (gone, offered) == (True, True)
    assert Municipality.objects.filter(name="Smyšlenov").exists()


def test_locality_added_to_its_municipality(client: Client) -> None:
    town = make_municipality()

    send(client, reverse("locality_add", args=[town.pk]), name="Janov", description="Sídliště")

    assert Locality.objects.get(name="Janov").municipality == town
    assert "Sídliště" in client.get(town_page(town)).content.decode()


def test_locality_of_the_same_name_refused_in_one_town_only(client: Client) -> None:
    town, other = make_municipality(), make_municipality()
    send(client, reverse("locality_add", args=[town.pk]), name="Janov")

    refused = send(client, reverse("locality_add", args=[town.pk]), name="JANOV")
    send(client, reverse("locality_add", args=[other.pk]), name="Janov")

    assert errors_of(refused) == {"name": ["Obec už má v rejstříku: Janov."]}
    assert Locality.objects.filter(name="Janov").count() == 2


def test_earlier_version_of_a_locality_restored(client: Client, cast: Cast) -> None:
    locality = cast.program.locality
    name = locality.name
    locality.name = "Překlep"
    save_record(locality, by=cast.methodologist)
    row = locality.history.last().history_id
    address = reverse("code_list_restore", args=["locality", row])
    history = client.get(reverse("locality_history", args=[locality.pk])).content.decode()

    client.post(address)

    locality.refresh_from_db()
    assert address in history
    assert locality.name == name


def test_code_lists_not_restored_by_others(cast: Cast, expert_client: Client) -> None:
    row = cast.program.locality.history.get().history_id

    answer = expert_client.post(reverse("code_list_restore", args=["locality", row]))

    assert answer.status_code == 403


def test_records_of_programs_not_restored_among_code_lists(client: Client) -> None:
    assert client.post(reverse("code_list_restore", args=["program", 1])).status_code == 404
