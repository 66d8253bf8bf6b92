"""Writing a folder of pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onkos.errors import UsageError

MARK = ".onkos-site"


def write_pages(pages: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write each page below `folder`; pages of an earlier run that are no more are removed.

    Raises
    ------
    UsageError
        Where the folder holds something that this did not write.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError(f"{folder} holds other files; name an empty or a new folder with --out")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    written = set()
    for name, content in pages:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        written.add(path)
    for stale in set(folder.rglob("*.html")) - written:
        stale.unlink()
    return len(written)
