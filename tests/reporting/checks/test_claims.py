"""Claims without a source, a number or an end."""

import pytest

from tests.reporting.checks.reports import clean_report, found, saying, section, target


@pytest.mark.parametrize(
    "text",
    [
        "Jde o největší sociálně vyloučenou lokalitu v ČR.",
        "Nezaměstnanost je nejvyšší v kraji.",
        "Má nejhorší pověst z celé republiky.",
    ],
)
def test_superlative_without_a_source(text: str) -> None:
    assert target("unsourced_claim", saying(text)).field == "sources"


def test_superlative_with_a_source_or_a_note() -> None:
    text = "Jde o největší lokalitu v ČR."
    sourced = clean_report(locality=section("locality", text, sources=(1,)))
    noted = saying("Jde o největší lokalitu[^1] v ČR.\n\n[^1]: Mapa sociálního vyloučení 2015.")

    assert found("unsourced_claim", sourced) == found("unsourced_claim", noted) == []
    assert found("unsourced_claim", saying("Největší přínos mělo setkání.")) == []


def test_hearsay() -> None:
    assert len(found("hearsay", saying("Údajně ze zůstatku v rozpočtu."))) == 1
    assert found("hearsay", saying("Podle údajů města, přírůstek.")) == []


@pytest.mark.parametrize(
    "text", ["Proběhlo několik jednání.", "Přišel velký počet dětí.", "Několik dalších konzultací."]
)
def test_count_that_is_not_given(text: str) -> None:
    assert len(found("vague_count", saying(text))) == 1


def test_count_that_is_given() -> None:
    assert found("vague_count", saying("Proběhla 4 jednání, několik desítek let trvá.")) == []


@pytest.mark.parametrize(
    "text", ["TODO doplnit", "Stav xxx", "[doplnit počet]", "Kolik???", "vvvvvv", "Lorem ipsum"]
)
def test_text_left_unfinished(text: str) -> None:
    assert len(found("unfinished_text", saying(text))) == 1


def test_finished_text() -> None:
    text = "Opravdu? Ano… Doplnit je třeba kapacity; kapitola XXX není. [Pozn. autora]"

    assert found("unfinished_text", saying(text.replace("XXX", "XX"))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Aktivity jsou záměrem města, V rámci projektu vznikly.", "města, V rámci"),
        ("Proběhlo to v daném časovém časové úseku.", "časovém časové"),
        ("Sešli se rodiče , děti i učitelé.", "rodiče ,"),
        ("Vznikla skupina, Díky ní se daří.", "skupina, Díky"),
    ],
)
def test_slips_of_sentences(text: str, words: str) -> None:
    (sentence,) = found("slip", saying(text))

    assert f"„{words}“" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Motivace k zapojení do aktivit aktivně nevzniká.",
        "Sešli se rodiče, Na Vyhlídce i jinde.",
        "Ulice Dlouhá, Na hradbách a V zahradách.",
        "Rodina rodině pomáhá, den po dni.",
        "Uvádí to zpráva, V. díl.",
    ],
)
def test_what_is_no_slip_of_a_sentence(text: str) -> None:
    assert found("slip", saying(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Obec podporuje sousedské spory a", "spory a"),
        ("Vznikly místní týmy prevence,", "prevence,"),
        ("Rozvoj kompetencí, zejména pro", "zejména pro"),
    ],
)
def test_text_that_ends_within_a_sentence(text: str, words: str) -> None:
    (sentence,) = found("cut_off_text", saying(text))

    assert words in sentence


@pytest.mark.parametrize(
    "text", ["Vznikly týmy prevence.", "Vznikly:\n\n- týmy,\n- služby", "Skupina A", "Beze změny"]
)
def test_text_that_ends_where_it_ends(text: str) -> None:
    assert found("cut_off_text", saying(text)) == []


def test_slips_of_typing() -> None:
    assert len(found("slip", saying("Město má 10pozic, v daném daném úseku."))) == 2
    assert found("slip", saying("Setkali se se starostou, 10 pozic, 90letý, B12xy.")) == []
