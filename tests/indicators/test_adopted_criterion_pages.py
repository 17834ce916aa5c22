"""Nastavení – Kritéria: what a program takes from the catalogue."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record
from indicators import actions
from indicators.models import AdoptedCriterion, CriteriaCatalogue, Criterion, Moment
from programs.actions import ForeignRecord
from programs.models import Program
from tests.builders import adopt, assess, link, make_criterion, make_recommendation, publish
from tests.conftest import Cast
from tests.forms import errors_of, form_of, send, sent

LIST = "/programy/nas/nastaveni/kriteria/"
ADD = f"{LIST}prevzit/"


def page_of(name: str, adopted: AdoptedCriterion) -> str:
    return reverse(f"indicators:adopted_criterion_{name}", args=["nas", adopted.pk])


def published(count: int = 1) -> list[Criterion]:
    """Criteria 1.1, 1.2 … of one published catalogue."""
    first = make_criterion()
    others = [
        make_criterion(f"1.{number}", area=first.area, position=number)
        for number in range(2, count + 1)
    ]
    publish(first.area.catalogue)
    return [first, *others]


def row(program: Program) -> list[tuple[int, str]]:
    adopted = AdoptedCriterion.objects.filter(program=program)
    return [(one.position, one.criterion.code) for one in adopted]


def test_ticked_criteria_stand_after_those_the_program_has(
    cast: Cast, expert_client: Client
) -> None:
    first, second, third = published(3)
    adopt(cast.program, second, position=4)

    response = expert_client.post(ADD, {"criteria": [third.pk, first.pk]})

    assert response.headers["Location"] == LIST
    # In the order of the catalogue, whatever the order they came in.
    assert row(cast.program) == [(4, "1.2"), (5, "1.1"), (6, "1.3")]
    added = AdoptedCriterion.objects.get(criterion=first)
    assert added.history.get().history_user == cast.expert


def test_second_click_adopts_nothing_twice(cast: Cast, expert_client: Client) -> None:
    (criterion,) = published()

    for _click in range(2):
        response = expert_client.post(ADD, {"criteria": [criterion.pk]})
        assert response.status_code == 302

    assert row(cast.program) == [(1, "1.1")]


def test_nothing_ticked_said_at_the_form(cast: Cast, expert_client: Client) -> None:
    published()

    response = expert_client.post(ADD, {})

    assert response.status_code == 422
    assert errors_of(response) == {"criteria": ["Zaškrtněte alespoň jedno kritérium."]}


def test_newest_published_catalogue_is_offered_first_and_drafts_never(
    cast: Cast, expert_client: Client
) -> None:
    older, newer, draft = (make_criterion().area.catalogue for _ in range(3))
    publish(older, on=date(2023, 1, 1))
    publish(newer, on=date(2025, 1, 1))

    page = expert_client.get(ADD)
    asked = expert_client.get(ADD, {"katalog": older.pk})
    forbidden = expert_client.get(ADD, {"katalog": draft.pk})

    assert page.context["catalogue"] == newer
    assert page.context["offered"] == [newer, older]
    assert asked.context["catalogue"] == older
    assert forbidden.status_code == 404


def test_program_that_has_criteria_is_offered_the_rest_of_its_catalogue(
    cast: Cast, expert_client: Client
) -> None:
    first, second = published(2)
    adopt(cast.program, first)
    (other,) = published()

    page = expert_client.get(ADD)
    refused = expert_client.post(ADD, {"criteria": [other.pk]})

    assert page.context["offered"] == [first.area.catalogue]
    assert f'value="{second.pk}"' in page.content.decode()
    assert f'value="{first.pk}"' not in page.content.decode()
    assert refused.status_code == 422
    assert row(cast.program) == [(1, "1.1")]


def test_without_a_published_catalogue_the_page_says_what_comes_first(
    cast: Cast, expert_client: Client
) -> None:
    assert "Zatím není zveřejněn žádný katalog." in expert_client.get(ADD).content.decode()


def test_criteria_of_two_catalogues_refused(cast: Cast) -> None:
    criteria = [*published(), *published()]

    with pytest.raises(actions.NotAdoptable):
        actions.adopt_criteria(program=cast.program, criteria=criteria, by=cast.expert)

    assert row(cast.program) == []


def test_criterion_of_another_catalogue_than_the_program_has_refused(cast: Cast) -> None:
    adopt(cast.program, published()[0])

    with pytest.raises(actions.NotAdoptable):
        actions.adopt_criteria(program=cast.program, criteria=published(), by=cast.expert)


def test_criterion_of_a_draft_refused(cast: Cast) -> None:
    with pytest.raises(actions.NotAdoptable):
        actions.adopt_criteria(program=cast.program, criteria=[make_criterion()], by=cast.expert)


def test_criterion_twice_refused(cast: Cast) -> None:
    (criterion,) = published()

    with pytest.raises(actions.NotAdoptable):
        actions.adopt_criteria(
            program=cast.program, criteria=[criterion, criterion], by=cast.expert
        )


def test_somebody_responsible_until_a_day(cast: Cast, expert_client: Client) -> None:
    adopted = adopt(cast.program, published()[0])

    send(
        expert_client, page_of("edit", adopted), responsible=cast.town.pk, due_on=date(2024, 5, 31)
    )

    adopted.refresh_from_db()
    assert (adopted.responsible, adopted.due_on) == (cast.town, date(2024, 5, 31))
    assert "31. 5. 2024" in expert_client.get(LIST).content.decode().replace("\xa0", " ")


def test_stranger_cannot_be_responsible(cast: Cast, expert_client: Client) -> None:
    adopted = adopt(cast.program, published()[0])

    response = send(expert_client, page_of("edit", adopted), responsible=cast.stranger.pk)

    assert response.status_code == 422
    adopted.responsible = cast.stranger
    with pytest.raises(ForeignRecord):
        actions.save_adopted_criterion(adopted=adopted, opened_version=1, by=cast.expert)


def test_second_save_shows_the_first(cast: Cast, expert_client: Client) -> None:
    adopted = adopt(cast.program, published()[0])
    opened = form_of(expert_client, page_of("edit", adopted))
    send(expert_client, page_of("edit", adopted), due_on=date(2024, 5, 31))

    response = expert_client.post(page_of("edit", adopted), sent(opened, due_on=date(2024, 6, 30)))

    assert response.status_code == 409
    adopted.refresh_from_db()
    assert adopted.due_on == date(2024, 5, 31)


def test_moved_up_by_its_button(cast: Cast, expert_client: Client) -> None:
    first, second = published(2)
    adopt(cast.program, first, 1)
    last = adopt(cast.program, second, 2)

    response = expert_client.post(page_of("move", last), {"rank": "1"})

    assert response.headers["Location"] == f"{LIST}#kriterium-{last.pk}"
    assert row(cast.program) == [(1, "1.2"), (2, "1.1")]


def test_criterion_without_assessments_dropped_and_brought_back(
    cast: Cast, expert_client: Client
) -> None:
    adopted = adopt(cast.program, published()[0])

    expert_client.post(page_of("delete", adopted))

    assert row(cast.program) == []
    told = AdoptedCriterion.history.filter(id=adopted.pk).first()
    assert told is not None
    expert_client.post(
        reverse("programs:record_undelete", args=["nas", "adoptedcriterion", told.pk])
    )
    assert row(cast.program) == [(1, "1.1")]


def test_assessed_criterion_not_dropped(cast: Cast, expert_client: Client) -> None:
    adopted = adopt(cast.program, published()[0])
    assess(adopted, adopted.criterion.indicators.get(), Moment.BASELINE, statement="Popis.")

    response = expert_client.post(page_of("delete", adopted))

    assert response.status_code == 422
    assert "Jeho ukazatele už jsou vyhodnoceny" in response.content.decode()
    assert row(cast.program) == [(1, "1.1")]


def test_criterion_a_recommendation_speaks_of_not_dropped(
    cast: Cast, expert_client: Client
) -> None:
    adopted = adopt(cast.program, published()[0])
    link(make_recommendation(cast.program), adopted.criterion.indicators.get())

    response = expert_client.post(page_of("delete", adopted))

    assert response.status_code == 422
    assert row(cast.program) == [(1, "1.1")]


def test_criterion_of_another_program_not_found(cast: Cast, expert_client: Client) -> None:
    foreign = adopt(cast.strange_program, published()[0])

    answers = {
        name: expert_client.get(page_of(name, foreign)).status_code
        for name in ("edit", "delete", "history")
    }

    assert answers == {"edit": 404, "delete": 404, "history": 404}
    assert expert_client.post(page_of("move", foreign), {"rank": 1}).status_code == 404


def test_reader_sees_criteria_without_tools(cast: Cast, reader_client: Client) -> None:
    adopted = adopt(cast.program, published()[0])

    page = reader_client.get(LIST).content.decode()

    assert "Kritérium 1.1" in page
    assert page_of("history", adopted) in page
    assert page_of("edit", adopted) not in page
    assert reader_client.post(page_of("move", adopted), {"rank": 1}).status_code == 403


def test_catalogue_of_a_program_is_the_one_of_its_criteria(cast: Cast) -> None:
    (criterion,) = published()
    published()

    assert CriteriaCatalogue.objects.of_program(cast.program) is None
    adopt(cast.program, criterion)
    assert CriteriaCatalogue.objects.of_program(cast.program) == criterion.area.catalogue


def test_criterion_dropped_while_somebody_plans_it_comes_back_with_what_was_typed(
    cast: Cast, expert_client: Client
) -> None:
    adopted = adopt(cast.program, make_criterion())
    address = reverse("indicators:adopted_criterion_edit", args=["nas", adopted.pk])
    page = expert_client.get(address)
    fields = {
        **sent(page.context["form"], due_on="2024-05-31"),
        "form_key": page.context["form_key"],
    }
    delete_record(adopted, by=cast.consultant)

    refused = expert_client.post(address, fields)
    row = AdoptedCriterion.history.first()
    back = reverse("programs:record_undelete", args=["nas", "adoptedcriterion", row.pk])
    again = refused.context["form_again"]
    form = expert_client.post(back, {"next": again}, follow=True).context["form"]

    assert refused.status_code == 409
    assert refused.context["typed"] == [("Termín", "31.\u00a05.\u00a02024")]
    assert back in refused.content.decode()
    assert form["due_on"].value() == "2024-05-31"


def test_nothing_left_to_adopt_is_said_without_a_button(cast: Cast, expert_client: Client) -> None:
    criterion = make_criterion()
    adopt(cast.program, criterion)
    publish(criterion.area.catalogue)

    page = expert_client.get(reverse("indicators:adopted_criterion_add", args=["nas"]))

    assert "Program už převzal všechna kritéria svého katalogu." in page.content.decode()
    assert "Převzít zaškrtnutá kritéria" not in page.content.decode()


def test_overview_of_an_empty_program_says_where_to_begin(
    cast: Cast, expert_client: Client, reader_client: Client
) -> None:
    address = reverse("program_detail", args=["nas"])
    begin = "Program je zatím prázdný."

    assert begin in expert_client.get(address).content.decode()
    assert begin not in reader_client.get(address).content.decode()
    adopt(cast.program, make_criterion())
    assert begin not in expert_client.get(address).content.decode()
