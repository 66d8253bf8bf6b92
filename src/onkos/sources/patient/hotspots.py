"""What the vocabulary knows of a gene that decides whether a doubtful row is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onkos.model import Consequence, Event, Oncogenicity, Vocabulary
from onkos.model.criterion import EventIs, Mutation, atoms
from onkos.model.protein import ONE_LETTER, ProteinChange, same_change

Hotspot = Callable[[str, ProteinChange], bool]

# A range this short names residues; a longer one names a region, which is no hotspot.
LONGEST_HOTSPOT = 5

_STANDINGS = frozenset(str(word) for word in Oncogenicity if word.drives)
_TRUNCATING = frozenset({Consequence.NONSENSE, Consequence.FRAMESHIFT})
_IN_FRAME = frozenset(
    {Consequence.INFRAME_DELETION, Consequence.INFRAME_INSERTION, Consequence.DELINS}
)
_SILENT = frozenset({Consequence.SYNONYMOUS, Consequence.UNKNOWN})
_MEANT = {
    "missense": frozenset({Consequence.MISSENSE}),
    "truncating mutation": _TRUNCATING,
    "nonsense": frozenset({Consequence.NONSENSE}),
    "frameshift": frozenset({Consequence.FRAMESHIFT}),
    "in-frame mutation": _IN_FRAME,
    "deletion": frozenset({Consequence.INFRAME_DELETION, Consequence.DELINS}),
    "insertion": frozenset({Consequence.INFRAME_INSERTION, Consequence.DELINS}),
    "splice mutation": frozenset({Consequence.SPLICE}),
}
_LETTERS = frozenset(ONE_LETTER.values())


def hotspots(vocabulary: Vocabulary) -> Hotspot:
    """Whether a change is at a residue whose changes are known to drive cancer.

    Only what names residues counts: one change (``V600E``), any change of a residue
    (``V600``), or codons over at most `LONGEST_HOTSPOT` residues.

    Examples
    --------
    >>> hotspots(Vocabulary())("BRAF", ProteinChange("V600E", Consequence.MISSENSE, 600, 600))
    False
    """
    known: dict[str, list[Mutation]] = {}
    for gene, atom in _driving(vocabulary):
        if isinstance(atom, Mutation) and gene in atom.genes and _names_residues(atom):
            known.setdefault(gene, []).append(atom)

    def is_hotspot(gene: str, change: ProteinChange) -> bool:
        return any(_fits(atom, change) for atom in known.get(gene, ()))

    return is_hotspot


def promoter_genes(vocabulary: Vocabulary) -> frozenset[str]:
    """Genes whose promoter mutations are known to drive cancer."""
    return frozenset(
        gene
        for gene, atom in _driving(vocabulary)
        if isinstance(atom, Mutation) and atom.promoter and gene in atom.genes
    )


def skipping_genes(vocabulary: Vocabulary) -> frozenset[str]:
    """Genes with an exon whose skipping is known to drive cancer: their introns count."""
    return frozenset(
        gene
        for gene, atom in _driving(vocabulary)
        if isinstance(atom, EventIs) and atom.event is Event.SKIPPING and atom.gene == gene
    )


def _driving(vocabulary: Vocabulary) -> Iterator[tuple[str, object]]:
    for gene in vocabulary.genes:
        for change in gene.changes:
            if change.standing in _STANDINGS:
                for criterion in change.when:
                    for atom in atoms(criterion):
                        yield gene.symbol, atom


def _names_residues(atom: Mutation) -> bool:
    if atom.change:
        return True
    short = all(last - first < LONGEST_HOTSPOT for first, last in atom.codons)
    return bool(atom.codons) and short


def _fits(atom: Mutation, change: ProteinChange) -> bool:
    if any(_same(excepted, change) for excepted in atom.excepted):
        return False
    if atom.change:
        return _same(atom.change, change)
    if not any(first <= change.last and change.first <= last for first, last in atom.codons):
        return False
    meant = _MEANT.get(atom.what)
    return change.consequence in meant if meant else change.consequence not in _SILENT


def _same(written: str, change: ProteinChange) -> bool:
    """Whether a change is the written one: ``L858R``, ``V600E/K`` or ``V600``."""
    if change.consequence in _SILENT:
        return False
    return any(
        same_change(one, change.text) or _any_substitution(one, change)
        for one in _alternatives(written)
    )


def _any_substitution(written: str, change: ProteinChange) -> bool:
    """Whether `written` is a bare residue such as ``V600``, and this replaces it."""
    if change.consequence is not Consequence.MISSENSE or len(change.alternate) != 1:
        return False
    return written == f"{change.reference}{change.first}"


def _alternatives(written: str) -> Iterable[str]:
    """``V600E/K`` as ``V600E`` and ``V600K``."""
    first, *others = written.split("/")
    stem = first[:-1]
    return [first, *(f"{stem}{other}" if other in _LETTERS else other for other in others)]
