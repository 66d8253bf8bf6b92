"""Fusions of two named partners, and what is said beside them."""

from __future__ import annotations

import re

from onkos.model import Alteration, Cytogenetic, Fusion, Gene, Vocabulary
from onkos.sources.patient.gene_head import Head
from onkos.sources.patient.gene_names import GeneNames
from onkos.sources.patient.gene_text import gene_findings
from onkos.sources.patient.gene_words import joined_phrases, meaning
from onkos.sources.patient.statement import NotUnderstood, Said
from onkos.sources.patient.variant_text import coding_change, protein_change

_BREAKS = re.compile(
    r"(?<!\S)(?:e(?:x|xon)?\s?\d+\s?(?:::|;|,|-|/)\s?[ea](?:x|xon)?\s?\d+|variant\s?\d\w?"
    r"|v\d\w?(?:/\w)?|p\d{3})(?!\S)",
    re.IGNORECASE,
)
_BY_INITIALS = re.compile(r"(?<!\S)([A-Z])\d+;\s?([A-Z])\d+(?!\S)")
_OUT_OF_FRAME = re.compile(r"\bout[\s-]of[\s-]frame\b", re.IGNORECASE)
_BESIDE = {"fusion", "inframe", "mutation", "activating", "rna"}


def pair_findings(head: Head, said: Said, names: GeneNames) -> list[Alteration]:
    """The fusion of two partners, and a change of one of them where it is named too.

    Raises
    ------
    NotUnderstood
        Where the words around the partners say something else.
    """
    five, three = (name.symbol for name in head.names)
    rest, outs = _OUT_OF_FRAME.subn(" ", head.rest)
    breaks, rest = _breaks(rest, five, three)
    words = joined_phrases(rest).split()
    changes = [word for word in words if protein_change(word) or coding_change(word)]
    meanings = {meaning(word) for word in words if word not in changes} - {""}
    if meanings - _BESIDE:
        raise NotUnderstood(
            "words beside a fusion that were not understood",
            f"write '{five or 'v'}::{three or 'v'} fusion', and other findings apart",
        )
    if said.present is False:
        return [_denied(five, three, bool(changes), names.vocabulary)]
    known_reversed = head.ordered and _known(three, five, names) and not _known(five, three, names)
    fusion = Fusion(
        five=five,
        three=three,
        ordered=bool(head.ordered and five and three and not known_reversed),
        in_frame=False if outs else True if "inframe" in meanings else None,
        breakpoints=breaks,
        origin=said.origin,
        vaf=None if changes else said.vaf,
    )
    if not changes:
        return [fusion]
    host = _host(five, three, changes[0], names.vocabulary)
    return [fusion, *gene_findings(host, " ".join(changes), said, names)]


def _breaks(rest: str, five: str, three: str) -> tuple[str, str]:
    """Where the genes are broken, as written, and the words that are left."""
    named = _BY_INITIALS.search(rest)
    if named and (named[1], named[2]) == (five[:1], three[:1]):
        return named[0].strip(), f"{rest[: named.start()]} {rest[named.end() :]}"
    return " ".join(_BREAKS.findall(rest)), _BREAKS.sub(" ", rest)


def _known(five: str, three: str, names: GeneNames) -> bool:
    """Whether the vocabulary names the pair in this order."""
    words = names.vocabulary.karyotypes
    return any((word.five, word.three) == (five, three) for word in words if word.five)


def _denied(five: str, three: str, changed: bool, vocabulary: Vocabulary) -> Alteration:
    """No such fusion: exact where the pair has a karyotype, else too narrow to be said."""
    for word in vocabulary.karyotypes:
        if word.five and {word.five, word.three} == {five, three} and not changed:
            return Cytogenetic(name=word.name, present=False)
    gene = three or five
    raise NotUnderstood(
        "the absence of one pair of partners says nothing of others",
        f"write 'no {gene} fusion' where every fusion of {gene} was excluded",
    )


def _host(five: str, three: str, change: str, vocabulary: Vocabulary) -> str:
    """The partner that carries a change: the one oncogene of the two that is long enough."""
    found = protein_change(change)
    at = found.first if found else 0
    able = [
        gene
        for gene in (vocabulary.gene(five), vocabulary.gene(three))
        if gene and _drives(gene) and (not gene.length or at <= gene.length)
    ]
    if len(able) != 1:
        raise NotUnderstood(
            f"which partner carries {change} is not said",
            f"write '{five}::{three} fusion and {three or five} {change}'",
        )
    return able[0].symbol


def _drives(gene: Gene) -> bool:
    return gene.role in {"oncogene", "both"} and bool(gene.changes)
