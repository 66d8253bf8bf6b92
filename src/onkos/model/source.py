"""A source of knowledge outside this project, and what of it was kept."""

from __future__ import annotations

from onkos.model.noun import Noun, require


class Source(Noun, frozen=True, kw_only=True):
    """Somebody else's knowledge, read at run time and never shipped.

    Attributes
    ----------
    id : str
        How a user names it: ``"civic"``.
    reads : str
        ``"module:function"`` of the adapter, under ``onkos.sources.knowledge.adapters``.
    licence : str
        Of its data, as its owner says.
    address : str
        Where it can be fetched; empty where it cannot.
    """

    id: str
    name: str
    licence: str
    reads: str
    homepage: str = ""
    address: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        require(self.id.isidentifier() and self.id == self.id.casefold(), f"{self.id!r} is no id")
        require(self.reads.count(":") == 1, f"{self.id}: reads {self.reads!r}: module:function")
