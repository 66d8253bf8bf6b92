"""Fusions and rearrangements of raw structural variants, by the genes at their ends.

A junction of DNA shows that two genes were joined, not that they are read: RNA tells that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from onkos.annotate.gene_table import Genes
from onkos.annotate.inside import lifted_end
from onkos.annotate.junction_exons import (
    Kept,
    driving_part,
    five_kept,
    in_frame,
    keeps,
    three_kept,
)
from onkos.model import Alteration, Case, Fusion, Junction, Vocabulary
from onkos.model.junction import NO_GENE_TOLD, ONE_OF_TABLE, OUTSIDE_TABLE
from onkos.model.reference import Transcript

BETWEEN = "structural variant: ends in no gene"
ONE_GENE = "structural variant: one end in a gene, the other in none"
INSERTED = "structural variant: an insertion at one place"
UNPLACED_END = "structural variant: its other end has no place in the genome"
WITHIN = "structural variant: both ends in one gene"
SEVERAL = "structural variant: several genes at one end"
OPPOSED = "structural variant: joins two genes head to head, no fusion transcript"
SAME = "same fusion, another row"
_IN_DNA = "seen in DNA, not in RNA: confirm that it is read"


class End(NamedTuple):
    """One end on the genome at hand: the last base kept, and on which side of the break it lies."""

    chromosome: str
    position: int
    side: str


Outcome = Fusion | str | None


def with_fusions(
    case: Case,
    vocabulary: Vocabulary,
    genes_on: dict[str, Genes],
    told: dict[int, str] | None = None,
) -> Case:
    """The case with what its structural variants without genes amount to, each counted.

    Parameters
    ----------
    genes_on : dict of str to Genes
        By the assembly of the junctions; those of another stay as they are.
    told : dict of int to str, optional
        By the identity of a junction: empty where it is told as an event, else why it is not.
    """
    case = _with_parts_kept(case, vocabulary, genes_on)
    rows = _rows(one for one in case.junctions if not (one.genes or one.mate_genes))
    if not rows:
        return case
    known = {_key(a) for a in case.alterations if isinstance(a, Fusion)}
    found: dict[tuple[str, str, str], Fusion] = {}
    became: Counter[str] = Counter()
    for row in rows:
        genes = genes_on.get(row[0].assembly)
        if genes is None or row[0].filters:
            continue
        outcome = _best([_Joined(vocabulary, genes).read(one) for one in row], vocabulary)
        if outcome is None:
            continue
        if not isinstance(outcome, Fusion):
            otherwise = [reason for one in row if (reason := (told or {}).get(id(one))) is not None]
            became[min(otherwise, default=outcome)] += 1
            continue
        key = _key(outcome)
        again = key in found or not known.isdisjoint({key, (*key[:2], "")})
        became[SAME if again else ""] += 1
        if key in found or not again:
            # Of several junctions of one pair the one that is read best, wherever it stands.
            found[key] = max(found.get(key, outcome), outcome, key=_drives_best)
    return _settled(case, [found[key] for key in sorted(found)], became)


def _with_parts_kept(case: Case, vocabulary: Vocabulary, genes_on: dict[str, Genes]) -> Case:
    """The case, fusions whose genes the file's annotation told with what their places add."""
    read: dict[tuple[frozenset[str], str], Fusion] = {}
    for one in case.junctions:
        genes = genes_on.get(one.assembly) if one.genes or one.mate_genes else None
        outcome = _Joined(vocabulary, genes).read(one) if genes and not one.filters else None
        if isinstance(outcome, Fusion):
            key = frozenset(outcome.genes), one.sample
            read[key] = max(read.get(key, outcome), outcome, key=_drives_best)
    if not read:
        return case
    alterations = tuple(_refined(a, read) for a in case.alterations)
    return msgspec.structs.replace(case, alterations=alterations)


def _refined(told: Alteration, read: dict[tuple[frozenset[str], str], Fusion]) -> Alteration:
    if not isinstance(told, Fusion) or told.in_frame is not None or told.exons or told.basis:
        return told
    seen = read.get((frozenset(told.genes), told.sample))
    if seen is None or (told.ordered and (told.five, told.three) != (seen.five, seen.three)):
        return told
    return msgspec.structs.replace(
        told,
        five=seen.five,
        three=seen.three,
        ordered=True,
        in_frame=seen.in_frame,
        lost=seen.lost,
        reads=seen.reads,
        vaf=seen.vaf,
        breakpoints=seen.breakpoints,
        basis=seen.basis,
    )


