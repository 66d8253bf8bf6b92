"""Where a gene lies on each assembly, with its exons where they are held."""

from __future__ import annotations

from onkos.model.noun import Noun, require

Span = tuple[int, int]
TRANSCRIPT, CODING, SEEN = "transcript", "coding", "seen"


class GenePlace(Noun, frozen=True, kw_only=True):
    """A gene on the assemblies on which its place is known. Bases from 1, both ends included.

    Attributes
    ----------
    chromosome : str
        Without ``chr``.
    strand : int
        1 or -1; 0 where it is not told.
    extent : str
        ``"transcript"``; ``"coding"`` where what lies before the first and behind the last
        coding base is outside; ``"seen"`` where only a part within the coding bases is known.
    transcript : str
        Accession with version; empty where the extent is of all transcripts.
    spans : dict of str to pair of ints
        By assembly.
    reach : dict of str to pair of ints
        By assembly, where other transcripts of the gene reach further than the one held: an end
        of a structural variant there is in the gene.
    bounds : dict of str to tuple of int
        First and last base of each exon by assembly, in the order of the genome; of the coding
        parts alone where the extent is ``"coding"``. Empty for genes whose exons are not held.
    coding : dict of str to pair of ints
        First and last coding base of `transcript` by assembly.
    """

    symbol: str
    chromosome: str
    strand: int = 0
    extent: str = TRANSCRIPT
    transcript: str = ""
    spans: dict[str, Span] = {}
    reach: dict[str, Span] = {}
    bounds: dict[str, tuple[int, ...]] = {}
    coding: dict[str, Span] = {}

    def __post_init__(self) -> None:
        require(self.strand in {1, -1, 0}, f"{self.symbol}: strand {self.strand}")
        require(self.extent in {TRANSCRIPT, CODING, SEEN}, f"{self.symbol}: extent {self.extent!r}")
        require(bool(self.spans), f"{self.symbol}: a place on no assembly")

    def exons(self, assembly: str) -> tuple[Span, ...]:
        """Exons in the order of the genome; empty where they are not held."""
        flat = self.bounds.get(assembly, ())
        return tuple(zip(flat[::2], flat[1::2], strict=True))

    @property
    def whole(self) -> bool:
        """Whether untranslated exons and the introns between them are inside."""
        return self.extent == TRANSCRIPT
