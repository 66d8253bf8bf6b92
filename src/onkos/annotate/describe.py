"""The case with the oncogenicity of each change and what follows from its values filled in."""

from __future__ import annotations

import msgspec

from onkos.annotate.body import derived
from onkos.annotate.by_diagnosis import implied_alterations, implied_measurements
from onkos.annotate.consent import without_germline, without_inference
from onkos.annotate.narrowed import narrowed
from onkos.annotate.oncogenicity import Assessor
from onkos.annotate.origin import traced
from onkos.model import Alteration, Case, CopyNumber, Fusion, GeneEvent, Knowledge, SmallVariant
from onkos.model.reference import NO_REFERENCE, Reference

_ASSESSORS: list[Assessor] = []


def describe(case: Case, knowledge: Knowledge, reference: Reference = NO_REFERENCE) -> Case:
    """The same case, each change described, with what its diagnosis itself says.

    A standing that the input already gave (a curated call) is kept. Where inherited findings
    are withheld they are gone before anything is worked out, and what looks inherited after.
    Variants that carry a place alone are described by the reference, where one is at hand.
    """
    assessor, words = _assessor_of(knowledge), knowledge.vocabulary
    if case.junctions:
        from onkos.annotate.placed import with_placed_junctions

        case = with_placed_junctions(case, words, reference)
    if case.calls and not reference.assembly:
        from onkos.annotate.known import recognised

        case = recognised(case, knowledge)
    if case.withholds_germline:
        case = without_germline(case, knowledge)
    if any(isinstance(a, SmallVariant) and a.position for a in case.alterations):
        case = _by_place(case, knowledge, reference)
    case = narrowed(case, words)
    seen = (*case.alterations, *implied_alterations(case, words))
    causes = assessor.judge.single_causes(case.disease)
    described = tuple(_described(a, assessor, causes) for a in seen)
    measured = (*case.measurements, *derived(case), *implied_measurements(case, words))
    case = msgspec.structs.replace(case, alterations=described, measurements=measured)
    case = traced(case, words)
    return without_inference(case, knowledge) if case.withholds_germline else case


def _by_place(case: Case, knowledge: Knowledge, reference: Reference) -> Case:
    """The case with what follows from the places of its variants."""
    # Plain text and summaries carry no place; what works on places is not loaded for them.
    from onkos.annotate.known import disagreements, placed_right, recognised
    from onkos.annotate.located import located
    from onkos.annotate.neighbours import with_neighbours

    words = knowledge.vocabulary
    case = located(placed_right(case, knowledge), words, reference)
    if reference.assembly:
        case = disagreements(recognised(case, knowledge), knowledge, reference)
    return with_neighbours(case, words)


def _assessor_of(knowledge: Knowledge) -> Assessor:
    if not _ASSESSORS or _ASSESSORS[0].vocabulary is not knowledge.vocabulary:
        _ASSESSORS[:] = [Assessor(knowledge.vocabulary)]
    return _ASSESSORS[0]


def _described(alteration: Alteration, assessor: Assessor, causes: frozenset[str]) -> Alteration:
    if not isinstance(alteration, (SmallVariant, CopyNumber, Fusion, GeneEvent)):
        return alteration
    if alteration.oncogenicity is not None:
        return alteration
    if isinstance(alteration, SmallVariant):
        return _weighed(alteration, assessor, causes)
    standing, reason = assessor.assess(alteration)
    if standing is None:
        return alteration
    return msgspec.structs.replace(alteration, oncogenicity=standing, oncogenicity_reason=reason)


def _weighed(variant: SmallVariant, assessor: Assessor, causes: frozenset[str]) -> SmallVariant:
    found = assessor.assess_small(variant, variant.gene in causes)
    if found.standing is None:
        return variant
    return msgspec.structs.replace(
        variant,
        oncogenicity=found.standing,
        oncogenicity_reason=found.reason,
        oncogenicity_points=found.points,
        oncogenicity_criteria=found.criteria,
        oncogenicity_open=found.open,
    )
