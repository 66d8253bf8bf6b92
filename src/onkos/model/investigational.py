"""Agents tried in a disease and approved nowhere for it: shown apart, never ranked."""

from __future__ import annotations

from onkos.model.claim import Study
from onkos.model.criterion import Criterion
from onkos.model.noun import Noun, require
from onkos.model.verdict import Verdict

STANDINGS = ("failed", "stopped", "in trials", "no active development known")


class Investigational(Noun, frozen=True, kw_only=True):
    """One agent in one disease that no regulator approved for it, and what was found.

    Attributes
    ----------
    when : Criterion or None
        The marker that its trials asked for; None where they asked for none.
    setting : Criterion or None
        Where it was tried and is not approved; None for every setting.
    target, mechanism : str
        What it binds, and what that does, in one phrase each.
    standing : str
        One of ``STANDINGS``: a missed endpoint, a programme ended, trials open, or silence.
    found : str
        What the trials found, the failures first.
    status : str
        What may be said of it today, with what it is approved for elsewhere.
    studies : tuple of Study
        Failures first; each with its registry number where there is one.
    """

    id: str
    therapy: tuple[str, ...]
    disease: tuple[str, ...]
    disease_except: tuple[str, ...] = ()
    when: Criterion | None = None
    setting: Criterion | None = None
    target: str
    mechanism: str
    standing: str
    found: str
    status: str
    studies: tuple[Study, ...]
    unverified: bool = False

    def __post_init__(self) -> None:
        require(self.standing in STANDINGS, f"{self.id}: no such standing: {self.standing}")
        require(bool(self.studies), f"{self.id}: no study")
        signs = [study.positive for study in self.studies]
        require(signs == sorted(signs), f"{self.id}: a failed study stands behind a positive one")


class Tried(Noun, frozen=True, kw_only=True):
    """An agent under investigation that concerns a case, and whether its marker is there.

    Attributes
    ----------
    marker : Verdict or None
        None where its trials asked for no marker.
    """

    agent: Investigational
    marker: Verdict | None = None
