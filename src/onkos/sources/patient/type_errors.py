"""A wrong type, told in the words of JSON and TOML."""

from __future__ import annotations

import re

_WORDS = {
    "str": "text",
    "array": "a list",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "bool": "true or false",
    "null": "nothing",
}
_QUOTED = re.compile(r"`([^`]*)`")


def plain_type_error(error: Exception) -> str:
    """What msgspec says of a value, with the key first and types in plain words.

    >>> plain_type_error(ValueError("Expected `int | null`, got `str` - at `$.line`"))
    "'line': expected a whole number, got text"
    """
    what, _, where = str(error).partition(" - at ")
    what = _QUOTED.sub(_worded, what)
    key = where.strip("`").removeprefix("$").removeprefix(".")
    return f"{key!r}: {what[:1].lower()}{what[1:]}" if key else what


def _worded(found: re.Match[str]) -> str:
    types = [name for name in found.group(1).split(" | ") if name != "null"] or ["null"]
    return " or ".join(_WORDS.get(name, name) for name in types)
