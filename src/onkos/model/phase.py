"""On which molecule two changes lie."""

from __future__ import annotations

from onkos.model.noun import Noun


class Phase(Noun, frozen=True, kw_only=True):
    """Two changes of one gene on the same molecule (cis) or not (trans)."""

    gene: str
    first: str
    second: str
    cis: bool

    @property
    def label(self) -> str:
        """Name as a reader would say it."""
        return f"{self.gene} {self.first} in {'cis' if self.cis else 'trans'} with {self.second}"
