"""The logos of those who pay for programs, as the operator has put them into PUBLICITY_DIR.

They travel in the HTML of a report as data, so they need no address of their own and whoever
may read the report sees them; the PDF takes no other data than these.
"""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from programs.file_types import JPEG, PNG, WrongFile, recognise

MOST_LOGOS = 4
LARGEST_LOGO = 500 * 1024
"""Bytes."""
_PICTURES = {f".{extension}" for kind in (PNG, JPEG) for extension in kind.extensions}


@dataclass(frozen=True, slots=True)
class Logo:
    alternative: str
    content_type: str
    content: bytes

    @property
    def address(self) -> str:
        return f"data:{self.content_type};base64,{b64encode(self.content).decode()}"


def logos() -> tuple[Logo, ...]:
    """Those there are, by the names of their files. Raises ImproperlyConfigured for a file that
    is none, or that says nothing to who does not see it.
    """
    folder: Path = settings.PUBLICITY_DIR
    if not folder.is_dir():
        return ()
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _PICTURES)
    if len(found) > MOST_LOGOS:
        raise ImproperlyConfigured(f"PUBLICITY_DIR may hold at most {MOST_LOGOS} logos.")
    return tuple(_logo(path) for path in found)


def _logo(path: Path) -> Logo:
    told = path.with_suffix(".txt")
    alternative = told.read_text(encoding="utf-8").strip() if told.is_file() else ""
    if not alternative:
        raise ImproperlyConfigured(
            f"The logo {path.name} needs its text alternative in {told.name}."
        )
    if path.stat().st_size > LARGEST_LOGO:
        raise ImproperlyConfigured(f"The logo {path.name} is larger than {LARGEST_LOGO} bytes.")
    try:
        with path.open("rb") as file:
            kind = recognise(file, path.name)
    except WrongFile as error:
        raise ImproperlyConfigured(f"The logo {path.name} is no PNG or JPEG.") from error
    return Logo(" ".join(alternative.split()), kind.content_type, path.read_bytes())
