"""What every noun is: frozen, keyword-only, compared by value, refusing unknown fields."""

from __future__ import annotations

import msgspec


class Noun(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of all nouns. Decoding checks types; making one checks its own rules."""


class Atom(Noun, frozen=True, kw_only=True, cache_hash=True):
    """Base of the leaves of a criterion; asked again and again, so that its hash is kept."""


def require(condition: bool, message: str) -> None:
    """Raise ``ValueError`` with `message` unless `condition` holds."""
    if not condition:
        raise ValueError(message)
