"""A row that was not understood; printed, never dropped."""

from __future__ import annotations

from onkos.model.noun import Noun


class Unread(Noun, frozen=True, kw_only=True):
    """Something in a source that was not understood.

    ``text`` is shown to the reader of this one report only; it is never logged.

    Attributes
    ----------
    source : str
        File name without folder, or ``"alterations"`` and the like.
    line : int
        Line, from 1; 0 where the source has none.
    column : str
        Name of the column, where one is to blame.
    reason, remedy : str
        What is wrong, and the way out.
    """

    source: str
    line: int = 0
    column: str = ""
    text: str = ""
    reason: str
    remedy: str = ""