def _rows(junctions: Iterable[Junction]) -> list[list[Junction]]:
    """Junctions of one record together: an inversion has two."""
    rows: list[list[Junction]] = []
    for one in junctions:
        last = rows[-1][-1] if rows else None
        same = (
            last is not None
            and one.kind == last.kind == "INV"
            and (one.name, one.sample, one.chromosome) == (last.name, last.sample, last.chromosome)
            and abs(one.position - last.position) <= 1
        )
        if same:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _key(fusion: Fusion) -> tuple[str, str, str]:
    return fusion.five, fusion.three, fusion.sample


def _best(outcomes: Sequence[Outcome], vocabulary: Vocabulary) -> Outcome:
    """Of the junctions of one record the fusion that drives, else any, else why there is none."""
    fusions = [one for one in outcomes if isinstance(one, Fusion)]
    if fusions:
        return max(
            fusions, key=lambda one: (len(one.genes), _driven(one, vocabulary), _drives_best(one))
        )
    return next((one for one in outcomes if one is not None), None)


def _drives_best(fusion: Fusion) -> tuple[bool, int, int, str]:
    """What drives is kept, then the frame (kept, not known, shifted), then the most reads."""
    frame = {True: 2, None: 1, False: 0}[fusion.in_frame]
    return not fusion.lost, frame, fusion.reads or 0, fusion.breakpoints


def _driven(fusion: Fusion, vocabulary: Vocabulary) -> bool:
    ends = (("five", fusion.five), ("three", fusion.three))
    return any((gene := vocabulary.gene(s)) and gene.fusion_end == end for end, s in ends)


def _settled(case: Case, found: list[Fusion], became: Counter[str]) -> Case:
    filtered = Counter(case.filtered)
    filtered[NO_GENE_TOLD] -= became.total()
    filtered.update({reason: n for reason, n in became.items() if reason})
    notices = []
    for label in dict.fromkeys(one.label for one in found):
        notices.append(f"{label}: named here by the places of structural variants")
    open_ = filtered[NO_GENE_TOLD]
    if open_ > 0:
        notices.append(
            f"{open_} structural variants have no place on an assembly that is known: no fusion "
            "is read from them; state the assembly, annotate the file with VEP or snpEff, or "
            "give fusions as a table"
        )
    return msgspec.structs.replace(
        case,
        alterations=(*case.alterations, *found),
        filtered={reason: n for reason, n in filtered.items() if n > 0},
        notices=tuple(dict.fromkeys((*case.notices, *notices))),
    )


