from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.roles import Visibility
from indicators.models import Assessment, Moment
from programs.models import Evidence
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_consultation,
    make_criterion,
    make_evidence,
    make_phase,
    make_recommendation,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/podklady/doklady/"
ADD = "/programy/nas/podklady/doklady/novy/"
LINK = "https://www.example.cz/zapis"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"


def at(noun: str, evidence: Evidence) -> str:
    return reverse(f"indicators:evidence_{noun}", args=["nas", evidence.pk])


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def attach(record: Any, *evidence: Evidence) -> Any:
    save_record(record, by=None, links={"evidence": evidence})
    return record


def make_assessment(cast: Cast, **fields: Any) -> Assessment:
    criterion = make_criterion()
    adopted = adopt(cast.program, criterion)
    return assess(adopted, criterion.indicators.get(), Moment.FINAL, **fields)


def test_link_added_and_attached_to_every_kind_of_record(cast: Cast, expert_client: Client) -> None:
    activity = make_activity(make_phase(cast.program))
    consultation = make_consultation(cast.program)
    recommendation = make_recommendation(cast.program)
    assessment = make_assessment(cast)

    answer = send(
        expert_client,
        ADD,
        title="Zápis z jednání rady",
        url="www.example.cz/zapis",
        activities=[activity.pk],
        consultations=[consultation.pk],
        recommendations=[recommendation.pk],
        assessments=[assessment.pk],
    )

    evidence = Evidence.objects.get()
    assert answer["Location"] == f"{LIST}#priloha-{evidence.pk}"
    assert (evidence.position, evidence.url) == (1, "https://www.example.cz/zapis")
    for record in (activity, consultation, recommendation, assessment):
        record.refresh_from_db()
        assert list(record.evidence.all()) == [evidence]
        assert record.version == 2
        assert record.history.first().history_user == cast.expert


def test_places_told_in_the_list(cast: Cast, reader_client: Client) -> None:
    evidence = make_evidence(cast.program, title="Zápis")
    attach(make_activity(make_phase(cast.program), title="Setkání"), evidence)
    attach(make_consultation(cast.program), evidence)
    attach(make_recommendation(cast.program, title="Otevřít klub"), evidence)
    assessment = attach(make_assessment(cast), evidence)

    [(_evidence, places)] = reader_client.get(LIST).context["rows"]

    assert [place.label.replace("\xa0", " ") for place in places] == [
        "Aktivita: Setkání",
        "Konzultace 1. 2. 2024: setkání",
        "Doporučení 1: Otevřít klub",
        f"Kritérium 1.1: {assessment.indicator} – Závěrečné vyhodnocení",
    ]
    answers = [reader_client.get(place.address).status_code for place in places]
    assert answers == [200] * 4


def test_interim_states_told_apart_by_their_days(cast: Cast, expert_client: Client) -> None:
    final = make_assessment(cast)
    for day in (date(2023, 12, 31), date(2024, 3, 31)):
        assess(final.adopted, final.indicator, Moment.INTERIM, as_of=day)

    form = form_of(expert_client, ADD)

    labels = [label.replace("\xa0", " ") for _value, label in form.fields["assessments"].choices]
    assert {label.rpartition(" – ")[2] for label in labels} == {
        "Průběžný stav 31. 12. 2023",
        "Průběžný stav 31. 3. 2024",
        "Závěrečné vyhodnocení",
    }


def test_evidence_shown_at_what_it_is_attached_to(cast: Cast, reader_client: Client) -> None:
    evidence = make_evidence(cast.program, 3, title="Zápis")
    activity = attach(make_activity(make_phase(cast.program)), evidence)
    consultation = attach(make_consultation(cast.program), evidence)
    recommendation = attach(make_recommendation(cast.program), evidence)
    assessment = attach(make_assessment(cast), evidence)
    addresses = [
        reverse("programs:activity_detail", args=["nas", activity.pk]),
        reverse("programs:consultation_detail", args=["nas", consultation.pk]),
        reverse("indicators:recommendation_detail", args=["nas", recommendation.pk]),
        reverse("indicators:indicator_detail", args=["nas", assessment.indicator_id]),
    ]

    pages = [page_of(reader_client, address) for address in addresses]

    assert ["Příloha 3: Zápis" in page.replace("\xa0", " ") for page in pages] == [True] * 4
    assert ["Přiložit doklad" in page for page in pages] == [False] * 4


