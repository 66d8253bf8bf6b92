"""Where the knowledge of others is to be had, as ``downloads.toml`` says it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from onkos.errors import KnowledgeError, UsageError
from onkos.model.noun import Noun, require

ADDRESSES = Path(__file__).resolve().parents[3] / "knowledge" / "downloads.toml"
FORMS = frozenset({"file", "graphql", "token", "skip"})


class RemoteFile(Noun, frozen=True, kw_only=True):
    """One file as it is asked for and kept.

    Attributes
    ----------
    name : str
        It is kept under this name with the day put in.
    what : str
        What it holds, for the reader.
    form : str
        ``"file"`` whole; ``"graphql"``, ``"token"`` or ``"skip"`` page by page.
    items, total, next, identity : str
        Paths into an answer: the items, how many there are, the mark of the next page; and into
        an item, what tells it from others.
    each, each_query, each_many, join : str and int
        Asked for each drug, so many in one question.
    parameter, size_parameter : str
        Of the question: for the mark or the search, and for how many items come at once.
    keep, keep_under : tuple of str, dict of str to tuple of str
        Of an item what is kept; all where both are empty.
    split_megabytes : float
        Where the next file begins; 0 for one file.
    """

    name: str
    what: str
    path: str
    most_megabytes: float
    form: str = "file"
    checksum: str = ""
    query: str = ""
    items: str = ""
    total: str = ""
    next: str = ""
    identity: str = "id"
    each: str = ""
    each_query: str = ""
    each_many: int = 1
    join: str = ""
    parameter: str = ""
    size_parameter: str = "limit"
    size: int = 100
    gap: float = 0.0
    most_pages: int = 1000
    arguments: dict[str, str] = msgspec.field(default_factory=dict)
    keep: tuple[str, ...] = ()
    keep_under: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    split_megabytes: float = 0.0

    def __post_init__(self) -> None:
        require(self.form in FORMS, f"{self.name}: no form {self.form!r}")
        require(self.size > 0 and self.each_many > 0, f"{self.name}: nothing at once")


class SecretName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a token is found, and where a user gets one."""

    environment: str
    scheme: str
    needed: bool
    origin: str = msgspec.field(name="from")


class Remote(Noun, frozen=True, kw_only=True):
    """One source, and one way to it.

    Attributes
    ----------
    way : str
        Tells several ways to the same source apart.
    terms : str
        Where the terms stand that a user has to have agreed to; empty where there are none.
    day, day_path, day_line : str
        Where the day of the source's state stands; see ``downloads.toml``.
    kept_as : str
        The snapshot's name where what comes is not what onkos reads of this source.
    trials : bool
        Read as trials, and not as claims.
    """

    id: str
    licence: str
    base: str
    file: tuple[RemoteFile, ...]
    way: str = ""
    terms: str = ""
    day: str = ""
    day_path: str = ""
    day_line: str = ""
    secret: SecretName | None = None
    kept_as: str = ""
    trials: bool = False

    @property
    def snapshot(self) -> str:
        """The name before the day of what is kept."""
        return self.kept_as or self.id


class _Remotes(Noun, frozen=True, kw_only=True):
    remote: tuple[Remote, ...]


def remotes() -> tuple[Remote, ...]:
    """All sources that can be fetched."""
    try:
        return msgspec.convert(tomllib.loads(ADDRESSES.read_text("utf-8")), _Remotes).remote
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{ADDRESSES.name}: {error}") from error


def remote_of(name: str, way: str = "") -> Remote:
    """The source of that name, by this way; by its first one where none is named.

    Raises
    ------
    UsageError
        With those that there are.
    """
    known = remotes()
    ours = [remote for remote in known if remote.id == name.casefold()]
    for remote in ours:
        if not way or remote.way == way.casefold():
            return remote
    if ours:
        ways = " or ".join(remote.way for remote in ours if remote.way) or "none but the one"
        raise UsageError(f"there is no way {way!r} to {name}: {ways}")
    names = ", ".join(dict.fromkeys(remote.id for remote in known if not remote.trials))
    raise UsageError(f"{name!r} cannot be fetched; these can: {names}. Others: onkos knowledge add")
