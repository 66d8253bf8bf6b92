"""A source of knowledge outside this project, and what of it was kept."""

from __future__ import annotations

from onkos.model.noun import Noun, require

CLAIMS, RECORDS = "claims", "records"
KINDS = (CLAIMS, RECORDS, "hotspots", "roles", "studies", "changes", "vocabulary")


class Source(Noun, frozen=True, kw_only=True):
    """Somebody else's knowledge, read at run time and never shipped.

    Attributes
    ----------
    id : str
        How a user names it: ``"civic"``.
    kind : str
        What it tells: claims, records of alleles that are looked up where they lie, facts for the
        standard of oncogenicity (hotspots, roles, studies), known changes, or a vocabulary that
        ours is compared with.
    reads : str
        ``"module:function"`` of the adapter, under ``onkos.sources.knowledge.adapters``.
    together : bool
        Its files are read as one: what one of them names stands in another.
    licence : str
        Of its data, as its owner says.
    address : str
        Where it can be fetched; empty where it cannot.
    day_line : str
        How the line of a file begins that tells the day of the source's state; empty for none.
    keep : bool
        Whether what is fetched of it may be kept without its owner's leave. A file that the user
        adds is kept all the same: what its terms allow is between the user and its owner.
    """

    id: str
    name: str
    licence: str
    reads: str
    kind: str = CLAIMS
    together: bool = False
    homepage: str = ""
    address: str = ""
    day_line: str = ""
    keep: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        require(self.id.isidentifier() and self.id == self.id.casefold(), f"{self.id!r} is no id")
        require(self.reads.count(":") == 1, f"{self.id}: reads {self.reads!r}: module:function")
        require(self.kind in KINDS, f"{self.id}: {self.kind!r} is none of {', '.join(KINDS)}")
