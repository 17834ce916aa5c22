"""The Markdown subset of narratives: paragraphs, lists, bold, italic, links, footnotes.

`parse` turns a typed text into a tree of frozen dataclasses; renderers walk the tree
and never see Markdown. Whatever is outside the subset (HTML, headings, tables, images)
stays the text that was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from litvinov import czech


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


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"linkify": True, "maxNesting": 40})
    parser.enable(["list", "emphasis", "link", "linkify", "newline", "escape"])
    parser.enable(["balance_pairs", "fragments_join"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.validateLink = lambda url: bool(_SAFE_ADDRESS.match(url))  # type: ignore[method-assign]
    # Only whole addresses; "obec.cz" in a sentence is a name, not a link.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})  # type: ignore[union-attr]
    return parser


_PARSER = _parser()


@lru_cache(maxsize=2_000)
def parse(source: str) -> Blocks:
    """The blocks of a typed text; an empty tuple when nothing but spaces was typed."""
    tokens = _PARSER.parse(source.replace("\r\n", "\n").replace("\r", "\n"))
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
                    self.notes[label] = (*before, Text(" "), *text) if before else text
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
                    start = int(token.attrs.get("start", 1))
                    items = self._items("ordered_list_close")
                    blocks.extend(_sentence_or_list(start, items))
        return tuple(blocks)

    def _items(self, until: str) -> tuple[Blocks, ...]:
        items: list[Blocks] = []
        for token in self.tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                items.append(self.read("list_item_close"))
        return tuple(items)


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


def _sentence_or_list(start: int, items: tuple[Blocks, ...]) -> Blocks:
    """A lone "15. dubna 2024 se sešel tým" is a sentence, not a list of one item."""
    first = items[0][0] if len(items) == 1 and items[0] else None
    if isinstance(first, Paragraph):
        sentence = Paragraph(_merged((Text(f"{start}. "), *first.children)))
        return (sentence, *items[0][1:])
    return (NumberedList(start, items),)


class _Inlines:
    def __init__(self, tokens: list[Token], notes: dict[str, tuple[Inline, ...]]) -> None:
        self.tokens = iter(tokens)
        self.notes = notes

    def read(self, until: str | None = None) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for token in self.tokens:
            if token.type == until:
                break
            match token.type:
                case "text":
                    found.append(Text(token.content))
                case "softbreak" | "hardbreak":
                    found.append(LineBreak())
                case "strong_open":
                    found.append(Strong(self.read("strong_close")))
                case "em_open":
                    found.append(Emphasis(self.read("em_close")))
                case "link_open":
                    address = str(token.attrs["href"])
                    found.append(Link(address, self.read("link_close")))
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
    pieces: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                pieces.append(escape(czech.typeset(text)))
            case LineBreak():
                pieces.append("<br>")
            case Strong(children):
                pieces.append(f"<strong>{_inlines_html(children)}</strong>")
            case Emphasis(children):
                pieces.append(f"<em>{_inlines_html(children)}</em>")
            case Link(address, children):
                pieces.append(f'<a href="{escape(address)}">{_inlines_html(children)}</a>')
            case Footnote(children):
                pieces.append(f'<span class="footnote">{_inlines_html(children)}</span>')
    return "".join(pieces)
