from reporting.abbreviations import used_abbreviations
from reporting.structure import Abbreviation

APK = Abbreviation(("APK",), "asistenti prevence kriminality")
ASZ = Abbreviation(("ASZ", "OSZ", "Agentura"), "Agentura pro sociální začleňování")
CS = Abbreviation(("CS",), "cílová skupina")
CR = Abbreviation(("ČR",), "Česká republika")
OPS = Abbreviation(("o. p. s.", "o.p.s."), "obecně prospěšná společnost")


def used(*texts: str) -> list[str]:
    return [found.forms[0] for found in used_abbreviations([CS, CR, ASZ, APK, OPS], texts)]


def test_only_whole_words_count() -> None:
    assert used("APK a CS", "SCS, CSx, XAPK") == ["APK", "CS"]
    assert used("SCS, CSx, XAPK") == []


def test_any_form_counts() -> None:
    assert used("podle OSZ") == ["ASZ"]


def test_case_matters() -> None:
    assert used("cs, apk, agentura") == []


def test_form_with_dots_and_no_break_spaces_found() -> None:
    assert used("Společnost, o.\u00a0p.\u00a0s., vydala") == ["o. p. s."]


def test_sorted_as_czech_does() -> None:
    assert used("ČR CS ASZ APK") == ["APK", "ASZ", "CS", "ČR"]


def test_next_to_punctuation_found() -> None:
    assert used("(CS) „APK“ ČR.") == ["APK", "CS", "ČR"]
