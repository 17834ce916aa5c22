"""What a text claims without saying how much, from whom, or to the end."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov.narrative import Block, BulletList, Footnote, NumberedList, Paragraph, plain_text
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.written import Written

_SUPERLATIVE = re.compile(
    r"(?<!\w)nej(?:větš|vyšš|nižš|horš|lepš|chudš|početněj|rizikověj|rozsáhlej)\w*"
    r"[^.!?]{0,80}?\s(?:v|z|na)\s+(?:celé\s+)?"
    r"(?:ČR|Česk\w+(?:\s+republi\w+)?|republi\w+|Evrop\w+|EU|kraj[ie]|okrese|zemi)(?!\w)",
)
_HEARSAY = re.compile(r"(?<!\w)(?:údajně|prý|podle\s+všeho|podle\s+neověřen\w+)(?!\w)", re.I)
_VAGUE_COUNT = re.compile(
    r"(?<!\w)(?:několik|velký\s+počet|velké\s+množství|spousta|spoustu)\s+(?:\w+\s+)?"
    r"(?:jednání|konzultac\w*|setkání|schůz\w*|seminář\w*|návštěv\w*|akc\w*|rozhovor\w*|dět\w*"
    r"|osob\w*|rodin\w*|rodič\w*|účastní\w*|obyvatel\w*)(?!\w)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?<!\w)(?:[xX]{3,}|TODO|TBD|TBA|[Ll]orem\s+ipsum)(?!\w)|\?{3,}|…{2,}|_{4,}"
    r"|\[\s*(?:[Dd]oplnit|[Dd]oplňte)[^\]]{0,80}\]|(?<!\w)([^\W\d_])\1{4,}(?!\w)"
)
_SLIP = re.compile(
    r"(?<!\w)([^\W\d_]{2,40})[ \u00a0]\1(?!\w)|(?<![\w.,/-])\d{1,6}"
    r"(?!let|roč|den|měsí|týd|hodin|minut"
    r"|člen|krát|násob|proc|bodov|stup|pokoj|míst|patr|stran|čás|díln|ti|mi)[^\W\d_A-Z]{4,40}(?!\w)"
)
# A comma, and then a sentence begins: "záměrem města, V rámci"; a space before the comma.
_STOP = re.compile(
    r"\w+,\s(?:V\s(?:rámci|roce|průběhu|případě|souvislosti)|Na\s(?:základě|konci|začátku)"
    r"|(?:Od|Do)\sroku|Díky|Kromě|Proto|Protože|Pokud|Zároveň|Také|Dále)(?!\w)"
    r"|\w+\s,(?=\s)"
)
# "v časovém časové úseku": one word in two cases.
_TWO_CASES = re.compile(
    r"(?<!\w)(?P<stem>[^\W\d_]{6,40}?)[^\W\d_]{0,2}[ \u00a0]"
    r"(?=(?P<second>(?P=stem)[^\W\d_]{0,2})(?!\w))"
)
_LAST_WORD = (
    r"(?:a|i|v|ve|na|s|se|z|ze|k|ke|o|u|pro|při|do|od|po|za|že|aby|nebo|ale|ani|který|která|které)"
)
# The end of a page or of a scan: the text stops within a sentence.
_CUT_OFF = re.compile(rf"(?:\S+[,;–-]|\S+\s+{_LAST_WORD})$")
# Said twice on purpose, or a sentence that ends and begins with the same word.
_TWICE = frozenset({"se", "si", "ho", "mu", "dál", "velmi", "znovu", "krok", "tam"})


def unsourced_claims(checked: Checked) -> Iterator[Problem]:
    """A superlative about a whole region stands on a source, or on a note of its own."""
    for section in checked.report.sections:
        for passage in section.passages:
            if passage.sources:
                continue
            for paragraph in _paragraphs(passage.text):
                if match := _SUPERLATIVE.search(paragraph):
                    sentence = _("%(place)s: “%(words)s” has no source.")
                    place = f"{section.title}, {passage.topic}" if passage.topic else section.title
                    text = Written(place, "", Target(Kind.NARRATIVE, passage.key, "sources"))
                    yield _said(sentence, text, match[0])


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The words of each paragraph that carries no note; a note may name the source."""
    for block in blocks:
        match block:
            case Paragraph(children):
                if not any(isinstance(child, Footnote) for child in children):
                    yield plain_text((block,))
            case BulletList(items) | NumberedList(items=items):
                for item in items:
                    yield from _paragraphs(item)


def hearsay(checked: Checked) -> Iterator[Problem]:
    yield from _each(checked, _HEARSAY, _("%(place)s: “%(words)s” is not verified."))


def vague_counts(checked: Checked) -> Iterator[Problem]:
    sentence = _("%(place)s: “%(words)s” does not say how many; the log of consultations may.")
    yield from _each(checked, _VAGUE_COUNT, sentence)


def unfinished(checked: Checked) -> Iterator[Problem]:
    yield from _each(checked, _UNFINISHED, _("%(place)s: “%(words)s” looks unfinished."))


def cut_off(checked: Checked) -> Iterator[Problem]:
    sentence = _("%(place)s: the text ends with “%(words)s”, within a sentence.")
    for text in checked.texts:
        # Names and short notes are no sentences.
        if " " in text.text and (match := _CUT_OFF.search(text.text.rstrip())):
            yield _said(sentence, text, match[0])


def slips(checked: Checked) -> Iterator[Problem]:
    sentence = _("%(place)s: “%(words)s” looks like a slip of typing.")
    for text in checked.texts:
        for match in _SLIP.finditer(text.text):
            if (match[1] or "").lower() not in _TWICE:
                yield _said(sentence, text, match[0])
        for match in _STOP.finditer(text.text):
            yield _said(sentence, text, match[0])
        for match in _TWO_CASES.finditer(text.text):
            yield _said(sentence, text, match[0] + match["second"])


def _each(checked: Checked, pattern: re.Pattern[str], sentence: str) -> Iterator[Problem]:
    """The first place of each text is enough: there the whole text is seen again."""
    for text in checked.texts:
        if match := pattern.search(text.text):
            yield _said(sentence, text, match[0])


def _said(sentence: str, text: Written, words: str) -> Problem:
    said = re.sub(r"\s+", " ", words)
    return Problem(sentence % {"place": text.place, "words": said}, text.target)


RULES = (
    Rule(
        "unsourced_claim",
        gettext_lazy("The largest and the worst of a region have a source"),
        Severity.ADVICE,
        unsourced_claims,
    ),
    Rule("hearsay", gettext_lazy("Nothing is told from hearsay"), Severity.ADVICE, hearsay),
    Rule(
        "vague_count",
        gettext_lazy("Meetings and people are counted"),
        Severity.ADVICE,
        vague_counts,
    ),
    Rule(
        "unfinished_text",
        gettext_lazy("No text is left unfinished"),
        Severity.BLOCKS,
        unfinished,
    ),
    Rule("cut_off_text", gettext_lazy("No text ends within a sentence"), Severity.ADVICE, cut_off),
    Rule("slip", gettext_lazy("Words are not doubled or glued together"), Severity.ADVICE, slips),
)
