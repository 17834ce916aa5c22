"""The search index follows every audited write; both databases find the same."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import translation

from accounts import search
from accounts.audit import delete_record, save_record
from accounts.models import SearchEntry
from accounts.restoring import restore_deleted, restore_version
from accounts.roles import Visibility
from indicators.models import Moment, Rater
from litvinov.highlight import parse, plain, words
from programs.models import Abbreviation, Consultation, Goal
from tests.builders import (
    adopt,
    assess,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_goal,
    make_program,
    make_recommendation,
    make_source,
    make_user,
    rate,
)

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    """Titles of what is found, the best first, whoever searches."""
    terms = parse(typed)
    return [entry.title for entry in search.best_first(search.find(terms, Q()), terms)]


def titles(*names: str) -> None:
    program = make_program(title="x")
    for position, name in enumerate(names, start=1):
        make_source(program, position, name=name)


PLACES = (
    *("Chudoba a vyloučení", "Hlad", "Cizinecká policie"),
    *("Dům dětí a mládeže", "Úřad práce", "urad bez hacku"),
    *("Litvínov-Hamr", "Hamr nad Litvínovem", "Cíl 1.1.5", "Cíl 1.15", "Cíl 11.5"),
    *("Jednání „u kulatého stolu“", "MMR-12345/2024-55", "A and B", "near (x)", "50 % m²"),
    *("Straße", "Їжак і мати", "Łódź", "spo\u00adlupráce"),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ch", {"Chudoba a vyloučení"}),
        ("c", {"Chudoba a vyloučení", "Cizinecká policie", "Cíl 1.1.5", "Cíl 1.15", "Cíl 11.5"}),
        ("VYLOUCENI", {"Chudoba a vyloučení"}),
        ("vylouč", {"Chudoba a vyloučení"}),
        ("loučení", set()),
        ("dum", {"Dům dětí a mládeže"}),
        ("DŮM MLÁDEŽE", {"Dům dětí a mládeže"}),
        ("úřad", {"Úřad práce", "urad bez hacku"}),
        ("uřád prace", {"Úřad práce"}),
        ("Litvínov-Hamr", {"Litvínov-Hamr"}),
        ("litvinov hamr", {"Litvínov-Hamr", "Hamr nad Litvínovem"}),
        ("Litvínov -Hamr", {"Litvínov-Hamr", "Hamr nad Litvínovem"}),
        ("1.1.5", {"Cíl 1.1.5"}),
        ("1.15", {"Cíl 1.15"}),
        ("11.5", {"Cíl 11.5"}),
        ("kulatého stolu", {"Jednání „u kulatého stolu“"}),
        ('"kulatého stolu"', {"Jednání „u kulatého stolu“"}),
        ('"stolu kulatého"', set()),
        ('"kulat stol"', set()),
        ("mmr-12345/2024-55", {"MMR-12345/2024-55"}),
        ("12345/2024", {"MMR-12345/2024-55"}),
        ("a AND b", {"A and B"}),
        ("hlad OR dum", set()),
        ("NOT hlad", set()),
        ("hlad*", {"Hlad"}),
        ("hlad ^ * : ( ) { } + '", {"Hlad"}),
        ("-hlad", {"Hlad"}),
        ("title_words:hlad", set()),
        ("NEAR(x)", {"near (x)"}),
        ("hlad'); --", {"Hlad"}),
        ('hlad"', {"Hlad"}),
        ("hl:*", {"Hlad"}),
        ("hl & !dum | x <-> y", set()),
        ("50 %", {"50 % m²"}),
        ("m2", {"50 % m²"}),
        ("strasse", {"Straße"}),
        ("їжак", {"Їжак і мати"}),
        ("lodz", {"Łódź"}),
        ("spolupráce", {"spo\u00adlupráce"}),
        ("%", set()),
        ("'", set()),
        ("\x00", set()),
    ],
)
def test_both_databases_find_the_same(typed: str, names: set[str]) -> None:
    titles(*PLACES)

    assert set(found(typed)) == names


def test_every_letter_is_found_without_its_marks() -> None:
    blocks = [range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x1F00)]
    letters = sorted({chr(code).lower() for block in blocks for code in block})
    typed = {f"xx{letter}xx": plain(f"xx{letter}xx") for letter in letters if letter.isalpha()}
    SearchEntry.objects.bulk_create(
        SearchEntry(model="programs.source", object_id=number, title=word, title_words=cut)
        for number, word in enumerate(typed)
        if (cut := " ".join(words(word)))
    )

    missed = [word for word, bare in typed.items() if word not in found(bare)]

    assert missed == []


def test_words_of_a_title_and_of_a_text_count_together_but_stand_apart() -> None:
    make_goal(make_program(), "1.1", short_title="Dostupné bydlení", wording="Rodiny mají domov.")

    assert found("bydleni domov") == ["1.1 Dostupné bydlení"]
    assert found('"rodiny mají"') == ["1.1 Dostupné bydlení"]


def test_a_phrase_does_not_go_on_from_a_title_to_a_text() -> None:
    program = make_program()
    make_recommendation(program, title="Zřídit poradnu", text="")
    entry = SearchEntry.objects.get(model="programs.recommendation")
    entry.title_words, entry.text_words = "zřídit poradnu", "město rozhodne"
    entry.save()

    assert found('"poradnu město"') == []
    assert found("poradnu město") == ["Zřídit poradnu"]


def test_hits_in_titles_come_first() -> None:
    program = make_program()
    make_goal(program, "1.1", short_title="Jiný", wording="Zde je bydlení uvedeno.")
    make_goal(program, "1.2", short_title="Bydlení", wording="Něco jiného.")

    assert found("bydlení") == ["1.2 Bydlení", "1.1 Jiný"]


def test_a_change_is_found_and_what_was_before_is_not() -> None:
    goal = make_goal(make_program(), wording="Původní znění.")

    goal.wording = "Nové znění."
    save_record(goal, by=None)

    assert found("původní") == []
    assert found("nove") == ["1.1 Nové znění."]
    assert SearchEntry.objects.filter(model="programs.goal").count() == 1


def test_a_deleted_record_is_not_found_until_it_is_back() -> None:
    user = make_user()
    goal = make_goal(make_program(), wording="Ztracené znění.")
    key = goal.pk

    delete_record(goal, by=user)
    assert found("ztracené") == []

    restore_deleted(model=Goal, object_id=key, by=user)
    assert found("ztracené") == ["1.1 Ztracené znění."]


def test_a_restored_version_is_found() -> None:
    goal = make_goal(make_program(), wording="První znění.")
    goal.wording = "Druhé znění."
    save_record(goal, by=None)

    restore_version(record=goal, row=goal.history.order_by("history_id").first(), by=make_user())

    assert found("druhé") == []
    assert found("první") == ["1.1 První znění."]


def test_a_change_that_fails_leaves_the_index_as_it_was() -> None:
    goal = make_goal(make_program(), wording="Platné znění.")
    goal.wording = ""

    with pytest.raises(Exception, match="goal_has_wording"):
        save_record(goal, by=None)


def test_team_note_is_an_entry_of_the_team_alone() -> None:
    consultation = make_consultation(make_program(), outcome="Dohoda.", team_note="Napětí v týmu.")

    public, team = search.of_record(consultation).order_by("is_team_part")
    assert (public.visibility, public.text) == (Visibility.PUBLIC, "Dohoda.")
    assert (team.visibility, team.text, team.is_team_part) == (
        Visibility.TEAM,
        "Napětí v týmu.",
        True,
    )

    consultation.team_note = ""
    save_record(consultation, by=None)
    assert [entry.text for entry in search.of_record(consultation)] == ["Dohoda."]
    assert found("napětí") == []


def test_parts_are_as_visible_as_what_they_belong_to() -> None:
    criterion = make_criterion()
    adopted = adopt(make_program(), criterion)
    assessment = assess(adopted, criterion.indicators.get(), Moment.BASELINE, statement="Stav.")
    rating = rate(assessment, Rater.TOWN, 2)
    rating.note = "Poznámka obce."
    save_record(rating, by=None)
    correction = make_correction(assessment, old_statement="Dříve.", reason="Chyba.")
    parts = (rating, correction)
    assert [search.of_record(part).get().visibility for part in parts] == ["public", "public"]

    assessment.visibility = Visibility.TEAM
    save_record(assessment, by=None)

    assert [search.of_record(part).get().visibility for part in parts] == ["team", "team"]
    assert search.of_record(assessment).get().visibility == "team"

    rating.note = "Jiná poznámka."
    save_record(rating, by=None)
    assert search.of_record(rating).get().visibility == "team"


def test_records_know_their_program() -> None:
    program = make_program()
    criterion = make_criterion()
    adopted = adopt(program, criterion)
    assessment = assess(adopted, criterion.indicators.get(), Moment.BASELINE, statement="Stav.")
    records: list[Any] = [program, make_goal(program), adopted, assessment]

    assert {search.of_record(record).get().program for record in records} == {program.pk}
    assert search.of_record(make_actor(program)).get().program is None


def test_adopted_criterion_is_found_by_its_indicators() -> None:
    adopted = adopt(make_program(), make_criterion("2.3", 2))

    assert found("ukazatel číslo 2") == [str(adopted)]


def test_what_says_nothing_has_no_entry() -> None:
    criterion = make_criterion()
    adopted = adopt(make_program(), criterion)
    assessment = assess(adopted, criterion.indicators.get(), Moment.FINAL, expert=2)

    assert not search.of_record(assessment).exists()
    assert not search.of_record(assessment.ratings.get()).exists()


def test_shared_abbreviation_has_no_entry() -> None:
    shared = Abbreviation(abbreviation="ASZ", expansion="agentura")
    save_record(shared, by=None)

    assert not search.of_record(shared).exists()


def test_markdown_is_left_out() -> None:
    consultation = make_consultation(make_program(), outcome="**Dohoda** o [webu](https://a.cz).")

    assert search.of_record(consultation).get().text == "Dohoda o webu."


def test_titles_are_kept_in_the_first_language() -> None:
    with translation.override("en"):
        make_goal(make_program(), "", wording="Dlouhodobé znění.")

    assert found("dlouhodobý cíl") == ["Dlouhodobý cíl"]


def test_a_long_text_is_saved() -> None:
    words = " ".join(f"slovo{number}xyz" for number in range(60_000))
    make_goal(make_program(), wording=f"začátek {words}")

    assert len(found("začátek")) == 1


def test_rebuilding_finds_what_came_past_the_application() -> None:
    program = make_program()
    make_consultation(program, outcome="Dohoda.", team_note="Jen tým.")
    Goal.objects.bulk_create([Goal(program=program, code="9.9", wording="Potají vložené.")])
    Consultation.objects.update(outcome="Přepsáno mimo.")
    before = SearchEntry.objects.count()

    call_command("rebuild_search", stdout=StringIO())

    assert SearchEntry.objects.count() == before + 1
    assert found("potají") == ["9.9 Potají vložené."]
    assert found("dohoda") == []
    assert len(found("přepsáno")) == 1
    assert len(found("jen tým")) == 1


def test_index_stays_whole_when_tables_are_emptied_and_copied() -> None:
    """As the tests of the browser do it, and as a backup might."""
    make_goal(make_program(), wording="Přenesené znění.")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT * FROM accounts_searchentry")
        cursor.execute("DELETE FROM accounts_searchentry")
        assert found("přenesené") == []
        cursor.execute("INSERT INTO accounts_searchentry SELECT * FROM kept")
        cursor.execute("DROP TABLE kept")

    assert found("přenesené") == ["1.1 Přenesené znění."]


def test_a_database_that_cannot_search_stops_the_start() -> None:
    sqlite3 = pytest.importorskip("sqlite3")
    from litvinov.db.sqlite3 import base

    class WithoutFullText:
        def execute(self, _statement: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None:
            pass

    with pytest.raises(ImproperlyConfigured, match="FTS5"):
        base.require_full_text(WithoutFullText)
