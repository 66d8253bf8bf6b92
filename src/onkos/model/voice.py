"""What each source says of one regimen for one case, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from onkos.model.noun import Noun


class Stance(StrEnum):
    """For a regimen, against it, or neither.

    Neither is resistance that was looked for and not found, an effect of the marker that was
    looked for and not found, and a trial that is said to run and of which no result is told.
    """

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"
    NO_EFFECT = "no effect"
    IN_TRIALS = "in trials"


class Consensus(StrEnum):
    """How the sources stand to one another."""

    SUPPORTED = "supported"
    MODELS_ONLY = "supported in models only"
    ELSEWHERE = "supported in other diseases"
    CONTRADICTED = "spoken against"
    CONFLICT = "conflict"
    OTHER_SETTING = "spoken of in other settings only"
    IN_TRIALS = "in trials"
    OPEN = "no effect found"


class Voice(Noun, frozen=True, kw_only=True):
    """All that one source says in one direction, of a regimen by name or of one class of drugs.

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
    fits : bool
        False where the claims speak of a setting that this patient is not in.
    of_class : str
        The class of drugs that is spoken of; empty where the drug itself is.
    alterations : tuple of str
        What the tumour carries that the claims ask for.
    each : tuple of tuple of str
        The same for every claim that asks for others, so that none hides behind another.
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
    fits: bool = True
    of_class: str = ""
    each: tuple[tuple[str, ...], ...] = ()
    claims: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def at_home(self) -> bool:
        """Whether it is said of this very disease."""
        return self.items > 0


def decisive(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Voices by which sources agree or differ: for and against, in a setting that may be this.

    Where the drug itself is spoken of, what is said of its class decides nothing.

    Examples
    --------
    >>> by_name = Voice(source="A", stance=Stance.FOR)
    >>> of_all = Voice(source="B", stance=Stance.AGAINST, of_class="EGFR TKI")
    >>> [voice.source for voice in decisive([by_name, of_all])]
    ['A']
    """
    directed = tuple(one for one in voices if one.stance in (Stance.FOR, Stance.AGAINST))
    named = tuple(one for one in directed if not one.of_class)
    return tuple(one for one in named or directed if one.fits)


class Compared(Noun, frozen=True, kw_only=True):
    """One regimen as all sources see it.

    Attributes
    ----------
    why : tuple of str
        Of a conflict: every reason that explains two sources that differ, and those that nothing
        explains.
    tried : str
        What became of it as an agent under investigation: ``"failed"``, ``"stopped"``.
    within : tuple of str
        Sources that speak for regimens of which this one is a part.
    asks : tuple of str
        Sources that say it of this disease where a marker is found that is not known here.
    silent : tuple of str
        Sources that were read and say nothing of it.
    """

    therapy: tuple[str, ...]
    voices: tuple[Voice, ...]
    consensus: Consensus
    why: tuple[str, ...] = ()
    tried: str = ""
    asks: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def decisive(self) -> tuple[Voice, ...]:
        """Voices by which sources agree or differ."""
        return decisive(self.voices)