@pytest.mark.parametrize("kind", ["activity", "consultation", "recommendation", "assessment"])
def test_form_opened_at_a_record_is_attached_to_it_and_leads_back(
    cast: Cast, expert_client: Client, kind: str
) -> None:
    records: dict[str, Any] = {
        "activity": make_activity(make_phase(cast.program)),
        "consultation": make_consultation(cast.program),
        "recommendation": make_recommendation(cast.program),
        "assessment": make_assessment(cast),
    }
    record = records[kind]
    address = f"{ADD}?{kind}={record.pk}"

    answer = send(expert_client, address, title="Zápis", url=LINK)

    assert record.evidence.get() == Evidence.objects.get()
    assert [other.evidence.count() for other in records.values()].count(1) == 1
    assert f"?{kind}={record.pk}" in page_of(expert_client, answer["Location"])


@pytest.mark.parametrize("asked", ["activity=999", "activity=x", "activity=" + "9" * 30, "goal=1"])
def test_form_opened_at_nothing_is_attached_to_nothing(
    cast: Cast, expert_client: Client, asked: str
) -> None:
    response = expert_client.get(f"{ADD}?{asked}")

    assert response.status_code == 200
    assert not response.context["form"].initial.get("activities")


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"title": "", "url": LINK}, "title", "Pojmenujte doklad."),
        ({"url": ""}, "file", "Vyberte soubor, nebo níže zadejte webovou adresu."),
        ({"url": "javascript:alert(1)"}, "url", "Zadejte platnou adresu URL."),
        ({"url": "ftp://example.cz/a"}, "url", "Zadejte platnou adresu URL."),
        ({"url": LINK, "dated_on": "32. 1. 2024"}, "dated_on", "Zadejte platné datum."),
    ],
)
def test_bad_evidence_told_next_to_its_field(
    cast: Cast, expert_client: Client, typed: dict[str, Any], field: str, message: str
) -> None:
    response = send(
        expert_client, ADD, **{"title": "Zápis", "description": "Pečlivě napsáno.", **typed}
    )

    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert "Pečlivě napsáno." in response.content.decode()
    assert not Evidence.objects.exists()


def test_link_stays_a_link(cast: Cast, expert_client: Client) -> None:
    evidence = make_evidence(cast.program)

    response = send(expert_client, at("edit", evidence), url="")

    assert errors_of(response) == {"url": ["Zadejte webovou adresu."]}
    assert "file" not in response.context["form"].fields


def test_records_of_another_program_not_taken(cast: Cast, expert_client: Client) -> None:
    foreign = cast.strange_program
    activity = make_activity(make_phase(foreign))
    consultation, recommendation = make_consultation(foreign), make_recommendation(foreign)

    response = send(
        expert_client,
        ADD,
        title="Zápis",
        url=LINK,
        activities=[activity.pk],
        consultations=[consultation.pk],
        recommendations=[recommendation.pk],
    )

    assert set(errors_of(response)) == {"activities", "consultations", "recommendations"}
    assert not Evidence.objects.exists()


def test_town_attaches_only_to_what_it_reads(cast: Cast, town_client: Client) -> None:
    phase = make_phase(cast.program)
    open_one = make_activity(phase, 1)
    hidden = make_activity(phase, 2, title="Utajená", visibility=Visibility.TEAM)

    page = page_of(town_client, f"{ADD}?activity={hidden.pk}")
    refused = send(town_client, ADD, title="Zápis", url=LINK, activities=[hidden.pk])
    send(town_client, ADD, title="Zápis", url=LINK, activities=[open_one.pk])

    assert "Utajená" not in page
    assert list(errors_of(refused)) == ["activities"]
    assert not hidden.evidence.exists()
    assert open_one.evidence.exists()


def test_town_that_edits_evidence_leaves_links_it_does_not_see(
    cast: Cast, town_client: Client
) -> None:
    evidence = make_evidence(cast.program)
    phase = make_phase(cast.program)
    shown = attach(make_activity(phase, 1), evidence)
    hidden = attach(make_activity(phase, 2, visibility=Visibility.TEAM), evidence)

    send(town_client, at("edit", evidence), activities=[])

    assert not shown.evidence.exists()
    assert list(hidden.evidence.all()) == [evidence]


def test_town_cannot_hide_evidence_from_itself(cast: Cast, town_client: Client) -> None:
    response = send(town_client, ADD, title="Zápis", url=LINK, visibility="team")

    assert list(errors_of(response)) == ["visibility"]


def test_attaching_does_not_undo_what_others_save(cast: Cast, expert_client: Client) -> None:
    activity = make_activity(make_phase(cast.program))
    opened = form_of(expert_client, ADD)
    activity.text = "Mezitím napsáno."
    save_record(activity, by=cast.consultant)

    expert_client.post(ADD, sent(opened, title="Zápis", url=LINK, activities=[activity.pk]))

    activity.refresh_from_db()
    assert (activity.text, activity.version) == ("Mezitím napsáno.", 3)


