"""References in the finished HTML of a report: links to what they name, and expansions.

It is done once for the whole text, so that no text of a report can be left out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from lxml.builder import E

from litvinov import references
from reporting.anchors import CRITERION, GOAL, anchor
from reporting.structure import Abbreviation, ProgramReport

_LEFT_ALONE = frozenset(
    {"a", "abbr", "h1", "h2", "h3", "h4", "svg", "caption", "figcaption", "thead"}
)
# What stands between two spaces where a line may break; a no-break space is none of them.
_UNBROKEN = re.compile(r"[^ \t\r\n]+")
_ANCHORS = {references.Kind.GOAL: GOAL, references.Kind.CRITERION: CRITERION}


def linked(html: str, report: ProgramReport, *, with_expansions: bool) -> str:
    """The HTML with each "cíl 1.1.5" or "kritéria 2.1" leading to its place.

    `with_expansions` gives the first use of each abbreviation what it stands for; paper has
    the list of abbreviations instead.
    """
    root = lxml.html.fragment_fromstring(html, create_parent=False)
    places = set(root.xpath("//@id"))
    known = {(kind, code) for kind, code in _known(report) if _anchor(kind, code) in places}
    for piece in list(_texts(root)):
        piece.replace(_with_links(piece.text, known))
    if with_expansions:
        _expand(root, report.abbreviations)
    return str(lxml.html.tostring(root, encoding="unicode"))


def _known(report: ProgramReport) -> Iterator[tuple[references.Kind, str]]:
    for goal in report.goals:
        if goal.code:
            yield references.Kind.GOAL, goal.code
    for criterion in report.criteria:
        yield references.Kind.CRITERION, criterion.code


def _anchor(kind: references.Kind, code: str) -> str:
    return anchor(_ANCHORS[kind], code)


class _Piece:
    """A text of the tree: what stands at the beginning of an element, or right after it."""

    def __init__(self, element: Any, *, is_tail: bool) -> None:
        self.element, self.is_tail = element, is_tail

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def replace(self, parts: list[Any]) -> None:
        """Put texts and elements in its place; a single text leaves everything as it was."""
        if len(parts) < 2:
            return
        if self.is_tail:
            parent, place = (
                self.element.getparent(),
                self.element.getparent().index(self.element) + 1,
            )
            self.element.tail = parts[0]
        else:
            parent, place = self.element, 0
            self.element.text = parts[0]
        for element, tail in zip(parts[1::2], parts[2::2], strict=True):
            element.tail = tail
            parent.insert(place, element)
            place += 1


def _texts(root: Any) -> Iterator[_Piece]:
    """In the order of reading."""
    waiting = [(root, False)]
    while waiting:
        element, is_tail = waiting.pop()
        if is_tail:
            yield _Piece(element, is_tail=True)
            continue
        if element is not root:
            waiting.append((element, True))
        is_example = "guide" in (element.get("class") or "").split()
        if isinstance(element.tag, str) and element.tag not in _LEFT_ALONE and not is_example:
            yield _Piece(element, is_tail=False)
            waiting += [(child, False) for child in reversed(element)]


def _with_links(text: str, known: set[tuple[references.Kind, str]]) -> list[Any]:
    """Texts and elements in turn, beginning and ending with a text."""
    links = [
        (start, end, _anchor(reference.kind, code))
        for reference in references.find(text)
        for code, (start, end) in zip(reference.codes, reference.spans, strict=True)
        if (reference.kind, code) in known
    ]
    if not links:
        return [text]
    parts: list[Any] = []
    written = 0
    for word in _UNBROKEN.finditer(text):
        inside = [link for link in links if word.start() <= link[0] < word.end()]
        if inside:
            parts += [text[written : word.start()], _word(text, word.span(), inside)]
            written = word.end()
    return [*parts, text[written:]]


def _word(text: str, span: tuple[int, int], links: list[tuple[int, int, str]]) -> Any:
    """A link, or all that no line may part with the links in it, "(cíle 1.1–1.3),", in a span:
    WeasyPrint breaks lines too early before a link that follows a text without a space.
    """
    written, end = span
    word = E.span()
    last = None
    for start, stop, place in links:
        _append(word, last, text[written:start])
        last = E.a(text[start:stop], href=f"#{place}")
        word.append(last)
        written = stop
    _append(word, last, text[written:end])
    return last if (links[0][0], links[0][1]) == span else word


def _append(parent: Any, last: Any, text: str) -> None:
    if last is None:
        parent.text = text
    else:
        last.tail = text


def _abbr(match: re.Match[str], expansion: str) -> Any:
    """The page shows the expansion in brackets, for fingers and keyboards too; where the text
    itself has brackets there, it is left at the title.
    """
    element = E.abbr(match[0], title=expansion)
    before, after = match.string[: match.start()], match.string[match.end() :]
    if before.endswith("(") or after.lstrip().startswith("("):
        element.set("class", "abbr--spelled")
    return element


def _expand(root: Any, abbreviations: Iterable[Abbreviation]) -> None:
    waiting = {form: one.expansion for one in abbreviations if one.expansion for form in one.forms}
    expansions = {form: one for one in abbreviations for form in one.forms}
    for piece in list(_texts(root)):
        if not waiting:
            return
        pattern = "|".join(re.escape(form) for form in sorted(waiting, key=len, reverse=True))
        parts: list[Any] = []
        written, text = 0, piece.text
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
            if match[0] not in waiting:
                continue
            parts += [text[written : match.start()], _abbr(match, waiting[match[0]])]
            written = match.end()
            for form in expansions[match[0]].forms:
                waiting.pop(form, None)
        piece.replace([*parts, text[written:]])
