"""Trials for a patient, and patients for a trial: three answers, each with its reasons."""

from onkos.trials.feasibility import feasible
from onkos.trials.match import matched, surveyed
from onkos.trials.prepared import Prepared, prepared

__all__ = ["Prepared", "feasible", "matched", "prepared", "surveyed"]
