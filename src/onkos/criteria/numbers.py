"""A number against a number."""

from __future__ import annotations

_OPS = {
    ">=": float.__ge__,
    "<=": float.__le__,
    ">": float.__gt__,
    "<": float.__lt__,
    "=": float.__eq__,
}


def compare(left: float, op: str, right: float) -> bool:
    """``left op right``."""
    return bool(_OPS[op](float(left), float(right)))
