"""One run at a time over the same folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onkos.errors import FetchError


@contextmanager
def alone(folder: Path, what: str, variable: str) -> Iterator[None]:
    """The folder, made where it is missing, for this run only; the lock goes with its process.

    Parameters
    ----------
    what : str
        What is fetched into it, for the message.
    variable : str
        The environment's name for another place.

    Raises
    ------
    FetchError
        Where another run has it, or it cannot be made.
    """
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder.parent / f".{folder.name}.lock").open("w")
    except OSError as error:
        raise FetchError(
            f"{folder}: {error.strerror}; name another place with {variable}"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FetchError(f"another run is fetching {what}; wait for it") from error
        yield
