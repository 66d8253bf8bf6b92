"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.reported import measure

__all__ = ["karyotypes", "measure"]
