"""Regimens that repeat, with other drugs, a class on which the tumour progressed."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.model import Answer, Case, Match, PriorTherapy, Vocabulary, regimen_name
from onkos.model.criterion import PriorIs, atoms

UNTARGETED = "chemotherapy"


def repeats(
    regimen: frozenset[str], matches: Iterable[Match], case: Case, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Cautions: every targeted drug is of a class that failed in one earlier regimen.

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
    drugs = (_classes([drug], vocabulary) for drug in sorted(regimen))
    targeted = [classes for classes in drugs if classes and not foreseen & set(classes)]
    sentences = (_sentence(targeted, prior, vocabulary) for prior in failed)
    return tuple(dict.fromkeys(text for text in sentences if text))


def _sentence(targeted: list[tuple[str, ...]], prior: PriorTherapy, vocabulary: Vocabulary) -> str:
    before = _classes(prior.drugs, vocabulary)
    shared = [[word for word in classes if word in before] for classes in targeted]
    if not shared or not all(shared):
        return ""
    words = " and ".join(dict.fromkeys(classes[0] for classes in shared))
    return f"again {words}: the tumour progressed on {regimen_name(prior.drugs)}"


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
