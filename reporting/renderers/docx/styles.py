"""The styles of the document: what a person may change in Word in one place for all of it."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TEXT, SANS = "Cambria", "Calibri"
INK, NAVY, BLUE, GREY = "1B2126", "14406D", "2362A2", "56616B"
TINT, HAIRLINE = "EEF3F9", "C9D1D9"

# Name, what it is based on, font, size, bold, colour, space before and after in points.
_PARAGRAPHS: tuple[tuple[str, str, str, float, bool, str, float, float], ...] = (
    ("Title", "Normal", SANS, 25.5, True, NAVY, 4, 6),
    ("Subtitle", "Normal", SANS, 14, True, GREY, 120, 4),
    ("Heading 1", "Normal", SANS, 18, True, NAVY, 28, 10),
    ("Heading 2", "Normal", SANS, 12.5, True, NAVY, 16, 5),
    ("Heading 3", "Normal", SANS, 11, True, NAVY, 10, 4),
    ("Caption", "Normal", SANS, 9, False, GREY, 12, 4),
    ("Contents Heading", "Normal", SANS, 18, True, NAVY, 0, 10),
    ("Title Page", "Normal", SANS, 12, False, INK, 0, 2),
    ("Table Text", "Normal", SANS, 9, False, INK, 0, 1),
    ("Table Heading", "Table Text", SANS, 9, True, NAVY, 0, 1),
    ("Table Note", "Table Text", SANS, 8, False, GREY, 0, 1),
    ("Fact", "Normal", SANS, 9.5, False, INK, 0, 2),
    ("Missing", "Normal", SANS, 9.5, False, GREY, 0, 6),
    ("Expert Comment", "Normal", TEXT, 10.5, False, INK, 0, 6),
    ("Footnote Text", "Normal", SANS, 8.5, False, INK, 0, 2),
    ("TOC 1", "Normal", SANS, 10, False, INK, 0, 4),
    ("Header", "Normal", SANS, 8, False, GREY, 0, 0),
    ("Footer", "Normal", SANS, 8, False, GREY, 0, 0),
)
_CHARACTERS: tuple[tuple[str, str, bool], ...] = (
    ("Note", GREY, False),
    ("Code", BLUE, True),
    ("Hyperlink", BLUE, False),
)
LANGUAGE = "cs-CZ"
TABLE = "Report Table"


def define_styles(document: Any) -> None:
    _set_language(document)
    normal = document.styles["Normal"]
    _set_font(normal, TEXT, 10.5, False, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    for name, base, font, size, bold, colour, before, after in _PARAGRAPHS:
        style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        _set_font(style, font, size, bold, colour)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.quick_style = True
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "Contents Heading"):
        document.styles[name].paragraph_format.keep_with_next = True
    _shade(document.styles["Expert Comment"])
    for depth, name in enumerate(("List Bullet", "List Bullet 2", "List Bullet 3")):
        document.styles[name].paragraph_format.space_after = Pt(3)
        document.styles[name].paragraph_format.left_indent = Mm(5 * (depth + 1))
    for name, colour, bold in _CHARACTERS:
        style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.bold = bold or None
    document.styles["Hyperlink"].font.underline = True
    reference = _style(document, "Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    _define_table(document)


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
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), LANGUAGE)


def _shade(style: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), TINT)
    style.element.get_or_add_pPr().append(shade)


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


def _border(side: str, size: int, colour: str) -> Any:
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    return border
