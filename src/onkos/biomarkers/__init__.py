"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.reported import measure
from onkos.biomarkers.tmb import mutational_burden

__all__ = ["karyotypes", "measure", "mutational_burden"]
