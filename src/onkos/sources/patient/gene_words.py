"""The words that reports use of a gene, and the kind of finding that they amount to."""

from __future__ import annotations

import re
from enum import StrEnum

from onkos.sources.patient.statement import NotUnderstood


class Kind(StrEnum):
    """Kinds of finding that words can name."""

    BARE = "nothing said"
    MUTATION = "mutation"
    ONCOGENIC = "oncogenic mutation"
    LOSS_OF_FUNCTION = "loss of function"
    TRUNCATING = "truncating mutation"
    NONSENSE = "nonsense"
    FRAMESHIFT = "frameshift"
    REVERSION = "reversion mutation"
    MISSENSE = "missense"
    SPLICE = "splice mutation"
    IN_FRAME = "in-frame mutation"
    DELINS = "in-frame delins"
    SMALL_DELETION = "in-frame deletion"
    INSERTION = "insertion"
    DELETION = "deletion"
    HOMOZYGOUS_DELETION = "homozygous deletion"
    HETEROZYGOUS_LOSS = "heterozygous loss"
    AMPLIFICATION = "amplification"
    GAIN = "gain"
    NEUTRAL = "neutral"
    LOSS = "loss"
    PROTEIN = "protein"
    PROTEIN_LOSS = "protein loss"
    PROTEIN_NORMAL = "protein retained"
    OVEREXPRESSION = "protein overexpression"
    RNA_LOSS = "RNA loss"
    RNA_OVEREXPRESSION = "RNA overexpression"
    FUSION = "fusion"
    METHYLATION = "methylation"
    ITD = "ITD"
    PTD = "PTD"
    SKIPPING = "exon skipping"
    SPLICE_VARIANT = "splice variant"


_PHRASES = [
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"\bloss[\s-]of[\s-]heterozygosity\b|\bLOH\b", " loh "),
        (r"\bloss[\s-]of[\s-]function\b|\bLOF\b", " lof "),
        (r"\bgain[\s-]of[\s-]function\b|\bGOF\b", " activating "),
        (r"\bin[\s-]?frame\b", " inframe "),
        (r"\bframe[\s-]?shift(?:ing)?\b", " frameshift "),
        (r"\bbi[\s-]?allelic(?:ally)?\b", " biallelic "),
        (r"\b(?:m?RNA)\b", " rna "),
        (r"\bover[\s-]?express(?:ion|ed|ing)\b", " overexpression "),
        (r"\bcopy[\s-]number\b", " copynumber "),
        (r"\bsplice[\s-]variant\b", " splicevariant "),
        (r"\bsplic(?:e|ing)(?:[\s-](?:site|donor|acceptor))?\b", " splice "),
        (r"\binternal[\s-]tandem[\s-]duplications?\b", " itd "),
        (r"\bpartial[\s-]tandem[\s-]duplications?\b", " ptd "),
        (r"\bstop[\s-]?gain(?:ed)?\b", " nonsense "),
        (r"\bhigh[\s-](?:level|grade)\b", " highlevel "),
        (r"\blow[\s-]level\b", " lowlevel "),
        (r"\b(?:single|one)[\s-]copy\b", " heterozygous "),
        (r"\bhom[\s-]?del\b", " homozygous deletion "),
        (r"\bhet[\s-]?(?:loss|del)\b", " heterozygous loss "),
        (r"\bbreak[\s-]?apart\b", " rearrangement "),
    )
]

_MEANINGS = {
    "mutation": "mutation mutations mutated mutant mutants mut muts mt variant variants snv",
    "amplification": "amplification amplifications amplified amp ampl amps",
    "gain": "gain gains gained",
    "deletion": "deletion deletions deleted del dels",
    "insertion": "insertion insertions inserted ins duplication duplications dup dups",
    "delins": "delins",
    "indel": "indel indels",
    "fusion": "fusion fusions fused rearrangement rearrangements rearranged rearr translocation "
    "translocations translocated r",
    "loss": "loss losses lost",
    "protein": "protein expression ihc staining stain immunohistochemistry immunohistochemical",
    "rna": "rna transcript",
    "overexpression": "overexpression",
    "retained": "retained intact preserved maintained",
    "homozygous": "homozygous hom deep homozygously",
    "heterozygous": "heterozygous het hemizygous monoallelic shallow",
    "biallelic": "biallelic",
    "activating": "activating activated",
    "inactivating": "inactivating inactivated inactivation",
    "truncating": "truncating truncation truncated",
    "nonsense": "nonsense",
    "frameshift": "frameshift frameshifts fs",
    "reversion": "reversion reversions revertant restoring",
    "missense": "missense",
    "splice": "splice",
    "inframe": "inframe",
    "lof": "lof",
    "loh": "loh",
    "itd": "itd",
    "ptd": "ptd",
    "skipping": "skipping skip skipped",
    "methylation": "methylation methylated hypermethylation hypermethylated",
    "highlevel": "highlevel focal high-level",
    "lowlevel": "lowlevel",
    "copynumber": "copynumber cnv cna",
    "alteration": "alteration alterations altered aberration aberrations abnormality abnormal "
    "abnormalities anomaly change changes",
    "splicevariant": "splicevariant",
    # said of a change without making it another
    "": "of the a an in at by with for on to gene genes is was are were be has been this known "
    "hotspot point substitution recurrent nuclear membranous complete ngs pcr fish sequencing "
    "tumour tumor cells cell status result results driver sequence site domain class type snp "
    "resistance sensitising sensitizing clinically relevant significant single nucleotide "
    "isolated secondary acquired = -",
}
_WORDS = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}

