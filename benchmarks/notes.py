"""The places of docs/performance.md that a measurement writes."""

from pathlib import Path

NOTES = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def put(text: str, *, place: str) -> None:
    """Put a text between the marks of a place. Raises ValueError for a place without marks."""
    begin, end = f"<!-- {place}: begin -->", f"<!-- {place}: end -->"
    before, found, rest = NOTES.read_text(encoding="utf-8").partition(begin)
    _old, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{NOTES.name} has no place {place}")
    NOTES.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
