"""Whether the tumour's column and the normal's have changed places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_reads import sample_reads

if TYPE_CHECKING:
    from pysam import VariantRecord

# Records from which on it is said, and the share of them that must speak for it: single changes
# stand in the normal alone where the tumour has lost that copy.
FEWEST = 3
SHARE = 0.9
# Above this the reads of the normal are no sequencing errors; below the other none of a tumour.
_CARRIED = 0.10
# That many tell; the rest of a long file would only take time.
_MOST = 500
_ABSENT = 0.02


class Balance:
    """Counts in which of the two columns the changes of a file stand."""

    def __init__(self, tumour: str, normal: str) -> None:
        self.tumour = tumour
        self.normal = normal
        self.right = 0
        self.wrong = 0

    def weigh(self, record: VariantRecord, allele: int) -> None:
        """Look at one allele of a record that passed the caller's filters."""
        if self.right + self.wrong >= _MOST:
            return
        tumour, normal = (self._fraction(record, n, allele) for n in (self.tumour, self.normal))
        if tumour is None or normal is None:
            return
        if normal >= _CARRIED and tumour <= _ABSENT:
            self.wrong += 1
        elif tumour > _ABSENT:
            self.right += 1

    @property
    def swapped(self) -> bool:
        """True where the normal's column carries the changes and the tumour's does not."""
        return self.wrong >= FEWEST and self.wrong >= SHARE * (self.wrong + self.right)

    @property
    def problem(self) -> str:
        """What is wrong, and the way out."""
        return (
            f"in {self.wrong} of {self.wrong + self.right} changes the reads stand in the column "
            f"of the normal ({self.normal}) and not in that of the tumour ({self.tumour}): the "
            f"columns are swapped; give tumour_sample = {self.normal!r}, or correct the names"
        )

    def _fraction(self, record: VariantRecord, name: str, allele: int) -> float | None:
        """Allele fraction by reads; by the genotype, as 0.5, where no reads are told."""
        try:
            sample = record.samples[name]
            fraction = sample_reads(sample, record, allele)[0].fraction
            if fraction is not None:
                return fraction
            genotype = sample.get("GT")
        except (Rejected, IndexError, KeyError, ValueError):
            return None
        if not genotype or None in genotype:
            return None
        return 0.5 if allele in genotype else 0.0
