"""Which regimens of several sources are one and the same: classes of drugs, steroids, agents."""

from __future__ import annotations

from collections.abc import Iterable

from onkos.evidence.investigational import under_investigation
from onkos.model import Case, Investigational, Knowledge, Vocabulary
from onkos.model.names import name_key

Regimen = frozenset[str]
_CLASS = 'class "'
GIVEN_UP = ("failed", "stopped")


def class_in(drug: str) -> str:
    """The class that stands in a regimen in place of a drug; empty for a drug.

    >>> class_in('class "EGFR TKI"'), class_in("osimertinib")
    ('EGFR TKI', '')
    """
    return drug.removeprefix(_CLASS).removesuffix('"') if drug.startswith(_CLASS) else ""


def classes_in(regimen: Iterable[str]) -> tuple[str, ...]:
    """Every class in a regimen."""
    return tuple(sorted(filter(None, map(class_in, regimen))))


class Regimens:
    """Regimens as they are compared.

    Parameters
    ----------
    vocabulary : Vocabulary
        Whose drugs know their classes; its facts say what other sources call a class, and which
        drugs a steroid only goes along with.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        facts = vocabulary.facts
        self._drugs = vocabulary.drugs
        self._steroids = frozenset(facts.get("supportive_steroids", ()))
        self._beside = frozenset(facts.get("given_with_a_steroid", ()))
        lines = (line.partition(":") for line in facts.get("classes_of_others", ()))
        self._meant = {name_key(name): own.split(",") for name, _, own in lines}
        self._members: dict[str, frozenset[str]] = {}

    def key(self, therapy: Iterable[str]) -> Regimen:
        """The drugs that make it this regimen and no other."""
        drugs = frozenset(therapy)
        return drugs - self._steroids if drugs & self._beside else drugs

    def members(self, name: str) -> frozenset[str]:
        """Drugs of a class, by any source's name for it; none where it is not known here."""
        if name not in self._members:
            keys = {name_key(one) for one in self._meant.get(name_key(name), (name,))}
            self._members[name] = frozenset(
                drug.name for drug in self._drugs if keys & set(map(name_key, drug.drug_class))
            )
        return self._members[name]

    def holds(self, general: Regimen, regimen: Regimen) -> bool:
        """Whether a regimen has every drug of another, a member in place of each class."""
        drugs = {drug for drug in general if not class_in(drug)}
        rest = regimen - drugs
        named = classes_in(general)
        return drugs <= regimen and all(rest & self.members(one) for one in named)

    def meant_by(self, general: Regimen, regimen: Regimen) -> bool:
        """Whether a regimen is one of those that a regimen with classes stands for."""
        return len(general) == len(regimen) and self.holds(general, regimen)


def given_up(case: Case, knowledge: Knowledge) -> tuple[Investigational, ...]:
    """Agents tried in this disease that failed or were stopped."""
    found = under_investigation(case, knowledge)
    return tuple(one.agent for one in found if one.agent.standing in GIVEN_UP)


def became(regimen: Regimen, tried: Iterable[Investigational]) -> str:
    """What became of an agent, given with the same partners, with fewer, or with more of them.

    The agent stands first in the regimens that were tried.
    """
    for one in tried:
        drugs = frozenset(one.therapy)
        if one.therapy[0] in regimen and (drugs <= regimen or regimen <= drugs):
            return one.standing
    return ""
