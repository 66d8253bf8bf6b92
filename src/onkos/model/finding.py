"""What a measure found, or plainly that it did not."""

from __future__ import annotations

from onkos.model.noun import Noun


class Share(Noun, frozen=True, kw_only=True):
    """A part of a whole, such as one mutational signature of all mutations.

    Attributes
    ----------
    share : float
        In [0, 1].
    interval : pair of floats
        95 %, in [0, 1].
    """

    name: str
    share: float
    interval: tuple[float, float]


class Among(Noun, frozen=True, kw_only=True):
    """A number among those of a cohort, to be drawn; it settles nothing.

    Attributes
    ----------
    cohort : str
    n : int
        Tumours in it.
    value : float
        The patient's, as the cohort counts.
    interval : pair of floats
        95 %.
    quartiles : three floats
        The cohort's.
    share : float
        Of the cohort that lies below the patient, in [0, 1].
    """

    cohort: str
    n: int
    value: float
    interval: tuple[float, float]
    quartiles: tuple[float, float, float]
    share: float


class Scale(Noun, frozen=True, kw_only=True):
    """A number beside its cut-off, to be drawn; it settles nothing.

    Attributes
    ----------
    among : tuple of Among
        The number among those of cohorts.
    value, cutoff : float
        In `unit`; at the cut-off it is high.
    interval : pair of floats
        95 %.
    """

    value: float
    interval: tuple[float, float]
    cutoff: float
    unit: str
    among: tuple[Among, ...] = ()


class Finding(Noun, frozen=True, kw_only=True, tag="finding"):
    """A measured fact about this tumour or patient, with its method.

    Attributes
    ----------
    value : str
        As a reader would say it: ``"TMB 10.9 per Mb (5.6 to 19.1)"``.
    number, unit, interval
        The same for criteria, where the name is a measure of the vocabulary and its value a
        number: in the measure's own unit, with the 95 % interval.
    status : str
        The same, where it is a word of the measure: ``"MSI-H"``.
    settles : bool
        Whether criteria may rest on it; one that is only a hint is shown and no more.
    shares, scale
        The same for figures, also where the number settles no criterion.
    """

    name: str
    value: str
    method: str = ""
    note: str = ""
    number: float | None = None
    unit: str = ""
    interval: tuple[float, float] | None = None
    status: str = ""
    settles: bool = True
    shares: tuple[Share, ...] = ()
    scale: Scale | None = None


class NotAssessed(Noun, frozen=True, kw_only=True, tag="not assessed"):
    """Not tested is not negative. Carries the reason to the last page."""

    name: str
    reason: str
