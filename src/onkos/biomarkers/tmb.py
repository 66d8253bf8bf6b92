"""Tumour mutational burden: mutations per megabase, by a named convention, with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from onkos.biomarkers.burden_among import NOT_ALIKE, among_cohorts, any_cohort, sentences
from onkos.biomarkers.placed import placed_variants
from onkos.errors import InputError
from onkos.model import (
    EVERYTHING,
    Assay,
    BurdenRules,
    Case,
    Consequence,
    Convention,
    Finding,
    Knowledge,
    NotAssessed,
    Origin,
    Sample,
    Scale,
    SmallVariant,
)
from onkos.model.diseases import DiseaseTree

NAME = "TMB"
UNIT = "mut/Mb"
_NO_SIZE = (
    "the coding territory that {assay} reads is not known: give a BED of it, or its size in Mb"
)
_NO_POPULATION = (
    "no normal sample and no population frequencies: inherited variants cannot be told from "
    "somatic ones; annotate the file with gnomAD"
)
_JOINT = (
    "the calls are those of a program for inherited changes, which does not look for the tumour's "
    "own: give somatic calls"
)
_BARE = (
    "{convention}: {count} silent changes are told by their number alone, so inherited ones cannot "
    "be left out; give them with place and reads"
)
_PLASMA = "from plasma: its cut-offs are of their own, and none is known here"
_TUMOUR_ONLY = (
    "tumour-only: may be over-estimated, above all in ancestries that population tables lack"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """Mutations per megabase with the exact 95 % Poisson interval.

    Attributes
    ----------
    high : bool or None
        None where the interval holds the cut-off and the territory is small.
    """

    count: int
    megabases: float
    value: float
    interval: tuple[float, float]
    high: bool | None


def mutational_burden(
    case: Case, findings: tuple[Finding | NotAssessed, ...], knowledge: Knowledge
) -> Iterator[Finding | NotAssessed]:
    """The burden of every sample whose call set was read; a value that was reported stands.

    Yields nothing where no variant was read from a file with its place and alleles: what a
    report lists is a selection, and cannot be counted.
    """
    rules = knowledge.biomarkers.burden
    known = {m.name for m in case.measurements} | {f.name for f in findings}
    if rules is None or NAME in known:
        return
    for sample in case.samples:
        if sample.assay is not None and NAME in sample.assay.measures:
            for found in _of_sample(case, sample, sample.assay, rules):
                yield _compared(found, case, sample.assay, rules, knowledge.vocabulary.tree)


def burden(count: int, megabases: float, rules: BurdenRules) -> Burden:
    """A count over a territory.

    Parameters
    ----------
    count : int, at least 0
    megabases : float, above 0

    Raises
    ------
    InputError
        For a territory of no size: a rate over nothing is no number.
    """
    if not megabases > 0:
        raise InputError(f"TMB over {megabases} Mb: give the size of the territory, above 0")
    low, high = poisson_interval(count)
    interval = (low / megabases, high / megabases)
    value = count / megabases
    straddles = interval[0] < rules.high <= interval[1]
    refused = straddles and megabases < rules.small
    return Burden(
        count=count,
        megabases=megabases,
        value=value,
        interval=interval,
        high=None if refused else _at_least(value, rules.high),
    )


def poisson_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interval of a Poisson mean (Garwood), from the number of events.

    Parameters
    ----------
    count : int, at least 0
    confidence : float in (0, 1)

    Raises
    ------
    ValueError
        For a negative count.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437

    Examples
    --------
    >>> [round(limit, 2) for limit in poisson_interval(12)]
    [6.2, 20.96]
    """
    from scipy.special import gammaincinv

    if count < 0:
        raise ValueError(f"{count} events: at least 0")
    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def counts(variant: SmallVariant, convention: Convention) -> bool:
    """Whether a variant counts by a convention; a number that it lacks does not exclude it."""
    several = len(variant.reference) == len(variant.alternate) > 1
    lacking = (
        (variant.vaf, convention.least_vaf),
        (variant.depth, convention.least_depth),
        (variant.alt_reads, convention.least_reads),
    )
    return (
        variant.consequence in convention.counts
        and not variant.filters
        and (convention.drivers or not _driver(variant))
        and (convention.several_bases or not several)
        and variant.gene not in convention.not_genes
        and all(value is None or value >= least for value, least in lacking)
    )


