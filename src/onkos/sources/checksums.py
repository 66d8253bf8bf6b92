"""Sums that archives publish beside their files, and whether a file agrees with its own.

Ensembl's ``CHECKSUMS`` holds the 16-bit sum of BSD and the number of blocks of 1,024 bytes, as
``sum`` of coreutils writes them; NCBI's ``md5checksums.txt`` and UCSC's ``md5sum.txt`` hold MD5.
A sum of 16 bits finds damage, not malice: that is left to TLS, and the gzip file has a CRC of its
own, which is checked when it is unpacked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from onkos.errors import FetchError
from onkos.model.noun import Noun

Step = Callable[[int], None]
_READ = 1 << 20
_BLOCK = 1024
_BSD = re.compile(r"^(\d{1,5})\s+(\d+)\s+(\S.*)$")
_HEX = re.compile(r"^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{64})\s+\*?(\S.*)$")
_NAMED = re.compile(r"^(MD5|SHA256) \((.+)\) = ([0-9A-Fa-f]+)$")
_BY_LENGTH = {32: "md5", 64: "sha256"}


class Sum(Noun, frozen=True, kw_only=True):
    """What a file should sum to.

    Attributes
    ----------
    kind : str
        ``"bsd"``, ``"md5"`` or ``"sha256"``.
    value : str
        Hexadecimal in small letters; of ``"bsd"`` the decimal number.
    blocks : int
        Of ``"bsd"``: blocks of 1,024 bytes, the last one counted whole.
    """

    kind: str
    value: str
    blocks: int = 0


def read_checksums(text: str, source: str) -> dict[str, Sum]:
    """Sums by the name of the file, without its folder.

    Raises
    ------
    FetchError
        Where a line is none: a page of a server in place of the file, for one.

    Examples
    --------
    >>> read_checksums("06427 860558 a.fa.gz", "CHECKSUMS")["a.fa.gz"].value
    '6427'
    """
    found: dict[str, Sum] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = _sum(line.strip())
        if read is None:
            raise FetchError(
                f"{source}, line {number}: not a checksum and a name; a page of the server may "
                "stand in its place: look at the address, or name another mirror with --from"
            )
        name, one = read
        found[name.rpartition("/")[2]] = one
    return found


def agrees(path: Path, expected: Sum, step: Step = lambda size: None) -> bool:
    """Whether the file has that sum; `step` is told of the bytes read."""
    if expected.kind == "bsd":
        size = path.stat().st_size
        return -(-size // _BLOCK) == expected.blocks and bsd_sum(path, step) == int(expected.value)
    total = hashlib.new(expected.kind, usedforsecurity=False)
    with path.open("rb") as file:
        while data := file.read(_READ):
            total.update(data)
            step(len(data))
    return total.hexdigest() == expected.value


def bsd_sum(path: Path, step: Step = lambda size: None) -> int:
    """The sum of BSD: before each byte is added, the 16 bits turn right by one.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     _ = Path(file.name).write_bytes(b"onkos")
    ...     bsd_sum(Path(file.name))
    61657
    """
    total = 0
    with path.open("rb") as file:
        while data := file.read(_READ):
            for byte in data:
                total = ((total >> 1) + ((total & 1) << 15) + byte) & 0xFFFF
            step(len(data))
    return total


def _sum(line: str) -> tuple[str, Sum] | None:
    """Name and sum of one line."""
    if named := _NAMED.match(line):
        kind, name, value = named.groups()
        fits = _BY_LENGTH.get(len(value)) == kind.casefold()
        return (name, Sum(kind=kind.casefold(), value=value.casefold())) if fits else None
    if hexed := _HEX.match(line):
        value, name = hexed.groups()
        return name, Sum(kind=_BY_LENGTH[len(value)], value=value.casefold())
    if bsd := _BSD.match(line):
        value, blocks, name = bsd.groups()
        one = Sum(kind="bsd", value=str(int(value)), blocks=int(blocks))
        return (name, one) if int(value) <= 0xFFFF else None
    return None
