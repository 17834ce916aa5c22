"""The Czech catalogue says everything the source does, and nothing it no longer does."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale") / "cs" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")

Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def committed() -> polib.POFile:
    return polib.pofile(str(ROOT / CATALOGUE))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The catalogue as `make messages` would leave it, made from a copy of the source."""
    copy = tmp_path_factory.mktemp("source")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    subprocess.run(
        [sys.executable, "manage.py", *options_of_make_messages()],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50},
        capture_output=True,
        check=True,
    )
    return polib.pofile(str(copy / CATALOGUE))


def options_of_make_messages() -> list[str]:
    """What the Makefile calls manage.py with, so that the test cannot disagree with it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = re.findall(r"^\t\$\(MANAGE\) (makemessages .*)$", makefile, re.MULTILINE)
    return shlex.split(line)


def test_catalogue_has_every_text_of_the_source_and_no_other(
    committed: polib.POFile, extracted: polib.POFile
) -> None:
    ours, needed = {key(entry) for entry in committed}, {key(entry) for entry in extracted}

    assert (sorted(needed - ours, key=str), sorted(ours - needed, key=str)) == ([], [])


def test_catalogue_after_extraction_is_complete(extracted: polib.POFile) -> None:
    assert [key(entry) for entry in extracted.untranslated_entries()] == []
    assert [key(entry) for entry in extracted.fuzzy_entries()] == []
    assert [key(entry) for entry in extracted.obsolete_entries()] == []


def test_catalogue_is_complete(committed: polib.POFile) -> None:
    assert len(committed) > 100
    assert [key(entry) for entry in committed.untranslated_entries()] == []
    assert [key(entry) for entry in committed.fuzzy_entries()] == []
    assert [key(entry) for entry in committed.obsolete_entries()] == []


def test_catalogue_plurals_have_all_four_czech_forms(committed: polib.POFile) -> None:
    wanting = [
        key(entry)
        for entry in committed
        if entry.msgid_plural
        and not (sorted(entry.msgstr_plural) == [0, 1, 2, 3] and all(translations(entry)))
    ]

    assert committed.metadata["Plural-Forms"].startswith("nplurals=4;")
    assert wanting == []


def test_catalogue_translations_keep_placeholders(committed: polib.POFile) -> None:
    """A form for exactly one thing may leave the number out; no form may invent one."""
    wrong = []
    for entry in committed:
        expected = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        singular = sorted(PLACEHOLDER.findall(entry.msgid))
        for form, text in enumerate(translations(entry)):
            allowed = [expected, singular] if form == 0 else [expected]
            if sorted(PLACEHOLDER.findall(text)) not in allowed:
                wrong.append((key(entry), text))

    assert wrong == []


def test_catalogue_translations_keep_the_spaces_around(committed: polib.POFile) -> None:
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        (key(entry), text)
        for entry in committed
        for text in translations(entry)
        if around(text) != around(entry.msgid)
    ]

    assert wrong == []


def test_compiled_catalogue_is_the_committed_one(committed: polib.POFile) -> None:
    """The application reads what msgfmt made of the catalogue; `make` keeps it fresh."""
    compiled = polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))

    assert {key(entry): translations(entry) for entry in compiled} == {
        key(entry): translations(entry) for entry in committed
    }
