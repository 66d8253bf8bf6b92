"""Match what was found to what is claimed, and grade it for this patient's disease."""

from onkos.evidence.match import REGULATORS, match, weigh

__all__ = ["REGULATORS", "match", "weigh"]
