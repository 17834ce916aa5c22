"""The catalogue of criteria as methodologists write, publish and renew it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from indicators import actions
from indicators.models import (
    CatalogueArea,
    CataloguePublished,
    CriteriaCatalogue,
    Criterion,
    Indicator,
)
from tests.builders import make_area, make_criterion, publish
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent


@pytest.fixture
def client(cast: Cast) -> Client:
    return client_of(cast.methodologist)


@pytest.fixture
def criterion(cast: Cast) -> Criterion:
    """Criterion 1.1 with three indicators, in a draft."""
    return make_criterion(indicator_count=3)


@pytest.fixture
def draft(criterion: Criterion) -> CriteriaCatalogue:
    return criterion.area.catalogue


def texts(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def names(criterion: Criterion) -> list[str]:
    return list(criterion.indicators.values_list("name", flat=True))


def test_draft_written_from_nothing_and_published(client: Client) -> None:
    send(client, reverse("catalogue_add"), title="Kritéria", version_name="2027")
    catalogue = CriteriaCatalogue.objects.get()
    send(client, reverse("catalogue_area_add", args=[catalogue.pk]), code="1", name="Prevence")
    area = CatalogueArea.objects.get()
    send(client, reverse("criterion_add", args=[area.pk]), name="Obec má strategii.")
    criterion = Criterion.objects.get()
    address = reverse("catalogue_indicator_add", args=[criterion.pk])
    send(client, address, name="Strategie je schválena.", short_name="Strategie")
    response = client.post(reverse("catalogue_publish", args=[catalogue.pk]), follow=True)

    catalogue.refresh_from_db()
    # The code was proposed.
    assert criterion.code == "1.1"
    assert catalogue.published_on is not None
    assert "Katalog je zveřejněn a dál se už nemění." in response.content.decode()


def test_next_criterion_gets_the_next_code(client: Client, criterion: Criterion) -> None:
    area = criterion.area
    make_criterion(f"{area.code}.9", area=area, position=2)

    form = form_of(client, reverse("criterion_add", args=[area.pk]))

    assert form["code"].value() == f"{area.code}.10"


@pytest.mark.parametrize(
    ("route", "typed", "field", "message"),
    [
        ("catalogue_area_add", {"code": "x", "name": "A"}, "code", "Zadejte čísla oddělená"),
        ("catalogue_area_add", {"code": "5", "name": ""}, "name", "Napište název oblasti."),
        ("criterion_add", {"code": "1.1", "name": "A"}, "code", "Kód 1.1 už v tomto katalogu je."),
        ("criterion_add", {"code": "1.2", "name": ""}, "name", "Napište znění kritéria."),
        ("catalogue_indicator_add", {"name": ""}, "name", "Napište znění ukazatele."),
        (
            "catalogue_indicator_add",
            {"name": "A", "short_name": "a" * 43},
            "short_name",
            "nejvýše 42 znaků",
        ),
    ],
)
def test_bad_part_told_next_to_its_field(
    client: Client,
    criterion: Criterion,
    route: str,
    typed: dict[str, str],
    field: str,
    message: str,
) -> None:
    keys = {
        "catalogue_area_add": criterion.area.catalogue_id,
        "criterion_add": criterion.area_id,
        "catalogue_indicator_add": criterion.pk,
    }

    response = send(client, reverse(route, args=[keys[route]]), **typed)

    assert response.status_code == 422
    errors = errors_of(response)
    assert list(errors) == [field]
    assert message in errors[field][0]


def test_code_taken_in_another_area_of_the_catalogue_refused(
    client: Client, draft: CriteriaCatalogue
) -> None:
    other = CatalogueArea.objects.create(catalogue=draft, code="900", name="Jiná")

    response = send(client, reverse("criterion_add", args=[other.pk]), code="1.1", name="Znovu")

    assert errors_of(response) == {"code": ["Kód 1.1 už v tomto katalogu je."]}


def test_version_name_used_once(client: Client, draft: CriteriaCatalogue) -> None:
    address = reverse("catalogue_add")

    response = send(client, address, title="Jiný", version_name=draft.version_name)

    assert errors_of(response) == {"version_name": ["Katalog této verze už existuje."]}


def test_second_save_of_a_criterion_shows_the_first(client: Client, criterion: Criterion) -> None:
    address = reverse("criterion_edit", args=[criterion.pk])
    opened = form_of(client, address)
    send(client, address, name="První znění.")

    response = client.post(address, sent(opened, name="Druhé znění."))

    assert response.status_code == 409
    assert "Druhé znění." in response.content.decode()
    criterion.refresh_from_db()
    assert criterion.name == "První znění."


def test_published_while_somebody_was_writing_nothing_typed_lost(
    client: Client, criterion: Criterion, draft: CriteriaCatalogue
) -> None:
    address = reverse("criterion_edit", args=[criterion.pk])
    opened = form_of(client, address)
    publish(draft)

    response = client.post(address, sent(opened, name="Rozepsané znění."))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Rozepsané znění." in page
    assert "je zveřejněný a nemění se" in page


def test_criteria_and_indicators_moved(client: Client, criterion: Criterion) -> None:
    second = make_criterion("1.2", area=criterion.area, position=2)
    first, _middle, last = names(criterion)

    moved = client.post(reverse("criterion_move", args=[second.pk]), {"rank": "1"})
    third = criterion.indicators.get(name=last)
    client.post(reverse("catalogue_indicator_move", args=[third.pk]), {"rank": "1"})

    assert moved.headers["Location"].endswith(f"#criterion-{second.pk}")
    assert list(criterion.area.criteria.all()) == [second, criterion]
    assert names(criterion)[:2] == [last, first]


def test_area_deleted_with_what_it_holds_and_brought_back(
    client: Client, criterion: Criterion, draft: CriteriaCatalogue
) -> None:
    area = criterion.area

    asked = texts(client, reverse("catalogue_area_delete", args=[area.pk]))
    client.post(reverse("catalogue_area_delete", args=[area.pk]))

    assert "Smazat tuto oblast?" in asked
    assert not Indicator.objects.exists()
    told = CatalogueArea.history.filter(id=area.pk).first()
    assert told is not None
    client.post(reverse("catalogue_undelete", args=[draft.pk, "cataloguearea", told.pk]))
    assert len(names(Criterion.objects.get())) == 3


def test_draft_deleted_and_brought_back(client: Client, draft: CriteriaCatalogue) -> None:
    page = client.post(reverse("catalogue_delete", args=[draft.pk]), follow=True)

    history = reverse("catalogue_history", args=[draft.pk])
    assert not CriteriaCatalogue.objects.exists()
    assert history in page.content.decode()
    assert "Vrátit zpět" in texts(client, history)
    told = CriteriaCatalogue.history.filter(id=draft.pk).first()
    assert told is not None
    client.post(reverse("catalogue_undelete", args=[draft.pk, "criteriacatalogue", told.pk]))
    assert Indicator.objects.filter(criterion__area__catalogue=draft).count() == 3


def test_earlier_wording_restored(client: Client, criterion: Criterion) -> None:
    draft = criterion.area.catalogue
    for name in ("Nové znění.", "Nejnovější znění."):
        send(client, reverse("criterion_edit", args=[criterion.pk]), name=name)
    row = Criterion.history.filter(id=criterion.pk, name="Nové znění.").get()

    client.post(reverse("catalogue_version_restore", args=[draft.pk, "criterion", row.pk]))

    criterion.refresh_from_db()
    assert criterion.name == "Nové znění."


def test_history_of_a_published_catalogue_restores_nothing(
    client: Client, criterion: Criterion, draft: CriteriaCatalogue
) -> None:
    send(client, reverse("criterion_edit", args=[criterion.pk]), name="Nové znění.")
    row = Criterion.history.filter(id=criterion.pk).last()
    assert row is not None
    publish(draft)

    page = texts(client, reverse("catalogue_history", args=[draft.pk]))
    address = reverse("catalogue_version_restore", args=[draft.pk, "criterion", row.pk])
    answer = client.post(address, follow=True).content.decode()

    criterion.refresh_from_db()
    assert "Obnovit tuto verzi" not in page
    assert "je zveřejněný a nemění se" in answer
    assert criterion.name == "Nové znění."


def test_history_row_of_another_catalogue_not_found(client: Client, criterion: Criterion) -> None:
    other = make_criterion().area.catalogue
    row = Criterion.history.filter(id=criterion.pk).get()

    for route in ("catalogue_version_restore", "catalogue_undelete"):
        address = reverse(route, args=[other.pk, "criterion", row.pk])
        assert client.post(address).status_code == 404
    unknown = reverse("catalogue_undelete", args=[other.pk, "goal", row.pk])
    assert client.post(unknown).status_code == 404


def test_publishing_says_what_will_be_fixed(client: Client, draft: CriteriaCatalogue) -> None:
    page = client.get(reverse("catalogue_publish", args=[draft.pk]))

    counts = [page.context[f"{part}_count"] for part in ("area", "criterion", "indicator")]
    assert counts == [1, 1, 3]
    assert CriteriaCatalogue.objects.filter(published_on=None).exists()


def test_draft_that_is_not_whole_not_published(client: Client) -> None:
    catalogue = make_criterion(indicator_count=0).area.catalogue
    CatalogueArea.objects.create(catalogue=catalogue, code="900", name="Prázdná")
    address = reverse("catalogue_publish", args=[catalogue.pk])

    response = client.post(address)

    page = response.content.decode()
    catalogue.refresh_from_db()
    assert response.status_code == 422
    assert "Oblast 900 Prázdná nemá žádné kritérium." in page
    assert "Kritérium 1.1 nemá žádný ukazatel." in page
    assert catalogue.published_on is None


def test_catalogue_published_twice_says_so(client: Client, draft: CriteriaCatalogue) -> None:
    address = reverse("catalogue_publish", args=[draft.pk])
    client.post(address)

    page = client.post(address, follow=True).content.decode()

    assert "Katalog už je zveřejněn; nic se nezměnilo." in page


ROUTES = [
    "catalogue_edit",
    "catalogue_delete",
    "catalogue_area_add",
    "catalogue_area_edit",
    "catalogue_area_delete",
    "criterion_add",
    "criterion_edit",
    "criterion_delete",
    "criterion_move",
    "catalogue_indicator_add",
    "catalogue_indicator_edit",
    "catalogue_indicator_delete",
    "catalogue_indicator_move",
]


def key_for(route: str, criterion: Criterion) -> int:
    if route in ("catalogue_edit", "catalogue_delete", "catalogue_area_add"):
        return criterion.area.catalogue_id
    if route in ("catalogue_area_edit", "catalogue_area_delete", "criterion_add"):
        return criterion.area_id
    if route.startswith("criterion") or route == "catalogue_indicator_add":
        return criterion.pk
    return criterion.indicators.all()[1].pk


@pytest.mark.parametrize("route", ROUTES)
def test_published_catalogue_refuses_every_form(
    client: Client, criterion: Criterion, draft: CriteriaCatalogue, route: str
) -> None:
    publish(draft)
    address = reverse(route, args=[key_for(route, criterion)])
    before = list(Indicator.objects.values("criterion__area", "criterion__name", "name", "pk"))

    typed = {"name": "Jiné", "code": "7.7", "title": "Jiné", "version_name": "8", "rank": 1}
    client.post(address, {**typed, "opened_version": 1})
    if not route.endswith("_move"):
        shown = client.get(address, follow=True).content.decode()
        assert "Katalog už je zveřejněn; nic se nezměnilo." in shown

    assert before == list(
        Indicator.objects.values("criterion__area", "criterion__name", "name", "pk")
    )
    assert CriteriaCatalogue.objects.get().title == draft.title


def test_published_catalogue_offers_no_tools(client: Client, draft: CriteriaCatalogue) -> None:
    address = reverse("catalogue_detail", args=[draft.pk])
    written = texts(client, address)
    publish(draft)

    page = texts(client, address)

    assert "Přidat oblast" in written
    assert "Založit další verzi" in page
    assert [
        words for words in ("Přidat", "Upravit", "Smazat", "data-ordered") if words in page
    ] == []


def test_actions_refuse_a_published_catalogue(cast: Cast, criterion: Criterion) -> None:
    catalogue, by = criterion.area.catalogue, cast.methodologist
    publish(catalogue)
    indicator = criterion.indicators.all()[0]

    for refused in (
        lambda: actions.save_catalogue(catalogue=catalogue, opened_version=2, by=by),
        lambda: actions.save_catalogue_area(area=criterion.area, opened_version=1, by=by),
        lambda: actions.save_criterion(criterion=criterion, opened_version=1, by=by),
        lambda: actions.save_catalogue_indicator(indicator=indicator, opened_version=1, by=by),
        lambda: actions.move_criterion(criterion=criterion, rank=1, by=by),
        lambda: actions.move_catalogue_indicator(indicator=indicator, rank=2, by=by),
        lambda: actions.delete_catalogue_part(part=criterion, by=by),
        lambda: actions.delete_catalogue(catalogue=catalogue, by=by),
    ):
        with pytest.raises(CataloguePublished):
            refused()


def test_next_version_holds_all_that_the_last_one_does(
    client: Client, criterion: Criterion, draft: CriteriaCatalogue
) -> None:
    criterion.mandatory = True
    criterion.save()
    publish(draft)

    send(client, reverse("catalogue_next_version", args=[draft.pk]), version_name="2029")

    following = CriteriaCatalogue.objects.get(version_name="2029")
    copied = Criterion.objects.get(area__catalogue=following)
    assert (following.previous, following.published_on, following.title) == (draft, None, "Katalog")
    assert (copied.previous, copied.code, copied.mandatory) == (criterion, "1.1", True)
    assert names(copied) == names(criterion)
    assert [one.previous for one in copied.indicators.all()] == list(criterion.indicators.all())


def test_only_the_last_published_version_has_a_next_one(
    cast: Cast, client: Client, draft: CriteriaCatalogue
) -> None:
    address = reverse("catalogue_next_version", args=[draft.pk])

    of_draft = send(client, address, version_name="2029")
    publish(draft)
    send(client, address, version_name="2029")
    second = send(client, address, version_name="2030")

    assert of_draft.status_code == second.status_code == 422
    assert "Další verze už existuje: 2029." in second.content.decode()
    assert CriteriaCatalogue.objects.count() == 2


def test_next_version_shows_at_publishing_what_it_changes(
    cast: Cast, client: Client, criterion: Criterion, draft: CriteriaCatalogue
) -> None:
    publish(draft)
    following = actions.draft_next_version(
        catalogue=draft, version_name="2029", by=cast.methodologist
    )
    reworded, left_out, _same = Indicator.objects.filter(criterion__area__catalogue=following)
    send(
        client,
        reverse("catalogue_indicator_edit", args=[reworded.pk]),
        name=reworded.name.replace("číslo 1", "prvního stupně"),
    )
    client.post(reverse("catalogue_indicator_delete", args=[left_out.pk]))

    page = client.get(reverse("catalogue_publish", args=[following.pk]))

    (change,) = page.context["comparison"].criteria
    assert [one.fate for one in change.indicators] == ["reworded", "kept", "removed"]
    assert "<ins>" in page.content.decode()
    assert "1 ukazatel zůstává beze změny." in page.content.decode()


@pytest.mark.parametrize("route", ["catalogue_add", "catalogue_detail", "criterion_edit"])
def test_catalogue_refused_to_experts(
    expert_client: Client, criterion: Criterion, route: str
) -> None:
    keys = {"catalogue_detail": [criterion.area.catalogue_id], "criterion_edit": [criterion.pk]}

    assert expert_client.get(reverse(route, args=keys.get(route, []))).status_code == 403


def test_areas_listed_by_their_numbers(client: Client, criterion: Criterion) -> None:
    catalogue = criterion.area.catalogue
    for code in ("10", "2", "2.10", "2.9"):
        make_criterion(f"{code}.1", catalogue=catalogue, area=make_area(catalogue, code))
    criterion.area.code = "1"
    save_record(criterion.area, by=None)

    page = client.get(reverse("catalogue_detail", args=[catalogue.pk]))

    ordered = ["1", "2", "2.9", "2.10", "10"]
    assert [area.code for area in page.context["catalogue"].areas.all()] == ordered
    in_order = Criterion.objects.in_catalogue_order().filter(area__catalogue=catalogue)
    assert [one.area.code for one in in_order] == ordered


def test_criterion_deleted_while_somebody_words_it_gives_back_what_was_typed(
    cast: Cast, client: Client, criterion: Criterion
) -> None:
    address = reverse("criterion_edit", args=[criterion.pk])
    fields = sent(form_of(client, address), name="Nové znění.")
    delete_record(criterion, by=cast.methodologist)

    refused = client.post(address, fields)

    assert refused.status_code == 409
    assert ("Název", "Nové znění.") in refused.context["typed"]
    assert reverse("catalogue_history", args=[criterion.area.catalogue_id]) in (
        refused.content.decode()
    )
    assert not Criterion.objects.exists()


@pytest.mark.parametrize(
    ("route", "holder", "gone"),
    [
        ("catalogue_area_add", "catalogue", "catalogue"),
        ("criterion_add", "area", "area"),
        ("criterion_add", "area", "catalogue"),
        ("catalogue_indicator_add", "criterion", "criterion"),
        ("catalogue_indicator_add", "criterion", "catalogue"),
    ],
)
def test_part_of_what_was_deleted_meanwhile_gives_back_what_was_typed(
    cast: Cast, client: Client, criterion: Criterion, route: str, holder: str, gone: str
) -> None:
    catalogue = criterion.area.catalogue_id
    holders = {
        "catalogue": criterion.area.catalogue,
        "area": criterion.area,
        "criterion": criterion,
    }
    address = reverse(route, args=[holders[holder].pk])
    fields = sent(form_of(client, address), name="Dlouho psané znění.")
    delete_record(holders[gone], by=cast.methodologist)

    refused = client.post(address, fields)

    page = refused.content.decode()
    back = reverse("catalogue_history", args=[catalogue])
    assert refused.status_code == 409
    assert "Dlouho psané znění." in [words for _label, words in refused.context["typed"]]
    assert "To, k čemu to patří, bylo mezitím smazáno" in page
    assert (reverse("code_lists") if gone == "catalogue" else back) in page
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("route", ["catalogue_area_edit", "criterion_edit", "catalogue_edit"])
def test_draft_deleted_whole_while_somebody_words_it_gives_back_what_was_typed(
    cast: Cast, client: Client, criterion: Criterion, route: str
) -> None:
    catalogue = criterion.area.catalogue
    keys = {"catalogue_area_edit": criterion.area_id, "criterion_edit": criterion.pk}
    address = reverse(route, args=[keys.get(route, catalogue.pk)])
    name = "title" if route == "catalogue_edit" else "name"
    fields = sent(form_of(client, address), **{name: "Nové znění."})
    delete_record(catalogue, by=cast.methodologist)

    refused = client.post(address, fields)

    assert refused.status_code == 409
    assert "Nové znění." in [words for _label, words in refused.context["typed"]]
    assert reverse("code_lists") in refused.content.decode()
    assert not CriteriaCatalogue.objects.exists()
