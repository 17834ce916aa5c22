"""What fits on the one page of the summary, and how it is set.

Heights are estimated in points and rather too high: a page with a gap is better than a summary
of two pages. What does not fit stands in the chapters the summary speaks of.
"""

from dataclasses import dataclass
from math import ceil

from litvinov import narrative
from reporting import charts, wording
from reporting.structure import ProgramReport, Summary

_PAGE, _HEADING = 701, 40
_PARAGRAPH_GAP, _BLOCK_GAP, _CAPTION, _HEAD_ROW, _LOW_HEAD_ROW, _ROW = 6, 12, 17, 31, 20, 17
_LINE = 12.75
_LETTERS_OF_LINE = 86
_DENSE_LINE, _LETTERS_OF_DENSE_LINE = 12.5, 80
_MOST_COLUMNS_OF_PAIR, _ROOM_OF_A_HEAD = 4, 75
_WIDTH, _PAIR_WIDTH, _STATE_WIDTH, _LETTER_OF_CODE, _FRAME_OF_CODE = 482, 300, 62, 4.4, 10


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """`is_dense` sets what somebody wrote in smaller letters; `is_wide` gives the matrix the
    whole width, without the counts beside it where the table by criteria has them.
    """

    is_dense: bool
    is_wide: bool
    with_matrix: bool
    with_charts: bool
    with_table: bool

    @property
    def with_counts(self) -> bool:
        return self.with_matrix and not (self.is_wide and self.with_table)


def arrange(report: ProgramReport) -> SummaryPage | None:
    """The fullest page that still is one; None for a report without a summary."""
    summary = report.summary
    if summary is None:
        return None
    may_draw = report.with_charts and report.with_levels and bool(summary.indicator_count)
    is_wide = len(wording.fulfilments(summary)) > _MOST_COLUMNS_OF_PAIR
    drawings = [(True, False), (False, True)] if may_draw else []
    choices = [(True, *drawn) for drawn in (*drawings, (False, False))]
    for is_dense in (False, True):
        for with_matrix, with_charts, with_table in choices:
            page = SummaryPage(is_dense, is_wide, with_matrix, with_charts, with_table)
            if _height(report, summary, page) <= _PAGE:
                return page
    return SummaryPage(True, is_wide, False, False, False)


def letters_too_many(report: ProgramReport) -> int:
    """How much shorter what somebody wrote must be to leave the summary on one page, about."""
    if report.summary is None:
        return 0
    fewest = SummaryPage(True, False, False, False, False)
    over = _height(report, report.summary, fewest) - _PAGE
    lines = ceil(max(over, 0) / _DENSE_LINE)
    return lines * _LETTERS_OF_DENSE_LINE


def _height(report: ProgramReport, summary: Summary, page: SummaryPage) -> float:
    height = _HEADING + _written(summary, page.is_dense)
    lines = wording.summary_lines(report)
    height += sum(
        ceil((len(topic) + len(said) + 2) / _LETTERS_OF_LINE) * _LINE for topic, said in lines
    )
    height += _tables(summary, page)
    if page.with_table:
        height += _BLOCK_GAP + _CAPTION + _HEAD_ROW + (len(report.criteria) + 1) * _ROW
    if page.with_charts:
        height += _BLOCK_GAP + _CAPTION
        height += sum(one.drawing.height + 16 for one in charts.shift_charts(report))
    return height


def _written(summary: Summary, is_dense: bool) -> float:
    letters, line = (_LETTERS_OF_DENSE_LINE, _DENSE_LINE) if is_dense else (66, 15)
    height = 0.0
    for passage in summary.passages:
        paragraphs = narrative.plain_text(passage.text).splitlines()
        height += sum(
            ceil(len(text) / letters) * line + _PARAGRAPH_GAP for text in paragraphs if text
        )
        height += _PARAGRAPH_GAP + (_LINE if passage.sources else 0)
    return height


def _tables(summary: Summary, page: SummaryPage) -> float:
    matrix = _matrix(summary, page.is_wide) if page.with_matrix and summary.goals else 0
    counts = 0.0
    if page.with_counts and summary.shifts:
        rows = len(summary.shifts) + 1 + bool(summary.not_rated)
        counts = _BLOCK_GAP + _CAPTION + _LOW_HEAD_ROW + rows * _ROW
    return matrix + counts if page.is_wide else max(matrix, counts)


def _matrix(summary: Summary, is_wide: bool) -> float:
    width = (_WIDTH if is_wide else _PAIR_WIDTH) - _STATE_WIDTH
    column = width / len(wording.fulfilments(summary))
    longest = max(len(code) for cell in summary.goals for code in cell.goals)
    of_line = max(1, int(column // (longest * _LETTER_OF_CODE + _FRAME_OF_CODE)))
    rows = sum(
        max(ceil(len(codes) / of_line) or 1 for codes in cells) * _LINE + 6
        for _state, cells in wording.goal_matrix(summary)
    )
    head = _HEAD_ROW if column < _ROOM_OF_A_HEAD else _LOW_HEAD_ROW
    return _BLOCK_GAP + _CAPTION + head + rows
