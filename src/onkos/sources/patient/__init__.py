"""The patient's own data: texts, tables, VCF, case files, records and study folders.

Private: nothing read here is cached, logged or sent anywhere. A reader is loaded where it is
asked for: words typed on the command line need none of a file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onkos.sources.patient.assemble import Patient
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
    "case_of_record",
    "observe",
    "read_case",
    "read_maf",
    "read_prior",
    "read_study",
    "read_vcf",
]

_HOMES = {
    "Observed": "observed",
    "Patient": "assemble",
    "case_of_record": "record",
    "observe": "text",
    "read_case": "casefile",
    "read_maf": "maf",
    "read_prior": "prior_text",
    "read_study": "cbioportal",
    "read_vcf": "vcf",
}


def __getattr__(name: str) -> object:
    """The reader of this name, from its own file."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
