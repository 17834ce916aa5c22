"""The history of a record in words, as one person may read it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.audit import change, delete_record, save_record
from accounts.history import Change, history_of
from accounts.models import User
from accounts.roles import Visibility
from indicators.models import Assessment, Moment, Rater
from programs.models import Activity, Consultation, Goal, Theme
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_goal,
    make_phase,
    make_program,
    make_source,
    make_target_group,
    make_user,
    rate,
)

pytestmark = pytest.mark.django_db

EVERYTHING = frozenset(Visibility)
OF_TOWN = frozenset({Visibility.PARTNERS, Visibility.PUBLIC})
OF_READER = frozenset({Visibility.PUBLIC})


@pytest.fixture(autouse=True)
def in_czech() -> Iterator[None]:
    with translation.override("cs"):
        yield


@pytest.fixture
def jana() -> User:
    return make_user(name="Jana Nováková")


def read(record: Any, visibilities: Any = EVERYTHING, **options: Any) -> list[Change]:
    return history_of(record, visibilities=visibilities, **options)


def fields(found: Change) -> dict[str, tuple[str, str]]:
    return {field.label: (field.old, field.new) for field in found.fields}


def words(changes: list[Change]) -> str:
    """Every word a person would read."""
    return " | ".join(
        f"{field.label}: {field.old} → {field.new}" for found in changes for field in found.fields
    )


def test_history_created_by_a_person_is_every_value_in_words(jana: User) -> None:
    program = make_program(title="Program prevence")
    parent = make_goal(program, "1.1", short_title="Bydlení")
    before = timezone.now()
    goal = Goal(
        program=program,
        parent=parent,
        code="1.1.1",
        wording="Obec má plán.",
        implementation_state="in_progress",
        addressed_by_recommendation=True,
    )
    save_record(goal, by=jana)

    (created,) = read(goal)

    assert (created.who, created.kind, created.what) == ("Jana Nováková", "+", "založeno")
    assert before <= created.when <= timezone.now()
    assert fields(created) == {
        "program": ("", "Program prevence"),
        "nadřazený cíl": ("", "1.1 Bydlení"),
        "kód": ("", "1.1.1"),
        "znění": ("", "Obec má plán."),
        "stav realizace": ("", "Plněn průběžně"),
        "řešen doporučením": ("", "ano"),
    }


def test_history_changed_is_only_what_differs(jana: User) -> None:
    goal = make_goal(make_program(), "1.1", implementation_state="in_progress")
    goal.implementation_state = "suspended"
    goal.state_position = "town"
    goal.addressed_by_recommendation = True
    save_record(goal, by=jana)

    newest, _ = read(goal)

    assert (newest.kind, newest.what) == ("~", "změněno")
    assert fields(newest) == {
        "stav realizace": ("Plněn průběžně", "Pozastaven"),
        "čí je stanovisko": ("", "obec"),
        "řešen doporučením": ("ne", "ano"),
    }


def test_history_value_taken_away_is_shown_as_taken_away() -> None:
    goal = make_goal(make_program(), "1.1", evaluation="Splněno.")
    goal.evaluation = ""
    save_record(goal, by=None)

    assert fields(read(goal)[0]) == {"vyhodnocení": ("Splněno.", "")}


def test_history_dates_are_czech() -> None:
    activity = make_activity(make_phase(make_program()), held_from=date(2024, 2, 1))
    activity.held_from = date(2024, 2, 29)
    save_record(activity, by=None)

    assert fields(read(activity)[0]) == {"od": ("1.\u00a02.\u00a02024", "29.\u00a02.\u00a02024")}


def test_history_lists_of_texts_are_joined() -> None:
    actor = make_actor(make_program(), "Městská policie", aliases=["MP"])
    actor.aliases = ["MP", "strážníci"]
    save_record(actor, by=None)

    assert fields(read(actor)[0]) == {"další názvy": ("MP", "MP, strážníci")}


def test_history_levels_are_named_and_zero_is_a_level() -> None:
    program = make_program()
    criterion = make_criterion()
    assessment = assess(adopt(program, criterion), criterion.indicators.get(), Moment.BASELINE)
    rating = rate(assessment, Rater.EXPERT, 0)
    rating.level = None
    rating.cannot_judge = True
    save_record(rating, by=None)

    newest, created = read(rating, part_of=assessment)

    assert fields(created)["úroveň"] == ("", "Nenaplněno")
    assert fields(newest) == {"úroveň": ("Nenaplněno", ""), "nelze posoudit": ("ne", "ano")}


def test_history_links_are_names() -> None:
    program = make_program()
    first, second = make_goal(program, "1.1"), make_goal(program, "1.2")
    activity = make_activity(make_phase(program), goals=[first])
    save_record(activity, by=None, links={"goals": [first, second]})
    save_record(activity, by=None, links={"goals": [second]})

    newest, middle, _ = read(activity)

    assert fields(middle) == {
        "cíle": ("1.1 Znění cíle 1.1.", "1.1 Znění cíle 1.1., 1.2 Znění cíle 1.2.")
    }
    assert fields(newest) == {
        "cíle": ("1.1 Znění cíle 1.1., 1.2 Znění cíle 1.2.", "1.2 Znění cíle 1.2.")
    }


def test_history_links_with_counts_say_them() -> None:
    program = make_program()
    young, women = make_target_group(program, "mládež"), make_target_group(program, "ženy")
    consultation = make_consultation(program, counts={young: 12, women: None})
    with change(consultation, by=None):
        consultation.save()
        consultation.attendances.filter(target_group=young).update(count=15)

    newest, created = read(consultation)

    assert fields(created)["cílové skupiny"] == ("", "mládež (12), ženy")
    assert fields(newest) == {"cílové skupiny": ("mládež (12), ženy", "mládež (15), ženy")}


def test_history_links_saved_in_another_order_are_no_change() -> None:
    program = make_program()
    first, second = make_goal(program, "1.1"), make_goal(program, "1.2")
    activity = make_activity(make_phase(program), goals=[first, second])
    save_record(activity, by=None, links={"goals": [second, first]})

    assert [found.kind for found in read(activity)] == ["+"]


def test_history_is_newest_first() -> None:
    theme = Theme(name="První")
    for name in ("První", "Druhé", "Třetí"):
        theme.name = name
        save_record(theme, by=None)

    assert [fields(found) for found in read(theme)] == [
        {"název": ("Druhé", "Třetí")},
        {"název": ("První", "Druhé")},
        {"název": ("", "První")},
    ]


def test_history_save_that_changed_nothing_is_left_out() -> None:
    goal = make_goal(make_program())
    save_record(goal, by=None)
    save_record(goal, by=None)

    assert [found.kind for found in read(goal)] == ["+"]


def test_history_author_is_the_application_where_there_was_nobody() -> None:
    assert [found.who for found in read(make_goal(make_program()))] == ["aplikace"]


def test_history_author_without_a_name_is_an_address() -> None:
    theme = Theme(name="Bydlení")
    save_record(theme, by=make_user("petr@example.cz"))

    assert [found.who for found in read(theme)] == ["petr@example.cz"]


def test_history_what_was_linked_and_is_deleted_says_so(jana: User) -> None:
    program = make_program()
    goal = make_goal(program, "1.1")
    activity = make_activity(make_phase(program))
    consultation = make_consultation(program, goals=[goal], activity=activity)
    delete_record(goal, by=jana)
    consultation.activity = None
    save_record(consultation, by=jana)
    delete_record(activity, by=jana)

    *_, by_hand, cut, created = read(consultation)

    assert fields(created)["cíle"] == ("", "smazaný záznam")
    assert fields(created)["aktivita"] == ("", "smazaný záznam")
    # The deletion itself is a change of what it was linked from.
    assert fields(cut) == {"cíle": ("smazaný záznam", "")}
    assert fields(by_hand) == {"aktivita": ("smazaný záznam", "")}


def test_history_deleted_record_ends_with_its_deletion(jana: User) -> None:
    consultation = make_consultation(make_program())
    last = Consultation.objects.get()
    delete_record(consultation, by=jana)

    newest, created = read(last)

    assert (newest.kind, newest.what, newest.who, newest.fields) == (
        *("-", "smazáno", "Jana Nováková", ()),
    )
    assert created.what == "založeno"


def test_history_hidden_fields_are_left_out() -> None:
    consultation = make_consultation(make_program(), team_note="Jen pro tým.")
    consultation.team_note = "Stále jen pro tým."
    save_record(consultation, by=None)
    consultation.outcome = "Veřejný výsledek."
    save_record(consultation, by=None)

    changes = read(consultation, OF_TOWN, hidden=["team_note"])

    assert [found.kind for found in changes] == ["~", "+"]
    assert fields(changes[0]) == {"výsledek": ("Dohodnut další postup.", "Veřejný výsledek.")}
    assert "tým" not in words(changes)


def test_history_hidden_links_are_left_out() -> None:
    program = make_program()
    activity = make_activity(make_phase(program), goals=[make_goal(program, "1.1")])

    assert "1.1" not in words(read(activity, hidden=["goals"]))


@pytest.fixture
def activity_shown_between() -> Activity:
    """Public, then of the team only, then public again."""
    activity = make_activity(make_phase(make_program()), title="Veřejná", text="začátek")
    for title, text, visibility in (
        ("Tajná", "tajné jméno", Visibility.TEAM),
        ("Tajnější", "tajná adresa", Visibility.TEAM),
        ("Konečná", "konec", Visibility.PUBLIC),
    ):
        activity.title, activity.text, activity.visibility = title, text, visibility
        save_record(activity, by=None)
    return activity


def test_history_versions_of_the_team_are_left_out_for_a_town(
    activity_shown_between: Activity,
) -> None:
    changes = read(activity_shown_between, OF_TOWN)

    assert [found.kind for found in changes] == ["~", "+"]
    assert fields(changes[0]) == {
        "název": ("Veřejná", "Konečná"),
        "popis": ("začátek", "konec"),
    }
    assert "aj" not in words(changes)


def test_history_versions_of_the_team_are_read_by_the_team(
    activity_shown_between: Activity,
) -> None:
    changes = read(activity_shown_between)

    assert [found.kind for found in changes] == ["~", "~", "~", "+"]
    assert fields(changes[0])["název"] == ("Tajnější", "Konečná")
    assert fields(changes[0])["viditelnost"] == ("tým", "veřejné")


def test_history_published_later_begins_with_what_was_published() -> None:
    activity = make_activity(make_phase(make_program()), title="Tajná", visibility=Visibility.TEAM)
    activity.title, activity.visibility = "Veřejná", Visibility.PUBLIC
    save_record(activity, by=None)

    (only,) = read(activity, OF_TOWN)

    assert fields(only)["název"] == ("", "Veřejná")
    assert "Tajná" not in words([only])


def test_history_hidden_later_ends_with_what_was_published() -> None:
    activity = make_activity(make_phase(make_program()), title="Veřejná")
    activity.title, activity.visibility = "Tajná", Visibility.TEAM
    save_record(activity, by=None)
    delete_record(Activity.objects.get(), by=make_user())

    (only,) = read(activity, OF_TOWN)

    assert (only.kind, fields(only)["název"]) == ("+", ("", "Veřejná"))


def test_history_versions_of_partners_are_read_by_a_town_and_not_by_a_reader() -> None:
    activity = make_activity(
        make_phase(make_program()), title="Partnerská", visibility=Visibility.PARTNERS
    )

    assert [found.kind for found in read(activity, OF_TOWN)] == ["+"]
    assert read(activity, OF_READER) == []


@pytest.mark.parametrize("visibilities", [OF_TOWN, OF_READER], ids=["town", "reader"])
def test_history_names_no_source_of_the_team_to_others(visibilities: Any) -> None:
    program = make_program()
    goal = make_goal(program)
    public = make_source(program, 1, name="Veřejný dokument")
    secret = make_source(program, 2, name="Interní zápis", visibility=Visibility.TEAM)
    save_record(goal, by=None, links={"sources": [public, secret]})

    found = words(read(goal, visibilities))

    assert ("Veřejný dokument" in found, "Interní zápis" in found) == (True, False)


@pytest.mark.parametrize("visibilities", [OF_TOWN, OF_READER], ids=["town", "reader"])
def test_history_names_no_activity_of_the_team_to_others(visibilities: Any) -> None:
    program = make_program()
    secret = make_activity(make_phase(program), title="Interní porada", visibility=Visibility.TEAM)
    consultation = make_consultation(program, activity=secret)

    assert "Interní porada" not in words(read(consultation, visibilities))


@pytest.fixture
def assessment() -> Assessment:
    criterion = make_criterion()
    return assess(adopt(make_program(), criterion), criterion.indicators.get(), Moment.BASELINE)


def test_history_part_is_as_visible_as_its_whole_was_at_the_time(assessment: Assessment) -> None:
    rating = rate(assessment, Rater.EXPERT, 1)
    assessment.visibility = Visibility.TEAM
    save_record(assessment, by=None)
    rating.level, rating.note = 2, "tajná poznámka"
    save_record(rating, by=None)
    assessment.visibility = Visibility.PUBLIC
    save_record(assessment, by=None)
    rating.level, rating.note = 3, "veřejná poznámka"
    save_record(rating, by=None)

    of_town = read(rating, OF_TOWN, part_of=assessment)
    of_team = read(rating, EVERYTHING, part_of=assessment)

    assert [fields(found)["úroveň"] for found in of_team] == [
        ("Naplněno částečně", "Převážně naplněno"),
        ("Naplněno formálně", "Naplněno částečně"),
        ("", "Naplněno formálně"),
    ]
    assert [fields(found)["úroveň"] for found in of_town] == [
        ("Naplněno formálně", "Převážně naplněno"),
        ("", "Naplněno formálně"),
    ]
    assert "tajná" not in words(of_town)


def test_history_part_written_before_its_whole_was_is_as_visible_as_its_first_version(
    assessment: Assessment,
) -> None:
    rating = rate(assessment, Rater.TOWN, 1)
    assessment.history.update(visibility="team")
    rating.history.update(history_date=assessment.created_at.replace(year=2000))

    assert read(rating, OF_TOWN, part_of=assessment) == []
    assert len(read(rating, EVERYTHING, part_of=assessment)) == 1


def test_history_without_a_visibility_anywhere_is_read_by_everybody() -> None:
    assert [found.kind for found in read(make_goal(make_program()), OF_READER)] == ["+"]


def queries_of(record: Any, **options: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        read(record, **options)
    return len(captured)


def test_history_asks_as_often_for_one_change_as_for_ten() -> None:
    program = make_program()
    goals = [make_goal(program, f"1.{number}") for number in range(1, 11)]
    people = [make_user() for _ in goals]
    phase = make_phase(program)
    activities = [make_activity(phase, number) for number in range(1, 11)]
    groups = [make_target_group(program) for _ in goals]
    consultation = make_consultation(
        program, goals=goals[:1], activity=activities[0], counts={groups[0]: 5}
    )
    for_one = queries_of(consultation)

    for number in range(1, 10):
        consultation.activity = activities[number]
        with change(consultation, by=people[number]):
            consultation.save()
            consultation.goals.set(goals[: number + 1])
            consultation.attendances.update(target_group=groups[number], count=number)

    assert len(read(consultation)) == 10
    assert queries_of(consultation) == for_one


def test_history_of_a_part_asks_as_often_for_one_change_as_for_ten(
    assessment: Assessment,
) -> None:
    rating = rate(assessment, Rater.EXPERT, 0)
    for_one = queries_of(rating, part_of=assessment)

    for number in range(1, 10):
        assessment.statement = f"Zjištění {number}"
        save_record(assessment, by=make_user())
        rating.note = f"Poznámka {number}"
        save_record(rating, by=make_user())

    assert len(read(rating, part_of=assessment)) == 10
    assert queries_of(rating, part_of=assessment) == for_one
