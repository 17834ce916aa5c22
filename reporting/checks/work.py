"""People told of by their work: no target group, and no names."""

import re
from collections.abc import Iterable

from reporting.structure import Abbreviation

AT_WORK = re.compile(
    r"(?<!\w)(?:pracovn[íi][kc]\w*|asisten\w+|strážní\w+|preventist\w+|úvaz\w+|pozic\w*"
    r"|zaměstnan\w+|lektor\w*|koordinátor\w*|domovní\w+)",
    re.IGNORECASE,
)


def staff_pattern(abbreviations: Iterable[Abbreviation]) -> re.Pattern[str]:
    """Words for people at work, and the abbreviations that stand for such."""
    forms = [
        rf"(?-i:(?<!\w){re.escape(form)}(?!\w))"
        for abbreviation in abbreviations
        if AT_WORK.search(abbreviation.expansion)
        for form in abbreviation.forms
    ]
    return re.compile("|".join([AT_WORK.pattern, *forms]), re.IGNORECASE)
