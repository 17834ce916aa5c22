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
        ("paní Ing. Malá, tel. 476 123 456", ["paní Ing. Malá", "tel. 476 123 456"]),
        ("pan Novák a znovu pan Novák", ["pan Novák"]),
        ("narozen 1. 5. 2001", ["narozen 1. 5. 2001"]),
        ("s. p. Lesy a o. p. s. Praha", []),
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
