"""What an uploaded file is, told from its content, and what it may be called.

The list of what may be attached is short and its own; puremagic, which knows thousands of
kinds, only has to agree.
"""

import codecs
import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 100
"""Characters of a name with its extension; safe for file systems also in two bytes each."""
_LARGEST_PART = 1024 * 1024
"""Bytes of one part of an office document that are read to tell what it is."""


@dataclass(frozen=True)
class FileType:
    """`extensions` has the proper one first."""

    extensions: tuple[str, ...]
    content_type: str

    @property
    def extension(self) -> str:
        return self.extensions[0]


PDF = FileType(("pdf",), "application/pdf")
PNG = FileType(("png",), "image/png")
JPEG = FileType(("jpg", "jpeg", "jpe", "jfif"), "image/jpeg")
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(("docx",), f"{_OPEN_XML}wordprocessingml.document")
XLSX = FileType(("xlsx",), f"{_OPEN_XML}spreadsheetml.sheet")
ODT = FileType(("odt",), "application/vnd.oasis.opendocument.text")
ODS = FileType(("ods",), "application/vnd.oasis.opendocument.spreadsheet")
TEXT = FileType(("txt",), "text/plain")
CSV = FileType(("csv",), "text/csv")
ALLOWED = (PDF, DOCX, XLSX, ODT, ODS, TEXT, CSV, PNG, JPEG)

ACCEPT = ",".join(f".{extension}" for kind in ALLOWED for extension in kind.extensions)
"""For the browser, which offers only such files; the server believes none of them."""

_BINARY = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_MAIN_PARTS = {f"{kind.content_type}.main+xml": kind for kind in (DOCX, XLSX)}
_MARKUP = re.compile(rb"\s*(<[a-z!?/]|#!)", re.IGNORECASE)
_ALLOWED_CONTROLS = "\t\n\r\f"
# RuntimeError says that a part is encrypted.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)
# Names that Windows keeps for itself; unpacking an archive with one of them fails there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class WrongFile(ValidationError):
    """A file that may not be attached; the message says why and what to do."""


def recognise(stream: IO[bytes], name: str) -> FileType:
    """What a file is, whatever it is called. Raises WrongFile for what may not be attached.

    `name` must not claim anything else than the content; a name without an extension
    claims nothing.
    """
    stream.seek(0)
    head = stream.read(4096)
    if not head:
        raise WrongFile(_("The file is empty."), code="empty")
    claimed = _split(name)[1].lower()
    kind = _binary(head) or _office(head, stream) or _text(head, stream, claimed)
    if claimed and claimed not in kind.extensions:
        raise WrongFile(
            _(
                "The name of the file ends with .%(claimed)s, but by its content it is "
                ".%(found)s. Save it again in the proper format."
            ),
            code="mismatch",
            params={"claimed": claimed[:20], "found": kind.extension},
        )
    return kind


def _forbidden() -> WrongFile:
    return WrongFile(
        _(
            "Files of this kind cannot be attached. What can be: PDF, DOCX, XLSX, ODT, ODS, "
            "plain text (TXT, CSV), PNG and JPEG."
        ),
        code="forbidden",
    )


def _binary(head: bytes) -> FileType | None:
    for signature, kind in _BINARY:
        if head.startswith(signature):
            if kind.content_type not in _guesses(head):
                raise _forbidden()
            return kind
    return None


def _guesses(head: bytes) -> set[str]:
    try:
        return {guess.mime_type for guess in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _office(head: bytes, stream: IO[bytes]) -> FileType | None:
    """A document in a ZIP; one that begins with anything else is no document of ours."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(stream) as package:
            return _document(package)
    except _DAMAGED:
        raise _forbidden() from None


def _document(package: zipfile.ZipFile) -> FileType:
    names = package.namelist()
    if "[Content_Types].xml" in names:
        types = _part(package, "[Content_Types].xml")
        has_macros = b"macroEnabled" in types or any(
            name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names
        )
        found = [kind for main, kind in _MAIN_PARTS.items() if main.encode() in types]
    elif "mimetype" in names:
        written = _part(package, "mimetype").decode("ascii").strip()
        has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
        found = [kind for kind in (ODT, ODS) if kind.content_type == written]
    else:
        raise _forbidden()
    if has_macros:
        raise WrongFile(
            _("The document has macros in it. Save it without them and attach it again."),
            code="macros",
        )
    if len(found) != 1:
        raise _forbidden()
    return found[0]


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_LARGEST_PART)


def _text(head: bytes, stream: IO[bytes], claimed: str) -> FileType:
    """Text in UTF-8 that no browser would take for a page or a picture."""
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)) or b"\0" in head:
        raise _forbidden()
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := stream.read(64 * 1024):
            _require_readable(decoder.decode(chunk))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if claimed not in (*TEXT.extensions, *CSV.extensions):
            raise _forbidden() from None
        raise WrongFile(
            _("The text is not in UTF-8. Save it again in UTF-8 (in Excel as CSV UTF-8)."),
            code="encoding",
        ) from None
    return CSV if claimed in CSV.extensions else TEXT


def _require_readable(text: str) -> None:
    if any(character < " " and character not in _ALLOWED_CONTROLS for character in text):
        raise _forbidden()


def safe_name(name: str, extension: str) -> str:
    """A name for people that harms no file system, no header and no eye.

    Folders, control characters and characters that turn the direction of writing are taken
    out, the length is cut, and the extension says what the content is.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    base = "".join(" " if character.isspace() else character for character in base)
    base = "".join(
        "-" if character in '<>:"|?*' else character
        for character in base
        if unicodedata.category(character)[0] != "C"
    )
    stem = " ".join(_split(base)[0].split()).strip(". ")
    if not stem or _RESERVED.match(stem):
        stem = f"priloha {stem}".strip()
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip('. ')}.{extension}"


def _split(name: str) -> tuple[str, str]:
    """A name and its extension, which has a letter: "1.2.2024" is a date."""
    stem, dot, extension = name.rpartition(".")
    if dot and re.fullmatch(r"(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,10}", extension):
        return stem, extension
    return name, ""
