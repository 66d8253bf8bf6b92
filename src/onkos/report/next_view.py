"""Tests to do next as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onkos.model import NextTest, Question
from onkos.report.phrases import counted

MOST_OPENED = 6  # regimens that stay open of those that a test could open


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """One test: what it settles and what that could change."""

    test: str
    effort: str
    settles: tuple[str, ...]
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    alternatives: tuple[str, ...]
    why: str

    @property
    def opened(self) -> str:
        """The best regimens that it could open, and how many more."""
        more = len(self.opens) - MOST_OPENED
        best = ", ".join(self.opens[:MOST_OPENED])
        return f"{best} and {counted(more, 'more regimen')}" if more > 0 else best

    @property
    def opened_later(self) -> tuple[str, ...]:
        """Those that the brief form leaves out."""
        return self.opens[MOST_OPENED:]


def next_view(test: NextTest) -> NextView:
    """The view of one test."""
    return NextView(
        test=test.test,
        effort=f"{f'{test.material}, ' if test.material else ''}effort {test.cost:g} of 5",
        settles=grouped(test.would_settle),
        opens=test.could_open,
        closes=test.could_close,
        alternatives=test.alternatives,
        why=test.why,
    )


def grouped(questions: Iterable[Question], most: int | None = None) -> tuple[str, ...]:
    """Questions that differ in their last word only, asked once; of each no more than `most` words.

    >>> ask = lambda gene: Question(kind="fusion", subject=gene, text=f"fusions of {gene}")
    >>> grouped([ask("ALK"), ask("ROS1")])
    ('fusions of ALK, ROS1',)
    """
    table: dict[str, list[str]] = {}
    for question in questions:
        text, subject = question.text.rstrip("?"), question.subject
        if subject and text.endswith(f" {subject}"):
            table.setdefault(text.removesuffix(subject), []).append(subject)
        else:
            table.setdefault(text, [])
    return tuple(f"{stem}{_some(words, most)}" for stem, words in table.items())


def _some(words: list[str], most: int | None) -> str:
    if most is None or len(words) <= most + 1:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"
