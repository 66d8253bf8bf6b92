"""What every output says of itself. The text lives here and nowhere else."""

from __future__ import annotations

from typing import Final

SHORT: Final = (
    "Research use only. Not a medical device. Decision support for qualified professionals."
)
COMPUTED: Final = (
    "Tiers and levels are computed from recorded facts; they are not those that curators of "
    "AMP/ASCO/CAP, ESCAT or OncoKB have assigned."
)
NOTICE: Final = (
    "Research use only. onkos is not a medical device and is not certified. It is decision support "
    "for qualified professionals and does not replace the judgement of a physician or of a "
    f"molecular tumour board. {COMPUTED} The knowledge behind this page is incomplete and dated: "
    "an option that is absent may be an option, and standard treatment that no biomarker selects "
    'is not listed. What is marked "not verified" was not looked up in a primary source.'
)
