"""What may come in a request with files, before anything of it is kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MEGABYTE = 1024 * 1024


def largest_file() -> int:
    """In bytes."""
    limit: int = settings.EVIDENCE_MAX_MB * MEGABYTE
    return limit


def largest_request() -> int:
    """In bytes; more than the largest file, so that one a little too large is refused in words."""
    return 4 * largest_file() + 10 * MEGABYTE


def was_too_large(request: Any, field: str) -> bool:
    """Whether a file that came in a field of a form was thrown away because of its size.

    It is known once the form has been read.
    """
    return field in getattr(request, "files_too_large", ())


class LargestFileHandler(FileUploadHandler):
    """Stands before the handlers that keep a file and lets none grow over the limit.

    The rest of the form goes on being read, so that nothing typed is lost with the file.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > largest_file():
            request: Any = self.request
            request.files_too_large = {*getattr(request, "files_too_large", ()), self.field_name}
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
