"""What is known of a change's origin before its reads are seen; every number is in ``limits``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from onkos.origin_likelihood import Assumptions, Copies, Whose

Limits = Mapping[str, float]
_BELOW = "origin_odds_below_"
_COPIES = "origin_copies_"
OFTEN, RARELY, OTHER = SYNDROMES = ("often_inherited", "rarely_inherited", "other_syndrome")


class Known(NamedTuple):
    """What the prior looks at.

    Attributes
    ----------
    frequency : float or None
        Highest in population tables; None where the tables have it not, or were not looked up.
    looked_up : bool
        Whether the input was held against population tables.
    drives : bool
        It drives cancer.
    syndrome : str
        Of a gene in which an inherited change would matter: how often one that drives cancer
        is inherited, a word of `SYNDROMES`; empty for other genes.
    blood_gene : bool
        A gene of clonal haematopoiesis.
    from_blood : bool
        Plasma or blood.
    blood_cancer : bool
        The tumour is one of blood: a clone of white cells is then the tumour itself.
    """

    frequency: float | None
    looked_up: bool
    drives: bool
    syndrome: str
    blood_gene: bool
    from_blood: bool
    blood_cancer: bool
    age: float | None


def prior(known: Known, limits: Limits) -> Whose:
    """Weights of the four origins; they do not sum to 1."""
    inherited = germline_odds(known, limits)
    frequency = known.frequency or 0.0
    both = max(limits["origin_homozygous_least"], frequency / (2 - frequency))
    share = _white_cells(known, limits)
    acquired = limits["origin_driver"] if known.drives and not known.syndrome else 1.0
    return Whose(
        somatic=acquired * (1 - share),
        heterozygous=inherited * (1 - both),
        homozygous=inherited * both,
        white_cells=acquired * share,
    )


def germline_odds(known: Known, limits: Limits) -> float:
    """Odds of inherited against acquired, by the frequency in a population and by the gene."""
    if known.drives and known.syndrome:
        in_gene = limits[f"origin_odds_{known.syndrome}"]
        if not known.frequency:
            return in_gene
        return in_gene * _by_frequency(known.frequency, limits) / limits["origin_odds_absent"]
    if not known.frequency:
        return limits["origin_odds_absent" if known.looked_up else "origin_odds_not_looked_up"]
    return _by_frequency(known.frequency, limits)


def _by_frequency(frequency: float, limits: Limits) -> float:
    bands = sorted((float(k.removeprefix(_BELOW)), k) for k in limits if k.startswith(_BELOW))
    key = next((k for below, k in bands if frequency < below), "origin_odds_above")
    return limits[key]


def _white_cells(known: Known, limits: Limits) -> float:
    """Share of acquired changes that are of white cells and not of the tumour."""
    if known.blood_cancer:
        return 0.0
    place = "plasma" if known.from_blood else "tissue"
    share = limits[f"origin_white_cells_in_{place}" if known.blood_gene
                   else "origin_white_cells_other_gene"]  # fmt: skip
    young = known.age is not None and known.age < limits["origin_white_cells_age"]
    return share * limits["origin_white_cells_young"] if young else share


def assumptions(limits: Limits, from_blood: bool) -> Assumptions:
    """What the likelihood takes for granted in this material."""
    place = "blood" if from_blood else "tissue"
    copies = tuple(sorted((k, v) for k, v in limits.items() if k.startswith(_COPIES)))
    return _assumptions(
        Assumptions(
            precision=limits["origin_precision"],
            purity_error=limits["origin_purity_error"],
            subclonal=limits["origin_subclonal"],
            clone=(limits["origin_clone_least"], limits["origin_clone_most"]),
            white_cells=(
                limits[f"origin_white_cells_{place}_least"],
                limits[f"origin_white_cells_{place}_most"],
            ),
            read_error=limits["origin_read_error"],
            copies=(),
        ),
        copies,
    )


@lru_cache(maxsize=8)
def _assumptions(plain: Assumptions, copies: tuple[tuple[str, float], ...]) -> Assumptions:
    places = []
    for key, weight in copies:
        total, minor = key.removeprefix(_COPIES).split("_")
        places.append((Copies(float(total), _least(float(total), float(minor))), weight))
    return plain._replace(copies=tuple(places))


def _least(total: float, one: float) -> float:
    """Copies of the rarer allele, whichever of the two was written."""
    return min(one, total - one)
