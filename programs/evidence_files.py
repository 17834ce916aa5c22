"""Uploaded files on the disk, outside of what the web serves.

A file that comes with a form is put aside first, so that it is not lost when something else
in the form is wrong; the form carries a signed ticket for it. When the form is saved, the
file is copied to its place under a random name. What nobody came for goes after a day.
"""

import hashlib
import os
import shutil
import time
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core import signing

from accounts.models import User
from programs.file_types import recognise, safe_name

KEPT_ASIDE = 24 * 60 * 60
"""Seconds."""

_signer = signing.Signer(salt="file put aside")


@dataclass(frozen=True)
class Upload:
    """A file put aside; `aside` is its name there, `name` what people call it."""

    aside: str
    name: str
    content_type: str
    size: int
    sha256: str


def put_aside(sent: Any, *, user: User, form_key: str) -> Upload:
    """Put a file that came with a form aside; raises WrongFile for one that may not be kept.

    The same file sent again with the same form is the same upload.
    """
    folder = _folder(aside=True)
    _clear(folder)
    part = folder / f"{uuid4().hex}.part"
    try:
        digest, size = hashlib.sha256(), 0
        with _create(part) as copy:
            for chunk in sent.chunks():
                digest.update(chunk)
                size += len(chunk)
                copy.write(chunk)
        with part.open("rb") as copy:
            kind = recognise(copy, sent.name)
        sha256, name = digest.hexdigest(), safe_name(sent.name, kind.extension)
        identity = f"{user.pk}/{form_key}/{sha256}/{name}"
        aside = hashlib.sha256(identity.encode()).hexdigest()
        part.replace(folder / aside)
    finally:
        part.unlink(missing_ok=True)
    return Upload(aside, name, kind.content_type, size, sha256)


def ticket_for(upload: Upload, user: User) -> str:
    """What the form carries; works for this person only."""
    return _signer.sign_object([user.pk, *astuple(upload)])


def upload_of(ticket: str, user: User) -> Upload | None:
    """The file a ticket stands for; None when it is none, somebody else's, or too old."""
    try:
        owner, *told = _signer.unsign_object(ticket)
    except signing.BadSignature:
        return None
    if owner != user.pk:
        return None
    upload = Upload(*told)
    return upload if (_folder(aside=True) / upload.aside).is_file() else None


def keep(upload: Upload) -> str:
    """Copy a file from aside to its place; the answer is its name there."""
    stored_as = uuid4().hex
    place = _folder() / stored_as
    part = place.with_suffix(".part")
    try:
        with (_folder(aside=True) / upload.aside).open("rb") as source, _create(part) as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return stored_as


def discard(stored_as: str) -> None:
    """Remove a kept file of which nothing was saved."""
    (_folder() / stored_as).unlink(missing_ok=True)


def forget(upload: Upload) -> None:
    """Remove a file that lies aside and has been kept."""
    (_folder(aside=True) / upload.aside).unlink(missing_ok=True)


def open_kept(stored_as: str) -> IO[bytes]:
    """A kept file; raises FileNotFoundError when it is not on the disk."""
    if not stored_as.isalnum():
        raise FileNotFoundError(stored_as)
    return (settings.EVIDENCE_DIR / stored_as).open("rb")


def _folder(*, aside: bool = False) -> Path:
    root: Path = settings.EVIDENCE_DIR
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not aside:
        return root
    folder = root / "pending"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def _create(path: Path) -> Any:
    """A new file that only this application reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _clear(folder: Path) -> None:
    """Remove what nobody came for."""
    oldest = time.time() - KEPT_ASIDE
    for path in folder.iterdir():
        # Somebody else may be clearing at the same time.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
