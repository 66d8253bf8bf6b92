"""Writing a folder of pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onkos.errors import UsageError

MARK = ".onkos-site"  # lists the pages of the last run, a path a line


def write_pages(pages: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write each page below `folder`; pages of an earlier run that are no more are removed.

    Nothing but pages of an earlier run is ever removed.

    Raises
    ------
    UsageError
        Where the folder holds something and no run wrote there.
    """
    mark = folder / MARK
    if folder.is_dir() and any(folder.iterdir()) and not mark.exists():
        raise UsageError(f"{folder} holds other files; name an empty or a new folder with --out")
    folder.mkdir(parents=True, exist_ok=True)
    earlier = set(mark.read_text(encoding="utf-8").splitlines()) if mark.exists() else set()
    written: list[str] = []
    for name, content in pages:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        written.append(name)
    for stale in earlier - set(written):
        path = folder / stale
        if path.resolve().is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)
    mark.write_text("\n".join(written) + "\n", encoding="utf-8")
    return len(written)
