"""A file of JSON from outside, and its entries that were not understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from onkos.errors import Unreadable
from onkos.model import Unread
from onkos.sources.patient.tables import LONGEST_TEXT_SHOWN, Rejected


def read_json(path: Path) -> Any:
    """What a file of JSON holds.

    Raises
    ------
    Unreadable
        Where it cannot be read, is no JSON, or is nested too deep to be any source's.
    """
    try:
        return msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise Unreadable(path.name, [f"cannot be read: {error.strerror or error}"]) from None
    except msgspec.DecodeError as error:
        raise Unreadable(path.name, [f"not JSON: {plain_error(error)}"]) from None
    except RecursionError:
        raise Unreadable(path.name, ["nested too deep"]) from None


def plain_error(error: msgspec.DecodeError) -> str:
    """Why a file is no JSON, with the way out where it ends before its time.

    >>> try:
    ...     msgspec.json.decode(b"[1, 2")
    ... except msgspec.DecodeError as error:
    ...     plain_error(error)
    'empty or cut short; copy or fetch it again'
    """
    if "truncated" in str(error):
        return "empty or cut short; copy or fetch it again"
    return str(error)


def unread_entry(source: str, number: int, why: Rejected, text: str | None = None) -> Unread:
    """An entry of a file that was not understood, by its number from 1."""
    return Unread(
        source=source,
        line=number,
        column=why.column,
        text=why.text[:LONGEST_TEXT_SHOWN] if text is None else text,
        reason=why.reason,
        remedy=why.remedy,
    )
