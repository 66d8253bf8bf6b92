"""What was measured of the tumour as a whole, and what was not."""

from onkos.biomarkers.clonality import clonality
from onkos.biomarkers.contexts import count_substitutions, with_counted
from onkos.biomarkers.copied import copies_of_genes, with_gene_copies
from onkos.biomarkers.expression import expression_outliers
from onkos.biomarkers.hrd import hrd
from onkos.biomarkers.karyotype import karyotypes
from onkos.biomarkers.msi import microsatellite_instability
from onkos.biomarkers.purity import purity
from onkos.biomarkers.reported import measure
from onkos.biomarkers.second_hit import second_hit, with_second_hits
from onkos.biomarkers.signatures import mutational_signatures
from onkos.biomarkers.tmb import mutational_burden

__all__ = [
    "clonality",
    "copies_of_genes",
    "count_substitutions",
    "expression_outliers",
    "hrd",
    "karyotypes",
    "measure",
    "microsatellite_instability",
    "mutational_burden",
    "mutational_signatures",
    "purity",
    "second_hit",
    "with_counted",
    "with_gene_copies",
    "with_second_hits",
]