def test_two_editing_one_piece_see_both_versions(cast: Cast, expert_client: Client) -> None:
    evidence = make_evidence(cast.program, title="Zápis")
    opened = form_of(expert_client, at("edit", evidence))
    evidence.title = "Název konzultanta"
    save_record(evidence, by=cast.consultant)

    refused = expert_client.post(at("edit", evidence), sent(opened, title="Můj název"))

    told = [(found.theirs, found.mine) for found in refused.context["conflict"].differences]
    assert refused.status_code == 409
    assert told == [("Název konzultanta", "Můj název")]
    assert Evidence.objects.get().title == "Název konzultanta"


def test_evidence_of_the_team_invisible_to_town_and_readers(
    cast: Cast, town_client: Client, reader_client: Client
) -> None:
    hidden = make_evidence(cast.program, title="Utajeno", visibility=Visibility.TEAM)
    activity = attach(make_activity(make_phase(cast.program)), hidden)
    consultation = attach(make_consultation(cast.program), hidden)
    assessment = attach(make_assessment(cast), hidden)
    addresses = [
        LIST,
        reverse("programs:activity_detail", args=["nas", activity.pk]),
        reverse("programs:activity_history", args=["nas", activity.pk]),
        reverse("programs:consultation_detail", args=["nas", consultation.pk]),
        reverse("indicators:indicator_detail", args=["nas", assessment.indicator_id]),
    ]

    for client in (town_client, reader_client):
        pages = [page_of(client, address) for address in addresses]
        assert ["Utajeno" in page for page in pages] == [False] * 5
        assert "Program zatím nemá žádné doklady." in pages[0]
        assert client.get(at("history", hidden)).status_code == 404
    assert ["Utajeno" in page_of(client_of(cast.expert), address) for address in addresses] == [
        True
    ] * 5


def test_evidence_hidden_meanwhile_is_neither_named_nor_restored_by_town(
    cast: Cast, town_client: Client
) -> None:
    evidence = make_evidence(cast.program, title="Veřejný zápis")
    evidence.title, evidence.visibility = "Utajeno", Visibility.TEAM
    save_record(evidence, by=None)
    row = Evidence.history.filter(version=1).get().history_id

    page = page_of(town_client, reverse("programs:program_history", args=["nas"]))
    answer = town_client.post(reverse("programs:version_restore", args=["nas", "evidence", row]))

    evidence.refresh_from_db()
    assert "Utajeno" not in page
    assert answer.status_code == 404
    assert evidence.visibility == Visibility.TEAM


def test_town_moves_evidence_among_what_it_sees(cast: Cast, town_client: Client) -> None:
    first, hidden, last = (
        make_evidence(cast.program, 1),
        make_evidence(cast.program, 2, visibility=Visibility.TEAM),
        make_evidence(cast.program, 3),
    )

    town_client.post(at("move", last), {"rank": 1})

    assert list(Evidence.objects.all()) == [last, first, hidden]
    town_client.post(at("move", last), {"rank": 2})
    assert list(Evidence.objects.all()) == [first, last, hidden]


def test_deleted_evidence_leaves_gaps_and_comes_back_with_links(
    cast: Cast, expert_client: Client
) -> None:
    evidence, other = make_evidence(cast.program, 1), make_evidence(cast.program, 2)
    activity = attach(make_activity(make_phase(cast.program)), evidence)

    page = page_of(expert_client, at("delete", evidence))
    expert_client.post(at("delete", evidence))
    positions = list(Evidence.objects.values_list("position", flat=True))
    row = Evidence.history.filter(history_type="-").get().history_id
    expert_client.post(reverse("programs:record_undelete", args=["nas", "evidence", row]))

    assert "Smazat doklad?" in page
    assert positions == [other.position]
    assert list(activity.evidence.all()) == [evidence]


def test_evidence_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = make_evidence(cast.strange_program)

    answers = {
        noun: expert_client.get(at(noun, foreign)).status_code
        for noun in ("edit", "delete", "history")
    }

    assert answers == dict.fromkeys(answers, 404)


def test_empty_register_teaches(cast: Cast, expert_client: Client) -> None:
    page = page_of(expert_client, LIST)

    assert "Program zatím nemá žádné doklady." in page
    assert "zpráva ho uvádí v seznamu příloh" in page
    assert "Stáhnout vše" not in page
