"""Changes beside the coding sequence: essential splice sites and the promoter of TERT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.known_changes.agreed import RECURRENT, Known, Said, sources
from benchmarks.known_changes.models import Model
from onkos.model import Gene

# Bases of an intron's ends in the direction of transcription: GT at the donor, AG at the acceptor.
_DONOR, _ACCEPTOR = "GT", "AG"


class Site(NamedTuple):
    """A base of an essential splice site: its place, what stands there, its name, its residue."""

    place: int
    base: str
    name: str
    residue: int
    exon: int


def beside(gene: str, about: Gene, model: Model, said: Said) -> Iterator[Known]:
    """Essential splice sites: recurrent ones, and all of an exon that is known to be skipped."""
    own = said.by_gene[gene]
    before = min(map(int, about.exons), default=1) - 1  # exons without coding bases
    for site in sites(model):
        forward = model.base(site.base)
        wanted = site.exon + before in about.skipped_exons
        for alternate in "ACGT".replace(forward, ""):
            key = (model.chromosome, site.place, forward, alternate)
            rows = [r for r in own.get(key, []) if _says_splice(r.protein, r.coding, site.name)]
            counted = sum(r.samples for r in rows)
            listed = any(not r.samples for r in rows)
            if not (wanted or counted >= RECURRENT or (listed and rows)):
                continue
            source = sources(rows)[0] if rows else "site:Ensembl"
            coding = f"c.{site.name}{site.base}>{model.base(alternate)}"
            yield Known(gene, key, f"X{site.residue}_splice", coding, source)


def _says_splice(protein: str, coding: str, name: str) -> bool:
    return coding.startswith(f"c.{name}") and (not protein or "splice" in protein.casefold())


def sites(model: Model) -> Iterator[Site]:
    """The four bases of each intron within the coding sequence."""
    at = 0
    for number, (low, high) in enumerate(model.exons[:-1], 1):
        at += high - low + 1
        following = model.exons[number]
        last, first = (high, following[0]) if model.strand > 0 else (low, following[1])
        step = model.strand
        for offset in (1, 2):
            yield Site(last + step * offset, _DONOR[offset - 1], f"{at}+{offset}",
                       (at - 1) // 3 + 1, number)  # fmt: skip
            yield Site(first - step * offset, _ACCEPTOR[2 - offset], f"{at + 1}-{offset}",
                       at // 3 + 1, number + 1)  # fmt: skip
