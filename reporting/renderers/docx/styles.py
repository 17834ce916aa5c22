"""The styles of the document: what a person may change in Word in one place for all of it."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reporting.renderers.docx.lists import bullet_of

TEXT_WIDTH = 170
"""Millimetres between the margins."""

TEXT, SANS = "Cambria", "Calibri"
INK, NAVY, BLUE, GREY = "1B2126", "14406D", "2362A2", "56616B"
TINT, HAIRLINE = "EEF3F9", "C9D1D9"

# Name, what it is based on, font, size, bold, colour, space before and after in points.
_PARAGRAPHS: tuple[tuple[str, str, str, float, bool, str, float, float], ...] = (
    ("Publisher", "Normal", SANS, 11, True, NAVY, 0, 2),
    ("Title Page", "Normal", SANS, 12, False, INK, 0, 2),
    ("Subtitle", "Normal", SANS, 14, True, GREY, 110, 4),
    ("Title", "Normal", SANS, 25.5, True, NAVY, 4, 6),
    ("Heading 1", "Normal", SANS, 18, True, NAVY, 28, 10),
    ("Heading 2", "Normal", SANS, 12.5, True, NAVY, 16, 5),
    ("Heading 3", "Normal", SANS, 11, True, NAVY, 10, 4),
    ("TOC Heading", "Normal", SANS, 18, True, NAVY, 0, 10),
    ("TOC 1", "Normal", SANS, 10, False, INK, 0, 4),
    ("Caption", "Normal", SANS, 9, False, GREY, 12, 4),
    ("Chart Title", "Normal", SANS, 9, False, INK, 8, 2),
    ("Picture", "Normal", SANS, 9, False, INK, 0, 4),
    ("Goal Title", "Normal", SANS, 11, True, INK, 0, 3),
    ("Fact", "Normal", SANS, 9.5, False, INK, 0, 3),
    ("Note Line", "Normal", SANS, 8.5, False, GREY, 0, 6),
    ("Missing", "Normal", SANS, 9.5, False, GREY, 0, 6),
    ("Source", "Normal", SANS, 9.5, False, INK, 0, 4),
    ("Table Text", "Normal", SANS, 9, False, INK, 0, 1),
    ("Table Heading", "Table Text", SANS, 9, True, NAVY, 0, 1),
    ("Table Note", "Table Text", SANS, 8, False, GREY, 0, 1),
    ("Expert Comment", "Normal", TEXT, 10.5, False, INK, 0, 6),
    ("Footnote Text", "Normal", SANS, 8.5, False, INK, 0, 2),
    ("Header", "Normal", SANS, 8, False, GREY, 0, 0),
    ("Footer", "Normal", SANS, 8, False, GREY, 0, 0),
)
_CHARACTERS: tuple[tuple[str, str, bool], ...] = (
    ("Note", GREY, False),
    ("Code", BLUE, True),
    ("Badge", BLUE, True),
    ("Caption Number", NAVY, True),
    ("Hyperlink", BLUE, False),
)
_KEPT_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "TOC Heading", "Caption", "Chart Title")
LIST_FAMILIES = {
    "Normal": "List",
    "Table Text": "Table",
    "Expert Comment": "Comment",
    "Fact": "Fact",
}
"""What the styles of lists begin with, by the style of the text around them."""
_BULLETS = (1, 2, 3)
_INDENT, _INDENT_OF_COMMENT = 5, 4
LANGUAGE = "cs-CZ"
TABLE = "Report Table"


def define_styles(document: Any) -> None:
    _set_language(document)
    _drop_strange_styles(document)
    normal = document.styles["Normal"]
    _set_font(normal, TEXT, 10.5, False, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    for name, base, font, size, bold, colour, before, after in _PARAGRAPHS:
        style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        _forget(style)
        style.base_style = document.styles[base]
        _set_font(style, font, size, bold, colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.quick_style = True
    for name in _KEPT_WITH_NEXT:
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Picture"].paragraph_format.line_spacing = 1.0
    _frame_comment(document.styles["Expert Comment"])
    _set_tab(document.styles["TOC 1"], WD_TAB_LEADER.DOTS)
    document.styles["TOC 1"].paragraph_format.right_indent = Mm(12)
    _set_tab(document.styles["Footer"], WD_TAB_LEADER.SPACES)
    for base, family in LIST_FAMILIES.items():
        _define_lists(document, base, family)
    for name, colour, bold in _CHARACTERS:
        style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.bold = bold or None
    document.styles["Hyperlink"].font.underline = True
    document.styles["Badge"].font.size = Pt(8)
    reference = _style(document, "Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    _define_table(document)


def _drop_strange_styles(document: Any) -> None:
    """The library's empty document offers a hundred looks of tables; a report has one."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()


