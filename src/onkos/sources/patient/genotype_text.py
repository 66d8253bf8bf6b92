"""Genotypes of genes that handle drugs: ``DPYD *1/*2A``, ``DPYD c.2846A>T heterozygous``."""

from __future__ import annotations

import re

from onkos.model import Measurement, Vocabulary
from onkos.model.names import nearest
from onkos.model.pharmacogene import Allele, Pharmacogene
from onkos.sources.patient.statement import NotUnderstood

_GENE = re.compile(
    r"^\s*([A-Z][A-Z0-9]{2,7})\b[\s:]*(?:geno(?:type)?|diplotype|germ ?line)?[\s:=]*", re.IGNORECASE
)
_SAYS = re.compile(r"\*\d|c\.\d|\brs\d{4}|\bhap ?b3\b|\(?TA\)?[5-8]|\breference\b", re.IGNORECASE)
_TIMES = {
    "homozygous": 2,
    "homozygote": 2,
    "hom": 2,
    "heterozygous": 1,
    "heterozygote": 1,
    "het": 1,
}
_ZYGOSITY = re.compile(
    r"\b(homozyg(?:ous|ote)|heterozyg(?:ous|ote)|hom|het)\b(?:\s+for)?", re.IGNORECASE
)
_DENIED = re.compile(r"\b(negative|absent|not (?:detected|found|present))\b", re.IGNORECASE)
_PARTED = re.compile(r"\s*(?:,|;|\band\b|&)\s*", re.IGNORECASE)


def genotype(text: str, vocabulary: Vocabulary) -> list[Measurement] | None:
    """Activity score and phenotype of a genotype; None where a text is none.

    Raises
    ------
    NotUnderstood
        For an allele that the vocabulary lacks, with the nearest: it is never taken for normal.
    """
    head = _GENE.match(text)
    gene = vocabulary.pharmacogene_by_symbol.get(head.group(1).upper()) if head else None
    rest = text[head.end() :].strip(" .()") if head else ""
    if gene is None or not (_SAYS.search(rest) or _of_protein(rest, gene)):
        return None
    if "/" in rest:
        return _measurements(gene, _diplotype(rest, gene), rest)
    score, taken = _listed(rest, gene)
    return _measurements(gene, score, f"{rest}{taken}")


def _of_protein(text: str, gene: Pharmacogene) -> bool:
    """Whether a genotype is told by the change of the protein: ``p.R139C homozygous``."""
    names = {_key(n) for allele in gene.alleles for n in allele.aliases}
    parts = (_key(_ZYGOSITY.sub("", part)) for part in _PARTED.split(text))
    return bool(_ZYGOSITY.search(text)) and any(part in names for part in parts)


def _diplotype(text: str, gene: Pharmacogene) -> tuple[float, float]:
    """Two strands with a stroke between, several variants of one in brackets."""
    sides = [side.strip(" []()") for side in text.split("/")]
    if len(sides) != 2:
        raise NotUnderstood(f"{gene.symbol}: a genotype has two copies", "write *1/*2A")
    strands = [
        [_allele(name, gene) for name in _PARTED.split(side) if name.strip()] for side in sides
    ]
    return gene.score(strands)


def _listed(text: str, gene: Pharmacogene) -> tuple[tuple[float, float], str]:
    """Variants one after the other, each heterozygous or homozygous; copies not known.

    Returns the score, and what was taken for granted.
    """
    held: dict[str, list[Allele]] = {}
    for part in (p for p in _PARTED.split(text) if p.strip()):
        said = _ZYGOSITY.search(part)
        allele = _allele(_ZYGOSITY.sub("", part), gene)
        if said is None and allele is not gene.reference:
            raise NotUnderstood(
                f"{gene.symbol} {allele.name}: on one copy or on both?",
                "add heterozygous or homozygous, or write it as *1/*2A",
            )
        times = 0 if said is None else _TIMES[said.group(1).casefold()]
        cause = allele.stands_for or allele.name
        held[cause] = max(held.get(cause, []), [allele] * times, key=len)
    taken = _joined(held, gene)
    score = gene.score_unphased([allele for alleles in held.values() for allele in alleles])
    return score, f" (taken as {taken} on one copy)" if taken else ""


def _joined(held: dict[str, list[Allele]], gene: Pharmacogene) -> str:
    """Put the haplotype in place of variants that together make it; its name, or empty."""
    for allele in gene.alleles:
        parts = [held.get(name, []) for name in allele.made_of]
        if parts and all(len(part) == 1 for part in parts):
            for name in allele.made_of:
                del held[name]
            held[allele.name] = [*held.get(allele.name, []), allele]
            return allele.name
    return ""


def _allele(name: str, gene: Pharmacogene) -> Allele:
    key = _key(name)
    for allele in (gene.reference, *gene.alleles):
        if key in {_key(n) for n in (allele.name, *allele.aliases)}:
            return allele
    if _DENIED.search(name):
        raise NotUnderstood(
            f"{gene.symbol}: alleles ruled out are not yet a genotype",
            f"write {gene.symbol} *1/*1 where all that the laboratory tests are absent",
        )
    known = [n for a in (gene.reference, *gene.alleles) for n in (a.name, *a.aliases)]
    near = ", ".join(nearest(name, known))
    raise NotUnderstood(
        f"{gene.symbol} {name.strip()}: an allele whose function is not known here",
        f"check the name{f' (nearest: {near})' if near else ''}, or give the phenotype",
    )


def _key(name: str) -> str:
    return re.sub(r"[\s()\[\]-]", "", name).casefold().removeprefix("p.")


def _measurements(gene: Pharmacogene, score: tuple[float, float], told: str) -> list[Measurement]:
    method = f"from the genotype {told}, {gene.source}"
    found = []
    if gene.scored and score[0] == score[1]:
        found.append(
            Measurement(name=f"{gene.symbol} activity score", value=score[0], method=method)
        )
    phenotype = gene.phenotype(score)
    if phenotype:
        found.append(Measurement(name=gene.symbol, status=phenotype, method=method))
    if not found:
        raise NotUnderstood(
            f"{gene.symbol}: the function of an allele is uncertain",
            "measure the enzyme's activity",
        )
    return found
