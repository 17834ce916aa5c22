"""References to goals and criteria in Czech texts."""

import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litvinov.references import Kind, Reference, find, members, renamed

NBSP, JOINER = "\u00a0", "\u2060"
CODES = ("1.1", "1.2", "1.3", "1.4", "2.1", "1.1.1", "1.1.2")


def codes(text: str, kind: Kind = Kind.GOAL) -> list[str]:
    return [code for found in find(text) if found.kind == kind for code in found.codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cíl 1.1.5", ["1.1.5"]),
        ("Naplnění cíle 1.1 pokračuje.", ["1.1"]),
        ("k cíli 1.2.", ["1.2"]),
        ("s cílem 1.10", ["1.10"]),
        ("cíle 1.1 a 1.2 jsou", ["1.1", "1.2"]),
        ("dvou cílů 1.1–1.3", ["1.1", "1.3"]),
        ("cílům 1.1, 1.2 a 1.4", ["1.1", "1.2", "1.4"]),
        ("o cílech 1.1; 1.2", ["1.1", "1.2"]),
        ("nad cíli 1.1 i 1.2", ["1.1", "1.2"]),
        ("dílčí cíl 1.1.1", ["1.1.1"]),
        ("dílčího podcíle 1.1.1", ["1.1.1"]),
        ("specifického cíle 1.3", ["1.3"]),
        ("Cíl č. 1.2", ["1.2"]),
        ("cíle č. 1.1 a 1.2", ["1.1", "1.2"]),
        ("cíl číslo 1.2", ["1.2"]),
        ("CÍLE 1.1 NEBO 1.2", ["1.1", "1.2"]),
        (f"cíl{NBSP}1.1{NBSP}a{NBSP}1.2", ["1.1", "1.2"]),
        (f"cílů 1.1–{JOINER}1.3", ["1.1", "1.3"]),
        ("cílů 1.1 až 1.3", ["1.1", "1.3"]),
        ("cílů 1.1 - 1.3", ["1.1", "1.3"]),
        ("cíle 1.1/1.2", ["1.1", "1.2"]),
        ("cíle 1.1. a 1.2. jsou", ["1.1", "1.2"]),
        ("(cíl 1.4)", ["1.4"]),
        ("dlouhodobé cíle (1.1, 1.2)", ["1.1", "1.2"]),
        ("Cíl: 1.1", ["1.1"]),
        ("**cíl 1.1**, cíl **1.2** a cíle *1.3* a **1.4**", ["1.1", "1.2", "1.3", "1.4"]),
        ("cíl\n1.1", ["1.1"]),
        ("ci\u0301l 1.1 a ci\u0301lu\u030a 1.2 a 1.3", ["1.1", "1.2", "1.3"]),
        ("cíle 1.1, případně 1.2", ["1.1", "1.2"]),
        ("cíl 1.1 a cíl 1.2", ["1.1", "1.2"]),
        ("cíl 1.1, který trvá od 1. 1. 2024", ["1.1"]),
        ("cíl 1.1 a bod 1.2", ["1.1"]),
        ("cíl 1.1, kritérium 1.2", ["1.1"]),
        ("cíl 1.1 a 12 dětí", ["1.1"]),
        ("cíl 1.1 a 1.5 mil. Kč", ["1.1"]),
        ("cíl 1.1 do 1.2.2024", ["1.1"]),
        ("cíl 1.1 a 1.2.2024", ["1.1"]),
        # codes without a dot
        ("cíl č. 1 je splněn", ["1"]),
        ("cíle č. 1, 2 a 3 jsou", ["1", "2", "3"]),
        ("(cíl 2)", ["2"]),
        ("Splněn byl cíl 2.", ["2"]),
    ],
)
def test_goal_found(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert codes(text, Kind.CRITERION) in ([], ["1.2"])


@pytest.mark.parametrize(
    "text",
    [
        "1.1",
        "bod 1.1",
        "kapitola 1.1.5",
        "kritérium 1.1",
        "cíl ke dni 1. 1. 2024",
        "cíl 1. 1. 2024",
        "cíle 1.1.2024",
        "cíle 1.1. 2024",
        "cíl 1.500.000 Kč",
        "cíl 1.5 mil. Kč",
        "cílem 1.5 %",
        "cíl 1.1,5",
        "cílem 2 setkání bylo poznat lokalitu",
        "cíl 1. etapy",
        "cíle 5 programů",
        "cílová skupina 1.1",
        "cílený 1.1",
        "docílil 1.1",
        "Cíl\n\n1.1 Úvod",
        "cíl programu 1.1",
        "cíl1.1",
        "cíl",
        "cíl 12345.1",
        "",
    ],
)
def test_no_goal_found(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "kritérium 1.1",
        "Kritéria 1.1",
        "kritériu 1.1",
        "kritériem 1.1",
        "kritérií 1.1",
        "kritériím 1.1",
        "kritériích 1.1",
        "kritérii 1.1",
        "kriterium č. 1.1",
        f"KRITÉRIUM{NBSP}1.1",
    ],
)
def test_criterion_found(text: str) -> None:
    assert codes(text, Kind.CRITERION) == ["1.1"]
    assert codes(text) == []


