"""Characters that a document cannot hold or a page cannot show, made visible instead of lost."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from django.contrib.staticfiles.storage import staticfiles_storage

from litvinov import czech

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Control characters but tab and line ends, halves of pairs, and what Unicode calls no character.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# They turn the order of what is read against the order of what is written.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# The faces of report.css that every text falls back on; esbuild puts them under names of their own.
_FONTS, _FACE = "fonts", re.compile(r"SourceSans3-[A-Za-z]+-[A-Z0-9]+\.ttf")
# Without a shape: they only say where a line may break or how letters would be joined.
_SHAPELESS = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2061-\u2064\ufe00-\ufe0f\ufeff]")
# Characters that our fonts draw by one and the same shape would be read back as any of them.
_SAME_SHAPE = {
    "\u00b5": "\u03bc",  # micro sign, mu
    "\u02bb": "\u2018",
    "\u02bc": "\u2019",
    "\u02ed": "\u207c",
    "\u2010": "-",
    "\u2011": f"{czech.WORD_JOINER}-{czech.WORD_JOINER}",
    "\u2126": "\u03a9",  # ohm, omega
    "\u2206": "\u0394",  # increment, delta
    "\u2215": "\u2044",
    "\u03d5": "\u03c6",
}
_LINE_ENDS = {"\x85": " ", "\u2028": " ", "\u2029": " "}
_BOX = "\N{WHITE SQUARE}"
_ALWAYS_SHOWN = f"\t\n\r {czech.NBSP}{czech.WORD_JOINER}"
_HREF = re.compile(r'(href=")([^"]*)(")')


def readable(text: str) -> str:
    """The text composed, with a visible replacement of each character a document cannot hold.

    A Mac writes "á" as two characters. Characters that turn the direction of reading are left
    out: with them a text says one thing and shows another.
    """
    return _TURNING.sub("", _REFUSED.sub(REPLACEMENT, unicodedata.normalize("NFC", text)))


def printable(html: str) -> str:
    """HTML of which our fonts can show every character, and each as itself.

    What they cannot show stands as its number, [U+05E9 U+05DC]: the same on every machine, for
    the eye and for whoever copies it, and no way back is lost.
    """
    html = _HREF.sub(lambda link: f"{link[1]}{quote(link[2], safe=_ASCII)}{link[3]}", html)
    return _unprintable().sub(_shown, _SHAPELESS.sub("", html))


_ASCII = "".join(map(chr, range(33, 127)))


def _shown(found: re.Match[str]) -> str:
    return "".join(_pieces(found[0]))


def _pieces(text: str) -> Iterator[str]:
    numbers: list[str] = []
    for char in text:
        shown = _replacement(char)
        if shown is None:
            numbers.append(f"U+{ord(char):04X}")
            continue
        if numbers:
            yield f"[{' '.join(numbers)}]"
            numbers = []
        yield shown
    if numbers:
        yield f"[{' '.join(numbers)}]"


@cache
def _replacement(char: str) -> str | None:
    """The same in plainer characters, or None where there are none."""
    if char == REPLACEMENT:
        return _BOX
    if char in _SAME_SHAPE or char in _LINE_ENDS:
        return _SAME_SHAPE.get(char) or _LINE_ENDS[char]
    if unicodedata.category(char) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain != char and all(map(_is_shown, plain)) else None


def _is_shown(char: str) -> bool:
    return _unprintable().fullmatch(char) is None


@cache
def _unprintable() -> re.Pattern[str]:
    """Everything but what all our faces have, and of that what has a shape of its own.

    Marks that no letter has taken in would share one place with it in the file; a presentation
    form of letters would be read for the letters themselves.
    """
    shown = {code for code in _covered() if _has_own_shape(chr(code))} | set(
        map(ord, _ALWAYS_SHOWN)
    )
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in sorted(shown))}]+")


def _has_own_shape(char: str) -> bool:
    is_form = "\ufb00" <= char <= "\ufb06"
    category = unicodedata.category(char)
    return (
        not is_form
        and category[0] != "M"
        and category not in ("Cc", "Cf", "Co", "Zs")
        and (char not in _SAME_SHAPE)
    )


@cache
def _covered() -> frozenset[int]:
    # Only the PDF needs it, and only once.
    from fontTools.ttLib import TTFont

    _folders, files = staticfiles_storage.listdir(_FONTS)
    maps = []
    for name in filter(_FACE.fullmatch, files):
        with staticfiles_storage.open(f"{_FONTS}/{name}") as file, TTFont(file, lazy=True) as font:
            maps.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*maps))
