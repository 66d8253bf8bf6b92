"""Text from outside made safe to print: one line, and nothing that steers a terminal."""

from __future__ import annotations

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~])")
_NUMBERED = re.compile(r"^(\s*)(\d+)([.)])")


def one_line(text: str) -> str:
    r"""Text on one line, with control and formatting characters shown as a mark.

    >>> one_line("a\x1b[31mb\nc")
    'a�[31mb c'
    """
    kept = (" " if c in "\n\r\t" else c for c in text)
    return "".join("�" if unicodedata.category(c) in _STEERING else c for c in kept)


_STEERING = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def markdown(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> markdown("PTEN R130* <b>")
    'PTEN R130\\* &lt;b&gt;'
    """
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _MARKDOWN.sub(r"\\\1", plain)
    if escaped[:1] in {"-", "+"}:
        return f"\\{escaped}"
    return _NUMBERED.sub(r"\1\2\\\3", escaped)
