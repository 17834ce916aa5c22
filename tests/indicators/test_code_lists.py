import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Abbreviation, Theme
from tests.builders import make_criterion
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_of(cast.methodologist)


def test_theme_renamed_everywhere(cast: Cast, client: Client) -> None:
    theme = cast.program.theme

    send(client, reverse("theme_edit", args=[theme.pk]), name="Dluhy a exekuce")

    assert "Dluhy a exekuce" in client.get("/programy/nas/").content.decode()


def test_theme_twice_refused(client: Client) -> None:
    Theme.objects.create(name="Bydlení")

    response = send(client, reverse("theme_add"), name="Bydlení")

    assert response.status_code == 422
    assert list(errors_of(response)) == ["name"]


def test_abbreviation_with_several_forms(client: Client) -> None:
    send(
        client,
        reverse("abbreviation_add"),
        abbreviation="ASZ",
        other_forms="OSZ, Agentura,, ASZ",
        expansion="Agentura pro sociální začleňování",
    )

    assert Abbreviation.objects.get().all_forms == ("ASZ", "OSZ", "Agentura")


def test_abbreviation_twice_refused(client: Client) -> None:
    Abbreviation.objects.create(abbreviation="SVL", forms=["SVL"])

    response = send(client, reverse("abbreviation_add"), abbreviation="SVL")

    assert errors_of(response) == {"abbreviation": ["Tato zkratka už v seznamu je."]}


def test_abbreviation_of_one_program_not_edited_here(cast: Cast, client: Client) -> None:
    own = Abbreviation.objects.create(program=cast.program, abbreviation="MY", forms=["MY"])

    assert client.get(reverse("abbreviation_edit", args=[own.pk])).status_code == 404


def test_second_save_of_theme_refused(cast: Cast, client: Client) -> None:
    address = reverse("theme_edit", args=[cast.program.theme.pk])
    opened = form_of(client, address)
    send(client, address, name="První")

    response = client.post(address, sent(opened, name="Druhý"))

    assert response.status_code == 409
    assert Theme.objects.get(pk=cast.program.theme.pk).name == "První"


def test_code_lists_count_what_they_hold(client: Client) -> None:
    make_criterion(indicator_count=5)
    Abbreviation.objects.create(abbreviation="HoST", forms=["HoST"])

    page = client.get(reverse("code_lists")).content.decode()

    assert "5 ukazatelů" in page
    assert "vlastní název" in page


def test_code_lists_linked_for_methodologist_only(cast: Cast, client: Client) -> None:
    assert "Číselníky" in client.get("/programy/").content.decode()
    assert "Číselníky" not in client_of(cast.expert).get("/programy/").content.decode()