def _of_sample(
    case: Case, sample: Sample, assay: Assay, rules: BurdenRules
) -> Iterator[Finding | NotAssessed]:
    convention = rules.convention(assay.burden, assay.kind)
    seen = _called(case, sample, convention)
    rows = max(_rows(case, sample), len(seen))
    whole = EVERYTHING in assay.small_variants
    if not seen or (whole and rows < rules.fewest):
        return
    if assay.megabases is None or convention is None:
        yield NotAssessed(name=NAME, reason=_NO_SIZE.format(assay=assay.name))
        return
    if all(variant.joint for variant in seen):
        yield NotAssessed(name=NAME, reason=_JOINT)
        return
    against_normal = assay.paired_normal or _normal_read(seen)
    if not against_normal and not _told_apart(seen):
        yield NotAssessed(name=NAME, reason=_NO_POPULATION)
        return
    bare = _bare(case) if _counts_silent(convention) else 0
    if bare:
        yield NotAssessed(name=NAME, reason=_BARE.format(convention=convention.name, count=bare))
        return
    somatic = [variant for variant in seen if not _inherited(variant, against_normal, rules)]
    count = sum(counts(variant, convention) for variant in somatic)
    found = burden(count, assay.megabases, rules)
    yield _finding(found, rows, sample, assay, convention, rules, against_normal)


def _finding(
    found: Burden,
    rows: int,
    sample: Sample,
    assay: Assay,
    convention: Convention,
    rules: BurdenRules,
    against_normal: bool,
) -> Finding:
    low, high = found.interval
    cautions = _cautions(found, assay, convention, against_normal)
    notes = [n.rstrip(".") for n in (convention.note, *cautions) if n]
    why = _why_not_called(found, rows, sample, assay, rules)
    said = "" if why else (", high" if found.high else ", low")
    value = found.value
    calibrated = _on_line(value, found.interval, assay)
    if calibrated:
        exome, (least, most) = calibrated
        notes.append(f"as an exome would count it: {exome:.1f} {UNIT} ({least:.1f} to {most:.1f})")
    return Finding(
        name=NAME,
        value=f"{NAME} {value:.1f} {UNIT} (95 % {low:.1f} to {high:.1f}){said}",
        method=(
            f"{found.count} in {found.megabases:g} Mb of {assay.name}; counted as {convention.name}"
            f" ({convention.id} {convention.version})"
        ),
        note="; ".join([*([why] if why else []), *notes]),
        number=None if why else value,
        unit="" if why else UNIT,
        interval=None if why else found.interval,
        scale=_scale(found, sample, rules),
        settles=False,  # until each change is held against the reads of the normal sample
    )


def _scale(found: Burden, sample: Sample, rules: BurdenRules) -> Scale | None:
    """What a figure shows; nothing of plasma, whose cut-offs are not known here."""
    if sample.material == "plasma":
        return None
    return Scale(value=found.value, interval=found.interval, cutoff=rules.high, unit=UNIT)


def _compared(
    found: Finding | NotAssessed, case: Case, assay: Assay, rules: BurdenRules, tree: DiseaseTree
) -> Finding | NotAssessed:
    """The finding with its place among the tumours of the same kind, where it compares."""
    if isinstance(found, NotAssessed) or found.scale is None:
        return found
    if not any_cohort(case.disease, rules, tree):
        return found
    scale = found.scale
    convention, exome = rules.convention(assay.burden, assay.kind), rules.convention("", "exome")
    value, interval, counted = scale.value, scale.interval, convention.id if convention else ""
    calibrated = _on_line(value, interval, assay)
    if calibrated and exome:
        (value, interval), counted = calibrated, exome.id
    among = among_cohorts(value, interval, counted, case.disease, rules, tree)
    said = [*sentences(among, rules)] or [NOT_ALIKE]
    return replace(
        found,
        note="; ".join(part for part in (found.note, *said) if part),
        scale=replace(scale, among=among),
    )


