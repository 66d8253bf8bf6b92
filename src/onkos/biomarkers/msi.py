"""Microsatellite instability from a caller's number, or from the small variants of an exome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onkos.biomarkers.placed import placed_variants
from onkos.model import (
    Assay,
    Case,
    Consequence,
    Finding,
    InstabilityRules,
    InstabilityTool,
    Knowledge,
    Measurement,
    NotAssessed,
    Origin,
    Sample,
    Scale,
    SmallVariant,
)

NAME = "MSI"
UNSTABLE, STABLE = "MSI-H", "MSS"
_NO_INDELS = "no insertion or deletion among {count} changes: were they called?"
_SURROGATE = "worked out from insertions and deletions: confirm by PCR, IHC or a caller"
_NOT_EXCLUDED = "does not rule out MSI-H: callers lose the indels of long repeats first"
_TUMOUR_ONLY = "no normal sample: inherited indels cannot be told from slippage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slippage:
    """Short insertions and deletions among the coding changes of a tumour.

    Attributes
    ----------
    changes, indels : int
        Coding changes, and those of them that add or take bases.
    slips : int
        Indels of one repeat unit or several: single bases, or a unit of up to four bases.
    loci : tuple of str
        Genes with a frameshift that are known to slip.
    """

    changes: int
    indels: int
    slips: int
    loci: tuple[str, ...] = ()

    @property
    def fraction(self) -> float:
        """Indels among changes, in [0, 1]."""
        return self.indels / self.changes if self.changes else 0.0

    def call(self, megabases: float, rules: InstabilityRules) -> str:
        """MSI-H, MSS, or empty where it says nothing.

        Parameters
        ----------
        megabases : float, above 0
            Coding territory that was read.
        """
        rate = self.slips / megabases
        if rate >= rules.high and self.fraction >= rules.least_fraction:
            return UNSTABLE
        stable = rate < rules.stable_below or self.fraction < rules.least_fraction
        return STABLE if stable else ""


def microsatellite_instability(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """Status from a caller's number, else from small variants; a reported status stands.

    A stable reading of small variants is shown and settles nothing.
    """
    rules = knowledge.biomarkers.instability
    known = {m.name for m in case.measurements} | {f.name for f in findings}
    if rules is None or NAME in known:
        return
    by_tool = {tool.measure: tool for tool in rules.tools}
    called = [_by_tool(by_tool[m.name], m, case) for m in case.measurements if m.name in by_tool]
    yield from called
    if not called:
        for sample in case.samples:
            if sample.assay is not None and sample.assay.kind in rules.kinds:
                yield from _by_variants(case, sample, sample.assay, rules)


def slippage(variants: Iterable[SmallVariant], rules: InstabilityRules) -> Slippage:
    """Count what the alleles show; variants without alleles are passed over."""
    changes = indels = slips = 0
    loci: set[str] = set()
    for variant in variants:
        if not (variant.reference and variant.alternate):
            continue
        changes += 1
        unit = slipped(variant.reference, variant.alternate, rules.longest_unit)
        if unit is None:
            continue
        indels += 1
        slips += bool(unit)
        if unit and variant.gene in rules.loci and variant.consequence is Consequence.FRAMESHIFT:
            loci.add(variant.gene)
    return Slippage(changes=changes, indels=indels, slips=slips, loci=tuple(sorted(loci)))


def slipped(reference: str, alternate: str, longest: int) -> str | None:
    """The repeat unit that an indel adds or takes; empty where it shows none.

    Without the neighbouring bases a single base is taken for a slip of its run: nearly all
    indels of one base in exomes of unstable tumours are. Longer ones must show the repeat in
    their own bases.

    Parameters
    ----------
    reference, alternate : str
        Alleles of a VCF (with the base before) or of a MAF (``-`` for none).
    longest : int
        Bases of a unit, at most.

    Returns
    -------
    str or None
        None for what is no plain insertion or deletion.

    Examples
    --------
    >>> slipped("CA", "C", 4), slipped("-", "TT", 4), slipped("GCACA", "G", 4)
    ('A', 'T', 'CA')
    >>> slipped("ACGT", "A", 4), slipped("A", "T", 4) is None, slipped("AC", "T", 4) is None
    ('', True, True)
    """
    bare = [allele.replace("-", "") for allele in (reference, alternate)]
    short, long = sorted(bare, key=len)
    if len(short) == len(long):
        return None
    before = 0
    while before < len(short) and short[before] == long[before]:
        before += 1
    after = len(short) - before
    if short[before:] != long[len(long) - after :]:
        return None
    return _unit(long[before : len(long) - after], longest)


def _unit(bases: str, longest: int) -> str:
    """The shortest unit that the bases repeat; a single base is one of its run."""
    if len(bases) == 1:
        return bases
    sizes = range(1, min(longest, len(bases) // 2) + 1)
    repeated = (bases[:n] for n in sizes if bases == bases[:n] * (len(bases) // n))
    return next(repeated, "")


def _by_tool(tool: InstabilityTool, measured: Measurement, case: Case) -> Finding:
    """How a caller's number reads by that caller's own cut-offs."""
    score, ends = measured.value, measured.interval
    status, why = _status(tool, measured, _purity(measured, case))
    cut = f"MSI-H from {tool.high:g}" if tool.high is not None else "no cut-off"
    doubt = "cut-off not verified in its source" if tool.unverified else ""
    shown = "no number" if score is None else f"{score:g}"
    if ends is not None and measured.counted is not None:
        number, among = measured.counted
        shown += f" %: {number} of {among} sites, 95 % interval {ends[0]:.1f} to {ends[1]:.1f}"
    scale = None
    if score is not None and ends is not None and tool.high is not None:
        scale = Scale(value=score, interval=ends, cutoff=tool.high, unit="%")
    return Finding(
        name=NAME,
        value=f"{status or 'indeterminate'} ({measured.name} {shown})",
        method=f"{measured.name}, {cut}",
        note="; ".join(part for part in (why, tool.note.rstrip("."), doubt) if part),
        status=status,
        interval=ends,
        scale=scale,
    )


def _status(tool: InstabilityTool, measured: Measurement, purity: float | None) -> tuple[str, str]:
    """MSI-H or MSS, else empty with the reason."""
    score = measured.value
    low, high = measured.interval or (score, score)
    if score is None or low is None or high is None or tool.high is None:
        return "", "no cut-off of all assays: read it by the laboratory's own"
    if measured.counted is not None and measured.counted[1] < tool.fewest:
        few = f"{measured.counted[1]} sites are too few: at least {tool.fewest}"
        return "", f"not called: {few} ({tool.fewest_source})"
    if low < tool.high <= high and low < high:
        return "", f"not called: the interval holds the cut-off {tool.high:g}"
    if score >= tool.high:
        return UNSTABLE, ""
    if tool.stable_below is not None and score >= tool.stable_below:
        between = f"between {tool.stable_below:g} and {tool.high:g}"
        return "", f"{between}: neither stable nor unstable"
    if purity is not None and purity < tool.least_purity:
        little = f"tumour content {purity:.0%} is under {tool.least_purity:.0%}"
        return "", f"not called stable: {little} ({tool.purity_source})"
    return STABLE, ""


def _purity(measured: Measurement, case: Case) -> float | None:
    """Tumour content, or fraction in plasma, of the sample that was measured."""
    of = [s for s in case.samples if s.id == measured.sample or len(case.samples) == 1]
    known = (s.tumour_fraction if s.material == "plasma" else s.purity for s in of)
    return next((one for one in known if one is not None), None)


def _by_variants(
    case: Case, sample: Sample, assay: Assay, rules: InstabilityRules
) -> Iterator[Finding | NotAssessed]:
    seen = _called(case, sample)
    found = slippage(seen, rules)
    if assay.megabases is None or found.changes < rules.fewest:
        return
    if not found.indels:
        yield NotAssessed(name=NAME, reason=_NO_INDELS.format(count=found.changes))
        return
    if not assay.paired_normal and all(v.origin is Origin.UNKNOWN for v in seen):
        yield NotAssessed(name=NAME, reason=_TUMOUR_ONLY)
        return
    called = found.call(assay.megabases, rules)
    notes = [_SURROGATE if called == UNSTABLE else _NOT_EXCLUDED]
    notes += [f"known repeats hit: {', '.join(_sourced(found.loci, rules))}"] if found.loci else []
    notes += _proofreading(seen, found, assay.megabases, rules)
    rate = found.slips / assay.megabases
    yield Finding(
        name=NAME,
        value=f"{called or 'indeterminate'} by somatic indels ({rate:.2f} slippage indels per Mb, "
        f"indels {found.fraction:.0%} of changes)",
        method=f"{found.slips} slippage indels of {found.indels} indels and {found.changes} coding "
        f"changes in {assay.megabases:g} Mb; MSI-H from {rules.high:g} per Mb with indels at least "
        f"{rules.least_fraction:.0%}",
        note="; ".join(notes),
        status=called if called == UNSTABLE else "",
        settles=False,  # until each indel is held against the reads of the normal sample
    )


def _sourced(loci: Iterable[str], rules: InstabilityRules) -> list[str]:
    """Genes, those marked whose repeat was not found in a source."""
    return [gene if gene in rules.loci_sources else f"{gene} (not verified)" for gene in loci]


def _proofreading(
    seen: list[SmallVariant], found: Slippage, megabases: float, rules: InstabilityRules
) -> Iterator[str]:
    """A polymerase without proofreading explains very many changes without unstable repeats."""
    for variant in seen:
        if variant.protein in rules.proofreading.get(variant.gene, ()):
            many = found.changes / megabases >= rules.many
            yield (
                f"{variant.label}: proofreading of the polymerase is lost"
                f"{', with very many changes' if many else ''}; not of itself MSI"
            )


def _called(case: Case, sample: Sample) -> list[SmallVariant]:
    """Somatic or open variants of this sample that passed the caller's filters."""
    return [
        seen
        for seen in placed_variants(case, sample)
        if seen.origin is not Origin.GERMLINE and not seen.filters
    ]
