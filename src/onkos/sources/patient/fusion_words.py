"""Fusions told in words: ``EML4-ALK fusion``, ``Protein fusion: in frame (TMPRSS2-ERG)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onkos.sources.patient.tables import Rejected

_PAIRED = re.compile(r"^([^\s:-][^\s:]*?)?(?:--|::)([^\s:-][^\s:]*)?$")
_INSIDE = re.compile(r"intragenic|interganic|within (?:the )?(?:transcript|gene)|\bexons?\b", re.I)
_BETWEEN = re.compile(r"intergenic|\bIGR\b", re.I)
_ORDERED = re.compile(r"^\s*(?:protein|transcript) fusion\b", re.I)
_BRACKETS = re.compile(r"\(([^()\s]+)\)")
_IN_FRAME = frozenset({"inframe", "in frame", "in-frame", "in_frame", "yes", "true"})
_OUT_OF_FRAME = frozenset(
    {"out of frame", "out-of-frame", "out_of_frame", "frameshift", "stop-codon", "no", "false"}
)
# Labels of FusionCatcher for what healthy tissue, neighbours and look-alikes give. Its manual
# was not at hand: a fusion of a known gene is kept with the label, never dropped for it.
LIKELY_FALSE = frozenset(
    {
        "1000genomes", "banned", "bodymap2", "cacg", "conjoing", "cortex", "distance1000bp",
        "ensembl_fully_overlapping", "ensembl_same_strand_overlapping", "fully_overlapping",
        "gtex", "healthy", "hpa", "mt", "non_cancer_tissues", "non_tumor_cells",
        "pair_pseudo_genes", "paralogs", "readthrough", "rrna", "short_distance",
        "similar_reads", "similar_symbols", "ucsc_fully_overlapping",
        "ucsc_same_strand_overlapping",
    }
)  # fmt: skip
_STATE_IT = "if it is a known event, state it in the case (exons lost, ITD, exon skipping)"

Same = Callable[[str, str], bool]


class Partners(NamedTuple):
    """Two partners as written; `ordered` where the words say which is 5'."""

    five: str
    three: str
    ordered: bool


def pair(text: str) -> Partners | None:
    """The partners of ``A--B`` or ``A::B``, which put the 5' gene first; one may be empty.

    >>> pair("EML4--ALK")
    Partners(five='EML4', three='ALK', ordered=True)
    """
    found = _PAIRED.match(text.strip())
    if not found or not any(found.groups()):
        return None
    return Partners(found.group(1) or "", found.group(2) or "", True)


def hyphenated(text: str, gene: str = "") -> Partners | None:
    """The partners of ``A-B``, told apart by `gene`, one of them, as genes have hyphens too.

    >>> hyphenated("ETV6-PRH1-PRR4 fusion", "PRH1-PRR4")
    Partners(five='ETV6', three='PRH1-PRR4', ordered=False)
    """
    bracketed = _BRACKETS.search(text)
    words = [bracketed.group(1)] if bracketed else text.split()
    word = next((w for w in words if "-" in w.strip("-") and frame(w) is None), "")
    ordered = bool(_ORDERED.match(text))
    if gene and word.upper().startswith(f"{gene.upper()}-"):
        return Partners(gene, word[len(gene) + 1 :], ordered)
    if gene and word.upper().endswith(f"-{gene.upper()}"):
        return Partners(word[: -len(gene) - 1], gene, ordered)
    left, hyphen, right = word.partition("-")
    if left and hyphen and right and "-" not in right:
        return Partners(left, right, ordered)
    return None


def between(text: str, one: str, other: str, same: Same) -> Partners:
    """Two partners whose order the words may tell.

    >>> between("Protein fusion: in frame (TMPRSS2-ERG)", "ERG", "TMPRSS2", str.__eq__)
    Partners(five='TMPRSS2', three='ERG', ordered=True)
    """
    for found in (_paired(text), hyphenated(text, one), hyphenated(text, other)):
        if found and same(found.five, one) and same(found.three, other):
            return found
        if found and same(found.five, other) and same(found.three, one):
            return found
    return Partners(one, other, False)


def told(text: str, gene: str, same: Same) -> Partners:
    """What the words say of a rearrangement of `gene`.

    Parameters
    ----------
    same : callable
        Whether two symbols mean one gene.

    Returns
    -------
    Partners
        Both the same where the change is inside the gene; an empty partner where it is not
        known or lies between genes.

    Raises
    ------
    Rejected
        Where the words name two other genes.
    """
    found = _paired(text) or (hyphenated(text, gene) if _BRACKETS.search(text) else None)
    if found is None and _INSIDE.search(text):
        return Partners(gene, gene, False)
    if found is None and _BETWEEN.search(text):
        return Partners(gene, "", False)
    found = found or hyphenated(text, gene)
    if found is None:
        return Partners(gene, "", False)
    if not (same(found.five, gene) or same(found.three, gene)):
        raise Rejected(
            "name",
            "the fusion's name does not hold the gene of its row",
            text=text,
            remedy="correct the name or the gene",
        )
    return found


def _paired(text: str) -> Partners | None:
    return next((found for found in map(pair, text.split()) if found), None)


def inside(gene: str, known: bool, also: str = "") -> str:
    """Why a change inside one gene is left out.

    Raises
    ------
    Rejected
        Where the vocabulary has the gene (`known`): the user must see it.
    """
    if not known:
        return "both ends in one gene"
    raise Rejected(
        "",
        f"both ends in {gene}: a change inside one gene is not a fusion",
        remedy=f"{also}{_STATE_IT}",
    )


def frame(text: str) -> bool | None:
    """Whether the reading frame is kept; None where the cell does not say.

    >>> frame(" out of frame "), frame("in-frame"), frame("mid-exon")
    (False, True, None)
    """
    word = text.strip().casefold()
    if word in _IN_FRAME:
        return True
    return False if word in _OUT_OF_FRAME else None
