"""A report as tables: one for each kind of thing in it, for a workbook and for CSV alike.

Everything the structure says is in one of them, narratives too.
"""

from reporting.structure import ProgramReport
from reporting.tables import annexes, course, criteria, goals, program
from reporting.tables.table import Cell, Row, Table

__all__ = ["Cell", "Row", "Table", "tables_of"]


def tables_of(report: ProgramReport) -> tuple[Table, ...]:
    """In the order of the report; a table without rows says that there is nothing."""
    return (
        *program.tables(report),
        *goals.tables(report),
        *criteria.tables(report),
        *course.tables(report),
        *annexes.tables(report),
    )
