"""One verb for every form, and a file written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import msgspec

from onkos.errors import UsageError
from onkos.model import Dossier, Gene
from onkos.report.json_form import to_json_bytes

Format = Literal["html", "json", "md", "text"]
FORMATS: tuple[str, ...] = get_args(Format)


def render(dossier: Dossier, fmt: str, genes: Mapping[str, Gene] | None = None) -> str:
    """The dossier in one form; the same dossier gives the same text.

    Parameters
    ----------
    fmt : str
        One of `FORMATS`.
    genes : mapping of str to Gene, optional
        By symbol; with it the HTML page draws proteins.

    Raises
    ------
    UsageError
        For any other form.
    """
    match fmt:
        case "html":
            from onkos.report.html import to_html

            return to_html(dossier, genes)
        case "json":
            pretty = msgspec.json.format(to_json_bytes(dossier), indent=2)
            return pretty.decode() + "\n"
        case "md":
            from onkos.report.markdown import to_markdown

            return to_markdown(dossier)
        case "text":
            from onkos.report.text import to_text

            return to_text(dossier)
        case _:
            raise UsageError(f"no form {fmt!r}; there are {', '.join(FORMATS)}")


def write(
    dossier: Dossier,
    path: str | os.PathLike[str],
    fmt: str,
    genes: Mapping[str, Gene] | None = None,
) -> Path:
    """Write one form to a file, whole or not at all.

    The file is readable by its owner alone where the system knows such a thing, for it holds a
    patient's data.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UsageError
        For an unknown form, before anything is written.
    """
    target = Path(path)
    content = render(dossier, fmt, genes).encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".onkos-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target
