"""Typography, dates, numbers, plurals and alphabetical order.

Sources: Internetová jazyková příručka (no-break spaces, dates, numbers), the EU style guide
(dashes), ČSN 97 6030 (alphabetical order).
"""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litvinov import czech

# A machine may be busy; how long one example takes says nothing.
patient = settings(deadline=None)

CZECH_LETTERS = "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzž"

# What the rules look at, so that the pieces meet in every order.
PIECES = [
    *("v ", "K ", "a ", "i", "obci", "Most", " ", "\u00a0", "\n", "– ", "–", "-", "/", "(", "„"),
    *("1", "2", "5", "19", "20", "100", "000", "2023", "22 695", "158,7", "1.1.5", "1. ", ",", "."),
    *("§ ", "č. ", "odst. ", "cíl ", "fáze ", "rok ", "let", "Kč", "%", "°C", "Sb.", "N", "MPSV"),
    *("s. r. o.", "z. s.", "Ing. ", "Nováková", "@", "x@y.cz", "www.mmr.cz/a b", "https://x.cz"),
]
czech_like_text = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def shown(text: str) -> str:
    """The typeset text with its invisible characters made visible: ~ no-break, ¦ joiner."""
    return czech.typeset(text).replace("\u00a0", "~").replace("\u2060", "¦")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k domu", "k~domu"),
        ("s obcí", "s~obcí"),
        ("v Janově", "v~Janově"),
        ("z ulice", "z~ulice"),
        ("o pomoci", "o~pomoci"),
        ("u školy", "u~školy"),
        ("město a kraj", "město a~kraj"),
        ("město i kraj", "město i~kraj"),
        ("K domu", "K~domu"),
        ("S obcí", "S~obcí"),
        ("V Janově", "V~Janově"),
        ("Z ulice", "Z~ulice"),
        ("O pomoci", "O~pomoci"),
        ("U školy", "U~školy"),
        ("A město", "A~město"),
        ("I město", "I~město"),
        ("setkání (v obci)", "setkání (v~obci)"),
        ("setkání „v obci“", "setkání „v~obci“"),
        ("setkání „V obci“", "setkání „V~obci“"),
        ("i v obci", "i~v~obci"),
        ("a k 15 lidem", "a~k~15~lidem"),
    ],
)
def test_typeset_one_letter_word_holds_on_to_the_next(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    ["ve škole", "ze školy", "ke škole", "se školou", "pes a", "e škole", "tok vody"],
)
def test_typeset_other_words_stay_apart(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22 695 obyvatel", "22~695~obyvatel"),
        ("1 250 000 Kč", "1~250~000~Kč"),
        ("22 695,50 Kč", "22~695,50~Kč"),
        ("tel. 476 123 456", "tel. 476~123~456"),
        ("158,7 bodu", "158,7~bodu"),
        ("15 let", "15~let"),
        ("10 pozic", "10~pozic"),
        ("1 500 lidí", "1~500~lidí"),
        ("50 %", "50~%"),
        ("12,5 ‰", "12,5~‰"),
        ("20 °C", "20~°C"),
        ("300 €", "300~€"),
        ("300 Kč", "300~Kč"),
        ("2000 Kč", "2000~Kč"),
        ("10 APK", "10~APK"),
        ("5 km", "5~km"),
    ],
)
def test_typeset_number_holds_together_and_to_its_unit(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("sign", ["a", "a@", "a@a.", "www.", "1", "– "])
def test_typeset_looks_through_a_long_word_once(sign: str) -> None:
    """It would not end within a day if it began anew at each letter."""
    text = f"{sign * 200_000}x"

    assert len(czech.typeset(text).replace(czech.WORD_JOINER, "")) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("piš na petr@x.cz, v pondělí", "piš na petr@x.cz, v~pondělí"),
        ("(petr-jan@a-b.cz) – ano", "(petr-jan@a-b.cz)~– ano"),
        ("a@b a c-d@e", "a@b a~c-¦d@e"),
    ],
)
def test_typeset_leaves_mail_addresses_as_they_are(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. ledna 2023", "1.~ledna 2023"),
        ("31. prosince 2023", "31.~prosince 2023"),
        ("1. 1. 2023", "1.~1. 2023"),
        ("15. 12. 2023", "15.~12. 2023"),
        ("2. fáze", "2.~fáze"),
        ("ke dni 1. ledna 2023 bylo", "ke dni 1.~ledna 2023 bylo"),
    ],
)
def test_typeset_day_holds_on_to_its_month_and_lets_the_year_go(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roku 2023 byl", "roku~2023 byl"),
        ("v roce 2023 se sešli", "v~roce~2023 se sešli"),
        ("do konce 1999 bylo", "do konce 1999 bylo"),
        ("období 2023–2024 bylo", "období 2023–¦2024 bylo"),
        ("říjen 2023 – červen 2024 včetně", "říjen 2023~– červen 2024 včetně"),
    ],
)
def test_typeset_year_does_not_bind_to_what_follows(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zákon č. 99/2019 Sb.", "zákon č.~99/2019~Sb."),
        ("§ 16", "§~16"),
        ("§§ 16, 17", "§§~16, 17"),
        ("odst. 5", "odst.~5"),
        ("čl. 5", "čl.~5"),
        ("písm. a", "písm.~a"),
        ("str. 15", "str.~15"),
        ("§ 16 odst. 5 písm. a)", "§~16~odst.~5~písm.~a)"),
    ],
)
def test_typeset_sign_of_a_law_holds_on_to_its_number(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("word", ["Č.", "Čl.", "Odst.", "Tab."])
def test_typeset_abbreviation_beginning_a_sentence_holds_on_to_its_number(word: str) -> None:
    assert shown(f"{word} 5 platí.") == f"{word}~5~platí."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cíl 1.1.5", "cíl~1.1.5"),
        ("Cíl 1.1.5", "Cíl~1.1.5"),
        ("cíle 1.1.5", "cíle~1.1.5"),
        ("cíli 1.1.5", "cíli~1.1.5"),
        ("cílem 1.1.5", "cílem~1.1.5"),
        ("cíle 1.1 a 1.2", "cíle~1.1 a~1.2"),
        ("cílů 1.1–1.4", "cílů~1.1–¦1.4"),
        ("kritérium 2.1", "kritérium~2.1"),
        ("Kritéria 2.1", "Kritéria~2.1"),
        ("fáze 3", "fáze~3"),
        ("ve fázi 3", "ve fázi~3"),
        ("doporučení 2", "doporučení~2"),
        ("Zdroj 5", "Zdroj~5"),
        ("v tabulce 1", "v~tabulce~1"),
    ],
)
def test_typeset_noun_holds_on_to_its_number_in_any_case(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naděje, s. r. o.", "Naděje, s.~r.~o."),
        ("Naděje, a. s.", "Naděje, a.~s."),
        ("Naděje, z. s.", "Naděje, z.~s."),
        ("Naděje, z. ú.", "Naděje, z.~ú."),
        ("Naděje, o. p. s.", "Naděje, o.~p.~s."),
        ("Naděje, v. o. s.", "Naděje, v.~o.~s."),
        ("Ing. Nováková", "Ing.~Nováková"),
        ("Mgr. Šťastný", "Mgr.~Šťastný"),
        ("Bc. Žáková", "Bc.~Žáková"),
        ("doc. Ing. Nováková", "doc.~Ing.~Nováková"),
        ("MUDr. Čapek", "MUDr.~Čapek"),
    ],
)
def test_typeset_legal_form_and_degree_hold_together(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most – Litvínov", "Most~– Litvínov"),
        ("obec – podle plánu – začala", "obec~– podle plánu~– začala"),
        ("– začátek řádku", "– začátek řádku"),
        ("Litvínov-Hamr", "Litvínov-¦Hamr"),
        ("pes - kočka", "pes - kočka"),
        ("cíle 1.1–1.4", "cíle~1.1–¦1.4"),
        ("04–05/2023", "04–¦05/2023"),
        ("10–15 let", "10–¦15~let"),
        ("říjen–prosinec 2023", "říjen–prosinec 2023"),
    ],
)
def test_typeset_dash_opens_no_line_and_range_or_name_does_not_break(
    text: str, expected: str
) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://www.mmr.cz/cs/a–1–2?q=1%20v%205&z=22",
        "http://x.cz/1–4",
        "www.litvinov.cz/2023–2024",
        "jana.novakova+2023–2024@obec-litvinov.cz",
    ],
)
def test_typeset_address_stays_as_typed(address: str) -> None:
    assert czech.typeset(f"Viz {address} a dále.") == f"Viz {address} a\u00a0dále."


