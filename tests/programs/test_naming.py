"""What looks like a person's name, and what only looks alike."""

import pytest

from programs.naming import people_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Přišel pan Novák.", ["pan Novák"]),
        ("Od pana Malého a paní Černé", ["pana Malého", "paní Černé"]),
        ("Slečna Dlouhá", ["Slečna Dlouhá"]),
        ("Mgr. Svobodová vede odbor", ["Mgr. Svobodová"]),
        ("pište na jana@example.cz", ["jana@example.cz"]),
        ("tel. +420 601 234 567", ["+420 601 234 567"]),
        ("volat 601234567", ["601234567"]),
        ("Vedoucí odboru a velitel městské policie", []),
        ("Panelová diskuse o panelácích", []),
        ("rozpočet 120 000 000 Kč", []),
        ("22 695 obyvatel", []),
        ("č. j. 123456789/2024", []),
        ("", []),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert people_in(text) == found
