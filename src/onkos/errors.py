"""Everything that can go wrong, in one tree; each class has its exit code.

OnkosError                      1
├── UsageError                  2   the command was asked for something it does not know
├── InputError                 10   the patient's data cannot be read as what they claim to be
│   └── Unreadable             10   one file, all its problems at once
├── VocabularyError            11   a gene, drug or disease that the knowledge does not know
├── CriterionError             12   an expression of the criteria language that is not one
├── KnowledgeError             13   a claim, vocabulary or snapshot is missing, altered or wrong
├── MissingExtra               14   an optional library is needed and not installed
└── FetchError                 15   a file could not be fetched, or came damaged
"""

from __future__ import annotations

from collections.abc import Sequence


class OnkosError(Exception):
    """Base of all errors shown to a user without a traceback."""

    exit_code = 1


class UsageError(OnkosError):
    """The command was asked for something it does not know."""

    exit_code = 2


class InputError(OnkosError):
    """The patient's data cannot be read as what they claim to be."""

    exit_code = 10


class Unreadable(InputError):
    """A file that cannot be used, with every problem found in it.

    Parameters
    ----------
    source : str
        Name of the file, without its folder.
    problems : sequence of str
        One sentence each: where (line, column), what, and the way out.
    """

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"{source}: {count}", *self.problems]))


class VocabularyError(OnkosError):
    """A gene, drug or disease that the knowledge does not know.

    Attributes
    ----------
    word : str
        What was written.
    nearest : tuple of str
        The nearest known names, best first; may be empty.
    """

    exit_code = 11

    def __init__(self, kind: str, word: str, nearest: Sequence[str] = (), hint: str = "") -> None:
        self.kind = kind
        self.word = word
        self.nearest = tuple(nearest)
        near = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"unknown {kind} {word!r}{near}{'; ' + hint if hint else ''}")


class CriterionError(OnkosError):
    """An expression of the criteria language that is not one.

    Attributes
    ----------
    column : int
        First offending column, counted from 1.
    """

    exit_code = 12

    def __init__(self, text: str, column: int, message: str) -> None:
        self.text = text
        self.column = column
        self.message = message
        super().__init__(f"column {column}: {message}\n  {text}\n  {' ' * (column - 1)}^")


class KnowledgeError(OnkosError):
    """A claim, vocabulary or snapshot is missing, altered or wrong."""

    exit_code = 13


class MissingExtra(OnkosError):
    """An optional library is needed and not installed."""

    exit_code = 14


class FetchError(OnkosError):
    """A file could not be fetched, or came damaged."""

    exit_code = 15
