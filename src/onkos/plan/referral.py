"""What the tumour alone shows and may be inherited: refer, confirm, then offer it to the family."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Alteration, Case, Consequence, Origin, SmallVariant, Vocabulary

LIMIT = "referral_from"
_SOURCES = "tumour_only_referral"
_TRUNCATING = frozenset(
    {Consequence.NONSENSE, Consequence.FRAMESHIFT, Consequence.SPLICE, Consequence.START_LOST}
)
_BY_READS = "probability {probability}), seen in the tumour only"
_BY_NORMAL = "the patient's normal sample may carry it), which is not settled"
_LINE = (
    "{label} may be inherited ({why}: refer to "
    "genetic counselling, and confirm or rule it out in blood or another normal tissue by a "
    "certified germline test; only once it is confirmed, cascade testing for relatives"
)


def referrals(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """One line for each change of the tumour that ought to be followed up in normal tissue.

    It drives cancer or ends the protein, stands in a gene in which an inherited change is acted
    on, its origin is not settled, and its reads leave at least the limit's probability that it
    is inherited. Nothing where inherited findings are withheld.
    """
    least = vocabulary.limits.get(LIMIT)
    if least is None or case.withholds_germline:
        return
    sources = ", ".join(vocabulary.facts.get(_SOURCES, ()))
    told = set()
    for seen in case.alterations:
        if not isinstance(seen, SmallVariant) or seen.label in told:
            continue
        why = _why(seen, least)
        if why and _acted_on(seen, vocabulary):
            told.add(seen.label)
            line = _LINE.format(label=seen.label, why=why)
            yield f"{line} ({sources})." if sources else f"{line}."


def _why(seen: SmallVariant, least: float) -> str:
    """Why it may be inherited; empty where that is not likely enough."""
    chance = seen.germline_probability
    if seen.unsure:
        return _BY_NORMAL
    if chance is not None and chance >= least:
        return _BY_READS.format(probability=_written(chance))
    return ""


def _acted_on(seen: Alteration, vocabulary: Vocabulary) -> bool:
    if not isinstance(seen, SmallVariant) or seen.origin is not Origin.UNKNOWN:
        return False
    gene = vocabulary.gene(seen.gene)
    if gene is None or not gene.actionable_germline or seen.by_diagnosis:
        return False
    drives = seen.oncogenicity is not None and seen.oncogenicity.drives
    ended = gene.suppressor and seen.consequence in _TRUNCATING
    return drives or (ended and seen.oncogenicity is None)


def _written(probability: float) -> str:
    return "over 0.99" if probability > 0.995 else f"{probability:.2f}"
