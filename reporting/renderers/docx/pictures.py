"""Drawings of the report as pictures: Word draws no SVG of its own in every version."""

from io import BytesIO
from typing import Any

import lxml.etree
import resvg_py
from django.contrib.staticfiles.storage import staticfiles_storage

_PIXELS_PER_MM = 300 / 25.4
_POINTS_PER_MM = 72 / 25.4
_FONTS = ("source-sans-regular.ttf", "source-sans-semibold.ttf")


def picture_of(svg: Any) -> tuple[float, BytesIO, str]:
    """The width in millimetres, a PNG of 300 dots an inch, and the text alternative."""
    title = svg.find("{*}title")
    alternative = (title.text_content() if title is not None else svg.get("aria-label")) or ""
    width = float(svg.get("viewbox", svg.get("viewBox")).split()[2]) / _POINTS_PER_MM
    drawing = lxml.etree.tostring(svg, encoding="unicode", with_tail=False)
    png = bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            width=round(width * _PIXELS_PER_MM),
            font_files=[staticfiles_storage.path(name) for name in _FONTS],
            skip_system_fonts=True,
        )
    )
    return width, BytesIO(png), alternative
