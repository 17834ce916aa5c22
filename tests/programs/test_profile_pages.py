"""One's own account."""

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.builders import make_member
from tests.conftest import Cast, client_of
from tests.forms import errors_of, send

PROFILE = "/ucet/profil/"


def test_profile_shows_the_email_and_the_roles(cast: Cast) -> None:
    make_member(cast.strange_program, Role.READER, cast.town)

    page = " ".join(client_of(cast.town).get(PROFILE).content.decode().split())

    assert cast.town.email in page
    assert "Obec – píše výchozí stav" in page
    assert "Čtenář – čte, co je veřejné" in page
    assert [f'href="/programy/{slug}/"' in page for slug in ("nas", "cizi")] == [True, True]


def test_profile_of_somebody_without_programs_teaches(cast: Cast) -> None:
    cast.reader.memberships.get().delete()

    page = client_of(cast.reader).get(PROFILE).content.decode()

    assert "Zatím nemáte žádný program." in page


def test_name_changed_shows_in_the_header(cast: Cast) -> None:
    client = client_of(cast.expert)

    response = send(client, PROFILE, name="Eva Expertní")

    page = client.get("/programy/").content.decode()
    assert response.headers["Location"] == PROFILE
    assert "Eva Expertní" in page
    assert 'href="/ucet/profil/"' in page


def test_email_and_rights_cannot_be_forged(cast: Cast, reader_client: Client) -> None:
    reader_client.post(PROFILE, {"name": "Čtenář", "email": "jiny@obec.cz", "is_superuser": "on"})

    reader = User.objects.get(pk=cast.reader.pk)
    assert (reader.name, reader.email, reader.is_superuser) == (
        *("Čtenář", cast.reader.email, False),
    )


def test_name_missing_or_too_long_is_told(cast: Cast, expert_client: Client) -> None:
    empty = send(expert_client, PROFILE, name=" ")
    long = send(expert_client, PROFILE, name="a" * 151)

    assert [empty.status_code, long.status_code] == [422, 422]
    assert errors_of(empty) == {"name": ["Toto pole je třeba vyplnit."]}
    assert list(errors_of(long)) == ["name"]
    assert User.objects.get(pk=cast.expert.pk).name == ""
