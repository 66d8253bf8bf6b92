"""Whether a change is carried by reads enough, and of the tumour's, to act on it at once."""

from __future__ import annotations

from collections.abc import Sequence

from onkos.criteria.coverage import ask
from onkos.criteria.view import CaseView
from onkos.model import (
    Alteration,
    Fusion,
    GeneEvent,
    Origin,
    Question,
    Sample,
    SmallVariant,
    genes_of,
)

Thin = tuple[list[str], list[Question]]


def thinly(hits: Sequence[Alteration], view: CaseView) -> Thin:
    """Cautions, and tests that would confirm, where every one of the hits rests on few reads.

    The finding stands: a caller passed it. One hit that is well carried needs no other.
    """
    told = [(seen, _why(seen, view)) for seen in hits]
    if not all(why for _, why in told):
        return [], []
    cautions = [
        f"{seen.label}: {why}; confirm it before treatment rests on it" for seen, why in told
    ]
    return cautions, [_question(seen, why) for seen, why in told]


def _question(seen: Alteration, why: str) -> Question:
    kind = "fusion" if isinstance(seen, Fusion) else "small-variant"
    return ask(kind, genes_of(seen)[-1], f"confirm {seen.label} by another test ({why})")


def _why(seen: Alteration, view: CaseView) -> str:
    """Why its reads are few; empty where they are not, or not told."""
    if not isinstance(seen, (SmallVariant, Fusion, GeneEvent)):
        return ""
    if isinstance(seen, Fusion) and seen.origin is Origin.GERMLINE:
        return "said to be inherited, as fusions that drive are not"
    limits = view.vocabulary.limits
    reads, depth = None, None
    if isinstance(seen, SmallVariant):
        reads, depth = seen.alt_reads, seen.depth
    elif isinstance(seen, Fusion):
        reads = seen.reads
    if reads is not None and reads < limits.get("presence_least_reads", 0):
        among = f" of {depth}" if depth else ""
        return f"carried by {reads}{among} read{'' if reads == 1 and not depth else 's'} only"
    share = seen.vaf if seen.vaf is not None else reads / depth if reads and depth else None
    least, whose = _least(_sample_of(seen, view), view)
    if share is not None and share < least:
        return f"in {share:.2g} of the reads, under {whose} ({least:.2g})"
    return ""


def _least(sample: Sample | None, view: CaseView) -> tuple[float, str]:
    assay = sample.assay if sample else None
    if assay is not None and assay.limit_of_detection is not None:
        return assay.limit_of_detection, f"the limit of detection of {assay.name}"
    plasma = sample is not None and (
        sample.material == "plasma" or (assay is not None and assay.material == ("plasma",))
    )
    name = "presence_least_vaf_plasma" if plasma else "presence_least_vaf"
    return view.vocabulary.limits.get(name, 0.0), "what is relied on without a limit of the assay"


def _sample_of(seen: Alteration, view: CaseView) -> Sample | None:
    samples = view.case.samples
    if len(samples) == 1:
        return samples[0]
    return view.samples.get(getattr(seen, "sample", ""))
