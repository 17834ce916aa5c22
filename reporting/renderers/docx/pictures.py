"""Drawings of the report as pictures: Word draws no SVG of its own in every version."""

import re
from base64 import b64decode
from functools import cache
from io import BytesIO
from typing import Any

import lxml.etree
import resvg_py
from django.contrib.staticfiles.storage import staticfiles_storage
from docx.shared import Mm

_LOGO_HEIGHT = 12
"""Millimetres."""
_PIXELS_PER_MM = 300 / 25.4
_POINTS_PER_MM = 72 / 25.4


def picture_of(svg: Any) -> tuple[float, BytesIO, str]:
    """The width in millimetres, a PNG of 300 dots an inch, and the text alternative."""
    title = svg.find("{*}title")
    alternative = (title.text_content() if title is not None else svg.get("aria-label")) or ""
    # HTML has no upper case in names of attributes, drawings do.
    box = svg.get("viewbox") or svg.get("viewBox")
    width = float(box.split()[2]) / _POINTS_PER_MM
    svg.set("viewBox", box)
    # A name that holds a digit of its own is no name of a font without quotes.
    svg.set("font-family", f"'{(svg.get('font-family') or '').strip(chr(39))}'")
    png = bytes(
        resvg_py.svg_to_bytes(
            svg_string=lxml.etree.tostring(svg, encoding="unicode", with_tail=False),
            width=round(width * _PIXELS_PER_MM),
            font_files=list(_fonts()),
            skip_system_fonts=True,
            background="#ffffff",
        )
    )
    return width, BytesIO(png), " ".join(alternative.split())


@cache
def _fonts() -> tuple[str, ...]:
    """The fonts of the drawings, which are those of the report. Raises when there are none."""
    with staticfiles_storage.open("report.css") as file:
        text = file.read().decode()
    names = re.findall(r"url\([\"']?([^\"')?#]*SourceSans[^\"')?#]*\.ttf)", text)
    if not names:
        raise FileNotFoundError("report.css names no font for drawings")
    return tuple(staticfiles_storage.path(name.removeprefix("./")) for name in names)


def add_logo(paragraph: Any, image: Any) -> None:
    """A logo that the HTML carries as data, with its text alternative."""
    content = b64decode(image.get("src").partition(";base64,")[2])
    shape = paragraph.add_run().add_picture(BytesIO(content), height=Mm(_LOGO_HEIGHT))
    described = shape._inline.docPr
    described.set("descr", image.get("alt"))
    paragraph.add_run(" ")