_KINDS = {
    frozenset(words.split()): kind
    for kind, spellings in {
        Kind.BARE: ("",),
        Kind.MUTATION: ("mutation",),
        Kind.ONCOGENIC: ("activating", "activating missense"),
        Kind.LOSS_OF_FUNCTION: ("lof", "inactivating", "lof inactivating"),
        Kind.TRUNCATING: ("truncating",),
        Kind.NONSENSE: ("nonsense", "nonsense truncating"),
        Kind.FRAMESHIFT: (
            "frameshift", "frameshift deletion", "frameshift insertion", "frameshift truncating",
        ),
        Kind.REVERSION: ("reversion",),
        Kind.MISSENSE: ("missense",),
        Kind.SPLICE: ("splice",),
        Kind.IN_FRAME: ("inframe", "indel", "inframe indel"),
        Kind.DELINS: ("inframe delins", "delins"),
        Kind.SMALL_DELETION: ("inframe deletion",),
        Kind.INSERTION: ("insertion", "inframe insertion"),
        Kind.DELETION: ("deletion", "deletion loss", "copynumber deletion"),
        Kind.HOMOZYGOUS_DELETION: (
            "homozygous deletion", "homozygous loss", "homozygous deletion loss",
            "biallelic deletion", "homozygous copynumber loss",
        ),
        Kind.HETEROZYGOUS_LOSS: (
            "heterozygous deletion", "heterozygous loss", "heterozygous deletion loss",
            "heterozygous copynumber loss",
        ),
        Kind.AMPLIFICATION: (
            "amplification", "highlevel amplification", "highlevel gain",
            "copynumber amplification",
        ),
        Kind.GAIN: ("gain", "lowlevel gain", "copynumber gain"),
        Kind.LOSS: ("loss",),
        Kind.PROTEIN: ("protein",),
        Kind.PROTEIN_LOSS: ("protein loss",),
        Kind.PROTEIN_NORMAL: ("retained", "protein retained"),
        Kind.OVEREXPRESSION: ("overexpression", "protein overexpression"),
        Kind.RNA_LOSS: ("rna loss", "rna protein loss"),
        Kind.RNA_OVEREXPRESSION: ("rna overexpression",),
        Kind.FUSION: ("fusion", "rna fusion"),
        Kind.METHYLATION: ("methylation",),
        Kind.ITD: ("itd",),
        Kind.PTD: ("ptd",),
        Kind.SKIPPING: ("skipping",),
        Kind.SPLICE_VARIANT: ("splicevariant",),
    }.items()
    for words in spellings
}  # fmt: skip

# Kinds that are mutations, so that the word may stand beside them.
_OF_MUTATIONS = {
    Kind.ONCOGENIC, Kind.LOSS_OF_FUNCTION, Kind.TRUNCATING, Kind.NONSENSE, Kind.FRAMESHIFT,
    Kind.REVERSION, Kind.MISSENSE, Kind.SPLICE, Kind.IN_FRAME, Kind.DELINS,
    Kind.SMALL_DELETION, Kind.INSERTION, Kind.ITD, Kind.PTD, Kind.SKIPPING, Kind.SPLICE_VARIANT,
}  # fmt: skip

_REMEDIES = {
    "loh": "give the kind: heterozygous loss, or biallelic loss",
    "alteration": "give the kind: mutation, amplification, deletion, fusion...",
    "copynumber": "give the call: amplification, gain, heterozygous loss, deletion",
}
_REMEDY = "say it as in 'EGFR L858R', 'ERBB2 amplification', 'ALK fusion', 'NF1 loss of function'"


def joined_phrases(text: str) -> str:
    """The text with phrases of several words made one word.

    >>> joined_phrases("loss-of-function mutation").split()
    ['lof', 'mutation']
    """
    for pattern, word in _PHRASES:
        text = pattern.sub(word, text)
    return text


def meaning(word: str) -> str | None:
    """What a word amounts to; empty for one that adds nothing, None for one not known."""
    return _WORDS.get(word.casefold().strip(".,:;+") or "=")


def kind_of(words: frozenset[str], placed: bool) -> Kind:
    """The kind of finding that meanings amount to together.

    Parameters
    ----------
    placed : bool
        Whether it lies in a named part of the gene: there a deletion is a mutation.

    Raises
    ------
    NotUnderstood
        Where they do not add up to one.
    """
    kind = _KINDS.get(words)
    if kind is None and "mutation" in words:
        kind = _KINDS.get(words - {"mutation"})
        fits = kind in _OF_MUTATIONS or (placed and kind is Kind.DELETION)
        kind = kind if fits else None
    if kind is None:
        remedy = next((text for word, text in _REMEDIES.items() if word in words), _REMEDY)
        raise NotUnderstood(f"{' '.join(sorted(words))}: not one kind of finding", remedy)
    return kind