def test_reference_says_where_its_codes_stand() -> None:
    text = "Viz cílů 1.1, 1.3–1.5."

    assert find(text) == (
        Reference(Kind.GOAL, ("1.1", "1.3", "1.5"), ((9, 12), (14, 17), (18, 21)), (1,)),
    )


def test_range_stands_for_what_lies_between() -> None:
    (reference,) = find("cílů 1.1.1, 1.2–1.4")

    assert members(reference, CODES) == ("1.1.1", "1.2", "1.3", "1.4")


@pytest.mark.parametrize(
    ("text", "mapping", "expected"),
    [
        ("cíl 1.1 a cíl 1.2", {"1.1": "1.2", "1.2": "1.1"}, "cíl 1.2 a cíl 1.1"),
        ("cíl 1.1.5", {"1.1": "1.2"}, "cíl 1.1.5"),
        ("cíl 1.9 (nikdo)", {"1.1": "1.2"}, "cíl 1.9 (nikdo)"),
        ("cíl **1.1**, bod 1.1, kritérium 1.1", {"1.1": "1.10"}, None),
        # A range whose members stay together is a range again.
        (
            "cílů 1.2–1.4",
            {"1.1": "1.4", "1.2": "1.1", "1.3": "1.2", "1.4": "1.3"},
            "cílů 1.1–1.3",
        ),
        ("cílů 1.1–1.3", {"1.1": "1.2", "1.2": "1.1", "1.3": "1.3"}, "cílů 1.1–1.3"),
        ("cílů 1.1 až 1.5", {"1.1": "1.1", "1.3": "1.2", "1.5": "1.3"}, "cílů 1.1–1.3"),
        # Its members part; what comes between was never meant.
        (
            "cílů 1.1–1.3 programu",
            {"1.1": "1.1", "1.2": "1.2", "1.3": "1.4", "1.4": "1.3"},
            "cílů 1.1, 1.2 a 1.4 programu",
        ),
        ("cílů 1.1–1.2", {"1.1": "1.3", "1.2": "1.2", "1.3": "1.1"}, "cílů 1.2–1.3"),
        # Of a range with an end that nobody has, the other end follows.
        ("cílů 1.1–1.9", {"1.1": "1.2", "1.2": "1.1"}, "cílů 1.2–1.9"),
        ("cílů 1.2–2.1", {"1.2": "1.1", "1.1": "1.2", "2.1": "2.1"}, "cílů 1.1–2.1"),
    ],
)
def test_codes_rewritten(text: str, mapping: dict[str, str], expected: str | None) -> None:
    wanted = "cíl **1.10**, bod 1.1, kritérium 1.1" if expected is None else expected

    assert renamed(text, mapping) == wanted


def test_criteria_rewritten_apart() -> None:
    text = "cíl 1.1 a kritérium 1.1"

    assert renamed(text, {"1.1": "2.1"}, Kind.CRITERION) == "cíl 1.1 a kritérium 2.1"


WORDS = st.sampled_from(
    ["cíl", "Cíle", "cílům č.", "kritéria", "bod", "a", "až", "–", ",", " ", "\n", "1.1", "1.2"]
    + ["1.1.1", "1. 1. 2024", "1.5 mil.", "(", ")", "**", NBSP, "2", "ci\u0301l"]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
    st.text(max_size=80),
)


@given(TEXTS)
def test_spans_hold_the_codes_in_order(text: str) -> None:
    spans = [span for reference in find(text) for span in reference.spans]
    cited = [code for reference in find(text) for code in reference.codes]

    assert [text[start:end] for start, end in spans] == cited
    assert spans == sorted(spans)


@given(TEXTS)
def test_codes_that_stay_change_nothing(text: str) -> None:
    assert renamed(text, {code: code for code in CODES}) == text


LISTS = st.lists(st.sampled_from(CODES), min_size=1, max_size=5).map(
    lambda found: f"Viz cíle {', '.join(found)}. Nebo bod 1.1 a kritérium 1.2."
)


@given(LISTS, st.permutations(CODES))
def test_renaming_can_be_taken_back(text: str, order: list[str]) -> None:
    there = dict(zip(CODES, order, strict=True))
    back = dict(zip(order, CODES, strict=True))

    assert renamed(renamed(text, there), back) == text


@pytest.mark.parametrize("order", list(permutations(("1.1", "1.2", "1.3", "1.4"))))
@pytest.mark.parametrize("ends", [("1.1", "1.2"), ("1.1", "1.3"), ("1.2", "1.4"), ("1.1", "1.4")])
def test_range_means_the_same_goals_afterwards(
    order: tuple[str, ...], ends: tuple[str, str]
) -> None:
    known = ("1.1", "1.2", "1.3", "1.4")
    mapping = dict(zip(known, order, strict=True))
    text = f"cílů {ends[0]}–{ends[1]}"
    meant = {mapping[code] for code in members(find(text)[0], known)}

    (after,) = find(renamed(text, mapping))

    assert set(members(after, known)) == meant


def test_long_text_is_read_in_no_time() -> None:
    text = "cíl " + " " * 20_000 + "x " + "cíle 1.1, " * 5_000 + "1." * 5_000 + "cíl(" * 5_000

    started = time.perf_counter()
    find(text)

    assert time.perf_counter() - started < 5
