"""All evidence that somebody may read in one ZIP, with a list of it."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from django.utils import translation
from django.utils.formats import date_format

from indicators.evidence_places import places_of
from programs import evidence_files
from programs.file_types import safe_name
from programs.models import Evidence, Program

LIST_NAME = "seznam-priloh.txt"
# The same evidence makes the same archive, whenever it is made.
_MADE = (1980, 1, 1, 0, 0, 0)


def archive_of(program: Program, evidence: Iterable[Evidence]) -> IO[bytes]:
    """A temporary file with the archive, ready to be read; `evidence` comes with places.

    The list is Czech whatever the language of the screen. A file missing on the disk is
    named there as missing.
    """
    archive = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    try:
        with (
            translation.override("cs"),
            zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package,
        ):
            lines = [f"Seznam příloh – {program.title}", ""]
            for piece in evidence:
                lines += [*_told(program, piece, _added(package, piece)), ""]
            with package.open(_entry(LIST_NAME), "w") as told:
                told.write("\r\n".join(lines).encode("utf-8-sig"))
        archive.seek(0)
    except BaseException:
        archive.close()
        raise
    return archive


def _added(package: zipfile.ZipFile, piece: Evidence) -> str:
    """The name of the piece's file in the archive; empty where there is no file."""
    if not piece.is_file:
        return ""
    extension = piece.file_name.rpartition(".")[2]
    title = piece.title.replace("/", "-").replace("\\", "-")
    name = f"{piece.position:02} {safe_name(f'{title}.{extension}', extension)}"
    try:
        with (
            evidence_files.open_kept(piece.stored_as) as source,
            package.open(_entry(name), "w") as copy,
        ):
            shutil.copyfileobj(source, copy)
    except FileNotFoundError:
        return ""
    return name


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry


def _told(program: Program, piece: Any, name: str) -> Iterable[str]:
    yield f"Příloha {piece.position}: {piece.title}"
    if piece.is_file:
        yield f"  Soubor: {name or 'na serveru chybí'} ({piece.size} B)"
        yield f"  SHA-256: {piece.sha256}"
    else:
        yield f"  Odkaz: {piece.url}"
    if piece.dated_on:
        yield f"  Datum: {date_format(piece.dated_on, 'SHORT_DATE_FORMAT')}"
    if piece.description:
        yield f"  Popis: {' '.join(piece.description.split())}"
    for place in places_of(piece, program):
        yield f"  Přiloženo: {place.label}"
