"""Trials from files: CTML in YAML or JSON, and studies of ClinicalTrials.gov v2."""

from onkos.sources.knowledge.trials.eligibility import Extractor, letters_read, unparsed
from onkos.sources.knowledge.trials.read import read_trials

__all__ = ["Extractor", "letters_read", "read_trials", "unparsed"]
