from datetime import date

from django.test import Client

from accounts.roles import Role
from tests.builders import make_member, make_municipality, make_program, make_user
from tests.conftest import Cast, client_of

LIST = "/programy/"


def titles(client: Client, **query: str) -> list[str]:
    response = client.get(LIST, query)
    return [row.record.title for row in response.context["table"].rows]


def test_only_own_programs_listed(cast: Cast) -> None:
    assert titles(client_of(cast.reader)) == [cast.program.title]
    assert titles(client_of(cast.stranger)) == [cast.strange_program.title]


def test_programs_sorted_as_czech_does(db: None) -> None:
    user = make_user()
    for title in ("Cheb", "Hora", "Cyrilov", "Čáslav", "Ivančice", "Zlín", "Žatec"):
        make_member(make_program(title=title), Role.READER, user)

    assert titles(client_of(user)) == [
        "Cyrilov",
        "Čáslav",
        "Hora",
        "Cheb",
        "Ivančice",
        "Zlín",
        "Žatec",
    ]


def test_programs_sorted_by_chosen_column(db: None) -> None:
    user = make_user()
    for title, month in (("A", 3), ("B", 1), ("C", 2)):
        program = make_program(
            title=title, first_month=date(2024, month, 1), last_month=date(2024, 12, 1)
        )
        make_member(program, Role.READER, user)

    assert titles(client_of(user), sort="period") == ["B", "C", "A"]
    assert titles(client_of(user), sort="-period") == ["A", "C", "B"]


def test_filter_ignores_case_and_diacritics(db: None) -> None:
    user = make_user()
    town = make_municipality(name="Ústí nad Labem")
    for program in (make_program(title="Bydlení", municipality=town), make_program(title="Dluhy")):
        make_member(program, Role.READER, user)

    assert titles(client_of(user), text="USTI") == ["Bydlení"]
    assert titles(client_of(user), text="dluhý") == ["Dluhy"]
    assert titles(client_of(user), text="Praha") == []


def test_filter_by_theme_and_state(db: None) -> None:
    user = make_user()
    first = make_program(title="Běží", state="running")
    second = make_program(title="Skončil", state="finished")
    for program in (first, second):
        make_member(program, Role.READER, user)

    assert titles(client_of(user), state="finished") == ["Skončil"]
    assert titles(client_of(user), theme=str(first.theme.pk)) == ["Běží"]


def test_filter_offers_no_theme_of_a_strange_program(cast: Cast) -> None:
    response = client_of(cast.reader).get(LIST)

    assert list(response.context["filter"].form.fields["theme"].queryset) == [cast.program.theme]


def test_nonsense_in_filter_shows_no_error_page(cast: Cast) -> None:
    client = client_of(cast.reader)

    for query in (
        {"theme": "x"},
        {"state": "y"},
        {"page": "999"},
        {"sort": "heslo"},
        {"page": "a"},
    ):
        assert client.get(LIST, query).status_code == 200


def test_person_without_program_is_told_what_to_do(db: None) -> None:
    page = client_of(make_user()).get(LIST).content.decode()

    assert "Zatím nemáte žádný program." in page


def test_filter_without_result_says_so(cast: Cast) -> None:
    page = client_of(cast.reader).get(LIST, {"text": "nic"}).content.decode()

    assert "Filtru neodpovídá žádný program." in page


def test_programs_sorted_by_state_as_they_go_through_them(db: None) -> None:
    user = make_user()
    states = {"A": "finished", "B": "preparation", "C": "running", "Č": "preparation"}
    for title, state in states.items():
        make_member(make_program(title=title, state=state), Role.READER, user)

    assert titles(client_of(user), sort="state") == ["B", "Č", "C", "A"]
    assert titles(client_of(user), sort="-state") == ["A", "C", "B", "Č"]
