"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.contexts import count_substitutions
from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.msi import microsatellite_instability
from onkos.biomarkers.reported import measure
from onkos.biomarkers.signatures import mutational_signatures
from onkos.biomarkers.tmb import mutational_burden

__all__ = [
    "count_substitutions",
    "karyotypes",
    "measure",
    "microsatellite_instability",
    "mutational_burden",
    "mutational_signatures",
]
