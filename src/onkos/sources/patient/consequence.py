"""What a variant does, from Sequence Ontology terms and its protein change put together.

Terms and their order from most to least severe follow Ensembl VEP,
https://www.ensembl.org/info/genome/variation/prediction/predicted_data.html; snpEff's own
terms stand beside their like, https://pcingola.github.io/SnpEff/snpeff/inputoutput/.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from onkos.model import Consequence, Vocabulary
from onkos.model.protein import ProteinChange
from onkos.sources.patient.hotspots import promoter_genes, skipping_genes
from onkos.sources.patient.maf_words import (
    BETWEEN,
    CONTRADICTIONS,
    DOWNSTREAM,
    INTRONIC,
    NEW_START,
    RNA,
    SPLICE_REGION,
    SYNONYMOUS,
    UPSTREAM,
    UTR,
)
from onkos.sources.patient.tables import Rejected

SILENT = frozenset(
    {Consequence.SYNONYMOUS, Consequence.INTRONIC, Consequence.UTR, Consequence.NONCODING}
)

_NO_PROTEIN = SILENT - {Consequence.SYNONYMOUS}
_EMPTY = frozenset({Consequence.SYNONYMOUS, Consequence.SPLICE, Consequence.UNKNOWN})
_UNKNOWN = (Consequence.UNKNOWN, "")
_MISSENSE = (Consequence.MISSENSE, "")
_FRAMESHIFT = (Consequence.FRAMESHIFT, "")
_INSERTION = (Consequence.INFRAME_INSERTION, "")
_DELETION = (Consequence.INFRAME_DELETION, "")
_START = (Consequence.START_LOST, "")
_SPLICE = (Consequence.SPLICE, "")

_ORDERED: tuple[tuple[str, tuple[Consequence, str]], ...] = (
    ("transcript_ablation", _UNKNOWN),
    ("exon_loss_variant", _UNKNOWN),
    ("exon_loss", _UNKNOWN),
    ("splice_acceptor_variant", _SPLICE),
    ("splice_donor_variant", _SPLICE),
    ("stop_gained", (Consequence.NONSENSE, "")),
    ("frameshift_variant", _FRAMESHIFT),
    ("stop_lost", (Consequence.STOP_LOST, "")),
    ("start_lost", _START),
    ("initiator_codon_variant", _START),
    ("transcript_amplification", _UNKNOWN),
    ("feature_elongation", _UNKNOWN),
    ("feature_truncation", _UNKNOWN),
    ("inframe_insertion", _INSERTION),
    ("conservative_inframe_insertion", _INSERTION),
    ("disruptive_inframe_insertion", _INSERTION),
    ("inframe_deletion", _DELETION),
    ("conservative_inframe_deletion", _DELETION),
    ("disruptive_inframe_deletion", _DELETION),
    ("missense_variant", _MISSENSE),
    ("rare_amino_acid_variant", _MISSENSE),
    ("non_conservative_missense_variant", _MISSENSE),
    ("conservative_missense_variant", _MISSENSE),
    ("protein_altering_variant", _UNKNOWN),
    ("splice_donor_5th_base_variant", SPLICE_REGION),
    ("splice_region_variant", SPLICE_REGION),
    ("splice_donor_region_variant", SPLICE_REGION),
    ("splice_polypyrimidine_tract_variant", SPLICE_REGION),
    ("splice_branch_variant", SPLICE_REGION),
    ("incomplete_terminal_codon_variant", (Consequence.NONCODING, "incomplete last codon")),
    ("coding_sequence_variant", _UNKNOWN),
    ("start_retained_variant", SYNONYMOUS),
    ("start_retained", SYNONYMOUS),
    ("stop_retained_variant", SYNONYMOUS),
    ("synonymous_variant", SYNONYMOUS),
    ("5_prime_UTR_premature_start_codon_gain_variant", NEW_START),
    ("mature_miRNA_variant", RNA),
    ("5_prime_UTR_variant", UTR),
    ("3_prime_UTR_variant", UTR),
    ("5_prime_UTR_truncation", UTR),
    ("3_prime_UTR_truncation", UTR),
    ("non_coding_transcript_exon_variant", RNA),
    ("non_coding_exon_variant", RNA),
    ("intron_variant", INTRONIC),
    ("NMD_transcript_variant", RNA),
    ("non_coding_transcript_variant", RNA),
    ("nc_transcript_variant", RNA),
    ("coding_transcript_variant", RNA),
    ("intragenic_variant", RNA),
    ("upstream_gene_variant", UPSTREAM),
    ("downstream_gene_variant", DOWNSTREAM),
    ("TFBS_ablation", BETWEEN),
    ("TFBS_amplification", BETWEEN),
    ("TF_binding_site_variant", BETWEEN),
    ("regulatory_region_ablation", BETWEEN),
    ("regulatory_region_amplification", BETWEEN),
    ("regulatory_region_variant", BETWEEN),
    ("structural_interaction_variant", RNA),
    ("protein_protein_contact", RNA),
    ("sequence_feature", RNA),
    ("conserved_intergenic_variant", BETWEEN),
    ("intergenic_variant", BETWEEN),
    ("intergenic_region", BETWEEN),
    ("sequence_variant", _UNKNOWN),
)


class Effect(NamedTuple):
    """What the terms of one annotation say.

    Attributes
    ----------
    reason : str
        Why a variant of this kind is left out; empty where it is kept.
    severity : int
        0 for the most severe.
    """

    kind: Consequence
    reason: str
    severity: int


_EFFECTS = {
    term.casefold(): Effect(kind, reason, at) for at, (term, (kind, reason)) in enumerate(_ORDERED)
}


@lru_cache(maxsize=4096)
def effect_of(terms: str) -> Effect | None:
    """The most severe of terms joined by ``&``; None where none is known.

    >>> effect_of("intron_variant&splice_donor_variant").kind.value
    'splice'
    >>> effect_of("splice_region_variant&missense_variant").kind.value
    'missense'
    """
    known = (_EFFECTS.get(term.strip().casefold()) for term in terms.replace("+", "&").split("&"))
    return min((e for e in known if e), key=lambda e: e.severity, default=None)


class Effects:
    """Settles what a variant does, and whether it is kept, for the genes of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary.gene_by_symbol
        self._promoters = promoter_genes(vocabulary)
        self._reach = vocabulary.limits.get("promoter_reach", 0)
        self._skipping = skipping_genes(vocabulary)

    def in_promoter(self, gene: str, effect: Effect, distance: int | None) -> bool:
        """Whether the variant is in a promoter whose changes are known to matter."""
        upstream = (effect.kind, effect.reason) == UPSTREAM
        near = distance is None or distance <= self._reach
        return upstream and near and gene in self._promoters

    def silent(self, gene: str, effect: Effect, distance: int | None) -> bool:
        """True where the terms alone give no reason to look closer."""
        if effect.kind is Consequence.INTRONIC and gene in self._skipping:
            return False
        return effect.kind in SILENT and not self.in_promoter(gene, effect, distance)

    def kind(
        self, gene: str, effect: Effect, change: ProteinChange | None, distance: int | None
    ) -> tuple[Consequence, str]:
        """What the change does, and why it is left out (empty where it is kept).

        Raises
        ------
        Rejected
            Where terms and protein change contradict each other.
        """
        if self.in_promoter(gene, effect, distance):
            return Consequence.PROMOTER, ""
        kind = settled(effect.kind, change)
        if kind is Consequence.INTRONIC and gene in self._skipping:
            return kind, ""
        if kind is Consequence.SPLICE_REGION and gene not in self._known:
            return kind, "splice region in a gene without knowledge"
        return kind, (effect.reason or str(kind)) if kind in SILENT else ""


def settled(stated: Consequence, change: ProteinChange | None) -> Consequence:
    """One consequence from the term and the protein change; the protein says more.

    Raises
    ------
    Rejected
        Where the two cannot both be true.
    """
    if change is None:
        return stated
    read = change.consequence
    if (stated in _NO_PROTEIN or stated is Consequence.SPLICE_REGION) and read in _EMPTY:
        return stated
    if stated is Consequence.SPLICE and read is Consequence.SYNONYMOUS:
        return Consequence.SPLICE_REGION
    if read in CONTRADICTIONS.get(stated, ()):
        raise Rejected(
            "protein",
            f"the terms say {stated}, the protein change {read}",
            text=change.text,
            remedy="annotate the file again; the two may be of different transcripts",
        )
    return stated if read is Consequence.UNKNOWN else read
