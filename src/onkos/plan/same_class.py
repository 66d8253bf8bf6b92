"""Regimens that repeat, with other drugs, a class on which the tumour progressed."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model import Answer, Case, Match, PriorTherapy, Vocabulary, regimen_name
from onkos.model.criterion import PriorIs, atoms

UNTARGETED = "chemotherapy"


def repeats(
    regimen: frozenset[str], matches: Iterable[Match], case: Case, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Cautions: targeted drugs of a class that failed in one earlier regimen.

    Where all of them are, the regimen repeats it; where some are, it contains it again.

    A class after which a claim was made, and its setting holds, is no reason: lorlatinib's
    label speaks of an earlier ALK inhibitor.

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
    sentences = (_sentence(fresh, len(targeted), prior, vocabulary) for prior in failed)
    return tuple(dict.fromkeys(text for text in sentences if text))


def _sentence(
    fresh: dict[str, tuple[str, ...]], targeted: int, prior: PriorTherapy, vocabulary: Vocabulary
) -> str:
    before = _classes(prior.drugs, vocabulary)
    shared = {
        drug: next((word for word in classes if word in before), "")
        for drug, classes in fresh.items()
    }
    again = {drug: word for drug, word in shared.items() if word and drug not in prior.drugs}
    if not again:
        return ""
    words = " and ".join(dict.fromkeys(again.values()))
    grew = f"the tumour progressed on {regimen_name(prior.drugs)}"
    if len(again) == targeted:
        return f"again {words}: {grew}"
    return f"contains again {words} ({', '.join(again)}): {grew}"


def _classes(drugs: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Classes of the drugs that are not chemotherapy, in the order of the vocabulary."""
    known = (vocabulary.drug_by_inn.get(name) for name in drugs)
    targeted = (drug for drug in known if drug is not None and drug.modality != UNTARGETED)
    return tuple(dict.fromkeys(word for drug in targeted for word in drug.drug_class))


def _foreseen(match: Match, vocabulary: Vocabulary) -> set[str]:
    """Classes after which the claim's own setting, which holds, places the regimen."""
    rule = match.claim.setting
    if rule is None or match.setting.answer is not Answer.MET:
        return set()
    asked = [leaf for leaf in atoms(rule) if isinstance(leaf, PriorIs)]
    named = _classes([leaf.drug for leaf in asked if leaf.drug], vocabulary)
    return {*named, *(leaf.drug_class for leaf in asked if leaf.drug_class)}