@pytest.mark.parametrize("address", ["https://www.mmr.cz", "www.mmr.cz", "info@mulitvinov.cz"])
def test_typeset_preposition_holds_on_to_an_address(address: str) -> None:
    assert shown(f"dotazy k {address} pište") == f"dotazy k~{address} pište"


@pytest.mark.parametrize("text", ["", " ", "v", "v ", "5 ", "\n", "slovo", "Cheb"])
def test_typeset_text_with_nothing_to_bind_stays(text: str) -> None:
    assert czech.typeset(text) == text


@patient
@given(czech_like_text)
@example("s. r. o. s. r. o.")
def test_typeset_twice_changes_nothing_more(text: str) -> None:
    once = czech.typeset(text)

    assert czech.typeset(once) == once


def test_typeset_drops_control_characters_but_those_of_lines() -> None:
    assert czech.typeset("a\x00\x0b\x1f\x7f\x85b\tc\nd\re") == "ab\tc\nd\re"


@pytest.mark.parametrize("code", ["567256", "CZ0425567256", "00266027", "MMR-12345/2024-55"])
def test_typeset_code_stays_as_typed(code: str) -> None:
    """What is copied from a report has to be found where it came from."""
    assert czech.typeset(f"Spis {code}.") == f"Spis {code}."


