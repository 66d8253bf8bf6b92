"""What a measure found, or plainly that it did not."""

from __future__ import annotations

from onkos.model.noun import Noun


class Finding(Noun, frozen=True, kw_only=True, tag="finding"):
    """A measured fact about this tumour or patient, with its method."""

    name: str
    value: str
    method: str = ""
    note: str = ""


class NotAssessed(Noun, frozen=True, kw_only=True, tag="not assessed"):
    """Not tested is not negative. Carries the reason to the last page."""

    name: str
    reason: str
