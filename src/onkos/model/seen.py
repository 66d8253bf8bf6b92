"""What all alterations share."""

from __future__ import annotations

from onkos.model.alteration_words import Origin
from onkos.model.noun import Noun, require

BY_DIAGNOSIS = "by the diagnosis"


class Seen(Noun, frozen=True, kw_only=True):
    """What all alterations share.

    Attributes
    ----------
    origin : Origin
    sample : str
        Id of the sample in which it was seen; empty when the case has only one.
    vaf : float or None
        Variant allele fraction in [0, 1].
    by_diagnosis : bool
        Not tested here: the diagnosis itself says it.
    """

    origin: Origin = Origin.UNKNOWN
    sample: str = ""
    vaf: float | None = None
    by_diagnosis: bool = False

    def _told(self, label: str) -> str:
        return f"{label} ({BY_DIAGNOSIS})" if self.by_diagnosis else label

    def _check_vaf(self) -> None:
        require(
            self.vaf is None or 0.0 <= self.vaf <= 1.0,
            f"allele fraction {self.vaf} is outside 0 to 1",
        )