def _forget(style: Any) -> None:
    """What the empty document says of its own look; the level of a heading stays."""
    for tag in ("w:pBdr", "w:contextualSpacing", "w:numPr", "w:tabs", "w:ind"):
        properties = style.element.get_or_add_pPr()
        if (found := properties.find(qn(tag))) is not None:
            properties.remove(found)
    if (run := style.element.find(qn("w:rPr"))) is not None:
        style.element.remove(run)
    style.hidden = False


def _set_tab(style: Any, leader: WD_TAB_LEADER) -> None:
    """What follows the tab ends at the right margin."""
    style.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, leader)


def _define_lists(document: Any, base: str, family: str) -> None:
    """Bullets, numbers and what goes on in an item, three levels deep each."""
    for kind in ("Bullet", "Number", "Continue"):
        for depth, bullet in enumerate(_BULLETS):
            name = f"{family} {kind}{f' {depth + 1}' if depth else ''}"
            style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
            _forget(style)
            style.base_style = document.styles[base]
            style.paragraph_format.space_after = Pt(1 if base == "Table Text" else 3)
            if kind == "Bullet":
                style.element.get_or_add_pPr()._insert_numPr(bullet_of(bullet))
            if kind != "Continue":
                style.paragraph_format.first_line_indent = Mm(-_INDENT)
            indent = Mm(_INDENT * (depth + 1) + (_INDENT_OF_COMMENT if family == "Comment" else 0))
            style.paragraph_format.left_indent = indent
            if kind == "Number":
                style.paragraph_format.tab_stops.add_tab_stop(indent)


def _style(document: Any, name: str, kind: Any) -> Any:
    try:
        return document.styles[name]
    except KeyError:
        return document.styles.add_style(name, kind)


def _set_font(style: Any, font: str, size: float, bold: bool, colour: str) -> None:
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    # The template's themes would win over the fonts named here.
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)


def _set_language(document: Any) -> None:
    """The language of everything that says no other; readers and spell checkers follow it."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), LANGUAGE)


def _frame_comment(style: Any) -> None:
    """Tinted, with a rule at its side: who speaks is seen without colour as well."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shade.set(qn(f"w:{name}"), value)
    rules = OxmlElement("w:pBdr")
    rules.append(_border("left", 18, BLUE, space=8))
    style.paragraph_format.left_indent = Mm(_INDENT_OF_COMMENT)
    spacing = style.element.pPr.find(qn("w:spacing"))
    spacing.addprevious(rules)
    spacing.addprevious(shade)


def _define_table(document: Any) -> None:
    """Rules above and below the head, hairlines between rows, nothing else."""
    style = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (
        ("top", 10, BLUE),
        ("bottom", 4, HAIRLINE),
        ("insideH", 4, HAIRLINE),
    ):
        borders.append(_border(side, size, colour))
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 60), ("left", 0), ("bottom", 60), ("right", 140)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    style.element.append(properties)
    head = OxmlElement("w:tblStylePr")
    head.set(qn("w:type"), "firstRow")
    cell = OxmlElement("w:tcPr")
    cell_borders = OxmlElement("w:tcBorders")
    cell_borders.append(_border("bottom", 6, BLUE))
    cell.append(cell_borders)
    head.append(cell)
    style.element.append(head)


def _border(side: str, size: int, colour: str, *, space: int = 0) -> Any:
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", space), ("color", colour)):
        border.set(qn(f"w:{name}"), str(value))
    return border
