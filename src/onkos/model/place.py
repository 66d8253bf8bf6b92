"""Where a gene lies on each assembly, with its exons where they are held."""

from __future__ import annotations

from onkos.model.noun import Noun, require

Span = tuple[int, int]
TRANSCRIPT, CODING = "transcript", "coding"


class GenePlace(Noun, frozen=True, kw_only=True):
    """A gene on the assemblies on which its place is known. Bases from 1, both ends included.

    Attributes
    ----------
    chromosome : str
        Without ``chr``.
    strand : int
        1 or -1; 0 where it is not told.
    extent : str
        ``"transcript"``, or ``"coding"`` where what lies before the first and behind the last
        coding base is outside.
    transcript : str
        Accession with version; empty where the extent is of all transcripts.
    spans : dict of str to pair of ints
        By assembly.
    exons : dict of str to tuple of pairs
        By assembly, in the order of the genome; the coding parts alone where the extent is
        ``"coding"``. Empty for genes whose exons are not held.
    coding : dict of str to pair of ints
        First and last coding base of `transcript` by assembly.
    """

    symbol: str
    chromosome: str
    strand: int = 0
    extent: str = TRANSCRIPT
    transcript: str = ""
    spans: dict[str, Span] = {}
    exons: dict[str, tuple[Span, ...]] = {}
    coding: dict[str, Span] = {}

    def __post_init__(self) -> None:
        require(self.strand in {1, -1, 0}, f"{self.symbol}: strand {self.strand}")
        require(self.extent in {TRANSCRIPT, CODING}, f"{self.symbol}: extent {self.extent!r}")
        require(bool(self.spans), f"{self.symbol}: a place on no assembly")
        for assembly, (start, end) in self.spans.items():
            require(1 <= start <= end, f"{self.symbol} on {assembly}: {start} to {end}")

    @property
    def whole(self) -> bool:
        """Whether untranslated exons and the introns between them are inside."""
        return self.extent == TRANSCRIPT
