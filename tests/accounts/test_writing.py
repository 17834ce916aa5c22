"""Nothing typed is lost, nothing sent is saved twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import writing
from accounts.audit import save_record
from accounts.models import Draft, Submission, User
from programs.models import Consultation
from tests.builders import make_consultation, make_goal, make_user
from tests.conftest import Cast, client_of
from tests.forms import form_of, sent

ADD = "/programy/nas/realizace/konzultace/nova/"
TYPED = {"kind": "meeting", "outcome": "Dohoda o dalším postupu."}


def opened(client: Client, address: str = ADD, **changes: Any) -> dict[str, Any]:
    """What the page of a form sends, its key with it."""
    page = client.get(address)
    return sent(page.context["form"], **changes) | {"form_key": page.context["form_key"]}


def keep(client: Client, data: dict[str, Any], address: str = ADD) -> Any:
    return client.post(reverse("draft_save"), data | {"form_address": address})


# --- sent twice -----------------------------------------------------------------------------


def test_form_sent_twice_makes_one_record_and_leads_to_the_same_place(
    cast: Cast, expert_client: Client
) -> None:
    data = opened(expert_client, **TYPED)

    first, second = expert_client.post(ADD, data), expert_client.post(ADD, data)

    assert Consultation.objects.count() == 1
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]


def test_the_same_words_in_a_form_opened_anew_are_another_record(
    cast: Cast, expert_client: Client
) -> None:
    for _ in range(2):
        expert_client.post(ADD, opened(expert_client, **TYPED))

    assert Consultation.objects.count() == 2


def test_form_changed_after_going_back_changes_what_it_made(
    cast: Cast, expert_client: Client
) -> None:
    data = opened(expert_client, **TYPED)
    expert_client.post(ADD, data)

    asked = expert_client.post(ADD, data | {"outcome": "Jiná dohoda."})
    again = sent(asked.context["form"]) | {"form_key": asked.context["form_key"]}
    expert_client.post(ADD, again)

    assert asked.status_code == 409
    assert Consultation.objects.get().outcome == "Jiná dohoda."


def test_edit_sent_twice_is_no_conflict_with_oneself(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program)
    address = reverse("programs:consultation_edit", args=["nas", consultation.pk])
    data = opened(expert_client, address, outcome="Nově.")

    answers = [expert_client.post(address, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert consultation.history.count() == 2


def test_key_of_another_person_is_worth_nothing(cast: Cast, expert_client: Client) -> None:
    data = opened(expert_client, **TYPED)
    expert_client.post(ADD, data)

    client_of(cast.consultant).post(ADD, data)

    assert Consultation.objects.count() == 2


def test_refused_form_may_be_sent_again(cast: Cast, expert_client: Client) -> None:
    data = opened(expert_client, kind="", outcome="Dohoda.")

    refused = expert_client.post(ADD, data)
    expert_client.post(ADD, data | {"kind": "meeting"})

    assert refused.status_code == 422
    assert refused.context["form_key"] == data["form_key"]
    assert Consultation.objects.get().outcome == "Dohoda."


def test_old_keys_go(cast: Cast, expert_client: Client) -> None:
    expert_client.post(ADD, opened(expert_client, **TYPED))
    Submission.objects.update(sent_at=timezone.now() - timedelta(days=8))

    expert_client.post(ADD, opened(expert_client, **TYPED))

    assert Submission.objects.count() == 1


# --- drafts ---------------------------------------------------------------------------------


def test_draft_is_offered_back_and_filled_in(cast: Cast, expert_client: Client) -> None:
    goal = make_goal(cast.program)
    data = opened(expert_client, kind="visit", outcome="Rozepsaná věta", goals=[goal.pk])

    kept = keep(expert_client, data)
    offered = expert_client.get(ADD)
    draft = Draft.objects.get()
    filled = expert_client.get(ADD, {"koncept": draft.pk})

    assert kept.json() == {"saved": timezone.localtime(draft.saved_at).strftime("%H:%M")}
    assert "Pokračovat v konceptu" in offered.content.decode()
    assert "Rozepsaná věta" not in offered.content.decode()
    form = filled.context["form"]
    assert [form[name].value() for name in ("kind", "outcome", "goals")] == [
        "visit",
        "Rozepsaná věta",
        [str(goal.pk)],
    ]
    assert not form.is_bound
    assert not Consultation.objects.exists()


def test_draft_with_an_empty_required_field_comes_back_without_errors(
    cast: Cast, expert_client: Client
) -> None:
    keep(expert_client, opened(expert_client, kind="", outcome=""))

    filled = expert_client.get(ADD, {"koncept": Draft.objects.get().pk})

    assert "Zatím se nic neuložilo" not in filled.content.decode()


def test_saved_form_leaves_no_draft(cast: Cast, expert_client: Client) -> None:
    data = opened(expert_client, **TYPED)
    keep(expert_client, data)

    expert_client.post(ADD, data)
    late = keep(expert_client, data)

    assert not Draft.objects.exists()
    assert late.json() == {"saved": ""}


def test_continued_draft_is_gone_once_saved(cast: Cast, expert_client: Client) -> None:
    keep(expert_client, opened(expert_client, **TYPED))
    filled = expert_client.get(ADD, {"koncept": Draft.objects.get().pk})
    data = sent(filled.context["form"]) | {"form_key": filled.context["form_key"]}

    expert_client.post(ADD + f"?koncept={Draft.objects.get().pk}", data)

    assert Consultation.objects.get().outcome == TYPED["outcome"]
    assert not Draft.objects.exists()


def test_draft_of_an_edit_meets_what_was_saved_meanwhile(cast: Cast, expert_client: Client) -> None:
    consultation = make_consultation(cast.program)
    address = reverse("programs:consultation_edit", args=["nas", consultation.pk])
    keep(expert_client, opened(expert_client, address, outcome="Rozepsáno."), address)
    consultation.outcome = "Verze druhého."
    save_record(consultation, by=cast.consultant)

    filled = expert_client.get(address, {"koncept": Draft.objects.get().pk})
    answer = expert_client.post(address, sent(filled.context["form"]))

    assert answer.status_code == 409
    assert answer.context["conflict"].differences[0].theirs == "Verze druhého."


def test_draft_is_seen_by_its_writer_only(cast: Cast, expert_client: Client) -> None:
    keep(expert_client, opened(expert_client, outcome="Jen moje."))
    draft, other = Draft.objects.get(), client_of(cast.consultant)

    page = other.get(ADD, {"koncept": draft.pk})
    discarded = other.post(reverse("draft_discard", args=[draft.pk]))

    assert page.context["drafts"] == []
    assert page.context["draft"] is None
    assert "Jen moje." not in page.content.decode()
    assert discarded.status_code == 404
    assert Draft.objects.exists()


def test_draft_thrown_away(cast: Cast, expert_client: Client) -> None:
    keep(expert_client, opened(expert_client, **TYPED))

    answer = expert_client.post(reverse("draft_discard", args=[Draft.objects.get().pk]))

    assert answer["Location"] == ADD
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["", "https://example.cz/", "//example.cz/", "/x" * 200])
def test_draft_of_no_page_of_ours_refused(cast: Cast, expert_client: Client, address: str) -> None:
    answer = keep(expert_client, opened(expert_client, **TYPED), address)

    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_draft_without_a_valid_key_refused(cast: Cast, expert_client: Client) -> None:
    answer = keep(expert_client, {"outcome": "Text", "form_key": "cokoli"})

    assert answer.status_code == 400


def test_old_drafts_go(cast: Cast, expert_client: Client) -> None:
    keep(expert_client, opened(expert_client, **TYPED))
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))

    keep(expert_client, opened(expert_client, **TYPED))

    assert Draft.objects.count() == 1


# --- an expired sign-in ---------------------------------------------------------------------


def test_text_sent_after_the_sign_in_expired_is_offered_after_the_next(
    cast: Cast, expert_client: Client
) -> None:
    data = opened(expert_client, kind="meeting", outcome="Psáno dlouho.")
    expert_client.session.flush()

    led_away = expert_client.post(ADD, data)
    expert_client.force_login(cast.expert)
    offered = expert_client.get(ADD)

    assert led_away.status_code == 302
    [draft] = offered.context["drafts"]
    assert draft.fields["outcome"] == ["Psáno dlouho."]
    assert not Consultation.objects.exists()


def test_file_sent_after_the_sign_in_expired_is_asked_for_again(
    cast: Cast, expert_client: Client
) -> None:
    address = "/programy/nas/podklady/doklady/novy/"
    key = expert_client.get(address).context["form_key"]
    sent = {"form_key": key, "title": "Zápis", "file": SimpleUploadedFile("zapis.txt", b"Text.")}
    expert_client.logout()

    refused = expert_client.post(address, sent)
    expert_client.force_login(cast.expert)
    [draft] = expert_client.get(address).context["drafts"]
    page = expert_client.get(f"{address}?koncept={draft.pk}").content.decode()

    assert refused["Location"] == f"/ucet/prihlaseni/?next={address}"
    assert 'value="Zápis"' in page
    assert "Pokud jste už nějaký vybrali, vyberte ho znovu." in page


def test_text_sent_after_expiry_is_never_shown_to_somebody_else(
    cast: Cast, expert_client: Client
) -> None:
    data = opened(expert_client, kind="meeting", outcome="Jen expertovo.")
    expert_client.session.flush()

    expert_client.post(ADD, data)
    expert_client.force_login(cast.consultant)
    page = expert_client.get(ADD)

    assert page.context["drafts"] == []
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("key", "words"), [("cokoli", "Text."), (None, "x" * (writing.LARGEST_INTERRUPTED + 1))]
)
def test_what_no_form_of_ours_sends_is_not_kept(
    cast: Cast, expert_client: Client, key: str | None, words: str
) -> None:
    data = opened(expert_client, kind="meeting", outcome=words)
    expert_client.session.flush()

    expert_client.post(ADD, data if key is None else data | {"form_key": key})

    assert writing.INTERRUPTED not in expert_client.session


# --- a conflict, field by field -------------------------------------------------------------


@pytest.fixture
def conflicting(cast: Cast, expert_client: Client) -> Any:
    """Two people have changed the outcome, only the other one the goals."""
    consultation = make_consultation(cast.program, outcome="Město připraví návrh smlouvy.")
    address = reverse("programs:consultation_edit", args=["nas", consultation.pk])
    form = form_of(expert_client, address)
    consultation.outcome = "Město připraví návrh dohody."
    save_record(consultation, by=cast.consultant, links={"goals": [make_goal(cast.program)]})
    return expert_client.post(address, sent(form, outcome="Kraj připraví návrh smlouvy."))


def test_conflict_compares_words_with_what_it_was(conflicting: Any) -> None:
    page = conflicting.content.decode()

    assert conflicting.context["conflict"].differences[0].base == "Město připraví návrh smlouvy."
    assert "[odstraněno: </span>smlouvy.<span" in page
    assert "[přidáno: </span>dohody.<span" in page
    assert "[přidáno: </span>Kraj<span" in page


def test_saved_version_taken_for_one_field(
    cast: Cast, expert_client: Client, conflicting: Any
) -> None:
    address = conflicting.request["PATH_INFO"]
    data = sent(conflicting.context["form"]) | {"take_saved": ["outcome"]}

    expert_client.post(address, data)

    saved = Consultation.objects.get()
    assert saved.outcome == "Město připraví návrh dohody."
    assert saved.goals.count() == 1


def test_own_version_kept_and_the_others_field_too(expert_client: Client, conflicting: Any) -> None:
    expert_client.post(conflicting.request["PATH_INFO"], sent(conflicting.context["form"]))

    saved = Consultation.objects.get()
    assert saved.outcome == "Kraj připraví návrh smlouvy."
    assert saved.goals.count() == 1


# --- the preview ----------------------------------------------------------------------------


def test_preview_shows_what_the_report_will(expert_client: Client) -> None:
    answer = expert_client.post("/nahled/", {"text": "**Tučně** a <script>alert(1)</script>"})

    assert "<strong>Tučně</strong>" in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_preview_of_what_no_report_holds_refused(expert_client: Client) -> None:
    answer = expert_client.post("/nahled/", {"text": "x" * 200_001})

    assert answer.status_code == 413


def test_preview_is_for_people_who_signed_in(client: Client, db: None) -> None:
    assert client.post("/nahled/", {"text": "x"}).status_code == 302


def test_key_for_one_person_only() -> None:
    one, other = User(pk=1), User(pk=11)
    key = writing.new_key(one)

    assert writing.uuid_of(key, one) is not None
    assert writing.uuid_of(key, other) is None
    assert writing.uuid_of(key + "x", one) is None


def test_user_goes_with_drafts(db: None) -> None:
    user = make_user()
    key = writing.uuid_of(writing.new_key(user), user)
    assert key is not None
    writing.keep_draft(user=user, address="/", key=key, fields={"a": ["b"]})

    user.delete()

    assert not Draft.objects.exists()
