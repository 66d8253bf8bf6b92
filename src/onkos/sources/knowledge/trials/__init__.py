"""Trials from files: CTML in YAML or JSON, and studies of ClinicalTrials.gov v2."""

from onkos.sources.knowledge.trials.eligibility import Extractor, unparsed
from onkos.sources.knowledge.trials.read import read_trials

__all__ = ["Extractor", "read_trials", "unparsed"]
