"""Whether the tumour's column and the normal's have changed places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onkos.sources.patient.tables import Rejected
from onkos.sources.patient.vcf_reads import sample_reads

if TYPE_CHECKING:
    from pysam import VariantRecord

# That many tell; the rest of a long file would only take time.
_MOST = 500


class Balance:
    """Counts in which of the two columns the changes of a file stand.

    Parameters
    ----------
    limits : mapping of str to float
        Those that begin with ``swapped_``.
    """

    def __init__(self, tumour: str, normal: str, limits: Mapping[str, float]) -> None:
        self._limits = limits
        self.tumour = tumour
        self.normal = normal
        self.right = 0
        self.wrong = 0

    def weigh(self, record: VariantRecord, allele: int) -> bool:
        """Look at one allele that passed the caller's filters: does the normal alone carry it?"""
        if self.right + self.wrong >= _MOST:
            return False
        tumour, normal = (self._fraction(record, n, allele) for n in (self.tumour, self.normal))
        if tumour is None or normal is None:
            return False
        absent = tumour <= self._limits["swapped_absent"]
        if absent and normal >= self._limits["swapped_carried"]:
            self.wrong += 1
            return True
        self.right += not absent
        return False

    @property
    def swapped(self) -> bool:
        """True where the normal's column carries the changes and the tumour's does not."""
        enough = self.wrong >= self._limits["swapped_fewest"]
        return enough and self.wrong >= self._limits["swapped_share"] * (self.wrong + self.right)

    @property
    def doubtful(self) -> bool:
        """True where too few changes tell, and these stand in the normal's column."""
        total = self.wrong + self.right
        return self.wrong > 0 and self.wrong >= self._limits["swapped_doubtful"] * total

    @property
    def problem(self) -> str:
        """What is wrong, and the way out."""
        way = f"give tumour_sample = {self.normal!r}, or correct the names"
        return f"{self._seen}: the columns are swapped; {way}"

    @property
    def warning(self) -> str:
        """What may be wrong, and the way out."""
        way = f"if so, give tumour_sample = {self.normal!r}"
        return f"{self._seen}: the columns may be swapped, and no small variant is ruled out; {way}"

    @property
    def doubt(self) -> str:
        """Why a small variant that was not found is not ruled out."""
        return f"the columns of tumour ({self.tumour}) and normal ({self.normal}) may be swapped"

    @property
    def _seen(self) -> str:
        return (
            f"in {self.wrong} of {self.wrong + self.right} changes the reads stand in the column "
            f"of the normal ({self.normal}) and not in that of the tumour ({self.tumour})"
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
