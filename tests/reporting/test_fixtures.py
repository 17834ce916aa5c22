"""The demonstration data as a person reads them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from litvinov.narrative import parse, plain_text
from reporting.management.commands.load_demo import FILES

WIDTH = 110
# Working marks of whoever prepares the data; a reader of the report must never meet them.
WORKING_MARKS = (
    r"\bK\d\.\d(-U\d)?\b",
    r"\bF\d-A\d",
    r"\b(ANO|BAR|CIS|DOK|DOP|FIN|HAR|LOK|MIS|POD|PRAX|PS|STR|TVR|VYCH|VYS|ZMI)-\d",
    r"\bCS-\d",
    r"\bOCR\b",
    r"\bř\. \d",
    r"ve zdroji",
    r"znění zdroje",
    r"_note\b",
)
KEPT_BY_THE_APPLICATION = {"version", "created_at", "updated_at", "sort_key", "password"}


def fixture_text(name: str) -> str:
    path: Path = settings.BASE_DIR / "fixtures" / f"{name}.yaml"
    return path.read_text(encoding="utf-8")


def fixture_entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(fixture_text(name))
    return entries


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mark", WORKING_MARKS)
def test_fixture_has_no_working_marks(name: str, mark: str) -> None:
    lines = fixture_text(name).splitlines()

    assert [line for line in lines if re.search(mark, line, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", FILES)
def test_fixture_has_only_plain_spaces(name: str) -> None:
    assert set(re.findall(r"\s", fixture_text(name))) == {" ", "\n"}


@pytest.mark.parametrize("name", FILES)
def test_fixture_lines_fit_the_width(name: str) -> None:
    lines = fixture_text(name).splitlines()

    assert [line for line in lines if len(line) > WIDTH or line != line.rstrip()] == []


@pytest.mark.parametrize("name", FILES)
def test_fixture_leaves_to_the_application_what_it_keeps(name: str) -> None:
    for entry in fixture_entries(name):
        assert entry.keys() == {"model", "fields"}
        assert entry["fields"].keys() & KEPT_BY_THE_APPLICATION == set()


@pytest.mark.parametrize("name", FILES)
def test_fixture_codes_are_texts(name: str) -> None:
    """Unquoted, YAML reads 2.10 as the number 2.1 and "no" as false."""
    for entry in fixture_entries(name):
        for field in ("code", "version_name", "data_date", "time_text", "delivered", "ico"):
            assert isinstance(entry["fields"].get(field, ""), str), entry


@pytest.mark.parametrize("name", FILES)
def test_fixture_texts_keep_every_word_when_parsed(name: str) -> None:
    """A note that is not called, or called and not written, would show up as a difference."""
    for text in strings_in(fixture_entries(name)):
        typed = re.sub(r"\[\^\d+\]:?", "", text)

        assert words(plain_text(parse(text))) == words(typed)


@pytest.mark.parametrize("name", FILES)
def test_fixture_texts_have_no_broken_paragraphs(name: str) -> None:
    """A paragraph wrapped in the file must be folded, or the report breaks its lines, too."""
    for text in strings_in(fixture_entries(name)):
        assert "LineBreak()" not in repr(parse(text)), text
