from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import save_record
from accounts.restoring import restore_deleted
from reporting.models import Report
from reporting.structure import Part
from tests.builders import make_report
from tests.conftest import Cast, client_of
from tests.forms import errors_of, form_of, send, sent

PREVIEW = "/programy/nas/zprava/"
LIST = f"{PREVIEW}vydani/"
ADD = f"{LIST}nove/"


def address(action: str, report: Report) -> str:
    return reverse(f"reporting:report_{action}", args=["nas", report.pk])


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_report_added_with_its_title_page_and_parts(cast: Cast, expert_client: Client) -> None:
    response = send(
        expert_client,
        ADD,
        kind="interim",
        reference_number="MUL/1234/2024",
        file_number="SP/7",
        dated_on=date(2024, 6, 30),
        prepared_by="vedoucí odboru",
        with_charts=False,
    )

    report = Report.objects.get()
    assert response.url == LIST
    assert (report.program, report.kind, report.dated_on) == (
        cast.program,
        "interim",
        date(2024, 6, 30),
    )
    assert (report.reference_number, report.file_number) == ("MUL/1234/2024", "SP/7")
    assert report.prepared_by == "vedoucí odboru"
    assert set(Part) - set(report.parts) == {Part.CHARTS, Part.PUBLICITY}


def test_title_page_says_what_was_filled_in(cast: Cast, reader_client: Client) -> None:
    make_report(
        cast.program,
        kind="interim",
        reference_number="MUL/1234/2024",
        file_number="SP/7",
        dated_on=date(2024, 6, 30),
        prepared_by="vedoucí odboru",
    )

    page = text_of(reader_client, PREVIEW).replace("\xa0", " ")

    for said in (
        "Průběžná evaluační zpráva poradenského programu",
        "interní průběžné hodnocení; hodnotí expert programu",
        "MUL/1234/2024",
        "SP/7",
        "30. června 2024",
        "vedoucí odboru",
    ):
        assert said in page
    assert "zatím nepřiděleno" not in page


def test_title_page_says_nothing_of_what_is_empty(cast: Cast, reader_client: Client) -> None:
    """But the reference number and the date, which the law asks for."""
    make_report(cast.program)

    page = text_of(reader_client, PREVIEW)

    assert "zatím nepřiděleno" in page
    assert "zpráva se připravuje" in page
    assert "Spisová značka" not in page
    assert "Zpracoval (funkce)" not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "rocni"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"dated_on": "31. 2. 2024"}, "dated_on"),
        ({"file_number": "x" * 61}, "file_number"),
    ],
)
def test_bad_report_told_next_to_its_field(
    cast: Cast, expert_client: Client, changes: dict[str, str], field: str
) -> None:
    response = send(expert_client, ADD, **{"prepared_by": "pečlivě napsaná funkce", **changes})

    assert response.status_code == 422
    assert list(errors_of(response)) == [field]
    assert "pečlivě napsaná funkce" in response.content.decode()
    assert not Report.objects.exists()


def test_second_save_refused_with_both_versions(cast: Cast, expert_client: Client) -> None:
    report = make_report(cast.program)
    opened = form_of(expert_client, address("edit", report))
    report.file_number = "SP/konzultant"
    save_record(report, by=cast.consultant)

    response = expert_client.post(address("edit", report), sent(opened, file_number="SP/expert"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "SP/konzultant" in page
    assert "SP/expert" in page
    report.refresh_from_db()
    assert report.file_number == "SP/konzultant"


def test_older_state_brought_back(cast: Cast, expert_client: Client) -> None:
    report = make_report(cast.program, file_number="SP/1")
    send(expert_client, address("edit", report), file_number="SP/2")
    oldest = report.history.order_by("history_id")[0].history_id
    page = text_of(expert_client, address("history", report))
    assert "SP/1" in page
    assert "SP/2" in page

    restore = reverse("programs:version_restore", args=["nas", "report", oldest])
    expert_client.post(restore, follow=True)

    report.refresh_from_db()
    assert report.file_number == "SP/1"


def test_report_deleted_with_a_question_and_brought_back(cast: Cast, expert_client: Client) -> None:
    report = make_report(cast.program, file_number="SP/7")

    assert "Smazat zprávu?" in text_of(expert_client, address("delete", report))
    assert Report.objects.exists()
    response = expert_client.post(address("delete", report), follow=True)

    assert response.redirect_chain[-1][0] == LIST
    assert not Report.objects.exists()
    restore_deleted(model=Report, object_id=report.pk, by=cast.expert)
    assert Report.objects.get().file_number == "SP/7"


def test_rights(cast: Cast) -> None:
    report, foreign = make_report(cast.program), make_report(cast.strange_program)
    writes = [ADD, address("edit", report), address("delete", report)]

    for member in (cast.town, cast.reader, cast.methodologist):
        assert [client_of(member).post(path).status_code for path in writes] == [403] * 3
    stranger = client_of(cast.stranger)
    everything = [PREVIEW, LIST, address("history", report), *writes]
    assert [stranger.get(path).status_code for path in everything] == [404] * len(everything)
    expert = client_of(cast.expert)
    forged = [address(name, foreign) for name in ("edit", "delete", "history")]
    assert [expert.get(path).status_code for path in forged] == [404] * 3
    assert Report.objects.filter(pk=foreign.pk).exists()


def test_newest_report_shown_unless_another_is_chosen(cast: Cast, reader_client: Client) -> None:
    older = make_report(cast.program, reference_number="STARŠÍ", dated_on=date(2024, 1, 31))
    newer = make_report(cast.program, reference_number="NOVĚJŠÍ", dated_on=date(2024, 6, 30))

    assert "NOVĚJŠÍ" in text_of(reader_client, PREVIEW)
    chosen = text_of(reader_client, f"{PREVIEW}?zprava={older.pk}")
    assert "STARŠÍ" in chosen
    assert "NOVĚJŠÍ" not in chosen
    make_report(cast.program, reference_number="PSANÁ")
    assert "PSANÁ" in text_of(reader_client, PREVIEW)
    assert f"zprava={newer.pk}" in text_of(reader_client, PREVIEW)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "١", "99999999999", "1 "])
def test_no_such_report_chosen(cast: Cast, reader_client: Client, asked: str) -> None:
    make_report(cast.program)

    assert reader_client.get(PREVIEW, {"zprava": asked}).status_code == 404


def test_report_of_another_program_is_none(cast: Cast, reader_client: Client) -> None:
    foreign = make_report(cast.strange_program)

    for path in (PREVIEW, f"{PREVIEW}soubory/json/"):
        assert reader_client.get(path, {"zprava": foreign.pk}).status_code == 404


def test_form_puts_the_title_page_apart_from_the_parts(expert_client: Client) -> None:
    page = text_of(expert_client, ADD)

    title_page, parts = (
        page.index("<legend>Titulní strana"),
        page.index("<legend>Volitelné části zprávy"),
    )
    assert title_page < page.index('name="reference_number"') < parts
    assert parts < page.index('name="with_summary"')
