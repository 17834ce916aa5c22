"""Reopening a PDF: its text as it is printed, its pages and its metadata."""

import re
import subprocess
from io import BytesIO
from typing import Any

import pikepdf

from litvinov import czech

# The body of a page in points; running heads and page numbers stand outside.
BODY = ("-x", "0", "-y", "70", "-W", "596", "-H", "712")


def body_text(content: bytes) -> str:
    """The running text of all pages with single spaces, in the order it was printed."""
    return normalised(_pdftotext(content, "-raw", *BODY))


def body_pages(content: bytes) -> list[str]:
    """The running text of each page."""
    return [normalised(page) for page in _pdftotext(content, "-raw", *BODY).split("\f")]


def full_text(content: bytes) -> str:
    """Everything on all pages, running heads included."""
    return normalised(_pdftotext(content, "-raw"))


def raw_pages(content: bytes) -> list[str]:
    """Everything on each page, in the order it was drawn."""
    return _pdftotext(content, "-raw").split("\f")


def page_text(content: bytes, number: int) -> str:
    return normalised(_pdftotext(content, "-raw", "-f", str(number), "-l", str(number)))


def normalised(text: str) -> str:
    """Typography undone: plain spaces, no joiners, lines joined."""
    plain = text.replace(czech.NBSP, " ").replace(czech.WORD_JOINER, "")
    return " ".join(plain.split())


def open_pdf(content: bytes) -> Any:
    return pikepdf.open(BytesIO(content))


def _pdftotext(content: bytes, *options: str) -> str:
    run = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True
    )
    return run.stdout.decode()


def marks_of(page: Any) -> set[int]:
    """Numbers of the marked content on a page that says what it is."""
    return {int(number) for number in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())}
