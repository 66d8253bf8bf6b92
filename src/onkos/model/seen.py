"""What all alterations share."""

from __future__ import annotations

from onkos.model.alteration_words import Origin
from onkos.model.noun import Noun, require


class Seen(Noun, frozen=True, kw_only=True):
    """What all alterations share.

    Attributes
    ----------
    origin : Origin
    sample : str
        Id of the sample in which it was seen; empty when the case has only one.
    vaf : float or None
        Variant allele fraction in [0, 1].
    """

    origin: Origin = Origin.UNKNOWN
    sample: str = ""
    vaf: float | None = None

    def _check_vaf(self) -> None:
        require(
            self.vaf is None or 0.0 <= self.vaf <= 1.0,
            f"allele fraction {self.vaf} is outside 0 to 1",
        )
