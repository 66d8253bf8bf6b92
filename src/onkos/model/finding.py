"""What a measure found, or plainly that it did not."""

from __future__ import annotations

from onkos.model.noun import Noun


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
    """

    name: str
    value: str
    method: str = ""
    note: str = ""
    number: float | None = None
    unit: str = ""
    interval: tuple[float, float] | None = None
    status: str = ""


class NotAssessed(Noun, frozen=True, kw_only=True, tag="not assessed"):
    """Not tested is not negative. Carries the reason to the last page."""

    name: str
    reason: str
