"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.clonality import clonality
from onkos.biomarkers.hrd import hrd
from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.purity import purity
from onkos.biomarkers.reported import measure
from onkos.biomarkers.second_hit import second_hit, with_second_hits

__all__ = [
    "clonality",
    "hrd",
    "karyotypes",
    "measure",
    "purity",
    "second_hit",
    "with_second_hits",
]
