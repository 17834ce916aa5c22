from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from accounts.roles import Role
from programs.models import Narrative, NarrativeSection
from tests.builders import (
    make_narrative,
    make_program_section,
    make_section,
    make_source,
)
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/zprava/texty/"
ADD = f"{LIST}uvod/novy/"


@pytest.fixture
def section(cast: Cast) -> NarrativeSection:
    section = make_section("uvod", 1, "Úvodní oddíl")
    section.prompt = "Napište, proč program vznikl."
    save_record(section, by=None)
    make_program_section(cast.program, 1, section, due_on=date(2024, 5, 31))
    return section


def test_text_added_to_the_end_of_its_section(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    make_narrative(cast.program, section, text="První.")
    source = make_source(cast.program)

    response = send(
        expert_client, ADD, topic="Bydlení", text="Druhý **text**.", sources=[source.pk]
    )

    assert response["Location"] == f"{LIST}#oddil-uvod"
    narrative = Narrative.objects.get(topic="Bydlení")
    assert (narrative.position, list(narrative.sources.all())) == (2, [source])
    assert narrative.history.get().history_user == cast.expert


def test_section_without_text_shows_its_prompt_and_who_writes_it_until_when(
    cast: Cast, section: NarrativeSection, reader_client: Client
) -> None:
    page = reader_client.get(LIST).content.decode()

    assert "Napište, proč program vznikl." in page.replace("\xa0", " ")
    assert "zatím nenapsáno" in page
    assert "31. 5. 2024" in page.replace("\xa0", " ")


def test_words_are_counted(cast: Cast, section: NarrativeSection, reader_client: Client) -> None:
    make_narrative(cast.program, section, text="Cíl 1.1.5 v Litvínově-Hamru – hotovo.")

    [item] = reader_client.get(LIST).context["sections"]

    assert item.word_count == 5


def test_text_of_the_other_end_stands_beside_the_form(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    end = make_section("zaver", 2, "Závěr")
    end.counterpart = section
    save_record(end, by=None)
    make_program_section(cast.program, 2, end)
    make_narrative(cast.program, section, text="Takto jsme začínali.")

    page = expert_client.get(f"{LIST}zaver/novy/").content.decode()

    assert "Takto jsme začínali." in page


def test_section_that_was_not_taken_takes_no_text(cast: Cast, expert_client: Client) -> None:
    make_section("jiny", 3)

    assert expert_client.get(f"{LIST}jiny/novy/").status_code == 404


def test_source_of_another_program_refused(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    foreign = make_source(cast.strange_program)

    response = send(expert_client, ADD, text="Pečlivě napsaný text.", sources=[foreign.pk])

    assert response.status_code == 422
    assert list(errors_of(response)) == ["sources"]
    assert "Pečlivě napsaný text." in response.content.decode()


def test_text_saved_by_another_meanwhile_is_not_overwritten(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    narrative = make_narrative(cast.program, section, text="Původní.")
    address = reverse("programs:narrative_edit", args=["nas", narrative.pk])
    opened = form_of(expert_client, address)
    narrative.text = "Mezitím uložené."
    save_record(narrative, by=cast.consultant)

    response = expert_client.post(address, sent(opened, text="Moje."))

    assert response.status_code == 409
    narrative.refresh_from_db()
    assert narrative.text == "Mezitím uložené."


def test_texts_of_a_section_are_reordered(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    texts = [make_narrative(cast.program, section, position=place) for place in (1, 2, 3)]

    expert_client.post(reverse("programs:narrative_move", args=["nas", texts[2].pk]), {"rank": "1"})

    found = Narrative.objects.filter(section=section).order_by("position")
    assert [narrative.pk for narrative in found] == [texts[2].pk, texts[0].pk, texts[1].pk]


def test_text_deleted_after_a_question_and_brought_back(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    narrative = make_narrative(cast.program, section, text="Smazaný text.")
    address = reverse("programs:narrative_delete", args=["nas", narrative.pk])

    assert expert_client.get(address).status_code == 200
    expert_client.post(address)
    assert not Narrative.objects.exists()

    history = expert_client.get("/programy/nas/historie/", {"deleted": "on"})
    [entry] = history.context["entries"]
    expert_client.post(
        reverse("programs:record_undelete", args=["nas", entry.model, entry.change.row])
    )
    assert Narrative.objects.get().text == "Smazaný text."


def test_team_text_is_neither_shown_nor_opened_by_the_town(
    cast: Cast, section: NarrativeSection, town_client: Client
) -> None:
    narrative = make_narrative(cast.program, section, text="TAJNÉ", visibility="team")

    assert "TAJNÉ" not in town_client.get(LIST).content.decode()
    history = reverse("programs:narrative_history", args=["nas", narrative.pk])
    assert town_client.get(history).status_code == 404


@pytest.mark.parametrize("role", [Role.TOWN, Role.METHODOLOGIST, Role.READER])
def test_texts_are_written_by_the_team_only(
    cast: Cast, section: NarrativeSection, role: Role
) -> None:
    narrative = make_narrative(cast.program, section, text="Text.")
    client = client_of(cast.member(role))

    for route in ("narrative_edit", "narrative_delete", "narrative_move"):
        address = reverse(f"programs:{route}", args=["nas", narrative.pk])
        assert client.post(address, {"text": "Jiný.", "rank": "1"}).status_code == 403
    narrative.refresh_from_db()
    assert narrative.text == "Text."


def test_text_of_another_program_not_found(
    cast: Cast, section: NarrativeSection, stranger_client: Client, expert_client: Client
) -> None:
    foreign = make_narrative(cast.strange_program, section)

    assert stranger_client.get(LIST).status_code == 404
    address = reverse("programs:narrative_edit", args=["nas", foreign.pk])
    assert expert_client.get(address).status_code == 404


def test_text_of_a_section_left_out_is_still_shown(cast: Cast, expert_client: Client) -> None:
    make_narrative(cast.program, make_section("navic", 9, "Navíc"), text="Zbylý text.")

    assert "Zbylý text." in expert_client.get(LIST).content.decode()


def test_text_for_a_section_left_out_meanwhile_is_saved_all_the_same(
    cast: Cast, section: NarrativeSection, expert_client: Client
) -> None:
    opened = form_of(expert_client, ADD)
    delete_record(cast.program.programsection_set.get(), by=cast.consultant)

    response = expert_client.post(ADD, sent(opened, text="Dlouho psaný text."))

    assert response.status_code == 302
    assert Narrative.objects.get().text == "Dlouho psaný text."
    assert expert_client.get(ADD).status_code == 404


def test_text_for_a_section_the_program_never_had_is_refused(
    cast: Cast, expert_client: Client
) -> None:
    make_section("jinde", 2)

    assert expert_client.post(f"{LIST}jinde/novy/", {"text": "Text."}).status_code == 404


def test_form_of_the_summary_says_what_fits_on_its_page(cast: Cast, expert_client: Client) -> None:
    for place, code in enumerate(("summary", "annotation"), start=1):
        make_program_section(cast.program, place, make_section(code, place))

    pages = {
        code: expert_client.get(f"{LIST}{code}/novy/").content.decode().replace("\xa0", " ")
        for code in ("summary", "annotation")
    }

    assert "nejvýše asi 3 500 znaků, 500 slov" in pages["summary"]
    assert "nejvýše asi" not in pages["annotation"]
