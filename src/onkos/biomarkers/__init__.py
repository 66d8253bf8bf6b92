"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.hrd import hrd
from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.purity import purity
from onkos.biomarkers.reported import measure

__all__ = ["hrd", "karyotypes", "measure", "purity"]
