"""Substitutions counted by their neighbours: the 96 channels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from onkos.model import SBS96, Origin, SmallVariant, Spectrum

Context = Callable[[str, int], tuple[str, str]]

_COMPLEMENT = str.maketrans("ACGT", "TGCA")
_BASES = frozenset("ACGT")


def channel(reference: str, alternate: str, five: str, three: str) -> str:
    """The channel of a substitution, read on the strand that has the pyrimidine.

    Parameters
    ----------
    reference, alternate, five, three : str
        One base each; `five` and `three` are the neighbours on the strand of the reference.

    Raises
    ------
    ValueError
        For what is not a substitution of one known base between known neighbours.

    Examples
    --------
    >>> channel("C", "T", "A", "G"), channel("G", "A", "C", "T")
    ('A[C>T]G', 'A[C>T]G')
    """
    bases = reference, alternate, five, three
    if not all(base in _BASES for base in bases) or reference == alternate:
        raise ValueError(f"{five}[{reference}>{alternate}]{three} is no substitution of one base")
    if reference in "AG":
        reference, alternate, five, three = (
            base.translate(_COMPLEMENT) for base in (reference, alternate, three, five)
        )
    return f"{five}[{reference}>{alternate}]{three}"


def count_substitutions(
    variants: Iterable[SmallVariant], context: Context, territory: str = "", sample: str = ""
) -> Spectrum:
    """The spectrum of the single-base substitutions of one sample.

    Substitutions of several bases, indels, germline and filtered variants do not count; nor
    does one whose neighbours are not both A, C, G or T.

    Parameters
    ----------
    variants : iterable of SmallVariant
        Silent ones too: a list without them is not the spectrum of the territory.
    context : callable
        Takes a chromosome and a position from 1, gives the bases before and after it.
    territory : str
        ``"exome"`` or ``"genome"``.
    """
    counts: Counter[str] = Counter()
    for variant in variants:
        if variant.origin is Origin.GERMLINE or variant.filters or not variant.position:
            continue
        if len(variant.reference) != 1 or len(variant.alternate) != 1:
            continue
        five, three = context(variant.chromosome, variant.position)
        try:
            counts[channel(variant.reference, variant.alternate, five.upper(), three.upper())] += 1
        except ValueError:
            continue
    return Spectrum(
        kind="SBS96",
        counts={name: float(counts[name]) for name in SBS96},
        territory=territory,
        sample=sample,
        source="counted from the variants",
    )
