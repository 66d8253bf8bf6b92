"""Whose variant it is: of the tumour, inherited, or of a clone of white cells.

A matched normal sample decides. Without one the reads, the tumour content, the copies at the
place, population tables and the gene give a probability, which is shown with its reasons. It
becomes the origin only where it is near certain, and never of a change that drives cancer in
a gene in which an inherited one would matter: that needs a normal sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

import msgspec

from onkos.annotate.origin_prior import OFTEN, OTHER, RARELY, Known, assumptions, prior
from onkos.annotate.origin_words import Weighed, reasons
from onkos.model import (
    Alteration,
    Case,
    CopyNumber,
    Gene,
    Origin,
    Sample,
    Segment,
    SmallVariant,
    Vocabulary,
)
from onkos.origin_likelihood import Copies, Whose, origin_posterior

PAIRED = "the test compares with the patient's own normal cells"
INHERITED = "found by a test of inherited changes"
_CONTRADICTED = (
    "{assay} is a test without a normal sample, and the file holds the reads of one: these decide "
    "whose a change is; name the paired assay if it was one"
)
_UNSURE = "not known: the patient's normal sample may carry it"
_NONE = Sample()
_FROM_BLOOD = frozenset({"plasma", "blood"})


def traced(case: Case, vocabulary: Vocabulary) -> Case:
    """The case, each small variant of unknown origin with what can be said of it.

    An origin that the laboratory stated is never changed.
    """
    if "origin_certain" not in vocabulary.limits:
        return case
    if not any(map(_open, (*case.alterations, *case.silent))):
        return case
    tracer = _Tracer(case, vocabulary)
    found = tuple(
        tracer.traced(a) if isinstance(a, SmallVariant) and _open(a) else a
        for a in case.alterations
    )
    silent = tuple(tracer.traced(a) if _open(a) else a for a in case.silent)
    notices = tuple(dict.fromkeys((*case.notices, *tracer.contradictions())))
    return msgspec.structs.replace(case, alterations=found, silent=silent, notices=notices)


def _open(seen: Alteration) -> bool:
    unsaid = seen.origin is Origin.UNKNOWN and not seen.by_diagnosis
    return isinstance(seen, SmallVariant) and unsaid and not seen.origin_reason


class _Place(NamedTuple):
    """What a case knows of the cells that a variant was seen in."""

    sample: Sample
    material: str
    purity: float | None
    copies: Copies | None
    male_x: bool


class _Tracer:
    """Looks at one case."""

    def __init__(self, case: Case, vocabulary: Vocabulary) -> None:
        self._case = case
        self._words = vocabulary
        self._limits = vocabulary.limits
        self._samples = {sample.id: sample for sample in case.samples}
        self._blood_cancer = vocabulary.tree.solid(case.disease) is False
        self._looked_up = {
            a.sample
            for a in case.alterations
            if isinstance(a, SmallVariant) and a.population_af is not None
        }
        self._copies = {
            (a.sample, a.gene): a.copies
            for a in case.alterations
            if isinstance(a, CopyNumber) and a.copies is not None
        }
        self._segments: dict[str, list[Segment]] = {}
        content = {sample.id: sample.purity for sample in case.samples}
        only = next(iter(content.values())) if len(content) == 1 else None
        for one in case.segments:
            segment = one.of_cancer_cells(content.get(one.sample, only))
            if segment.total is not None:
                self._segments.setdefault(segment.chromosome, []).append(segment)
        self._white = {
            (a.gene, a.protein or a.coding): a
            for a in case.alterations
            if isinstance(a, SmallVariant) and self._normal_blood(self._sample(a))
        }

    def contradictions(self) -> Iterator[str]:
        """Samples whose assay is said to be without a normal and whose reads of one were read."""
        for sample in self._case.samples:
            assay = sample.assay
            if assay is None or assay.paired_normal or assay.germline:
                continue
            if any(self._sample(a) is sample for a in self._case.alterations if _against(a)):
                yield _CONTRADICTED.format(assay=assay.name)

    def _normal_blood(self, sample: Sample) -> bool:
        """White cells of somebody whose tumour is not one of blood."""
        return _material(sample) == "blood" and not self._blood_cancer

    def _sample(self, variant: SmallVariant) -> Sample:
        if not variant.sample and len(self._samples) == 1:
            return next(iter(self._samples.values()))
        return self._samples.get(variant.sample, _NONE)

    def traced(self, variant: SmallVariant) -> SmallVariant:
        """The variant with its origin, or the probability of each."""
        sample = self._sample(variant)
        assay = sample.assay
        absent = self._absent(variant)
        if absent:
            return _called(variant, Origin.SOMATIC, absent)
        compared = assay and assay.paired_normal and not assay.germline
        if compared and not (variant.joint or variant.unsure):
            return _called(variant, Origin.SOMATIC, PAIRED)
        reads = self._reads(variant)
        inherited_only = bool(assay and assay.germline and self._normal_blood(sample))
        if inherited_only and reads is None:
            return _called(variant, Origin.GERMLINE, INHERITED)
        if reads is None:
            why = _UNSURE if variant.unsure else ""
            return msgspec.structs.replace(variant, origin_reason=why)
        return self._weighed(variant, sample, reads)

    def _absent(self, variant: SmallVariant) -> str:
        """That the normal sample does not carry the change; empty where it may."""
        alt, depth = variant.normal_alt_reads, variant.normal_depth
        if alt is None or not depth or depth < self._limits["normal_least_depth"]:
            return ""
        if alt / depth >= self._limits["normal_clear_below"]:
            return ""
        return f"of the tumour: {alt} of {depth} reads of the patient's normal sample carry it"

    def _reads(self, variant: SmallVariant) -> tuple[int, int] | None:
        """Reads with the change, and all; a fraction alone counts as of a modest depth."""
        if variant.alt_reads is not None and variant.depth:
            return variant.alt_reads, variant.depth
        if variant.vaf is None:
            return None
        depth = variant.depth or int(self._limits["origin_depth"])
        return round(variant.vaf * depth), depth

    def _weighed(
        self, variant: SmallVariant, sample: Sample, reads: tuple[int, int]
    ) -> SmallVariant:
        gene = self._words.gene(variant.gene)
        place = self._place(variant, sample, gene)
        known = self._known(variant, gene, place.material)
        before = prior(known, self._limits)
        if self._normal_blood(sample):  # white cells hold no tumour
            before = before._replace(somatic=0.0)
        normal = self._normal_reads(variant)
        after = origin_posterior(
            *reads, before, assumptions(self._limits, known.from_blood),
            purity=place.purity, copies=place.copies, male_x=place.male_x, normal_reads=normal,
        )  # fmt: skip
        weighed = Weighed(variant, reads, place.purity, place.copies, place.male_x, known, normal)
        told = [reasons(weighed, after, self._limits)]
        if known.from_blood and known.blood_gene and not known.blood_cancer:
            told.append(self._words.unverified("origin_white_cells_in_plasma"))
        return msgspec.structs.replace(
            variant,
            origin=self._origin(after, known, normal),
            origin_reason="; ".join(part for part in told if part),
            germline_probability=_rounded(after.germline),
            white_cell_probability=_rounded(after.white_cells),
        )

    def _syndrome(self, gene: Gene | None) -> str:
        """How often a driving change of the gene is inherited; empty where it has no syndrome."""
        if gene is None or not gene.actionable_germline:
            return ""
        facts = self._words.facts
        return next((w for w in (OFTEN, RARELY) if gene.symbol in facts.get(w, ())), OTHER)

    def _origin(self, after: Whose, known: Known, normal: tuple[int, int] | None) -> Origin:
        """The origin where it is near certain and nothing grave hangs on it."""
        if normal is None:
            if known.drives and known.syndrome:
                return Origin.UNKNOWN
            if known.from_blood and known.blood_gene:
                return Origin.UNKNOWN
        certain = self._limits["origin_certain"]
        if after.somatic >= certain:
            return Origin.SOMATIC
        return Origin.GERMLINE if after.germline >= certain else Origin.UNKNOWN

    def _known(self, variant: SmallVariant, gene: Gene | None, material: str) -> Known:
        return Known(
            frequency=variant.population_af,
            looked_up=variant.sample in self._looked_up,
            drives=variant.oncogenicity is not None and variant.oncogenicity.drives,
            syndrome=self._syndrome(gene),
            blood_gene=gene is not None and gene.clonal_haematopoiesis,
            from_blood=material in _FROM_BLOOD,
            blood_cancer=self._blood_cancer,
            age=self._case.age,
        )

    def _place(self, variant: SmallVariant, sample: Sample, gene: Gene | None) -> _Place:
        material = _material(sample)
        purity = sample.tumour_fraction if material == "plasma" else sample.purity
        if self._normal_blood(sample):
            purity = 0.0
        chromosome = variant.chromosome or (gene.chromosome if gene else "")
        male_x = self._case.sex == "male" and chromosome.removeprefix("chr") in {"X", "Y"}
        return _Place(sample, material, purity, self._copies_at(variant), male_x)

    def _copies_at(self, variant: SmallVariant) -> Copies | None:
        """Mean copies per cancer cell of the segment at the place, else those told of the gene."""
        for segment in self._segments.get(variant.chromosome.removeprefix("chr"), ()):
            here = segment.start <= variant.position <= segment.end
            same = _agree(segment.assembly, variant.assembly)
            if here and same and _agree(segment.sample, variant.sample):
                return _mean_copies(segment)
        total = self._copies.get((variant.sample, variant.gene))
        return None if total is None else Copies(total)

    def _normal_reads(self, variant: SmallVariant) -> tuple[int, int] | None:
        """Reads of the same change in the patient's normal sample, where there are any."""
        if variant.normal_alt_reads is not None and variant.normal_depth:
            return variant.normal_alt_reads, variant.normal_depth
        white = self._white.get((variant.gene, variant.protein or variant.coding))
        if white is None or white.sample == variant.sample:
            return None
        return self._reads(white)


def _against(seen: Alteration) -> TypeGuard[SmallVariant]:
    """Read beside a normal sample."""
    return isinstance(seen, SmallVariant) and bool(seen.normal_depth)


def _called(variant: SmallVariant, origin: Origin, why: str) -> SmallVariant:
    return msgspec.structs.replace(variant, origin=origin, origin_reason=why)


def _material(sample: Sample) -> str:
    if sample.material:
        return sample.material
    known = sample.assay.material if sample.assay else ()
    return known[0] if len(known) == 1 else "tissue"


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _mean_copies(segment: Segment) -> Copies:
    """Over all cancer cells; those that have it not have two copies."""
    share = 1.0 if segment.share is None else segment.share
    total = share * (segment.total or 0.0) + 2 * (1 - share)
    minor = None if segment.minor is None else share * max(segment.minor, 0.0) + (1 - share)
    return Copies(total, minor)


def _rounded(probability: float) -> float:
    """To three digits, so that nobody reads more into it."""
    return round(probability, 3)
