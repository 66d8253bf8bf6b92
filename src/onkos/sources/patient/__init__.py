"""The patient's own data: texts, tables, VCF, case files, records and study folders.

Private: nothing read here is cached, logged or sent anywhere.
"""

from onkos.sources.patient.assemble import Patient, assemble
from onkos.sources.patient.casefile import read_case
from onkos.sources.patient.cbioportal import read_study
from onkos.sources.patient.maf import read_maf
from onkos.sources.patient.observed import Observed
from onkos.sources.patient.prior_text import read_prior
from onkos.sources.patient.record import case_of_record
from onkos.sources.patient.text import observe
from onkos.sources.patient.vcf import read_vcf

__all__ = [
    "Observed",
    "Patient",
    "assemble",
    "case_of_record",
    "observe",
    "read_case",
    "read_maf",
    "read_prior",
    "read_study",
    "read_vcf",
]