def _cautions(
    found: Burden, assay: Assay, convention: Convention, against_normal: bool
) -> Iterator[str]:
    if not against_normal:
        yield _TUMOUR_ONLY
    if EVERYTHING in assay.small_variants:
        yield f"{found.megabases:g} Mb is the usual size; a BED of the callable territory is exact"
    if convention.unverified:
        yield "convention not verified in its source"


def _why_not_called(
    found: Burden, rows: int, sample: Sample, assay: Assay, rules: BurdenRules
) -> str:
    """Why the value settles no criterion; empty where it does."""
    if (sample.material or "tissue") == "plasma":
        return _PLASMA
    if found.high is None:
        return (
            f"neither high nor low: the interval holds {rules.high:g} and the panel has under "
            f"{rules.small:g} Mb"
        )
    if found.high:
        return ""
    if rows < rules.fewest:
        return f"a list of {rows} may be a selection: not called low"
    least = assay.minimum_purity
    if least is not None and sample.purity is not None and sample.purity < least:
        return (
            f"tumour content {sample.purity:.0%} is under the assay's {least:.0%}: not called low"
        )
    return ""


def _on_line(
    value: float, interval: tuple[float, float], assay: Assay
) -> tuple[float, tuple[float, float]] | None:
    """Value and interval on the scale of an exome, by the assay's own line."""
    if assay.burden_to_exome is None:
        return None
    slope, intercept = assay.burden_to_exome
    value, low, high = (max(0.0, slope * one + intercept) for one in (value, *interval))
    return value, (low, high)


def _called(case: Case, sample: Sample, convention: Convention | None) -> list[SmallVariant]:
    """Variants of this sample that were read with their place and alleles; silent ones if asked."""
    silent = case.silent if convention and _counts_silent(convention) else ()
    own = {sample.id, ""} if len(case.samples) == 1 else {sample.id}
    also = (one for one in silent if one.sample in own)
    return [seen for seen in (*placed_variants(case, sample), *also) if seen.reference]


def _counts_silent(convention: Convention) -> bool:
    return Consequence.SYNONYMOUS in convention.counts


def _rows(case: Case, sample: Sample) -> int:
    """Rows of small variants that were read of the sample."""
    own = {sample.id, ""} if len(case.samples) == 1 else {sample.id}
    return sum(case.called.get(name, 0) for name in own)


def _bare(case: Case) -> int:
    """Silent changes of which nothing but their number is known."""
    told = case.filtered.get(str(Consequence.SYNONYMOUS), 0)
    return max(told - len(case.silent), 0)


def _told_apart(seen: list[SmallVariant]) -> bool:
    """Whether anything says which of them are inherited."""
    return any(v.population_af is not None or v.origin is not Origin.UNKNOWN for v in seen)


def _normal_read(seen: list[SmallVariant]) -> bool:
    """Whether each was held against the reads of a normal sample."""
    return all(v.normal_depth for v in seen)


def _inherited(variant: SmallVariant, against_normal: bool, rules: BurdenRules) -> bool:
    if variant.origin is not Origin.UNKNOWN:
        return variant.origin is Origin.GERMLINE
    common = (variant.population_af or 0.0) >= rules.population_af
    return common and not against_normal and not _driver(variant)


def _driver(variant: SmallVariant) -> bool:
    return variant.oncogenicity is not None and variant.oncogenicity.drives


def _at_least(value: float, limit: float) -> bool:
    """Inclusive, and blind to rounding: 8 in 0.8 Mb is 10."""
    return value >= limit - 1e-9


__all__ = ["Burden", "burden", "counts", "mutational_burden", "poisson_interval"]
