"""Regimens that repeat a drug, or its class, on which the tumour progressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onkos.model import Answer, Case, Match, PriorTherapy, Vocabulary, regimen_name
from onkos.model.criterion import PriorIs, PriorLinesIs, atoms

UNTARGETED = "chemotherapy"
BESIDE_ALL = "corticosteroid"  # given beside many regimens, whatever became of the last


def repeats(
    regimen: frozenset[str], matches: Iterable[Match], case: Case, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Cautions: targeted drugs that failed in one earlier regimen, and others of their class.

    Where all are of one class, the regimen repeats it; where some are, it contains it again.

    A class after which a claim was made, and its setting holds, is no reason: lorlatinib's
    label speaks of an earlier ALK inhibitor, pirtobrutinib's of a covalent BTK inhibitor.

    Parameters
    ----------
    matches : iterable of Match
        What speaks for the regimen.
    """
    priors = (p for p in case.prior or () if p.progressed)
    failed = [p for p in priors if not set(p.drugs) <= regimen and not regimen <= set(p.drugs)]
    if not failed:
        return ()
    foreseen = {word for match in matches for word in _foreseen(match, vocabulary)}
    drugs = ((drug, _classes([drug], vocabulary)) for drug in sorted(regimen))
    targeted = {drug: classes for drug, classes in drugs if classes}
    fresh = {drug: classes for drug, classes in targeted.items() if not foreseen & set(classes)}
    sentences = (
        text
        for prior in failed
        for text in _sentences(fresh, len(targeted), prior, foreseen, vocabulary)
    )
    return tuple(dict.fromkeys(sentences))


def _sentences(
    fresh: dict[str, tuple[str, ...]],
    targeted: int,
    prior: PriorTherapy,
    foreseen: set[str],
    vocabulary: Vocabulary,
) -> Iterator[str]:
    grew = f"the tumour progressed on {regimen_name(prior.drugs)}"
    same = [drug for drug in fresh if drug in prior.drugs]
    if same:
        yield f"contains {' and '.join(same)} again: {grew}"
    others = [d for d in prior.drugs if not foreseen & set(_classes([d], vocabulary))]
    before = _classes(others, vocabulary)
    shared = {
        drug: next((word for word in classes if word in before), "")
        for drug, classes in fresh.items()
    }
    again = {drug: word for drug, word in shared.items() if word and drug not in same}
    words = " and ".join(dict.fromkeys(again.values()))
    if again and len(again) == targeted:
        yield f"again {words}: {grew}"
    elif again:
        yield f"contains again {words} ({', '.join(again)}): {grew}"


def _classes(drugs: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Classes of the drugs that are not chemotherapy, in the order of the vocabulary."""
    known = (vocabulary.drug_by_inn.get(name) for name in drugs)
    targeted = (drug for drug in known if drug is not None and drug.modality != UNTARGETED)
    return tuple(dict.fromkeys(w for d in targeted for w in d.drug_class if w != BESIDE_ALL))


def _foreseen(match: Match, vocabulary: Vocabulary) -> set[str]:
    """Classes after which the claim's own setting, which holds, places the regimen."""
    rule = match.claim.setting
    if rule is None or match.setting.answer is not Answer.MET:
        return set()
    asked = [leaf for leaf in atoms(rule) if isinstance(leaf, (PriorIs, PriorLinesIs))]
    named = _classes([leaf.drug for leaf in asked if leaf.drug], vocabulary)
    return {*named, *(leaf.drug_class for leaf in asked if leaf.drug_class)}
