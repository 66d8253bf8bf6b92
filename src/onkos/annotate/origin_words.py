"""The reasons of a probability of origin, as a sentence for the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onkos.annotate.origin_prior import OFTEN, OTHER, RARELY, Known
from onkos.model import SmallVariant
from onkos.origin_likelihood import Copies, Whose, expected_vaf

_IN_GENE = {
    "": "drives cancer, in a gene without a known inherited syndrome",
    OFTEN: "a gene in which most such changes seen in a tumour are inherited",
    RARELY: "a gene in which few such changes seen in a tumour are inherited",
    OTHER: "a gene in which some such changes seen in a tumour are inherited",
}
_SHOWN = 0.01  # a probability under this is not named


class Weighed(NamedTuple):
    """What a probability was worked out of."""

    variant: SmallVariant
    reads: tuple[int, int]
    purity: float | None
    copies: Copies | None
    male_x: bool
    known: Known
    normal: tuple[int, int] | None


def reasons(weighed: Weighed, after: Whose, limits: Mapping[str, float]) -> str:
    """One sentence: the answer, then what it rests on."""
    parts = (
        *_by_reads(weighed, limits["origin_alike"]),
        *_by_normal(weighed),
        *_by_tables(weighed),
        *_by_gene(weighed),
    )
    return f"{_answer(after, limits)}: {'; '.join(parts)}"


def _answer(after: Whose, limits: Mapping[str, float]) -> str:
    certain, probable = limits["origin_certain"], limits["origin_probable"]
    named = sorted(
        (
            (after.somatic, "of the tumour"),
            (after.germline, "inherited"),
            (after.white_cells, "of white cells"),
        ),
        reverse=True,
    )
    best, name = named[0]
    rest = ", ".join(f"{n} {_probability(p)}" for p, n in named[1:] if p >= _SHOWN)
    word = "" if best >= certain else "probably " if best >= probable else "not settled, perhaps "
    return f"{word}{name} ({_probability(best)}{f'; {rest}' if rest else ''})"


def _probability(value: float) -> str:
    return "over 0.99" if value > 0.995 else f"{value:.2f}"


def _by_reads(weighed: Weighed, alike: float) -> Iterator[str]:
    alt, depth = weighed.reads
    told = weighed.variant.depth
    of = f"{alt} of {depth}" if told else "depth not told"
    seen = f"{alt / depth:.0%} of reads ({of})"
    if weighed.purity is None:
        near = "all" if weighed.male_x else "half"
        yield f"{seen} with the tumour content not told: an inherited change is near {near} of them"
        return
    total, major, minor = _alleles(weighed)
    inherited = sorted({_inherited(weighed, m) for m in (minor, major)})
    somatic = sorted({_somatic(weighed, m) for m in (min(1.0, major), major) if m > 0})
    likes = " or ".join(f"{v:.0%}" for v in inherited)
    acquired = " or ".join(f"{v:.0%}" for v in somatic) or "no"
    copies = f"{total:g} copies" if weighed.copies else "copies not told, two taken"
    yield (
        f"{seen} where an inherited change is expected at {likes} and a clonal one of the tumour "
        f"at {acquired} (tumour content {weighed.purity:.0%}, {copies})"
    )
    if any(abs(a - b) < alike for a in inherited for b in somatic):
        yield "the reads alone can hardly tell them apart here"


def _alleles(weighed: Weighed) -> tuple[float, float, float]:
    """Total, major and minor copies that the sentence speaks of."""
    if weighed.copies is None:
        return (1.0, 1.0, 0.0) if weighed.male_x else (2.0, 1.0, 1.0)
    total, minor = weighed.copies
    if weighed.male_x:
        return total, total, 0.0
    least = min(total / 2, 1.0) if minor is None else minor
    return total, total - least, least


def _inherited(weighed: Weighed, mutant: float) -> float:
    total, major, _ = _alleles(weighed)
    if weighed.male_x:
        return round(expected_vaf(weighed.purity or 0.0, total, major, 1, normal=1), 2)
    return round(expected_vaf(weighed.purity or 0.0, total, mutant, 1), 2)


def _somatic(weighed: Weighed, mutant: float) -> float:
    total = _alleles(weighed)[0]
    normal = 1.0 if weighed.male_x else 2.0
    return round(expected_vaf(weighed.purity or 0.0, total, mutant, normal=normal), 2)


def _by_normal(weighed: Weighed) -> Iterator[str]:
    if weighed.normal:
        alt, depth = weighed.normal
        yield f"{alt / depth:.0%} of reads in the patient's normal cells ({alt} of {depth})"


def _by_tables(weighed: Weighed) -> Iterator[str]:
    known = weighed.known
    if known.frequency:
        yield f"{known.frequency:.2g} of a population carries the allele"
    elif known.looked_up:
        yield "absent from the population tables of the input"
    else:
        yield "the input names no population tables"


def _by_gene(weighed: Weighed) -> Iterator[str]:
    known = weighed.known
    if known.drives:
        yield _IN_GENE[known.syndrome]
    if known.blood_gene and not known.blood_cancer:
        where = "blood" if known.from_blood else "white cells among the tumour's"
        yield f"a gene of clonal haematopoiesis, which may come from {where}"
