"""Match what was found to what is claimed, and grade it for this patient's disease."""

from onkos.evidence.changes import applied, changes
from onkos.evidence.compare import compare
from onkos.evidence.investigational import under_investigation
from onkos.evidence.match import REGULATORS, match, weigh
from onkos.evidence.touched import Touched
from onkos.evidence.uncompared import uncompared
from onkos.evidence.words import karyotype_words

__all__ = [
    "REGULATORS",
    "Touched",
    "applied",
    "changes",
    "compare",
    "karyotype_words",
    "match",
    "uncompared",
    "under_investigation",
    "weigh",
]
