"""Fusions told in words: ``EML4-ALK fusion``, ``Protein fusion: in frame (TMPRSS2-ERG)``."""

from __future__ import annotations

import re
from typing import NamedTuple

from onkos.sources.patient.tables import Rejected

_PAIRED = re.compile(r"^([^\s:-][^\s:]*?)(--|::)([^\s:-][^\s:]*)$")
_INSIDE = re.compile(r"intragenic|interganic|within (?:the )?(?:transcript|gene)|\bexons?\b", re.I)
_BETWEEN = re.compile(r"intergenic|\bIGR\b", re.I)
_ORDERED = re.compile(r"^\s*(?:protein|transcript) fusion\b", re.I)
_BRACKETS = re.compile(r"\(([^()\s]+)\)")
_IN_FRAME = frozenset({"inframe", "in frame", "in-frame", "in_frame", "yes", "true"})
_OUT_OF_FRAME = frozenset(
    {"out of frame", "out-of-frame", "out_of_frame", "frameshift", "stop-codon", "no", "false"}
)


class Partners(NamedTuple):
    """Two partners as written; `ordered` where the words say which is 5'."""

    five: str
    three: str
    ordered: bool


def pair(text: str) -> Partners | None:
    """The partners of ``A--B`` or ``A::B``, both of which put the 5' gene first.

    >>> pair("EML4--ALK")
    Partners(five='EML4', three='ALK', ordered=True)
    """
    found = _PAIRED.match(text.strip())
    return Partners(found.group(1), found.group(3), True) if found else None


def hyphenated(text: str, gene: str = "") -> Partners | None:
    """The partners of ``A-B``, told apart by `gene`, one of them, as genes have hyphens too.

    >>> hyphenated("ETV6-PRH1-PRR4 fusion", "PRH1-PRR4")
    Partners(five='ETV6', three='PRH1-PRR4', ordered=False)
    """
    bracketed = _BRACKETS.search(text)
    words = [bracketed.group(1)] if bracketed else text.split()
    word = next((w for w in words if "-" in w.strip("-")), "")
    ordered = bool(_ORDERED.match(text))
    if gene and word.upper().startswith(f"{gene.upper()}-"):
        return Partners(gene, word[len(gene) + 1 :], ordered)
    if gene and word.upper().endswith(f"-{gene.upper()}"):
        return Partners(word[: -len(gene) - 1], gene, ordered)
    left, hyphen, right = word.partition("-")
    if left and hyphen and right and "-" not in right:
        return Partners(left, right, ordered)
    return None


def told(text: str, gene: str) -> Partners:
    """What the words say of a rearrangement of `gene`.

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
    if _INSIDE.search(text):
        return Partners(gene, gene, False)
    if _BETWEEN.search(text):
        return Partners(gene, "", False)
    found = next((p for p in map(pair, text.split()) if p), None) or hyphenated(text, gene)
    if found is None:
        return Partners(gene, "", False)
    if gene.upper() not in {found.five.upper(), found.three.upper()}:
        raise Rejected(
            "name",
            "the fusion's name does not hold the gene of its row",
            text=text,
            remedy="correct the name or the gene",
        )
    return found


def inside(gene: str, known: bool) -> str:
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
        remedy="if it is a known event, state it in the case (exons lost, ITD, exon skipping)",
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