@patient
@given(czech_like_text | st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_typeset_changes_only_spaces_and_adds_only_joiners(text: str) -> None:
    changed = czech.typeset(text)

    plain = text.replace("\u00a0", " ").replace("\u2060", "")
    assert changed.replace("\u00a0", " ").replace("\u2060", "") == plain


@patient
@given(st.lists(czech_like_text, max_size=4))
def test_typeset_together_is_the_same_text_in_pieces(pieces: list[str]) -> None:
    shown_pieces = czech.typeset_together(pieces)

    assert len(shown_pieces) == len(pieces)
    assert "".join(shown_pieces) == czech.typeset("".join(pieces))


def test_full_date_month_is_in_the_genitive() -> None:
    dates = [czech.full_date(date(2023, month, 1)) for month in range(1, 13)]

    assert dates == [
        f"1.\u00a0{month} 2023"
        for month in (
            *("ledna", "února", "března", "dubna", "května", "června"),
            *("července", "srpna", "září", "října", "listopadu", "prosince"),
        )
    ]


def test_short_date_has_no_leading_zeros() -> None:
    assert czech.short_date(date(2023, 1, 5)) == "5.\u00a01.\u00a02023"


def test_month_is_in_the_nominative_and_lower_case() -> None:
    months = [czech.month(date(2023, month, 1)) for month in range(1, 13)]

    assert months == [
        f"{month} 2023"
        for month in (
            *("leden", "únor", "březen", "duben", "květen", "červen"),
            *("červenec", "srpen", "září", "říjen", "listopad", "prosinec"),
        )
    ]


def test_short_month_has_no_leading_zero() -> None:
    assert czech.short_month(date(2023, 7, 1)) == "7/2023"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2023, 7, 1), date(2023, 7, 1), "červenec 2023"),
        (date(2023, 7, 1), date(2023, 7, 31), "červenec 2023"),
        (date(2023, 10, 1), date(2023, 12, 1), "říjen–\u2060prosinec 2023"),
        (date(2023, 7, 1), date(2024, 6, 1), "červenec 2023\u00a0– červen 2024"),
        (date(2023, 7, 1), date(2024, 7, 1), "červenec 2023\u00a0– červenec 2024"),
    ],
)
def test_month_range_says_the_year_once_or_twice(first: date, last: date, expected: str) -> None:
    assert czech.month_range(first, last) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (5, "5"),
        (-5, "−5"),
        (999, "999"),
        (1000, "1\u00a0000"),
        (22695, "22\u00a0695"),
        (1234567, "1\u00a0234\u00a0567"),
        (-22695, "−22\u00a0695"),
        (Decimal(0), "0"),
        (Decimal("0.0000"), "0"),
        (Decimal("0.5"), "0,5"),
        (Decimal("-0.5"), "−0,5"),
        (Decimal("158.7000"), "158,7"),
        (Decimal(3900), "3\u00a0900"),
        (Decimal("3900.0000"), "3\u00a0900"),
        (Decimal("3.9E+3"), "3\u00a0900"),
        (Decimal("22695.25"), "22\u00a0695,25"),
        (Decimal("0.0001"), "0,0001"),
        (Decimal("99999999999999.9999"), "99\u00a0999\u00a0999\u00a0999\u00a0999,9999"),
    ],
)
def test_number_has_decimal_comma_and_thousands_apart(value: Decimal | int, expected: str) -> None:
    assert czech.number(value) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "cílů"),
        (1, "cíl"),
        (2, "cíle"),
        (3, "cíle"),
        (4, "cíle"),
        (5, "cílů"),
        (11, "cílů"),
        (21, "cílů"),
        (22, "cílů"),
        (101, "cílů"),
    ],
)
def test_plural_follows_czech_counting(count: int, expected: str) -> None:
    assert czech.plural(count, "cíl", "cíle", "cílů") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "prilis zlutoucky kun upel dabelske ody"),
        ("ŠUMAVA", "sumava"),
        ("sumava", "sumava"),
        ("Ěščřž 2023 – §", "escrz 2023 – §"),
        (unicodedata.normalize("NFD", "Šumava"), "sumava"),
        ("", ""),
    ],
)
def test_fold_leaves_no_diacritics_and_no_capitals(text: str, expected: str) -> None:
    assert czech.fold(text) == expected


