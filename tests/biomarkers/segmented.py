"""Tumours made of a few segments."""

from onkos.model import Case, Sample, Segment

MB = 1_000_000


def segment(chromosome="1", start=1, end=100 * MB, major=1, minor=1, **rest):
    """A stretch with copies of each allele."""
    total = None if minor is None or major is None else major + minor
    rest.setdefault("assembly", "GRCh38")
    return Segment(chromosome=chromosome, start=start, end=end, total=total, minor=minor, **rest)


def genome(knowledge, major=1, minor=1, except_for=()):
    """Every autosome whole at the same copies, but for those chromosomes that are given."""
    spared = {one.chromosome for one in except_for}
    whole = [
        segment(c.name, 1, c.length, major, minor)
        for c in knowledge.vocabulary.chromosomes
        if c.assembly == "GRCh38" and c.name.isdigit() and c.name not in spared
    ]
    return (*except_for, *whole)


def tumour(segments, disease="HGSOC", purity=0.7, **rest):
    """A case with one sample."""
    ploidy = rest.pop("ploidy", None)
    sample = Sample(id="T", purity=purity, ploidy=ploidy)
    return Case(id="t", disease=disease, samples=(sample,), segments=tuple(segments), **rest)