class _Joined:
    """Reads one junction."""

    def __init__(self, vocabulary: Vocabulary, genes: Genes) -> None:
        self._words = vocabulary
        self._genes = genes

    def read(self, junction: Junction) -> Outcome:
        """The fusion, why there is none, or None where it has no place here."""
        if junction.kind == "INS" and not junction.mate_chromosome:
            return INSERTED
        own = self._end(junction, junction.chromosome, junction.position, junction.side)
        if not junction.mate_chromosome:
            return self._one_end(junction, own) if own else None
        mate = self._end(
            junction, junction.mate_chromosome, junction.mate_position, junction.mate_side
        )
        if own is None or mate is None:
            return None
        here, there = self._at(own), self._at(mate)
        if here is None or there is None:
            return SEVERAL
        if not here and not there:
            return BETWEEN if self._genes.told == "the reference" else OUTSIDE_TABLE
        if here and there:
            if self._symbol(here[0]) == self._symbol(there[0]):
                return WITHIN
            return self._pair(junction, (own, here[0]), (mate, there[0]))
        end, gene = (own, here[0]) if here else (mate, there[0])
        alone = self._alone(junction, end, gene, "the other end lies in no gene of known place")
        nothing = ONE_GENE if self._genes.told == "the reference" else ONE_OF_TABLE
        return alone or nothing

    def _one_end(self, junction: Junction, own: End) -> Outcome:
        here = self._at(own)
        why = "the other end has no place in the genome"
        return (self._alone(junction, own, here[0], why) if here else None) or UNPLACED_END

    def _end(self, junction: Junction, chromosome: str, position: int, side: str) -> End | None:
        if junction.assembly == self._genes.assembly:
            return End(chromosome, position, side)
        lifted = lifted_end(self._genes, junction.assembly, chromosome, position, side)
        return End(*lifted) if lifted else None

    def _at(self, end: End) -> tuple[Transcript, ...] | None:
        """The gene at an end; none, or None where several are and no one stands out."""
        best: dict[str, Transcript] = {}
        for one in self._genes.transcripts_of(end.chromosome, end.position, end.position):
            symbol = self._symbol(one)
            if one.coding is None and symbol not in self._words.gene_by_symbol:
                continue
            kept = best.get(symbol)
            if kept is None or (one.mane, one.canonical) > (kept.mane, kept.canonical):
                best[symbol] = one
        ranked = sorted(best, key=self._weight, reverse=True)
        if len(ranked) > 1 and self._weight(ranked[0]) == self._weight(ranked[1]):
            return None
        return (best[ranked[0]],) if ranked else ()

    def _weight(self, symbol: str) -> int:
        gene = self._words.gene(symbol)
        return 0 if gene is None else 2 if gene.fusion_end else 1

    def _symbol(self, transcript: Transcript) -> str:
        return self._words.symbol_by_name.get(transcript.gene.upper(), transcript.gene)

    def _pair(
        self, junction: Junction, one: tuple[End, Transcript], other: tuple[End, Transcript]
    ) -> Outcome:
        first, second = (_runs_in(end, gene) for end, gene in (one, other))
        if first is second:
            for end, gene, partner in ((*one, other[1]), (*other, one[1])):
                why = f"joined head to head to {self._symbol(partner)}"
                if alone := self._alone(junction, end, gene, why):
                    return alone
            return OPPOSED
        (five_end, five), (three_end, three) = (one, other) if first else (other, one)
        kept = five_kept(five, five_end.position), three_kept(three, three_end.position)
        lost = (*self._lost(five, five_end, "five"), *self._lost(three, three_end, "three"))
        return self._made(junction, (five, three), kept, "", lost)

    def _alone(self, junction: Junction, end: End, gene: Transcript, why: str) -> Fusion | None:
        """A gene that is known to drive by the part kept, its partner not known."""
        symbol = self._symbol(gene)
        known = self._words.gene(symbol)
        part = "five" if _runs_in(end, gene) else "three"
        if known is None or known.fusion_end != part:
            return None
        genes = (gene, None) if part == "five" else (None, gene)
        return self._made(junction, genes, None, why, self._lost(gene, end, part))

    def _lost(self, gene: Transcript, end: End, part: str) -> tuple[str, ...]:
        """The gene where the part by which it drives is not, or not surely, kept whole."""
        symbol = self._symbol(gene)
        known = self._words.gene(symbol)
        if known is None or known.fusion_keeps is None:
            return ()
        place = self._words.place_by_gene.get(symbol)
        span = driving_part(place, self._genes.assembly, known.fusion_keeps) if place else None
        kept = span is not None and keeps(span, gene.strand, part, end.position)
        return () if kept else (symbol,)

    def _made(
        self,
        junction: Junction,
        genes: tuple[Transcript | None, Transcript | None],
        kept: tuple[Kept, Kept] | None,
        why: str,
        lost: tuple[str, ...],
    ) -> Fusion:
        five, three = (self._symbol(gene) if gene else "" for gene in genes)
        whose = " and ".join(dict.fromkeys(self._genes.source(gene) for gene in genes if gene))
        exons = ""
        if kept and kept[0].exon and kept[1].exon:
            exons = f"exon {kept[0].exon} - exon {kept[1].exon}, "
        not_whole = f"the part by which {' and '.join(lost)} drives is not kept whole"
        told = "; ".join(text for text in (not_whole if lost else "", why, _IN_DNA) if text)
        return Fusion(
            five=five,
            three=three,
            in_frame=in_frame(*kept) if kept else None,
            reads=junction.reads,
            lost=lost,
            vaf=junction.vaf,
            breakpoints=f"{exons}{junction.place}",
            origin=junction.origin,
            sample=junction.sample,
            basis=f"{exons}{junction.place}, genes of {whose}; {told}",
        )


def _runs_in(end: End, gene: Transcript) -> bool:
    """Whether the kept DNA runs into the break with the gene, so that it is the 5' partner."""
    return (end.side == "+") is (gene.strand > 0)
