"""Substitutions counted by their neighbours: the 96 channels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from onkos.model import SBS96, Case, Origin, SmallVariant, Spectrum
from onkos.model.reference import Reference

Context = Callable[[str, int], tuple[str, str]]

_KIND = "SBS96"
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
        kind=_KIND,
        counts={name: float(counts[name]) for name in SBS96},
        territory=territory,
        sample=sample,
        source="counted from the variants",
    )


def with_counted(case: Case, calls: Sequence[SmallVariant], reference: Reference) -> Case:
    """The case with a spectrum counted of the somatic raw calls of each sample.

    A sample that has a spectrum of substitutions keeps it. Calls that nobody called somatic do
    not count: without a normal sample most of them are inherited.

    Parameters
    ----------
    calls : sequence of SmallVariant
        By their places on the reference, silent ones among them.
    """
    told = {one.sample for one in case.spectra if one.kind == _KIND}
    described = {
        a.sample for a in case.alterations if isinstance(a, SmallVariant) and a.gene and a.position
    }
    spectra, notices = list(case.spectra), list(case.notices)
    for sample in dict.fromkeys(call.sample for call in calls):
        if sample in told:
            continue
        if sample in described:
            notices.append(
                "some variants carry an annotation and some only a place, so they are not counted "
                "for mutational signatures: an annotated file may leave silent ones out"
            )
            continue
        own = [call for call in calls if call.sample == sample]
        somatic = [call for call in own if call.origin is Origin.SOMATIC]
        if not somatic:
            notices.append(
                f"{len(own):,} calls are not known to be somatic, so no mutational signature is "
                "sought in them: give the calls against a normal sample, with a paired assay"
            )
            continue
        territory = _territory(case, sample)
        spectra.append(count_substitutions(somatic, _neighbours(reference), territory, sample))
    return msgspec.structs.replace(case, spectra=tuple(spectra), notices=tuple(notices))


def _neighbours(reference: Reference) -> Context:
    def neighbours(chromosome: str, position: int) -> tuple[str, str]:
        if position < 2:
            return "", ""
        bases = reference.sequence(chromosome, position - 1, position + 1)
        return (bases[0], bases[2]) if len(bases) == 3 else ("", "")

    return neighbours


def _territory(case: Case, sample: str) -> str:
    """Kind of the assay that made the calls; empty where it is not told."""
    alone = len(case.samples) == 1
    kinds = {s.assay.kind for s in case.samples if s.assay and (alone or s.id == sample)}
    return kinds.pop() if len(kinds) == 1 else ""