@pytest.mark.parametrize(
    "words",
    [
        ["cena", "cíl", "cyklus", "čas", "děti", "hora", "hymna", "cheb", "chyba", "ideál"],
        ["rok", "růže", "řád", "sociální", "syn", "škola", "tým", "zákon", "zvon", "žák"],
        ["Cvikov", "Czech", "Čáslav", "Dub", "Hzz", "Cheb", "Chod", "Ivančice"],
        ["had", "hod", "chat", "chod", "Chrudim", "indián"],
    ],
)
def test_sort_key_own_letters_follow_their_plain_ones(words: list[str]) -> None:
    assert sorted(reversed(words), key=czech.sort_key) == words


@pytest.mark.parametrize(
    "words",
    [
        ["mat", "mát", "mata", "máta", "mate", "máte"],
        ["rada", "ráda", "rady", "rády"],
        ["ulice", "úlice", "ulička"],
        ["dal", "dál", "ďal", "dale"],
    ],
)
def test_sort_key_accents_only_break_ties(words: list[str]) -> None:
    assert sorted(reversed(words), key=czech.sort_key) == words


def test_sort_key_capitals_follow_small_letters_and_only_break_ties() -> None:
    words = ["most", "Most", "MOST", "mostek", "Mostek", "chata", "Chata", "CHATA"]

    assert sorted(words, key=czech.sort_key) == [
        *("chata", "Chata", "CHATA"),
        *("most", "Most", "MOST", "mostek", "Mostek"),
    ]


def test_sort_key_accent_outweighs_a_capital() -> None:
    assert sorted(["ráda", "Rada", "Ráda", "rada"], key=czech.sort_key) == [
        *("rada", "Rada", "ráda", "Ráda")
    ]


def test_sort_key_space_comes_before_punctuation_digits_and_letters() -> None:
    names = ["Most a okolí", "Most-Chánov", "Most 1", "Most1", "Mostek", "Most"]

    assert sorted(names, key=czech.sort_key) == [
        *("Most", "Most 1", "Most a okolí", "Most-Chánov", "Most1", "Mostek")
    ]


any_text = st.text() | st.text(alphabet=CZECH_LETTERS + CZECH_LETTERS.upper() + " -.1\u030c\u0301")


@patient
@given(any_text, any_text)
@example("č", "c\u030c")
@example("ch", "cH")
@example("", "\u0301")
def test_sort_key_different_texts_are_never_equal(left: str, right: str) -> None:
    assert (czech.sort_key(left) == czech.sort_key(right)) == (left == right)


@patient
@given(any_text, any_text)
def test_compare_is_the_opposite_the_other_way_round(left: str, right: str) -> None:
    assert czech.compare(left, right) == -czech.compare(right, left)


@patient
@given(st.lists(any_text, max_size=6))
def test_sort_key_order_does_not_depend_on_the_order_given(texts: list[str]) -> None:
    assert sorted(texts, key=czech.sort_key) == sorted(sorted(texts), key=czech.sort_key)
