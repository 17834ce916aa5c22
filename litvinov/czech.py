"""Czech typography, dates, numbers, plurals and collation; pure functions, no Django.

Sources: Internetová jazyková příručka (non-breaking spaces, dates, numbers) and
ČSN 97 6030 (alphabetical order). Texts are stored as they were typed; the functions
here are applied while something is shown.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

NBSP = "\u00a0"
WORD_JOINER = "\u2060"
CLOSED_DASH = "–" + WORD_JOINER

# The name of the collation in both databases: ICU's Czech in PostgreSQL, ours in SQLite.
COLLATION = "czech"
# PostgreSQL's way of reading a text to be searched: words as they are, without diacritics.
SEARCH_CONFIGURATION = "czech_plain"

MONTHS = (
    "leden",
    "únor",
    "březen",
    "duben",
    "květen",
    "červen",
    "červenec",
    "srpen",
    "září",
    "říjen",
    "listopad",
    "prosinec",
)
MONTHS_GENITIVE = (
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
)

# Pasted from elsewhere, they have no shape and break what reads the text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Stands for a web or e-mail address while the rules look at what is around it.
_PLACE = "\ufffc"
# Whatever somebody pastes, a word is looked through once and not from each of its letters.
_MAIL = r"(?<!\S)(?>\S+?@)\S+?\.\S++"
_ADDRESS = re.compile(rf"https?://\S+|www\.\S+|{_MAIL}|{_PLACE}")
_NUMBERED_WORDS = (
    r"cíl\w*|kritéri\w*|fáz\w*|doporučen\w*|tabul\w*|graf\w*|zdroj\w*|krok\w*|bod\w*"
    r"|příloh\w*|kapitol\w*|stran\w*|ulic\w*|rok\w*|roce"
)
_ABBREVIATED_COMPANY = re.compile(
    r"\b[soazv]\._(?:r\._o|p\._s|s|ú|o\._s)\.".replace("_", f"[ {NBSP}]")
)
# Letters by their size, to stand in a class of a pattern; no range of Unicode holds just them.
SMALL = "a-záčďéěíňóřšťúůýž"
CAPITAL = "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # one-letter prepositions and conjunctions hold on to the next word
    (re.compile(r"(?<![\w.])([ksvzouaiKSVZOUAI]) (?=\S)"), rf"\1{NBSP}"),
    # a day and its month, an ordinal and its noun
    (re.compile(rf"(?<!\d)(\d{{1,3}}\.) (?=[{SMALL}]|\d{{1,2}}\.)"), rf"\1{NBSP}"),
    # a number and its unit or noun; a year stands alone
    (
        re.compile(
            rf"(?<![\d.,/])(?!(?:19|20)\d\d )(\d[\d{NBSP}]*(?:,\d+)?)"
            rf" (?=[{SMALL}]|[{CAPITAL}]{{2}})"
        ),
        rf"\1{NBSP}",
    ),
    (re.compile(r"(\d) (?=[%‰°€]|Kč\b|Sb\.)"), rf"\1{NBSP}"),
    # signs and abbreviations before a number
    (re.compile(r"(§+|\b(?i:č|čl|odst|písm|str|tab|obr|kap|ř)\.) (?=\w)"), rf"\1{NBSP}"),
    (re.compile(rf"\b({_NUMBERED_WORDS}) (?=\d)", re.IGNORECASE), rf"\1{NBSP}"),
    # a degree and a name
    (
        re.compile(rf"\b((?:Ing|Mgr|Bc|MUDr|JUDr|PhDr|RNDr|PaedDr|doc|prof)\.) (?=[{CAPITAL}])"),
        rf"\1{NBSP}",
    ),
    # a dash never opens a line
    (re.compile(r"(?<=\S) (?=– )"), NBSP),
)
_GROUPED_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
# A name broken at its hyphen would lose it when copied: Litvínov-Hamr. A number of a file,
# MMR-12345/2024-55, is searched for as it is.
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_CLOSED_RANGE = re.compile(rf"(?<=\d)–(?!{WORD_JOINER})(?=\d)")


def typeset(text: str) -> str:
    """Put no-break spaces and joiners where Czech typography wants them.

    Control characters are dropped, web and e-mail addresses stay as they are. Calling
    it again changes nothing.
    """
    text = _CONTROL.sub("", text)
    addresses = iter(_ADDRESS.findall(text))
    text = _ADDRESS.sub(_PLACE, text)
    text = _GROUPED_NUMBER.sub(lambda found: found[0].replace(" ", NBSP), text)
    text = _ABBREVIATED_COMPANY.sub(lambda found: found[0].replace(" ", NBSP), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _HYPHEN.sub(f"-{WORD_JOINER}", text)
    text = _CLOSED_RANGE.sub(CLOSED_DASH, text)
    return re.sub(_PLACE, lambda _: next(addresses), text)


def typeset_together(pieces: Sequence[str]) -> list[str]:
    """Typeset pieces of one text, such as those around a link, and give them back apart."""
    if len(pieces) == 1:
        return [typeset(pieces[0])]
    pieces = [_CONTROL.sub("", piece) for piece in pieces]
    shown = iter(typeset("".join(pieces)))
    return ["".join(_next_shown(char, shown) for char in piece) for piece in pieces]


def _next_shown(char: str, shown: Iterator[str]) -> str:
    """What stands for a typed character, with the joiner put before it if there is one."""
    first = next(shown)
    return first + next(shown) if first == WORD_JOINER != char else first


def full_date(day: date) -> str:
    """1. ledna 2023."""
    return f"{day.day}.{NBSP}{MONTHS_GENITIVE[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """1. 1. 2023."""
    return f"{day.day}.{NBSP}{day.month}.{NBSP}{day.year}"


def month(day: date) -> str:
    """Leden 2023, in the nominative and lower case."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """1/2023."""
    return f"{day.month}/{day.year}"


def months_later(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier for a negative number."""
    years, index = divmod(month.month - 1 + months, 12)
    return date(month.year + years, index + 1, 1)


