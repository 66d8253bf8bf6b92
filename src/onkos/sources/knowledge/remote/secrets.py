"""Tokens of the user, from the environment or a file; never from the command line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from onkos.errors import FetchError
from onkos.sources.connection import Secret, is_here
from onkos.sources.knowledge.remote.addresses import Remote

_TOKEN = re.compile(r"[!-~]{4,4096}")
_MOST = 8192  # bytes of a file with a token


def secret_of(remote: Remote, base: str) -> Secret | None:
    """The token for a source, where it has one and the user gave it.

    Parameters
    ----------
    base : str
        Where it would be sent: to the source's own server or to this machine, else nowhere.

    Raises
    ------
    FetchError
        Where one is needed and none is given, or it is none. It never shows what was given.
    """
    named = remote.secret
    if named is None:
        return None
    token = _token(named.environment)
    if not token:
        if named.needed:
            raise FetchError(
                f"{remote.id} asks for a token ({named.origin}): put it into {named.environment}, "
                f"or a file's name into {named.environment}_FILE"
            )
        return None
    host = urlsplit(base).hostname or ""
    if host != urlsplit(remote.base).hostname and not is_here(host):
        if not named.needed:
            return None
        raise FetchError(f"the token of {remote.id} is sent to its own server only, not to {host}")
    if not _TOKEN.fullmatch(token):
        raise FetchError(f"{named.environment} holds no token: blanks or signs that none has")
    return Secret(token, named.scheme)


def _token(name: str) -> str:
    """What the environment or the file that it names holds."""
    given = os.environ.get(name, "").strip()
    path = os.environ.get(f"{name}_FILE", "")
    if given or not path:
        return given
    try:
        with Path(path).open("rb") as file:
            return file.read(_MOST).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FetchError(f"{name}_FILE: the file cannot be read ({type(error).__name__})") from None
