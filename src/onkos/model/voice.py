"""What each source says of one regimen for one case, and whether they agree."""

from __future__ import annotations

from enum import StrEnum

from onkos.model.noun import Noun


class Stance(StrEnum):
    """For a regimen, against it, or neither: looked for and not found."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Consensus(StrEnum):
    """How the sources stand to one another."""

    SUPPORTED = "supported"
    MODELS_ONLY = "supported in models only"
    ELSEWHERE = "supported in other diseases"
    CONTRADICTED = "spoken against"
    CONFLICT = "conflict"
    OPEN = "no effect found"


class Voice(Noun, frozen=True, kw_only=True):
    """All that one source says in one direction.

    Attributes
    ----------
    source : str
        ``"onkos"`` for the built-in knowledge.
    level : str
        The best level as the source itself grades; AMP, computed, for the built-in knowledge.
    strength : int
        Best kind of evidence, 0 the strongest: approval or guideline, then kinds of study.
    items, elsewhere : int
        Claims behind it that are of this very disease, and those of others.
    clinical : bool
        Whether patients were treated in one of them.
    newest, oldest : int or None
        Years of the facts behind it.
    diseases : tuple of str
        Of whom the claims of this very disease speak: it, or a wider group that holds it.
    settings : tuple of str
        Where treatment stood, where claims say.
    facts : tuple of str
        How the facts are found again.
    """

    source: str
    stance: Stance
    level: str = ""
    strength: int = 0
    items: int = 1
    elsewhere: int = 0
    clinical: bool = True
    newest: int | None = None
    oldest: int | None = None
    alterations: tuple[str, ...] = ()
    diseases: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def at_home(self) -> bool:
        """Whether it is said of this very disease."""
        return self.items > 0


class Compared(Noun, frozen=True, kw_only=True):
    """One regimen as all sources see it.

    Attributes
    ----------
    why : tuple of str
        Of a conflict: every reason that explains it; ``"nothing explains it"`` where none does.
    asks : tuple of str
        Sources that say it of this disease where a marker is found that is not known here.
    silent : tuple of str
        Sources that were read and say nothing of it.
    """

    therapy: tuple[str, ...]
    voices: tuple[Voice, ...]
    consensus: Consensus
    why: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
