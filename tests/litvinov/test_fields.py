"""Fields shared by all applications."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from litvinov.fields import MonthFormField, MonthInput, TextListField, validate_ico

NOT_EIGHT_DIGITS = "IČO má osm číslic."
WRONG_CHECKSUM = "Toto IČO není platné, zkontrolujte jeho číslice."


def messages(check: Callable[[Any], Any], value: Any) -> list[str]:
    """What a person reads in Czech when the value is refused."""
    with translation.override("cs"), pytest.raises(ValidationError) as refused:
        check(value)
    return [str(message) for message in refused.value.messages]


# Litvínov, MMR, Ministerstvo financí, and the two remainders that a single digit cannot say.
@pytest.mark.parametrize("ico", ["00266027", "66002222", "00006947", "00000060", "00000141"])
def test_validate_ico_valid_is_accepted(ico: str) -> None:
    validate_ico(ico)


@pytest.mark.parametrize("ico", ["00266028", "10266027", "00266072", "66002220", "00000061"])
def test_validate_ico_wrong_digit_is_refused(ico: str) -> None:
    assert messages(validate_ico, ico) == [WRONG_CHECKSUM]


def test_validate_ico_every_single_slip_is_refused() -> None:
    valid = "00266027"
    slips = {
        valid[:place] + digit + valid[place + 1 :] for place in range(8) for digit in "0123456789"
    } - {valid}

    refused = {slip for slip in slips if messages(validate_ico, slip) == [WRONG_CHECKSUM]}

    assert refused == slips


@pytest.mark.parametrize(
    "ico",
    ["", "0026602", "002660270", "0026602a", "CZ002660", "00 26602", " 00266027", "00266027\n"],
)
def test_validate_ico_not_eight_digits_is_refused(ico: str) -> None:
    assert messages(validate_ico, ico) == [NOT_EIGHT_DIGITS]


@pytest.mark.parametrize(
    "typed", ["2023-07", "2023-7", "7/2023", "07/2023", " 7 / 2023 ", date(2023, 7, 15)]
)
def test_month_field_reads_a_month(typed: Any) -> None:
    assert MonthFormField().clean(typed) == date(2023, 7, 1)


@pytest.mark.parametrize(
    "typed",
    ["13/2023", "0/2023", "2023-13", "7/23", "2023", "7", "červenec 2023", "7.2023", "7/0000", "-"],
)
def test_month_field_what_is_no_month_is_refused(typed: str) -> None:
    assert messages(MonthFormField().clean, typed) == ["Zadejte měsíc, například 7/2023."]


@pytest.mark.parametrize("typed", ["", None])
def test_month_field_required_and_empty_is_refused(typed: str | None) -> None:
    assert messages(MonthFormField().clean, typed) == ["Toto pole je třeba vyplnit."]


def test_month_field_optional_and_empty_is_none() -> None:
    assert MonthFormField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (date(2023, 7, 1), "2023-07", False),
        (date(2023, 7, 1), "7/2023", False),
        (date(2023, 7, 1), "8/2023", True),
        (date(2023, 7, 1), "", True),
        (date(2023, 7, 1), "nesmysl", True),
        (None, "", False),
    ],
)
def test_month_field_has_changed_only_with_the_month(
    initial: date | None, data: str, changed: bool
) -> None:
    assert MonthFormField().has_changed(initial, data) == changed


def test_month_input_shows_what_browsers_want_and_what_was_typed() -> None:
    widget = MonthInput()

    assert widget.format_value(date(2023, 7, 1)) == "2023-07"
    assert widget.format_value("13/2023") == "13/2023"
    assert widget.format_value(None) is None


@pytest.mark.parametrize(
    "value", ["text", {"a": "b"}, 5, ["ano", 5], ["ano", ""], ["ano", None], [["ano"]], ("ano",)]
)
def test_text_list_not_a_list_of_texts_is_refused(value: Any) -> None:
    check = TextListField().clean

    assert messages(lambda typed: check(typed, None), value) == ["Zadejte seznam textů."]


@pytest.mark.parametrize("value", [[], ["městská policie"], ["MP", "městská policie"]])
def test_text_list_list_of_texts_is_accepted(value: list[str]) -> None:
    assert TextListField().clean(value, None) == value
