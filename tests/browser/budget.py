"""How many interactions a job takes: done through hands that count, kept in docs/ux-budget.md."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, LocatorAssertions, Page, expect

DOCUMENT = Path(__file__).parents[2] / "docs" / "ux-budget.md"
WRITING = "UX_BUDGET"
"""An environment variable; with it the document is written and not compared."""

FINDERS = frozenset(
    {"get_by_role", "get_by_label", "get_by_text", "locator", "filter", "nth", "first", "last"}
)
ACTS = frozenset(
    {"click", "check", "uncheck", "fill", "select_option", "set_input_files", "press", "hover"}
)


class Counted:
    """Something on the page that can be found, looked at and acted upon; each act counts one.

    Whatever else Playwright offers is refused, so that nothing is done uncounted.
    """

    def __init__(self, hand: "Hand", target: Page | Locator) -> None:
        self._hand, self._target = hand, target

    def __getattr__(self, name: str) -> Any:
        if name in ACTS and isinstance(self._target, Locator):
            return self._hand.counting(getattr(self._target, name))
        if name not in FINDERS:
            raise AttributeError(f"{name} is not counted")
        finder = getattr(self._target, name)
        if isinstance(finder, Locator):
            return Counted(self._hand, finder)

        def find(*arguments: Any, **options: Any) -> "Counted":
            return Counted(self._hand, finder(*arguments, **options))

        return find

    def look(self) -> LocatorAssertions:
        """What can be expected of it; looking costs nothing."""
        assert isinstance(self._target, Locator)
        return expect(self._target)


class Hand(Counted):
    """Works with a page as a person does. A click, a tap, a key or one filled field is 1."""

    def __init__(self, page: Page) -> None:
        super().__init__(self, page)
        self._page = page
        self.interactions = 0

    def counting(self, act: Callable[..., Any]) -> Callable[..., None]:
        def counted(*arguments: Any, **options: Any) -> None:
            self.interactions += 1
            act(*arguments, **options)

        return counted

    def press(self, key: str) -> None:
        """A key, wherever the focus is."""
        self.counting(self._page.keyboard.press)(key)

    def type(self, words: str) -> None:
        """A whole text into the field that has the focus: one filled field."""
        self.counting(self._page.keyboard.type)(words)

    def focus_before_the_job(self, target: Counted) -> None:
        """Where a job begins that somebody does in the middle of others."""
        assert self.interactions == 0
        assert isinstance(target._target, Locator)
        target._target.focus()

    def download(self, act: Callable[[], None]) -> Download:
        """The file that the browser received because of an act."""
        with self._page.expect_download() as waiting:
            act()
        return waiting.value


@dataclass(frozen=True)
class Job:
    """A line of the document: a job somebody does somewhere, and what it may cost at most."""

    what: str
    who: str
    begins: str
    where: str
    limit: int


def _line(job: Job, count: int | None) -> str:
    shown = "?" if count is None else str(count)
    return f"| {job.what} | {job.who} | {job.begins} | {job.where} | {shown} | {job.limit} |"


HEAD = """\
# Budget of interactions

What daily jobs cost, counted in a real browser by `tests/browser/test_ux_budget.py`. A click,
a tap, a key or one filled field is 1; scrolling and looking is nothing. "Sign-in" means that the
count begins on the page that signing in leads to. The tests fail when a line is not true any more
or is over its limit; `make ux-budget` measures again and writes this file.

| Job | Who | Begins on | Where | Interactions | At most |
| --- | --- | --- | --- | --: | --: |
"""


def document(counts: Mapping[Job, int | None]) -> str:
    """The whole document, with the jobs in their order."""
    return HEAD + "".join(f"{_line(job, count)}\n" for job, count in counts.items())


def written(jobs: tuple[Job, ...]) -> dict[Job, int | None]:
    """What the document says of each job; None where it says nothing."""
    text = DOCUMENT.read_text() if DOCUMENT.exists() else ""
    counts: dict[Job, int | None] = {}
    for job in jobs:
        before, after = (re.escape(part) for part in _line(job, None).split("?"))
        found = re.search(f"^{before}(\\d+){after}$", text, re.MULTILINE)
        counts[job] = int(found[1]) if found else None
    return counts


def settle(job: Job, hand: Hand, jobs: tuple[Job, ...]) -> None:
    """Compare what a job took with the document, or write it there when asked to."""
    count = hand.interactions
    assert count <= job.limit, f"{job.what}: {count} interactions, at most {job.limit}"
    said = written(jobs)
    if os.environ.get(WRITING):
        DOCUMENT.write_text(document({**said, job: count}))
    else:
        assert count == said[job], "docs/ux-budget.md is not true; make ux-budget measures again"
