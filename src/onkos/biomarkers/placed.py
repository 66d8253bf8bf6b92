"""Small variants that were read from one sample with their place."""

from __future__ import annotations

from collections.abc import Iterator

from onkos.model import Case, Sample, SmallVariant


def placed_variants(case: Case, sample: Sample) -> Iterator[SmallVariant]:
    """Those of the sample; of the only one, those that name none too."""
    own = {sample.id, ""} if len(case.samples) == 1 else {sample.id}
    for seen in case.alterations:
        if isinstance(seen, SmallVariant) and seen.sample in own and seen.position:
            yield seen
