"""What new knowledge changes for one case that was planned before."""

from __future__ import annotations

from enum import StrEnum

from onkos.model.change import ClaimChange
from onkos.model.noun import Noun


class Turn(StrEnum):
    """What becomes of a plan, the most important first."""

    NOW_AVOIDED = "was an option, now to avoid"
    GONE = "was an option, now none"
    NOT_APPROVED = "no longer approved here"
    NEW_FIRST = "new first option"
    NEW_OPTION = "new option"
    CONTRADICTED = "another source now speaks against this option"
    NOT_AVOIDED = "no longer to avoid"
    NOW_TO_AVOID = "now to avoid"
    APPROVED = "now approved here"
    CAUTIONS = "other cautions"
    TEST_NEXT = "other tests next"
    STATEMENTS = "other statements on outlook, diagnosis or heredity"
    SUPPORTED = "another source now supports it here"
    UNSUPPORTED = "another source supports it here no longer"
    COMPARED = "other sources say otherwise"

    @property
    def weight(self) -> int:
        """0 for the most important."""
        return tuple(Turn).index(self)


class PlanChange(Noun, frozen=True, kw_only=True):
    """One thing that is not as it was.

    Attributes
    ----------
    therapy : tuple of str
        The regimen that it is about; empty for tests and statements.
    before, after : str
        In words; empty where there is nothing to say.
    why : tuple of ClaimChange
        The changed claims that bear on it for this case.
    """

    turn: Turn
    therapy: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    why: tuple[ClaimChange, ...] = ()


class Rechecked(Noun, frozen=True, kw_only=True):
    """A case whose plan, or whose comparison with other sources, is not as it was.

    Attributes
    ----------
    changes : tuple of PlanChange
        The most important first; never empty.
    """

    id: str
    disease: str
    changes: tuple[PlanChange, ...]

    @property
    def weight(self) -> int:
        """Of its most important change, 0 the most important of all."""
        return min(change.turn.weight for change in self.changes)
