"""Both databases put Czech in the same order and find it without diacritics."""

from collections.abc import Sequence

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor, ActorKind, Municipality
from litvinov import czech
from litvinov.db.functions import Fold
from tests.builders import make_municipality

pytestmark = pytest.mark.django_db

LETTERS = "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž"
# Words, numbers and marks as names have them; short words share beginnings, and in few letters
# "ch", accents and capitals meet often.
small = st.text(alphabet="aáčchHňřšuúůž", min_size=1, max_size=4).map(str.lower) | st.text(
    alphabet=LETTERS, min_size=1, max_size=8
)
word = st.builds(lambda text, case: case(text), small, st.sampled_from([str.lower, str.title]))
abbreviation = st.sampled_from(["MPSV", "OSPOD", "ČR", "SVL", "APK", "2023", "15"])
names = st.lists(word | abbreviation, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-", "–", " – ", ", ", "/", " („", "§"]).map(
        lambda gap: gap.join(words)
    )
)


def sorted_by_database(texts: Sequence[str]) -> list[str]:
    """The texts in the order of the database's collation, which is never that of Python."""
    rows = ", ".join(["(%s)"] * len(texts))
    query = (
        f"WITH typed(text) AS (VALUES {rows}) "  # noqa: S608  only placeholders are put in
        f'SELECT text FROM typed ORDER BY text COLLATE "{czech.COLLATION}"'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, texts)
        return [text for (text,) in cursor.fetchall()]


def make_actors(municipality: Municipality, texts: Sequence[str]) -> None:
    Actor.objects.bulk_create(
        Actor(municipality=municipality, name=text, kind=ActorKind.ORGANISATION) for text in texts
    )


def test_order_by_name_is_the_czech_alphabet() -> None:
    ordered = [
        *("Adra", "Agentura", "azylový dům", "Cesta", "cizinecká policie", "Cvikov"),
        *("Člověk v tísni", "Ďáblice", "Dům dětí", "Dům děti a mládeže", "Hvězda", "Charita"),
        *("Charita Most", "Chomutov", "Jirkov", "Most", "Most 2", "Most-Chánov", "Mostek"),
        *("Naděje", "Probační služba", "rada města", "Rubikon", "Řemeslo", "Sociální odbor"),
        *("Šance", "Štěstí", "úřad práce", "Úsvit", "Zdraví", "Žatec"),
    ]
    make_actors(make_municipality(), sorted(ordered))

    assert list(Actor.objects.order_by("name").values_list("name", flat=True)) == ordered


def test_order_by_name_in_reverse_is_the_reverse() -> None:
    ordered = ["Cheb", "Hrad", "Dům", "Čáslav", "Cvikov"]
    make_actors(make_municipality(), sorted(ordered))

    assert list(Actor.objects.order_by("-name").values_list("name", flat=True)) == ordered


def test_names_that_differ_in_an_accent_only_are_different() -> None:
    municipality = make_municipality()
    make_actors(municipality, ["Rada", "Ráda", "rada"])

    assert Actor.objects.filter(name="Rada").count() == 1
    assert Actor.objects.filter(municipality=municipality).count() == 3


# Each list asks the database once about up to a hundred names.
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(names, min_size=20, max_size=100))
def test_database_sorts_czech_names_as_sort_key_does(texts: list[str]) -> None:
    assert sorted_by_database(texts) == sorted(texts, key=czech.sort_key)


def test_database_sorts_names_with_punctuation_as_sort_key_does() -> None:
    texts = ["Naděje – Most", "Naděje (Most)", "Naděje-Most", "Naděje, z. s.", "Naděje"]

    assert sorted_by_database(texts) == sorted(texts, key=czech.sort_key)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Šumava", "sumava"),
        ("Šumava", "ŠUMAVA"),
        ("Šumava", "umav"),
        ("sumava", "Šumava"),
        ("SUMAVA", "šumavá"),
        ("Příliš žluťoučký kůň", "PRILIS ZLUTOUCKY"),
        ("Ďáblice", "dab"),
        ("S\u030cumava", "Šumava"),
        ("říjen–prosinec 2023", "Říjen–prosinec"),
        ("spolek „Naděje“", "„naděje“"),
        ("index 158,7 … 50 %", "7 … 5"),
        ("třída 3×4", "3×4"),
        ("100% účast_všech", "0% účast_v"),
    ],
)
def test_fold_finds_a_text_however_it_is_typed(stored: str, typed: str) -> None:
    make_actors(make_municipality(), [stored, "Zcela jiný"])

    found = Actor.objects.annotate(folded=Fold("name")).filter(folded__contains=czech.fold(typed))

    assert [actor.name for actor in found] == [stored]


def test_fold_of_nothing_is_nothing() -> None:
    make_actors(make_municipality(), ["Samostatný"])

    assert list(Actor.objects.values_list(Fold("parent__name"), flat=True)) == [None]
