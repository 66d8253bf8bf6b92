"""Match what was found to what is claimed, and grade it for this patient's disease."""

from onkos.evidence.investigational import under_investigation
from onkos.evidence.match import REGULATORS, match, weigh

__all__ = ["REGULATORS", "match", "under_investigation", "weigh"]
