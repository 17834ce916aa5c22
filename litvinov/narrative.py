"""The Markdown subset of narratives: paragraphs, lists, bold, italic, links, footnotes.

`parse` turns a typed text into a tree of frozen dataclasses; renderers walk the tree
and never see Markdown. Whatever is outside the subset (HTML, headings, tables, images)
stays the text that was typed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from litvinov import czech

_WORD = re.compile(r"[^\W_]+(?:[-–.,/][^\W_]+)*")


def count_words(source: str) -> int:
    """How many words a typed text has; "1.1.5" and "Litvínov-Hamr" are one each."""
    return len(_WORD.findall(source))


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the place it is called from; renderers number notes as they meet them."""

    children: tuple["Inline", ...]


Inline = Text | LineBreak | Strong | Emphasis | Link | Footnote


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    start: int
    items: tuple[tuple["Block", ...], ...]


Block = Paragraph | BulletList | NumberedList
Blocks = tuple[Block, ...]

_SAFE_ADDRESS = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)


# Deeper lists and emphasis are a slip or a decoration; what is nested deeper stays as typed.
_DEEPEST_LIST = 6
_DEEPEST_EMPHASIS = 6
_DIVIDER = re.compile(r"\s*([-*])(?:\s*\1){2,}\s*")

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"linkify": True, "maxNesting": 100})
    parser.enable(["list", "emphasis", "link", "linkify", "newline", "escape"])
    parser.enable(["balance_pairs", "fragments_join"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    ends = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("list", _shallow(list_block), ends)  # type: ignore[arg-type]
    parser.block.ruler.at("footnote_def", _shallow(footnote_def), ends)  # type: ignore[arg-type]
    parser.inline.ruler.before("link", "image_as_typed", _image_as_typed)
    parser.validateLink = lambda url: bool(_SAFE_ADDRESS.match(url))  # type: ignore[method-assign]
    # Only whole addresses; "obec.cz" in a sentence is a name, not a link.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})  # type: ignore[union-attr]
    return parser


def _shallow(rule: BlockRule) -> BlockRule:
    """The rule, but not for dividers and not deeper than people write on purpose.

    Beyond its own limit of nesting the parser would drop the rest of the text.
    """

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level >= 2 * _DEEPEST_LIST:
            return False
        line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
        return not _DIVIDER.fullmatch(line) and rule(state, start, end, silent)

    return limited


def _image_as_typed(state: StateInline, silent: bool) -> bool:
    """There are no images; "![map](…)" must not become "!" and a link."""
    if not re.match(r"!\[(?!\^)", state.src[state.pos : state.pos + 3]):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


# The parser takes the square of their number: this many take half a second, and nobody writes so.
_MOST_MARKS, _MARK = 2_000, re.compile(r"[*_\[]")
_PARSER = _parser()
_PARSER_OF_RUBBISH = MarkdownIt("zero").enable("newline")


@lru_cache(maxsize=2_000)
def parse(source: str) -> Blocks:
    """The blocks of a typed text; an empty tuple when nothing but spaces was typed.

    A text of more than 2,000 marks, which only something pasted has, stays as it was typed.
    """
    is_rubbish = len(_MARK.findall(source)) > _MOST_MARKS
    parser = _PARSER_OF_RUBBISH if is_rubbish else _PARSER
    tokens = parser.parse(source.replace("\r\n", "\n").replace("\r", "\n"))
    return _Reader(tokens).read()


class _Reader:
    """Builds the tree from markdown-it's flat list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.notes: dict[str, tuple[Inline, ...]] = {}
        self.called = set(_called_labels(tokens))
        self.tokens = iter(self._without_notes(tokens))

    def _without_notes(self, tokens: list[Token]) -> list[Token]:
        """Read the notes that are called from somewhere; one that is not stays a paragraph."""
        kept: list[Token] = []
        label: str | None = None
        for token in tokens:
            match token.type:
                case "footnote_reference_open":
                    label = token.meta["label"]
                case "footnote_reference_close":
                    label = None
                case "inline" if label in self.called:
                    before = self.notes.get(label, ())
                    text = _Inlines(token.children or [], {}).read()
                    self.notes[label] = _merged((*before, Text(" "), *text)) if before else text
                case _ if label not in self.called:
                    kept.append(token)
        return kept

    def read(self, until: str | None = None) -> Blocks:
        blocks: list[Block] = []
        for token in self.tokens:
            if token.type == until:
                break
            match token.type:
                case "inline":
                    children = _Inlines(token.children or [], self.notes).read()
                    if children:
                        blocks.append(Paragraph(children))
                case "bullet_list_open":
                    blocks.append(BulletList(self._items("bullet_list_close")))
                case "ordered_list_open":
                    blocks.extend(_list_or_sentences(self._numbered_items()))
        return tuple(blocks)

    def _items(self, until: str) -> tuple[Blocks, ...]:
        return tuple(item for _, item in self._marked_items(until))

    def _numbered_items(self) -> tuple["_NumberedItem", ...]:
        """Items with the number and the mark after it as they were typed."""
        return tuple(
            (token.info, token.markup, item)
            for token, item in self._marked_items("ordered_list_close")
        )

    def _marked_items(self, until: str) -> Iterator[tuple[Token, Blocks]]:
        for token in self.tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                yield token, self.read("list_item_close")


def _called_labels(tokens: list[Token]) -> Iterator[str]:
    """Labels of the notes called from the text; a note cannot be called from a note."""
    inside = False
    for token in tokens:
        if token.type in ("footnote_reference_open", "footnote_reference_close"):
            inside = token.type == "footnote_reference_open"
        elif not inside:
            for child in token.children or []:
                if child.type == "footnote_ref":
                    yield child.meta["label"]


_NumberedItem = tuple[str, str, Blocks]
_REST_OF_DATE = re.compile(rf"(?:{'|'.join(czech.MONTHS_GENITIVE)}|\d{{1,2}}\.)(?!\w)")


def _list_or_sentences(items: tuple[_NumberedItem, ...]) -> Blocks:
    """A list, unless its numbers are ordinals in sentences.

    "15. dubna 2024 se sešel tým" is a sentence, and so are two lines that begin with
    dates: a list would count on from fifteen and print days that nobody typed.
    """
    numbers = [int(number) for number, _, _ in items]
    counted = numbers == list(range(numbers[0], numbers[0] + len(items)))
    always_one = set(numbers) == {1}
    if len(items) > 1 and (counted or always_one) and not any(map(_goes_on_as_date, items)):
        return (NumberedList(numbers[0], tuple(item for _, _, item in items)),)
    return tuple(block for item in items for block in _sentence(item))


def _goes_on_as_date(item: _NumberedItem) -> bool:
    first = item[2][0] if item[2] else None
    return isinstance(first, Paragraph) and bool(_REST_OF_DATE.match(_words(first.children)))


def _sentence(item: _NumberedItem) -> Blocks:
    number, mark, blocks = item
    beginning = Text(f"{number}{mark} ")
    match blocks:
        case (Paragraph(children), *rest):
            return (Paragraph(_merged((beginning, *children))), *rest)
        case _:
            return (Paragraph((Text(f"{number}{mark}"),)), *blocks)


class _Inlines:
    def __init__(self, tokens: list[Token], notes: dict[str, tuple[Inline, ...]]) -> None:
        self.tokens = iter(tokens)
        self.notes = notes

    def read(self, until: str | None = None, depth: int = 0) -> tuple[Inline, ...]:
        found: list[Inline] = []
        too_deep = 0
        for token in self.tokens:
            if token.type == until and not too_deep:
                break
            match token.type:
                case "strong_open" | "em_open" if depth >= _DEEPEST_EMPHASIS:
                    too_deep += 1
                    found.append(Text(token.markup))
                case "strong_close" | "em_close":
                    too_deep -= 1
                    found.append(Text(token.markup))
                case "text":
                    found.append(Text(token.content))
                case "softbreak" | "hardbreak":
                    found.append(LineBreak())
                case "strong_open":
                    found.append(Strong(self.read("strong_close", depth + 1)))
                case "em_open":
                    found.append(Emphasis(self.read("em_close", depth + 1)))
                case "link_open":
                    address = str(token.attrs["href"])
                    found.append(Link(address, self.read("link_close", depth + 1)))
                case "footnote_ref" if token.meta["label"] in self.notes:
                    found.append(Footnote(self.notes[token.meta["label"]]))
                case "footnote_ref":
                    found.append(Text(f"[^{token.meta['label']}]"))
                case _:
                    found.append(Text(token.content))
        return _merged(tuple(found))


def _merged(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Neighbouring texts as one, empty ones left out: typography looks across them."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + inline.text)
        elif not (isinstance(inline, Text) and not inline.text):
            merged.append(inline)
    return tuple(merged)


def plain_text(blocks: Blocks) -> str:
    """All the words, notes included, a line for each paragraph."""
    return "\n".join(_lines(blocks))


def in_a_line(source: str) -> str:
    """All the words of a text without what formats it, in one line."""
    return " ".join(plain_text(parse(source)).split())


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children):
                yield _words(children)
            case BulletList(items) | NumberedList(items=items):
                for item in items:
                    yield from _lines(item)


def _words(inlines: tuple[Inline, ...]) -> str:
    words: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                words.append(text)
            case LineBreak():
                words.append("\n")
            case Footnote(children):
                words.append(f" ({_words(children)})")
            case Strong(children) | Emphasis(children) | Link(children=children):
                words.append(_words(children))
    return "".join(words)


def to_html(blocks: Blocks) -> str:
    """Escaped HTML with Czech typography, for the screen and for the report alike.

    A footnote stands where it is called, as `<span class="footnote">`; the stylesheet
    of the medium moves it to the foot of the page or to the margin.
    """
    return "".join(_block_html(block) for block in blocks)


def _block_html(block: Block) -> str:
    match block:
        case Paragraph(children):
            return f"<p>{_inlines_html(children)}</p>"
        case BulletList(items):
            return f"<ul>{_items_html(items)}</ul>"
        case NumberedList(start, items):
            number = f' start="{start}"' if start != 1 else ""
            return f"<ol{number}>{_items_html(items)}</ol>"


def _items_html(items: tuple[Blocks, ...]) -> str:
    return "".join(f"<li>{to_html(item)}</li>" for item in items)


def _inlines_html(inlines: tuple[Inline, ...]) -> str:
    """One running text: a preposition holds on to the next word even when that is bold."""
    texts = czech.typeset_together(list(_running_texts(inlines)))
    return "".join(_inline_html(inlines, iter(texts)))


def _running_texts(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case LineBreak():
                yield "\n"
            case Strong(children) | Emphasis(children) | Link(children=children):
                yield from _running_texts(children)


def _inline_html(inlines: tuple[Inline, ...], texts: Iterator[str]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text():
                yield escape(next(texts))
            case LineBreak():
                next(texts)
                yield "<br>"
            case Strong(children):
                yield from ("<strong>", *_inline_html(children, texts), "</strong>")
            case Emphasis(children):
                yield from ("<em>", *_inline_html(children, texts), "</em>")
            case Link(address, children):
                yield from (f'<a href="{escape(address)}">', *_inline_html(children, texts), "</a>")
            case Footnote(children):
                yield f'<span class="footnote">{_inlines_html(children)}</span>'
