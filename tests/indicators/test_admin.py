"""The operator's administration: drafts of the catalogue only, and nothing without a trace."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from indicators.admin import site
from indicators.models import CatalogueArea, CriteriaCatalogue, Criterion, Indicator
from tests.builders import make_criterion, make_user, publish
from tests.conftest import Cast, client_of

# Django's own templates ask for variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MODELS = ("criteriacatalogue", "cataloguearea", "criterion", "indicator")


@pytest.fixture
def operator() -> User:
    return make_user(is_superuser=True, is_staff=True)


@pytest.fixture
def client(operator: User) -> Client:
    return client_of(operator)


@pytest.fixture
def criterion() -> Criterion:
    return make_criterion(indicator_count=2)


def part_of(criterion: Criterion, model: str) -> int:
    keys = {
        "criteriacatalogue": criterion.area.catalogue_id,
        "cataloguearea": criterion.area_id,
        "criterion": criterion.pk,
        "indicator": criterion.indicators.all()[0].pk,
    }
    return keys[model]


def page(model: str, name: str, *keys: int) -> str:
    return reverse(f"admin:indicators_{model}_{name}", args=keys)


TYPED = {
    "title": "Změněno",
    "version_name": "zmena",
    "code": "8.8",
    "name": "Změněno",
    "opened_version": "1",
}


def test_only_the_catalogue_is_there() -> None:
    assert {model._meta.model_name for model in site._registry} == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_operator_sees_lists_and_details(client: Client, criterion: Criterion, model: str) -> None:
    key = part_of(criterion, model)

    drafted = [client.get(page(model, "changelist")), client.get(page(model, "change", key))]
    publish(criterion.area.catalogue)
    published = [client.get(page(model, "changelist")), client.get(page(model, "change", key))]

    assert [answer.status_code for answer in (*drafted, *published)] == [200] * 4
    assert 'name="_save"' in drafted[1].content.decode()
    assert 'name="_save"' not in published[1].content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_draft_changed_with_a_trace(
    client: Client, operator: User, criterion: Criterion, model: str
) -> None:
    key = part_of(criterion, model)

    response = client.post(page(model, "change", key), TYPED)

    assert response.headers["Location"] == page(model, "changelist")
    changed = {
        "criteriacatalogue": CriteriaCatalogue,
        "cataloguearea": CatalogueArea,
        "criterion": Criterion,
        "indicator": Indicator,
    }[model]._default_manager.get(pk=key)
    assert changed.version == 2
    last = changed.history.first()
    assert (last.history_type, last.history_user) == ("~", operator)


@pytest.mark.parametrize("model", MODELS)
def test_published_neither_changed_nor_deleted(
    client: Client, criterion: Criterion, model: str
) -> None:
    publish(criterion.area.catalogue)
    key = part_of(criterion, model)
    before = list(Indicator.objects.values("name", "criterion__code", "criterion__area__name"))

    answers = [
        client.post(page(model, "change", key), TYPED).status_code,
        client.get(page(model, "delete", key)).status_code,
        client.post(page(model, "delete", key), {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert before == list(
        Indicator.objects.values("name", "criterion__code", "criterion__area__name")
    )
    assert CriteriaCatalogue.objects.get().title == "Katalog"


@pytest.mark.parametrize(
    ("model", "parent"),
    [("cataloguearea", "catalogue"), ("criterion", "area"), ("indicator", "criterion")],
)
def test_nothing_added_to_what_is_published(
    client: Client, criterion: Criterion, model: str, parent: str
) -> None:
    publish(criterion.area.catalogue)
    above = {
        "catalogue": criterion.area.catalogue_id,
        "area": criterion.area_id,
        "criterion": criterion.pk,
    }

    response = client.post(
        page(model, "add"), {**TYPED, parent: above[parent], "opened_version": "0"}
    )

    assert parent in response.context["adminform"].form.errors


def test_indicator_added_to_the_end_of_a_draft(
    client: Client, operator: User, criterion: Criterion
) -> None:
    typed = {"criterion": criterion.pk, "name": "Přidaný", "opened_version": "0"}

    client.post(page("indicator", "add"), typed)

    added = Indicator.objects.get(name="Přidaný")
    assert added.position == 3
    assert added.history.get().history_user == operator


def test_code_taken_in_the_catalogue_told(client: Client, criterion: Criterion) -> None:
    other = CatalogueArea.objects.create(
        catalogue=criterion.area.catalogue, code="900", name="Jiná"
    )
    typed = {"area": other.pk, "code": "1.1", "name": "Znovu", "opened_version": "0"}

    response = client.post(page("criterion", "add"), typed)

    assert response.context["adminform"].form.errors == {
        "code": ["Kód 1.1 už v tomto katalogu je."]
    }


def test_saved_by_somebody_else_meanwhile_told(client: Client, criterion: Criterion) -> None:
    address = page("criterion", "change", criterion.pk)
    client.post(address, TYPED)

    response = client.post(address, {**TYPED, "name": "Podruhé"})

    assert "Mezitím to uložil někdo jiný" in response.content.decode()
    criterion.refresh_from_db()
    assert criterion.name == "Změněno"


def test_deleted_criterion_can_come_back(client: Client, criterion: Criterion) -> None:
    client.post(page("criterion", "delete", criterion.pk), {"post": "yes"})

    assert not Criterion.objects.exists()
    assert [row.history_type for row in Criterion.history.filter(id=criterion.pk)][0] == "-"


def test_history_is_the_one_of_the_catalogue(client: Client, criterion: Criterion) -> None:
    response = client.get(page("criterion", "history", criterion.pk))

    catalogue = criterion.area.catalogue_id
    assert response.headers["Location"] == reverse("catalogue_history", args=[catalogue])


@pytest.mark.parametrize("role", Role)
def test_refused_to_everybody_else(cast: Cast, criterion: Criterion, role: Role) -> None:
    member = cast.member(role)
    member.is_staff = True
    member.save()
    member_client = client_of(member)

    answers = [
        member_client.get(address, follow=True).status_code
        for address in ("/sprava/", page("criterion", "change", criterion.pk))
    ]
    written = member_client.post(page("criterion", "change", criterion.pk), TYPED, follow=True)

    assert answers == [403, 403]
    assert written.status_code == 403
    criterion.refresh_from_db()
    assert criterion.version == 1


def test_nobody_signs_in_here(client: Client) -> None:
    anonymous = Client().get("/sprava/indicators/criterion/")

    sign_in = reverse("account_login")
    assert anonymous.headers["Location"] == f"{sign_in}?next=/sprava/indicators/criterion/"
    assert client.get("/sprava/login/").headers["Location"] == "/sprava/"
    assert client.post("/sprava/logout/").headers["Location"] == reverse("account_logout")
    changed = client.get("/sprava/password_change/")
    assert changed.headers["Location"] == reverse("account_change_password")
