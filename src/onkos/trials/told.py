"""What a patient's records say of one criterion."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Told(IntEnum):
    """What a patient's records say of one criterion, in a byte."""

    LASTING = 0  # unmet, for good
    UNMET = 1  # and may come to be met
    UNKNOWN = 2
    MET = 3
    DISAGREE = 4  # met by one record, unmet by another


def joined(told: Iterable[int]) -> int:
    """What is known of it counts; what is said both ways is not known.

    >>> joined([Told.UNKNOWN, Told.MET]) == Told.MET
    True
    >>> joined([Told.LASTING, Told.MET]) == Told.DISAGREE
    True
    """
    known = {one for one in told if one != Told.UNKNOWN}
    if not known:
        return Told.UNKNOWN
    if Told.MET in known:
        return Told.MET if len(known) == 1 else Told.DISAGREE
    return Told.DISAGREE if Told.DISAGREE in known else min(known)
