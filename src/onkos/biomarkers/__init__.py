"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.msi import microsatellite_instability
from onkos.biomarkers.reported import measure
from onkos.biomarkers.tmb import mutational_burden

__all__ = ["karyotypes", "measure", "microsatellite_instability", "mutational_burden"]
