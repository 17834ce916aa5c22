"""Archives that are the same bytes whenever they are made of the same content."""

import zipfile
from collections.abc import Iterable
from io import BytesIO

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of files under their names, in their order, without the time it was made."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE_FILE
            package.writestr(entry, content)
    return archive.getvalue()


def packed_anew(archive: bytes) -> bytes:
    """An archive somebody else made, without the time at which it was made."""
    with zipfile.ZipFile(BytesIO(archive)) as package:
        return packed((name, package.read(name)) for name in package.namelist())
