"""Where in its gene a finding lies: exons, codons, a domain, the promoter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onkos.model import Gene
from onkos.model.criterion import Mutation, atoms
from onkos.sources.patient.spellings import spellings
from onkos.sources.patient.statement import NotUnderstood

_EXON = re.compile(
    r"(?<![A-Za-z])ex(?:on)?s?[\s.-]?(\d{1,3})(?:\s?(?:-|to)\s?(\d{1,3}))?(?![\d.])", re.IGNORECASE
)
_CODONS = re.compile(
    r"(?<![A-Za-z])codons?\s?(\d+(?:(?:\s?(?:-|,|/|&)\s?|\s(?:and|or|to)\s)\d+)*)", re.IGNORECASE
)
_JOINED = re.compile(r"\s?(?:,|/|&)\s?|\s(?:and|or)\s")
_PROMOTER = re.compile(r"(?<![A-Za-z])promoter(?![A-Za-z])", re.IGNORECASE)
_NAMED_DOMAIN = re.compile(r"(?<!\S)([A-Za-z0-9][\w-]*) domain(?!\S)", re.IGNORECASE)


@dataclass(slots=True)
class Place:
    """A part of a gene.

    Attributes
    ----------
    text : str
        In the criteria language without the gene; empty for the whole gene.
    exons : tuple of two ints or None
        First and last exon.
    codons : tuple of pairs
        Ranges of residues, both ends included.
    """

    text: str = ""
    exons: tuple[int, int] | None = None
    codons: tuple[tuple[int, int], ...] = ()
    promoter: bool = False


def take_place(text: str, gene: Gene | None) -> tuple[str, Place]:
    """The text without its words of place, and the place.

    Raises
    ------
    NotUnderstood
        Where it names two places.

    Examples
    --------
    >>> take_place("ex19del", None)
    ('del', Place(text='exon 19', exons=(19, 19), codons=(), promoter=False))
    """
    found: list[Place] = []
    text = _exons(text, found)
    text = _codons(text, found)
    text, promoters = _PROMOTER.subn(" ", text)
    if promoters:
        found.append(Place("promoter", promoter=True))
    text = _domain(text, gene, found)
    if len(found) > 1:
        places = " and ".join(place.text for place in found)
        raise NotUnderstood(f"names two places: {places}", "give one entry for each finding")
    return " ".join(text.split()), found[0] if found else Place()


def _exons(text: str, found: list[Place]) -> str:
    for first, last in _EXON.findall(text):
        start, end = int(first), int(last or first)
        if not 0 < start <= end:
            raise NotUnderstood(f"exons {first}-{last}: no such range", "give the lower one first")
        name = f"exon {start}" if start == end else f"exons {start}-{end}"
        found.append(Place(name, (start, end)))
    return _EXON.sub(" ", text)


def _codons(text: str, found: list[Place]) -> str:
    for listed in _CODONS.findall(text):
        parts = [re.sub(r"\s?(?:-|to)\s?", "-", part) for part in _JOINED.split(listed)]
        one = len(parts) == 1 and "-" not in parts[0]
        ends = [part.partition("-") for part in parts]
        spans = tuple((int(first), int(last or first)) for first, _, last in ends)
        if any(first > last for first, last in spans):
            raise NotUnderstood(f"codons {listed}: no such range", "give the lower one first")
        name = f"{'codon' if one else 'codons'} {', '.join(parts)}"
        found.append(Place(name, codons=spans))
    return _CODONS.sub(" ", text)


def _domain(text: str, gene: Gene | None, found: list[Place]) -> str:
    """A domain of the gene by its name in the vocabulary, else by the word before "domain"."""
    known = {name.casefold(): name for name in gene.domains} if gene else {}
    for words, name in spellings().domains.items() if gene else ():
        if name in known.values():
            known.setdefault(words, name)
    for words in sorted(known, key=len, reverse=True):
        pattern = rf"(?<![\w-]){re.escape(words)}(?:[\s-]domain)?(?![\w-])"
        text, count = re.subn(pattern, " ", text, count=1, flags=re.IGNORECASE)
        if count:
            found.append(Place(known[words]))
            return text
    named = _NAMED_DOMAIN.search(text)
    if named:
        found.append(Place(named.group().casefold()))
        return text[: named.start()] + " " + text[named.end() :]
    return text


def deleted_in_frame(gene: Gene | None, exon: int) -> bool:
    """Whether small deletions in frame in this exon are known to drive cancer."""
    return gene is not None and any(
        isinstance(atom, Mutation)
        and atom.exons == (exon, exon)
        and atom.what in {"deletion", "in-frame mutation", "mutation"}
        for change in gene.changes
        for when in change.when
        for atom in atoms(when)
    )


def exon_residues(gene: Gene | None, exons: tuple[int, int] | None) -> tuple[int, int]:
    """First and last residue that lie in these exons alone; zeros where not known.

    A codon split between two exons is left out, so that the place never reaches into an exon
    that was not named.
    """
    if gene is None or exons is None:
        return 0, 0
    spans = [gene.exons.get(str(number)) for number in range(exons[0], exons[1] + 1)]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return 0, 0
    first, last = known[0][0], known[-1][1]
    before, after = gene.exons.get(str(exons[0] - 1)), gene.exons.get(str(exons[1] + 1))
    if before and before[1] >= first:
        first = before[1] + 1
    if after and after[0] <= last:
        last = after[0] - 1
    return (first, last) if first <= last else (0, 0)
