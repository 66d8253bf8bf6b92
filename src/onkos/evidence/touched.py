"""Which cases a changed claim can touch, so that only those are planned again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from onkos.evidence.match import REGULATORS, match
from onkos.evidence.needed import genes_needed
from onkos.model import (
    TREATMENT_EFFECTS,
    Answer,
    Case,
    Claim,
    Effect,
    Finding,
    Knowledge,
    NotAssessed,
    genes_of,
)
from onkos.model.alteration import Cytogenetic, Karyogram
from onkos.model.change import ClaimChange

_UNDESCRIBED = (
    "calls",
    "segments",
    "profiles",
    "spectra",
    "junctions",
    "copied",
)  # of which genes are worked out later


class Touched:
    """Asks of a case whether any of the changed claims can bear on it.

    A changed claim of another source bears on a case only where its criterion is met; one of the
    built-in knowledge also where it is not known to be unmet, for it may move what to test next.

    Parameters
    ----------
    before, after : Knowledge
    changed : sequence of ClaimChange
        All between the two, of whichever source; those of wording alone are left aside.
    """

    def __init__(self, before: Knowledge, after: Knowledge, changed: Sequence[ClaimChange]) -> None:
        told = [change for change in changed if not change.wording]
        ours = {claim.source for claim in (*before.claims, *after.claims)}
        self._sides = tuple(_subset(known, told, ours) for known in (before, after))
        self._tree = after.vocabulary.tree
        self._ours = tuple(c for one in told for c in one.sides if c.source in ours)
        self._genes: frozenset[str] = frozenset()
        self._loose: list[Claim] = []
        self._by_disease: dict[str, bool] = {}
        theirs = (c for one in told for c in one.sides if c.source not in ours)
        for claim in theirs:
            needed = genes_needed(claim.when)
            if claim.effect not in TREATMENT_EFFECTS:
                continue
            if needed is None:
                self._loose.append(claim)
            else:
                self._genes |= needed

    @property
    def built_in(self) -> bool:
        """Whether a built-in claim changed."""
        return bool(self._ours)

    def may(self, case: Case) -> bool:
        """False where no changed claim can bear on the case; asked before it is described."""
        if any(getattr(case, name) for name in _UNDESCRIBED):
            return True
        if any(isinstance(seen, (Cytogenetic, Karyogram)) for seen in case.alterations):
            return True
        carried = {gene for seen in case.alterations for gene in genes_of(seen)}
        return not self._genes.isdisjoint(carried) or self._at_home(case.disease)

    def _at_home(self, disease: str) -> bool:
        found = self._by_disease.get(disease)
        if found is None:
            claims = (*self._ours, *self._loose)
            found = self._by_disease[disease] = any(self._holds(c, disease) for c in claims)
        return found

    def _holds(self, claim: Claim, disease: str) -> bool:
        """A benefit may be borrowed from another disease, and heredity from any."""
        if claim.effect in {Effect.BENEFIT, Effect.PREDISPOSITION}:
            return True
        answer, _ = self._tree.judge(disease, claim.disease, claim.disease_except)
        return answer is not Answer.UNMET

    def does(
        self,
        case: Case,
        findings: Iterable[Finding | NotAssessed],
        regulators: tuple[str, ...] = REGULATORS,
    ) -> bool:
        """Whether a changed claim of another source is met by a case that was described."""
        told = tuple(findings)
        return any(
            match(case, told, side, regulators, met_treatments=True)
            for side in self._sides
            if side.claims
        )


def _subset(known: Knowledge, told: Sequence[ClaimChange], ours: set[str]) -> Knowledge:
    """The knowledge with the changed claims of other sources alone."""
    ids = {claim.id for change in told for claim in change.sides if claim.source not in ours}
    return replace(known, claims=tuple(c for c in known.others if c.id in ids), others=())