def month_range(first: date, last: date) -> str:
    """říjen–prosinec 2023, červenec 2023 – červen 2024, or a single month."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]}{CLOSED_DASH}{month(last)}"
    return f"{month(first)}{NBSP}– {month(last)}"


def period(first: date | None, last: date | None, precision: str) -> str:
    """As precise as is known, to the day, month or year: 1. 1. 2023, 7/2023 – 9/2023 or 2020."""
    if first is None:
        return "–"
    say = {"day": short_date, "month": short_month, "year": lambda day: str(day.year)}[precision]
    begin, end = say(first), say(last or first)
    return begin if begin == end else f"{begin} – {end}"


def number(value: Decimal | int) -> str:
    """22 695 or 158,7: a decimal comma, thousands apart, no zeros that carry nothing."""
    quantity = Decimal(value).normalize()
    # normalize() turns 3900 into 3.9E+3; the fixed format undoes that.
    return f"{quantity:,f}".replace(",", NBSP).replace(".", ",").replace("-", "−")


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a noun after a whole number: 1 cíl, 2 cíle, 5 cílů, 21 cílů."""
    if count == 1:
        return one
    return few if 2 <= count <= 4 else many


_DIACRITICS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """Text for searching: no diacritics, no difference of case."""
    return _DIACRITICS.sub("", unicodedata.normalize("NFD", text.lower()))


# Letters that Czech sorts on their own, not as an accented variant of another letter.
_OWN_LETTERS = {"č": ("c", 1), "ř": ("r", 1), "š": ("s", 1), "ž": ("z", 1)}
# Between spaces and digits, in the order of Unicode's CLDR, which PostgreSQL follows.
_MARKS = "_-‐‑‒–—―,;:!¡?¿.…·'‘’‚‛‹›\"“”„‟«»()[]{}§¶@*/\\&#%‰†‡•′″`´^¯¨¸°©®+±÷×<=>¬|¦~−¤¢$£¥€™"
_MARK_ORDER = {mark: place for place, mark in enumerate(_MARKS)}


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> tuple[object, ...]:
    """Key that sorts as ČSN 97 6030: č, ř, š, ž are letters, "ch" comes after "h".

    Other diacritics decide only between otherwise equal words, then small before
    capital letters, then the text itself, so that two texts are never taken for one.
    """
    primary: list[tuple[int, str, int]] = []
    accents: list[str] = []
    cases: list[bool] = []
    composed = unicodedata.normalize("NFC", text)
    index = 0
    while index < len(composed):
        pair = composed[index : index + 2]
        if pair.lower() == "ch":
            primary.append((4, "h", 1))
            accents.append("")
            cases.append(pair[0].isupper())
            index += 2
            continue
        char = composed[index]
        small = char.lower()
        if small in _OWN_LETTERS:
            primary.append((4, *_OWN_LETTERS[small]))
            accents.append("")
        elif char in _MARK_ORDER:
            primary.append((1, "", _MARK_ORDER[char]))
            accents.append("")
        else:
            plain = unicodedata.normalize("NFD", small)
            primary.append((_kind(plain[0]), plain[0], 0))
            accents.append(plain[1:])
        cases.append(char != small)
        index += 1
    return (tuple(primary), tuple(accents), tuple(cases), text)


def _kind(char: str) -> int:
    """Spaces, marks that are not in the list, digits, letters: the order of their groups."""
    category = unicodedata.category(char)[0]
    return {"Z": 0, "C": 0, "P": 2, "S": 2, "N": 3}.get(category, 4)


def compare(left: str, right: str) -> int:
    """The collation as SQLite wants it: negative, zero or positive."""
    first, second = sort_key(left), sort_key(right)
    return (first > second) - (first < second)
