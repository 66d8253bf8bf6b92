"""What a VCF rules out of small variants, gathered while its records are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onkos.model import Doubt, Vocabulary
from onkos.sources.patient.cut_files import inside_chromosome
from onkos.sources.patient.doubts import NO_ROWS, NO_SMALL, SMALL, STRUCTURES, unread_doubts
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.symbols import chromosome_name
from onkos.sources.patient.vcf_header import Facts
from onkos.sources.patient.vcf_swapped import Balance

_LEFT_OUT = "a structural variant in {source} failed the caller's filter, and it may be this one"
_NORMAL_ALONE = "a change of this gene stands in the normal sample alone"


class Settles:
    """Writes into what was observed whether an absence counts.

    Attributes
    ----------
    passed : int
        Small variants of the tumour that the caller let pass, whatever they do.
    joined : int
        Structural variants of the tumour that passed, whatever they join.
    """

    def __init__(self, file: Facts, vocabulary: Vocabulary, observed: Observed) -> None:
        self._file = file
        self._vocabulary = vocabulary
        self._observed = observed
        self._alone: set[str] = set()
        self._left_out: set[str] = set()
        self.passed = 0
        self.joined = 0

    def unread(
        self, genes: Sequence[str], germline: bool, about: Sequence[str] = (SMALL, *STRUCTURES)
    ) -> None:
        """A row was not understood; it may be of these classes of alterations."""
        doubts = unread_doubts(self._file.source, genes, self._vocabulary, germline, about)
        self._add(doubts)

    def called(self, contig: str) -> None:
        """A small variant of the tumour passed."""
        self.passed += 1
        self._observed.chromosomes[chromosome_name(contig)] += 1

    def inside(self, contig: str, position: int) -> None:
        """Refuse a place past the end of its chromosome."""
        name = chromosome_name(contig)
        inside_chromosome(name, position, self._file.assembly, self._vocabulary)

    def filtered(self, genes: Iterable[str]) -> None:
        """A structural variant that ends in these genes failed the caller's filters."""
        self._left_out.update(genes)

    def in_normal_alone(self, genes: Sequence[str]) -> None:
        """A change of these genes stands in the normal's column and not in the tumour's."""
        names = self._vocabulary.symbol_by_name
        self._alone |= {names.get(gene.strip().upper(), gene) for gene in genes}

    def weighed(self, balance: Balance) -> None:
        """What the two columns say, where they are not plainly swapped."""
        if balance.doubtful:
            self._observed.notices.append(f"{self._file.source}: {balance.warning}")
            self._add([Doubt(reason=balance.doubt)])
        else:
            told = (
                Doubt(reason=_NORMAL_ALONE, gene=gene, germline=True)
                for gene in sorted(self._alone)
            )
            self._add(told)

    def close(self) -> None:
        """Whether calls are before us, or a header and what the caller left out."""
        observed = self._observed
        reason = _LEFT_OUT.format(source=self._file.source)
        left_out = sorted(self._left_out)
        self._add(Doubt(reason=reason, about=c, gene=g) for g in left_out for c in STRUCTURES)
        if self.joined:
            observed.told |= dict.fromkeys(STRUCTURES, "")
        observed.has_calls = self.passed > 0
        structural = any(one.calls_structures for one in self._file.called.callers)
        observed.structures_by = self._file.called.names if structural else ""
        if observed.has_calls:
            return
        observed.thin = NO_SMALL if observed.rows else NO_ROWS
        if not structural and not observed.junctions:
            observed.caller = self._file.called.names

    def _add(self, doubts: Iterable[Doubt]) -> None:
        known = set(self._observed.doubts)
        self._observed.doubts += [d for d in doubts if d not in known]
