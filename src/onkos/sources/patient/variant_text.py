"""Protein and coding changes as people write them, made small variants."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onkos.model import Consequence, Gene, SmallVariant
from onkos.model.protein import ProteinChange, parse_protein
from onkos.sources.patient.statement import NotUnderstood, Said

_ANY_CASE = re.compile(
    r"^(?:p\.)?[a-z*]\d{1,5}(?:_[a-z*]\d{1,5})?(?:[a-z*]|(?:delins|del|dup|ins|fs|ext)[a-z*]*\d*"
    r"|[a-z]?fs\*?\d*)$",
    re.IGNORECASE,
)
_WORDS_INSIDE = re.compile(r"DELINS|DEL|DUP|INS|FS|EXT")
_PROTEIN_LIKE = re.compile(
    r"^(?:p\.\S+|[A-Z][a-z]{2}\d+\S*|[A-Z*]\d+(?:[A-Z*?=]|_\S+|del\w*|dup\w*|ins\w*|\w?fs\S*)"
    r"(?:/\S+)?|\d+_\d+ins[A-Z]+|\d+\S*(?:del|dup|ins)\S*)$"
)
_RESIDUE = re.compile(r"^(?:p\.)?([ACDEFGHIKLMNPQRSTVWY])(\d{1,5})$")
_ANY_RESIDUE = re.compile(r"^(?:p\.)?([ACDEFGHIKLMNPQRSTVWY])(\d+)X$")
_LEGACY = re.compile(r"^\d+(?:_\d+)?(?:del|ins|dup)[ACGT]*$|^\d+[ACGT]>[ACGT]$", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"^(?:p\.)?[A-Z*]\d+[A-Z*]?(?:/[A-Z*]?\d*[A-Z*])+$")

_BASES = "[ACGT]"
_CODING = re.compile(
    rf"^c\.([-*]?)(\d+)([+-]\d+)?(?:_([-*]?)(\d+)([+-]\d+)?)?"
    rf"({_BASES}+>{_BASES}+|delins{_BASES}+|del{_BASES}*\d*|dup{_BASES}*\d*|ins{_BASES}+|inv|=)$"
)
_REPLACED = re.compile(r"del[ACGT]+ins(?=[ACGT])")
_OPERATION = re.compile(r"delins|del|dup|ins|inv", re.IGNORECASE)
# Splice sites proper are two bases; what lies up to eight bases away may matter.
_SITE, _REGION = 2, 8


class CodingChange(NamedTuple):
    """A change of the coding DNA, and what follows from its text alone."""

    text: str
    consequence: Consequence
    first: int
    last: int
    upstream: int = 0


@lru_cache(maxsize=65536)
def protein_change(text: str) -> ProteinChange | None:
    """A protein change in HGVS, in any letter case; None where the text is none."""
    try:
        return parse_protein(text)
    except ValueError:
        pass
    if not _ANY_CASE.match(text):
        return None
    upper = text.removeprefix("p.").upper()
    try:
        return parse_protein(_WORDS_INSIDE.sub(lambda word: word.group().lower(), upper))
    except ValueError:
        return None


def residue(text: str) -> str:
    """``V600`` where the text names one residue and no change of it; else empty."""
    return text.removeprefix("p.") if _RESIDUE.match(text) else ""


def refuse_unclear_change(text: str) -> None:
    """Refuse what is meant as a protein change and is not one.

    Raises
    ------
    NotUnderstood
    """
    meant = _ANY_RESIDUE.match(text)
    if meant:
        letter, at = meant.groups()
        raise NotUnderstood(
            f"{text}: X may be a stop or any residue",
            f"write {letter}{at}* for a stop, '{letter}{at} mutation' for any substitution",
        )
    if _LEGACY.match(text):
        raise NotUnderstood(
            f"{text} counts bases, by which reference is not said", "write it as in 'c.68_69delAG'"
        )
    if _ALTERNATIVES.match(text):
        raise NotUnderstood(
            f"{text} names more than one change", "give each change that was found, joined by 'and'"
        )
    if _PROTEIN_LIKE.match(text) and text.upper() != "X":
        try:
            parse_protein(text)
        except ValueError as error:
            raise NotUnderstood(str(error), "write the protein change as HGVS has it") from None


@lru_cache(maxsize=4096)
def coding_change(text: str) -> CodingChange | None:
    """A change in coding HGVS (``c.672+1G>A``); None where the text is none.

    Examples
    --------
    >>> coding_change("c.672+1G>A").consequence.value, coding_change("c.5946delT").first
    ('splice', 1982)
    """
    if text[:2] not in {"c.", "C."}:
        return None
    body = _OPERATION.sub(lambda word: word.group().lower(), text[2:].upper())
    body = _REPLACED.sub("delins", body)
    found = _CODING.match(f"c.{body}")
    if not found:
        return None
    before, first, near, before_last, last, near_last, operation = found.groups()
    written = f"c.{body}"
    start = int(first)
    if before or before_last:
        upstream = start if before == "-" else 0
        return CodingChange(written, Consequence.UTR, 0, 0, upstream)
    end = int(last or first)
    if start == 0 or end < start:
        return None
    consequence = _beside_exon(near, near_last, bool(last)) or _in_exon(start, end, operation)
    if consequence is None:
        return None
    return CodingChange(written, consequence, (start + 2) // 3, (end + 2) // 3)


def _beside_exon(near: str | None, near_last: str | None, ranged: bool) -> Consequence | None:
    """The consequence of a change that touches an intron; None where it does not."""
    if not near and not near_last:
        return None
    if ranged and not (near and near_last):
        return Consequence.SPLICE
    distance = min(abs(int(offset)) for offset in (near, near_last) if offset)
    if distance <= _SITE:
        return Consequence.SPLICE
    return Consequence.SPLICE_REGION if distance <= _REGION else Consequence.INTRONIC


def _in_exon(start: int, end: int, operation: str) -> Consequence | None:
    if operation == "=":
        return Consequence.SYNONYMOUS
    if ">" in operation or operation == "inv":
        return Consequence.START_LOST if end <= 3 and ">" in operation else Consequence.UNKNOWN
    removed = end - start + 1
    if operation.startswith("delins"):
        added = len(operation) - len("delins")
        if (added - removed) % 3:
            return Consequence.FRAMESHIFT
        return Consequence.UNKNOWN if added == removed else Consequence.DELINS
    word, tail = operation[:3], operation[3:]
    if word == "ins":
        if removed != 2:
            return None
        return Consequence.FRAMESHIFT if len(tail) % 3 else Consequence.INFRAME_INSERTION
    written = int(tail) if tail.isdigit() else len(tail)
    if written and removed > 1 and written != removed:
        return None
    if (written or removed) % 3:
        return Consequence.FRAMESHIFT
    return Consequence.INFRAME_DELETION if word == "del" else Consequence.INFRAME_INSERTION


def small_variant(
    symbol: str,
    gene: Gene | None,
    said: Said,
    protein: ProteinChange | None,
    coding: CodingChange | None,
    promoter_reach: float,
    **fields: object,
) -> SmallVariant:
    """The variant of one protein change, one coding change, or both.

    Parameters
    ----------
    promoter_reach : float
        Bases upstream of the coding sequence that are a promoter that matters; 0 where none is.

    Raises
    ------
    NotUnderstood
        Where the two disagree, or the residue lies beyond the end of the protein.
    """
    if protein and coding:
        _refuse_disagreement(protein, coding)
    if protein:
        kind, first, last = protein.consequence, protein.first, protein.last
    elif coding:
        kind, first, last = coding.consequence, coding.first, coding.last
        if 0 < coding.upstream <= promoter_reach:
            kind = Consequence.PROMOTER
    else:
        kind, first, last = Consequence.UNKNOWN, 0, 0
    refuse_beyond(symbol, gene, first)
    return SmallVariant(
        gene=symbol,
        protein=protein.text if protein else "",
        coding=coding.text if coding else "",
        consequence=kind,
        first=first,
        last=last,
        origin=said.origin,
        vaf=said.vaf,
        oncogenicity=said.standing,
        oncogenicity_reason="as stated in the report" if said.standing else "",
        **fields,  # type: ignore[arg-type]
    )


def refuse_beyond(symbol: str, gene: Gene | None, first: int) -> None:
    """Refuse a residue beyond the end of the protein.

    Raises
    ------
    NotUnderstood
    """
    if gene and gene.length and first > gene.length + 1:
        raise NotUnderstood(
            f"{symbol} has {gene.length} residues, not {first}",
            f"check the residue, and number it by {gene.refseq or 'the reference transcript'}",
        )


def _refuse_disagreement(protein: ProteinChange, coding: CodingChange) -> None:
    plain = coding.consequence is Consequence.UNKNOWN and ">" in coding.text
    if plain and coding.first and not coding.first <= protein.first <= coding.last:
        raise NotUnderstood(
            f"{coding.text} changes residue {coding.first}, not {protein.first}",
            "check the two, or give the protein change alone",
        )
