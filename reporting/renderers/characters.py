"""Characters that XML and some readers refuse, made visible instead of fatal."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Control characters but tab and line ends, halves of pairs, and what Unicode calls no character.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text with a visible replacement of each character that a document cannot hold."""
    return _REFUSED.sub(REPLACEMENT, text)
