"""Loss of both copies coded a second time, from section 2.5 alone; nothing of onkos is imported."""

from __future__ import annotations

from typing import NamedTuple

BIALLELIC, PROBABLE, MONOALLELIC, UNKNOWN = "biallelic", "probable", "monoallelic", "unknown"
# "promoter methylation (BRCA1, MLH1, RAD51C, MGMT is not LOF-TSG)".
SILENCED = ("BRCA1", "MLH1", "RAD51C")


class Hit(NamedTuple):
    """A pathogenic variant: germline or somatic, with its allele fraction where known."""

    germline: bool
    vaf: float | None = None


def expected(purity: float, m: int, total: int, germline: bool) -> float:
    """As told: "v = (p*m + (1-p)*g) / (p*Ct + 2(1-p))"."""
    normal = (1 - purity) * (1 if germline else 0)
    return (purity * m + normal) / (purity * total + 2 * (1 - purity))


def copies_in_tumour(hit: Hit, total: int, purity: float) -> int:
    """Copies of the variant in a cancer cell whose expected fraction is nearest."""
    return min(
        range(total + 1),
        key=lambda m: abs(expected(purity, m, total, hit.germline) - (hit.vaf or 0.0)),
    )


def both_lost(
    hits: list[Hit],
    total: int | None,
    minor: int | None,
    purity: float | None = None,
    trans: bool = False,
    gene: str = "",
    methylation: str = "",
) -> str | None:
    """The state of a tumour suppressor; None where the text does not decide.

    ``methylation`` is "", "partial" or "homozygous". The text does not decide a variant with LOH
    whose fraction or purity is not known (the check cannot be made), nor a somatic variant in some
    but not all of the copies that remain.
    """
    if total == 0:  # (i)
        return BIALLELIC
    if gene in SILENCED and methylation == "homozygous":  # (v)
        return BIALLELIC
    alone: list[bool | None] = []
    if total is not None and minor == 0:
        alone = [_retained(h, total, purity) for h in hits]
        if True in alone:  # (ii)
            return BIALLELIC
        # "the *mutant* allele was lost -> not a second hit".
        hits = [h for h, kept in zip(hits, alone, strict=True) if kept is not False]
    origins = {h.germline for h in hits}
    if len(origins) == 2 or (len(hits) > 1 and trans):  # (iv), (iii) with "trans proven"
        return BIALLELIC
    if len(hits) > 1:  # (iii)
        return PROBABLE
    if hits and None in alone:
        return None
    return UNKNOWN if total is None or minor is None else MONOALLELIC


def _retained(hit: Hit, total: int, purity: float | None) -> bool | None:
    """Whether LOH kept the mutant allele; None where the text gives no way to tell."""
    if hit.vaf is None or purity is None:
        return None
    m = copies_in_tumour(hit, total, purity)
    if m == 0:
        return False
    return True if m == total or hit.germline else None
